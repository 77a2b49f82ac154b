import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExposureOutcomeResult } from '#main/analysis/exposure/outcome/exposure-outcome.ts';
import { main } from '#main/cli/main.ts';
import { newVault, passphrase, type Session, temporaryFolder, user, writeText } from './test-vault.ts';

const folder = temporaryFolder('exposure-outcome');
const vault = join(folder, 'vault');
let session: Session;

const period = { from: '2022-04-01', to: '2026-03-31' };
const outcomeOf = async (spec: Record<string, unknown>) => {
  const answer = await session.call('analyses.run', {
    method: 'exposure-outcome',
    spec: { instrument: 'PHQ-9', ...period, ...spec },
  });
  return { ...answer, result: answer.result as unknown as ExposureOutcomeResult };
};

beforeAll(async () => {
  session = await newVault(vault, ['analyst']);
  const force = await session.call('synthetic.write', {
    folder: join(folder, 'force'),
    people: 1_500,
    years: 4,
    seed: 5,
    kinds: ['people', 'exposures', 'screenings'],
  });
  for (const { kind, path } of force.files) await session.call('imports.load', { file: path, kind, mapping: null });
});
afterAll(() => session.engine.close());

describe('exposure-outcome on a vault', () => {
  it('finds the dose–response that was planted, better in the window it was planted in than in a short one', async () => {
    const { result, reading, provenance, spec } = await outcomeOf({});
    expect(spec).toMatchObject({ scale: 'total', cutOff: null, windowDays: 180, knots: 4 });
    expect(provenance.batches.map(({ kind }) => kind).sort()).toEqual(['exposures', 'people', 'screenings']);
    const { slope, windows, sensitivity, excluded } = result;
    expect(slope.low).toBeGreaterThan(0.02);
    expect(slope.high).toBeLessThan(0.25);
    const aicOf = (days: number) => windows.find(({ windowDays }) => windowDays === days)!.difference;
    expect(aicOf(180)).toBeLessThan(aicOf(28));
    // Every category was planted to count alike, so weights can gain by chance only.
    expect(sensitivity!.fits[0]!.aic - sensitivity!.fits[1]!.aic).toBeLessThan(10);
    expect(sensitivity!.rankCorrelation.estimate).toBeGreaterThan(0.8);
    expect(sensitivity!.people.flat().reduce((sum, count) => sum + count, 0)).toBe(result.people);
    expect(result.pairs + Object.values(excluded).reduce((sum, count) => sum + count, 0)).toBe(result.completed);
    expect(result.curve[0]).toMatchObject({ exposure: 0, estimate: 0, pairs: result.pairs });
    expect(result.knots.map(({ percentile }) => percentile)).toEqual([5, 35, 65, 95]);
    expect(reading.join('\n')).toContain('This is an association');
    expect(reading.join('\n')).toMatch(/[\d,]+ invitations were not answered/);
  });

  it('tells caseness as odds ratios of the cut-off it names, against the reference that was asked for', async () => {
    const { result, reading } = await outcomeOf({ outcome: 'case', at: [0, 5, 10], reference: 5 });
    expect(result).toMatchObject({ measure: 'odds ratio', reference: 5, errors: 'CR1' });
    expect(result.slope.estimate).toBeGreaterThan(1);
    expect(result.curve.map(({ exposure }) => exposure)).toEqual([0, 5, 10]);
    expect(result.curve[1]).toMatchObject({ estimate: 1, low: 1, high: 1 });
    expect(result.curve[0]!.estimate).toBeLessThan(1);
    expect(reading[0]).toContain('caseness: 10 or more');
  });

  it('gives the same bytes again', async () => {
    const [first, second] = [await outcomeOf({ instrument: 'gad-7' }), await outcomeOf({ instrument: 'gad-7' })];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(first.spec['instrument']).toBe('GAD-7');
  });

  it('leaves out screenings whose exposures are not held', async () => {
    const long = await outcomeOf({ windows: [3_000], windowDays: 3_000 });
    expect(long.warnings.join('\n')).toContain('their window is shorter');
    const { result } = await outcomeOf({ from: '2015-01-01' });
    expect(result.excluded.noEarlierScreening).toBeGreaterThan(500);
  });

  it('refuses on the command line with exit 3, saying why', async () => {
    await session.engine.close();
    const who = ['--user', user, '--passphrase-file', writeText(join(folder, 'secret.txt'), passphrase)];
    for (const [spec, words] of [
      [{}, '"instrument"'],
      [{ instrument: 'PHQ-9', shade: 1 }, 'shade'],
      [{ instrument: 'PHQ-99' }, 'no instrument “PHQ-99”'],
      [{ instrument: 'ITQ' }, 'no main scale'],
      [{ instrument: 'PHQ-9', scale: 'other' }, 'no scale “other”'],
      [{ instrument: 'PHQ-9', outcome: 'case', cutOff: 'mine' }, 'Its cut-offs are: caseness'],
      [{ instrument: 'PHQ-9', knots: 9 }, '"knots"'],
      [{ instrument: 'PHQ-9', from: '2026-04-01' }, 'ends before it begins'],
      [{ instrument: 'PHQ-9', from: '2026-03-20' }, 'a curve needs 100'],
      [{ instrument: 'BRS' }, 'There are 0 pairs of screenings'],
      [{ instrument: 'PHQ-9', outcome: 'case', from: '2025-10-01' }, 'of the rarer outcome for'],
    ] as const) {
      const file = writeText(join(folder, 'spec.json'), JSON.stringify({ ...period, ...spec }));
      let err = '';
      const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
        err += String(text);
        return true;
      });
      const exit = await main(['analyse', vault, 'exposure-outcome', '--spec', file, ...who]);
      spy.mockRestore();
      expect([exit, err], JSON.stringify(spec)).toEqual([3, expect.stringContaining(words)]);
    }
  });
});
