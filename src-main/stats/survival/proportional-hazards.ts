import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { cholesky, solveLower } from '../linear-algebra/cholesky.ts';
import { at, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { midRanks } from '../numeric/ranks.ts';
import { symmetric } from './cox-fit.ts';
import type { CoxSample } from './cox-sample.ts';
import { kaplanMeier } from './kaplan-meier.ts';
import { lastAtMost } from './near-times.ts';
import { type Ties, walkRiskSets } from './risk-sets.ts';

export type TimeScale = 'km' | 'rank' | 'identity' | 'log';

export type ProportionalityTest = { readonly statistic: number; readonly df: number; readonly p: number };

/**
 * Score tests of proportional hazards (Grambsch and Therneau 1994, Biometrika 81:515): whether x·g(t) would add to the model,
 * g being one minus the Kaplan–Meier curve just before t, or another function of time. The information is summed over the risk
 * sets themselves, not approximated by its mean, as `cox.zph` does since survival 3.0.
 * @param terms places of each term's columns; the last test is of all columns together
 * @param estimable columns of the model
 */
export function proportionalityTests(
  sample: CoxSample,
  eta: Float64Array,
  ties: Ties,
  terms: readonly (readonly number[])[],
  estimable: readonly number[],
  scale: TimeScale,
): readonly ProportionalityTest[] {
  const { p } = sample.x;
  const g = timesOnScale(sample, scale);
  const score = new Float64Array(p);
  const blocks = [new Float64Array(p * p), new Float64Array(p * p), new Float64Array(p * p)] as const;
  walkRiskSets(sample, eta, ties, (step) => {
    const weight = g[step.start] as number;
    for (let j = 0; j < p; j += 1) {
      score[j] = (score[j] as number) + weight * ((step.deadX[j] as number) - (step.means[j] as number));
      for (let k = 0; k <= j; k += 1) {
        const place = j * p + k;
        const variance = step.variance[place] as number;
        blocks[0][place] = (blocks[0][place] as number) + variance;
        blocks[1][place] = (blocks[1][place] as number) + weight * variance;
        blocks[2][place] = (blocks[2][place] as number) + weight * weight * variance;
      }
    }
  });
  const information = blocks.map((block) => symmetric(p, block));
  return [...terms, estimable].map((columns) => scoreTest(score, information, columns, estimable));
}

/** g(t) of every place's time, centred at the events' mean. */
function timesOnScale({ time, entry, status }: CoxSample, scale: TimeScale): Float64Array {
  let g: Float64Array;
  if (scale === 'identity') g = time;
  else if (scale === 'log') g = time.map(Math.log);
  else if (scale === 'rank') g = midRanks(time).ranks;
  else {
    const curve = kaplanMeier({ time, entry }, status);
    g = time.map((t) => {
      const place = lastAtMost(curve.time, t) - 1;
      return place < 0 ? 0 : 1 - (curve.survival[place] as number);
    });
  }
  let total = 0;
  let events = 0;
  for (let i = 0; i < g.length; i += 1) {
    if (status[i] !== 1) continue;
    total += g[i] as number;
    events += 1;
  }
  return g.map((value) => value - total / events);
}

function scoreTest(
  score: Float64Array,
  information: readonly Matrix[],
  columns: readonly number[],
  estimable: readonly number[],
): ProportionalityTest {
  const base = estimable.length;
  const size = base + columns.length;
  const whole = matrixOf(size, size);
  const places = [...estimable, ...columns];
  const u = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    if (i >= base) u[i] = score[places[i] as number] as number;
    for (let j = 0; j < size; j += 1) {
      const block = information[(i >= base ? 1 : 0) + (j >= base ? 1 : 0)] as Matrix;
      whole.data[j * size + i] = at(block, places[i] as number, places[j] as number);
    }
  }
  const lower = cholesky(whole);
  const statistic = lower ? solveLower(lower, u).reduce((total, value) => total + value * value, 0) : Number.NaN;
  return { statistic, df: columns.length, p: chiSquaredUpperTail(statistic, columns.length) };
}
