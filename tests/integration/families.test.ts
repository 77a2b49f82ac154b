import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import { familiesFrom, surveyDay } from '#tests/fixtures/family-answers.ts';
import { loadFamilySurvey } from './family-force.ts';
import { newVault, passphrase, type Session, temporaryFolder, user, writeText } from './test-vault.ts';

const folder = temporaryFolder('families');
const vault = join(folder, 'vault');
const couples = 120;
let session: Session;

const answerOf = async (spec: Record<string, unknown> = {}) => {
  const answer = await session.call('analyses.run', { method: 'family-impact', spec: { samples: 200, ...spec } });
  return { ...answer, result: answer.result as unknown as FamilyImpactResult };
};

beforeAll(async () => {
  session = await newVault(vault);
  await loadFamilySurvey(session, folder, { ...familiesFrom(11, couples), withdrawn: (couple) => couple < 15 });
});
afterAll(() => session.engine.close());

describe('family-impact on a vault', () => {
  it('finds what was drawn, and says whose answers it rests on', async () => {
    const { result, spec, provenance, asOf, reading } = await answerOf();
    expect(asOf).toBe(isoOfDay(surveyDay));
    expect(spec).toMatchObject({ distress: { instrument: 'GHQ-12', scale: 'likert' }, windowDays: 180, seed: 1 });
    expect(provenance.batches.map(({ kind }) => kind).sort()).toEqual(['exposures', 'families', 'people']);
    expect(result.flow.map(({ count }) => count)).toEqual([120, 120, 105, 105, 105, 105]);
    const { crossover, mediation, spillover } = result;
    expect([crossover.refused, mediation.refused, spillover.refused]).toEqual([null, null, null]);
    if (crossover.refused !== null || mediation.refused !== null || spillover.refused !== null) return;
    expect(crossover.diagram.arrows.every(({ estimate, p }) => estimate < 0 && p < 0.5)).toBe(true);
    expect(crossover.diagram.arrows.filter(({ p }) => p < 0.001).map(({ kind }) => kind)).toContain('actor');
    expect(mediation.indirect[0]).toMatchObject({
      through: ['officer-exposure', 'officer-distress', 'officer-conflict', 'partner-distress'],
    });
    expect(mediation.indirect[0]?.low).toBeGreaterThan(0);
    expect(spillover.officers).toBe(105);
    expect(reading.at(-1)).toContain('association');
  });

  it('gives the same bytes again, and refuses rows with the reason', async () => {
    expect(JSON.stringify(await answerOf())).toBe(JSON.stringify(await answerOf()));
    const refused = await session.refused('analyses.run', { method: 'family-impact', spec: { rows: true } });
    expect(refused.message).toContain('lists no single person');
  });

  it('answers on the command line, and writes nothing of a household into the file', async () => {
    await session.engine.close();
    const [spec, secret, out] = [
      writeText(join(folder, 'spec.json'), JSON.stringify({ samples: 200 })),
      writeText(join(folder, 'passphrase'), passphrase),
      join(folder, 'answer.json'),
    ];
    const written = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    const code = await main([
      'analyse',
      vault,
      'family-impact',
      '--spec',
      spec,
      '--out',
      out,
      '--user',
      user,
      '--passphrase-file',
      secret,
    ]);
    written.mockRestore();
    expect(code).toBe(0);
    const text = readFileSync(out, 'utf8');
    expect(JSON.parse(text).result.crossover.complete).toBe(105);
    expect(text).not.toMatch(/household_ref|"rows"\s*:\s*\[|H0\d{3}|"person"/);
  });
});
