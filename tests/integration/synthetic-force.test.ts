import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Indicator } from '#main/analysis/indicators/evaluate.ts';
import { extractNames } from '#main/services/synthetic/index.ts';
import { newVault, type Session, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('synthetic-force');
let session: Session;
let loaded: Record<string, { readonly accepted: number; readonly rejected: number; readonly duplicate: number }>;
let files: readonly { readonly kind: string; readonly rows: number }[];
let plans: readonly { readonly pilot: string; readonly path: string }[];

beforeAll(async () => {
  session = await newVault(join(folder, 'vault'), ['analyst', 'evaluator']);
  const force = await session.call('synthetic.write', {
    folder: join(folder, 'force'),
    people: 400,
    years: 2,
    seed: 3,
  });
  ({ files, plans } = force);
  loaded = {};
  for (const { kind, path } of force.files) {
    loaded[kind] = (await session.call('imports.load', { file: path, kind, mapping: null })).rows;
  }
});
afterAll(() => session.engine.close());

describe('the extracts of a synthetic force', () => {
  it('are all there, and every row is taken in', () => {
    expect(files.map(({ kind }) => kind)).toEqual([...extractNames]);
    for (const { kind, rows } of files) {
      expect({ kind, ...loaded[kind] }).toMatchObject({ kind, accepted: rows, rejected: 0, duplicate: 0 });
      expect(rows).toBeGreaterThan(5);
    }
  });

  it('are refused by a name that is none', async () => {
    const input = { folder: join(folder, 'none'), people: 60, years: 1, kinds: ['people', 'ghosts'] };
    expect((await session.refused('synthetic.write', input)).code).toBe('BAD_INPUT');
  });

  it('hold pilots whose plans can be saved and locked as they stand', async () => {
    expect(plans.length).toBeGreaterThanOrEqual(6);
    for (const { pilot, path } of plans) {
      const saved = await session.call('pilots.save', { plan: JSON.parse(readFileSync(path, 'utf8')) });
      expect({ pilot: saved.pilot, status: saved.status, gaps: saved.gaps }).toEqual({
        ...{ pilot, status: 'planned', gaps: [] },
      });
      expect((await session.call('pilots.lock', { pilot, hash: saved.hash })).status).toBe('locked');
    }
  });

  it('hold what was delivered of a pilot with sessions', async () => {
    const spec = { asOf: '2026-03-31', pilot: 'Brief mindfulness', arms: ['sessions'] };
    const { result } = await session.call('analyses.run', { method: 'pilot-fidelity', spec });
    const { all } = result as unknown as {
      readonly all: { readonly plannedEach: number; readonly sessionsEach: number };
    };
    expect(all.plannedEach).toBeCloseTo(8, 1);
    expect(all.sessionsEach).toBeGreaterThan(4);
    expect(all.sessionsEach).toBeLessThan(7);
  });

  it('fill every indicator that can be measured', async () => {
    const { result } = await session.call('analyses.run', { method: 'indicators', spec: { asOf: '2026-03-31' } });
    const { indicators } = result as unknown as { readonly indicators: readonly Indicator[] };
    const held = indicators.filter(({ chart }) => chart.points.some(({ state }) => state !== 'not measurable'));
    const never = indicators.filter(({ definition }) => definition.measure === 'none');
    expect(held.length + never.length).toBe(indicators.length);
    expect(held.length).toBe(16);
    const shown = held.filter(({ chart }) => chart.points.some(({ value }) => value !== null));
    // A force of 400 has too few long absences a month for one or two of them to be told.
    expect(shown.length).toBeGreaterThanOrEqual(14);
  });
});
