import { wilsonInterval } from '#main/stats/wilson-interval.ts';
import type { CalibrationPoint } from '#shared/domain/early-warning.ts';
import type { Predictions } from './performance.ts';
import { chanceOf } from './score.ts';

const groups = 10;

/** Observed against predicted in ten groups of nearly equal size by the chance predicted, with Wilson limits. */
export function calibrationGroups({ logits, y }: Predictions): CalibrationPoint[] {
  const order = Uint32Array.from(logits.keys()).sort((a, b) => (logits[a] ?? 0) - (logits[b] ?? 0) || a - b);
  const points: CalibrationPoint[] = [];
  for (let group = 0; group < groups; group += 1) {
    const [from, to] = [group, group + 1].map((at) => Math.round((at * order.length) / groups));
    const rows = order.subarray(from, to);
    if (rows.length === 0) continue;
    const predicted = rows.reduce((sum, row) => sum + chanceOf(logits[row] ?? 0), 0) / rows.length;
    const cases = rows.reduce((sum, row) => sum + (y[row] ?? 0), 0);
    const { low, high } = wilsonInterval(cases, rows.length);
    points.push({ predicted, observed: cases / rows.length, low, high });
  }
  return points;
}
