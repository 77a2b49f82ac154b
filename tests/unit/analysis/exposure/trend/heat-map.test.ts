import { expect, it } from 'vitest';
import { heatMap } from '#main/analysis/exposure/trend/heat-map.ts';
import type { MonthCells } from '#main/analysis/exposure/trend/month-cells.ts';

const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];
const cells = {
  groups: ['North'],
  slots: ['RTC_FATAL', 'DEATH_CHILD'],
  months,
  counts: Float64Array.from([3, 2, 2, 0, 9, 4, 3, 2, 2, 0, 9, 4]),
  people: Uint32Array.from([10, 10, 12, 12, 9, 40]),
} as unknown as MonthCells;
const days = Float64Array.from([200, 200, 200, 200, 500, 99]);

it('gives a rate with its days, and a reason where there are few people, days or exposures, or no data', () => {
  const { cells: found } = heatMap(cells, ['held', 'held', 'part', 'held', 'held', 'held'], days);
  const withheld = (reason: string) => ({ rate: null, denominator: null, reason });
  expect(found).toEqual([
    [
      { rate: 3, denominator: 200, reason: null },
      withheld('few exposures'),
      withheld('no data'),
      { rate: 0, denominator: 200, reason: null },
      withheld('few people'),
      withheld('few days'),
    ],
  ]);
});
