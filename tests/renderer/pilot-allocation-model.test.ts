import { expect, it } from 'vitest';
import { countsByStratum } from '../../src-renderer/features/pilots/allocation/allocation-model.ts';

const arms = ['sessions', 'as usual'];

function allocated(places: readonly (readonly [stratum: string, arm: string])[]) {
  return places.map(([stratum, arm], at) => ({
    ...{ sequence: at + 1, draw: 1, at: '2026-02-02T10:00:00.000Z', person: `pseudonym ${at}`, cluster: null },
    ...{ stratum, block: 1, arm },
  }));
}

it('counts allocations by stratum and arm, and all together where there are several strata', () => {
  const places = allocated([
    ['nights', 'sessions'],
    ['days', 'as usual'],
    ['nights', 'as usual'],
    ['nights', 'sessions'],
  ]);
  expect(countsByStratum(places, arms)).toEqual([
    { stratum: 'days', counts: [0, 1], total: 1 },
    { stratum: 'nights', counts: [2, 1], total: 3 },
    { stratum: null, counts: [2, 2], total: 4 },
  ]);
  expect(countsByStratum(allocated([['', 'sessions']]), arms)).toEqual([{ stratum: '', counts: [1, 0], total: 1 }]);
  expect(countsByStratum([], arms)).toEqual([{ stratum: null, counts: [0, 0], total: 0 }]);
});
