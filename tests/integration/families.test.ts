import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import { familiesFrom, surveyDay } from '#tests/fixtures/family-answers.ts';
import { newVault, passphrase, type Session, temporaryFolder, user, writeText } from './test-vault.ts';

const folder = temporaryFolder('families');
const vault = join(folder, 'vault');
const couples = 120;
let session: Session;

/** Scores as a survey has them: on the scale of the instrument, as totals. */
function scoreText(instrument: string, value: number): string {
  const [low, high] = instrument === 'GHQ-12' ? [0, 36] : instrument === 'RAS' ? [1, 5] : [1, 7];
  const kept = Math.min(high ?? value, Math.max(low ?? value, value));
  return instrument === 'GHQ-12' ? String(Math.round(kept)) : kept.toFixed(2);
}

async function load(kind: string, lines: readonly string[]): Promise<void> {
  const file = writeText(join(folder, `${kind}.csv`), `${lines.join('\n')}\n`);
  const loaded = await session.call('imports.load', { file, kind, mapping: null });
  expect(loaded.rows).toMatchObject({ read: lines.length - 1, rejected: 0 });
}

const answerOf = async (spec: Record<string, unknown> = {}) => {
  const answer = await session.call('analyses.run', { method: 'family-impact', spec: { samples: 200, ...spec } });
  return { ...answer, result: answer.result as unknown as FamilyImpactResult };
};

beforeAll(async () => {
  session = await newVault(vault);
  const { rows, events } = familiesFrom(11, couples);
  const person = (at: number): string => `F${at}`;
  await load('people', [
    'person_ref,role,unit,service_start',
    ...events.map((_count, at) => `${person(at)},Response,Unit ${Math.floor(at / 8)},2015-01-01`),
  ]);
  await load('exposures', [
    'person_ref,occurred_at,category,incident_ref',
    `${person(0)},${isoOfDay(surveyDay - 700)}T10:00:00Z,DEATH_SUDDEN_NONSUS,first`,
    `${person(0)},${isoOfDay(surveyDay + 2)}T10:00:00Z,DEATH_SUDDEN_NONSUS,last`,
    ...events.flatMap((count, at) =>
      Array.from(
        { length: count },
        (_none, event) =>
          `${person(at)},${isoOfDay(surveyDay - 1 - ((at + 11 * event) % 170))}T10:00:00Z,DEATH_SUDDEN_NONSUS,I${at}-${event}`,
      ),
    ),
  ]);
  await load('families', [
    'household_ref,member,person_ref,wave,taken_on,consented_on,withdrawn_on,instrument,scale,score',
    ...rows.map(({ household, member, instrument, scores }) => {
      const [scale, value] = Object.entries(scores)[0] as [string, number];
      const officer = member === 'officer' ? person(Number(household.slice(1))) : '';
      const withdrawn = household < 'H0015' ? isoOfDay(surveyDay + 40) : '';
      const days = `${isoOfDay(surveyDay)},${isoOfDay(surveyDay - 3)},${withdrawn}`;
      return `${household},${member},${officer},1,${days},${instrument},${scale},${scoreText(instrument, value)}`;
    }),
  ]);
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
