import { describe, expect, it } from 'vitest';
import { simulationCells } from './cells.ts';
import { quickBand, runCell } from './run-cell.ts';

/** Fixed before the first run; `npm run simulate` uses others. */
const seed = 20_261_125;
const replications = 200;

describe(`coverage and false rejections in ${replications} replications`, () => {
  for (const cell of simulationCells) {
    it(cell.name, () => {
      const tally = runCell(cell, replications, seed);
      expect(tally.parameters.length, 'the cell reads nothing').toBeGreaterThan(0);
      // A design that often has no estimate would be judged on the draws that suit it.
      expect(tally.without).toBeLessThanOrEqual(replications / 20);
      const outside = tally.parameters.filter(({ kind, readings, hits }) => {
        const [least, most] = quickBand(cell, kind, readings);
        return hits < least || hits > most;
      });
      expect(outside).toEqual([]);
    });
  }
});
