import { wilsonInterval } from '#main/stats/wilson-interval.ts';
import type { CalibrationPoint } from '#shared/domain/early-warning.ts';
import type { Predictions } from './performance.ts';
import { chanceOf } from './score.ts';
import { smallCell } from './small-cells.ts';

const groups = 10;

/**
 * Observed against predicted in up to ten groups by the chance predicted, with Wilson limits: tenths of nearly equal size, joined upwards
 * until each holds as many cases and others as may be told.
 */
export function calibrationGroups({ logits, y }: Predictions): CalibrationPoint[] {
  const order = Uint32Array.from(logits.keys()).sort((a, b) => (logits[a] ?? 0) - (logits[b] ?? 0) || a - b);
  const isTold = (rows: Uint32Array): boolean => {
    const cases = casesOf(rows, y);
    return Math.min(cases, rows.length - cases) >= smallCell;
  };
  const joined: Uint32Array[] = [];
  let from = 0;
  for (let group = 1; group <= groups; group += 1) {
    const to = Math.round((group * order.length) / groups);
    if (!isTold(order.subarray(from, to))) continue;
    joined.push(order.subarray(from, to));
    from = to;
  }
  const last = joined.pop();
  if (!last) return [];
  // What is left over at the top is too little for a group of its own.
  return [...joined, order.subarray(from - last.length)].map((rows) => {
    const predicted = rows.reduce((sum, row) => sum + chanceOf(logits[row] ?? 0), 0) / rows.length;
    const cases = casesOf(rows, y);
    const { low, high } = wilsonInterval(cases, rows.length);
    return { predicted, observed: cases / rows.length, low, high };
  });
}

function casesOf(rows: Uint32Array, y: Uint8Array): number {
  return rows.reduce((sum, row) => sum + (y[row] ?? 0), 0);
}
