import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { matrixOf } from '../linear-algebra/matrix.ts';

/** How predictions and outcomes agree. Null where undefined. */
export type Agreement = {
  readonly auc: number | null;
  /** Calibration in the large: the intercept with the slope fixed at 1. */
  readonly intercept: number | null;
  readonly slope: number | null;
  readonly observedExpected: number | null;
  readonly brier: number | null;
};

const bins = 1 << 16;

/**
 * Agreement of logits with outcomes under whole-number weights, as a resample of people gives them: one pass each, without sorting.
 * The area takes logits that fall into one of 65,536 equal steps between the least and the greatest as ties, which moves it by some 1e-5.
 * @param weights one a row, not negative; null for 1 throughout
 */
export function agreementOf(logits: Float64Array, y: Uint8Array, weights: Float64Array | null): Agreement {
  let [total, events, expected, brier] = [0, 0, 0, 0];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < logits.length; row += 1) {
    const weight = weights === null ? 1 : (weights[row] as number);
    if (weight === 0) continue;
    const logit = logits[row] as number;
    const p = 1 / (1 + Math.exp(-logit));
    const event = y[row] as number;
    total += weight;
    events += weight * event;
    expected += weight * p;
    brier += weight * (event - p) ** 2;
    if (logit < least) least = logit;
    if (logit > most) most = logit;
  }
  if (total === 0) return { auc: null, intercept: null, slope: null, observedExpected: null, brier: null };
  const bothSeen = events > 0 && events < total;
  return {
    auc: bothSeen ? binnedArea(logits, y, weights, least, most) : null,
    intercept: bothSeen ? interceptOf(logits, y, weights) : null,
    slope: bothSeen && most > least ? slopeOf(logits, y, weights) : null,
    observedExpected: expected > 0 ? events / expected : null,
    brier: brier / total,
  };
}

/** The area alone; null where everybody counted has the same outcome. */
export function weightedArea(logits: Float64Array, y: Uint8Array, weights: Float64Array | null): number | null {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < logits.length; row += 1) {
    if (weights !== null && weights[row] === 0) continue;
    least = Math.min(least, logits[row] as number);
    most = Math.max(most, logits[row] as number);
  }
  const area = binnedArea(logits, y, weights, least, most);
  return Number.isFinite(area) ? area : null;
}

function binnedArea(
  logits: Float64Array,
  y: Uint8Array,
  weights: Float64Array | null,
  least: number,
  most: number,
): number {
  const cases = new Float64Array(bins);
  const others = new Float64Array(bins);
  const scale = most > least ? (bins - 1) / (most - least) : 0;
  for (let row = 0; row < logits.length; row += 1) {
    const weight = weights === null ? 1 : (weights[row] as number);
    if (weight === 0) continue;
    const bin = Math.round(((logits[row] as number) - least) * scale);
    const into = y[row] === 1 ? cases : others;
    into[bin] = (into[bin] as number) + weight;
  }
  let [below, pairs, allCases] = [0, 0, 0];
  for (let bin = 0; bin < bins; bin += 1) {
    const [here, without] = [cases[bin] as number, others[bin] as number];
    pairs += here * (below + without / 2);
    below += without;
    allCases += here;
  }
  return pairs / (allCases * below);
}

/** Newton's method for the intercept of a logistic model with the logits as offset. */
function interceptOf(logits: Float64Array, y: Uint8Array, weights: Float64Array | null): number | null {
  let intercept = 0;
  for (let step = 0; step < 60; step += 1) {
    let [gradient, information] = [0, 0];
    for (let row = 0; row < logits.length; row += 1) {
      const weight = weights === null ? 1 : (weights[row] as number);
      if (weight === 0) continue;
      const p = 1 / (1 + Math.exp(-intercept - (logits[row] as number)));
      gradient += weight * ((y[row] as number) - p);
      information += weight * p * (1 - p);
    }
    if (!(information > 0)) return null;
    const move = Math.max(-2, Math.min(2, gradient / information));
    intercept += move;
    if (Math.abs(move) < 1e-9) return intercept;
  }
  return null;
}

/** Newton's method for the slope of a logistic model of the outcome on the logits. */
function slopeOf(logits: Float64Array, y: Uint8Array, weights: Float64Array | null): number | null {
  let [intercept, slope] = [0, 1];
  const information = matrixOf(2, 2);
  for (let step = 0; step < 60; step += 1) {
    let [g0, g1, i00, i01, i11] = [0, 0, 0, 0, 0];
    for (let row = 0; row < logits.length; row += 1) {
      const weight = weights === null ? 1 : (weights[row] as number);
      if (weight === 0) continue;
      const logit = logits[row] as number;
      const p = 1 / (1 + Math.exp(-intercept - slope * logit));
      const residual = weight * ((y[row] as number) - p);
      const curve = weight * p * (1 - p);
      g0 += residual;
      g1 += residual * logit;
      i00 += curve;
      i01 += curve * logit;
      i11 += curve * logit * logit;
    }
    information.data.set([i00, i01, i01, i11]);
    const factor = cholesky(information);
    if (!factor) return null;
    const move = solveCholesky(factor, [g0, g1]);
    const [by0, by1] = [move[0] as number, move[1] as number];
    const share = Math.min(1, 3 / Math.max(Math.abs(by0), Math.abs(by1), 1e-12));
    intercept += share * by0;
    slope += share * by1;
    if (Math.abs(slope) > 1e3) return null;
    if (share === 1 && Math.abs(by0) + Math.abs(by1) < 1e-9) return slope;
  }
  return null;
}
