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

const bins = 1 << 14;

/** Logits in 16,384 equal steps between the least and the greatest. */
export type BinnedLogits = {
  readonly bin: Uint16Array;
  readonly centres: Float64Array;
  readonly chances: Float64Array;
};

export function binLogits(logits: Float64Array): BinnedLogits {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const logit of logits) {
    if (logit < least) least = logit;
    if (logit > most) most = logit;
  }
  const step = most > least ? (most - least) / (bins - 1) : 1;
  const bin = new Uint16Array(logits.length);
  for (let row = 0; row < logits.length; row += 1) bin[row] = Math.round(((logits[row] as number) - least) / step);
  const used = most > least ? bins : 1;
  const centres = Float64Array.from({ length: used }, (_, at) => least + at * step);
  return { bin, centres, chances: centres.map((logit) => 1 / (1 + Math.exp(-logit))) };
}

/**
 * Agreement with every logit at the middle of its bin: for resamples, where the figures of each are wanted in one pass over the rows. Against
 * the exact figures (`placements`, `calibrationSlope`, `calibrationIntercept`, `probabilityScores`) the area moves by some 1e-5, the others by
 * less.
 * @param weights one a row, not negative; null for 1 throughout
 */
export function agreementOfBins(
  { bin, centres, chances }: BinnedLogits,
  y: Uint8Array,
  weights: Float64Array | null,
): Agreement {
  const { all, cases } = countsOfBins(bin, centres.length, y, weights);
  let [total, events, expected, brier, pairs, below] = [0, 0, 0, 0, 0, 0];
  let occupied = 0;
  for (let at = 0; at < centres.length; at += 1) {
    const n = all[at] as number;
    if (n === 0) continue;
    const here = cases[at] as number;
    const p = chances[at] as number;
    occupied += 1;
    total += n;
    events += here;
    expected += n * p;
    brier += here * (1 - p) ** 2 + (n - here) * p ** 2;
    pairs += here * (below + (n - here) / 2);
    below += n - here;
  }
  if (total === 0) return { auc: null, intercept: null, slope: null, observedExpected: null, brier: null };
  const bothSeen = events > 0 && events < total;
  const line = (isSloped: boolean): number | null => calibrationOf(all, cases, centres, isSloped);
  return {
    auc: bothSeen ? pairs / (events * below) : null,
    intercept: bothSeen ? line(false) : null,
    slope: bothSeen && occupied > 1 ? line(true) : null,
    observedExpected: expected > 0 ? events / expected : null,
    brier: brier / total,
  };
}

/** The area alone; null where everybody counted has the same outcome. */
export function areaOfBins({ bin, centres }: BinnedLogits, y: Uint8Array, weights: Float64Array | null): number | null {
  const { all, cases } = countsOfBins(bin, centres.length, y, weights);
  let [events, pairs, below] = [0, 0, 0];
  for (let at = 0; at < centres.length; at += 1) {
    const here = cases[at] as number;
    const others = (all[at] as number) - here;
    events += here;
    pairs += here * (below + others / 2);
    below += others;
  }
  return events > 0 && below > 0 ? pairs / (events * below) : null;
}

function countsOfBins(
  bin: Uint16Array,
  length: number,
  y: Uint8Array,
  weights: Float64Array | null,
): { readonly all: Float64Array; readonly cases: Float64Array } {
  const all = new Float64Array(length);
  const cases = new Float64Array(length);
  for (let row = 0; row < bin.length; row += 1) {
    const weight = weights === null ? 1 : (weights[row] as number);
    const at = bin[row] as number;
    all[at] = (all[at] as number) + weight;
    if (y[row] === 1) cases[at] = (cases[at] as number) + weight;
  }
  return { all, cases };
}

/** The slope of the outcome on the logits, or its intercept with the slope fixed at 1, by Newton's method over the bins. */
function calibrationOf(
  all: Float64Array,
  cases: Float64Array,
  centres: Float64Array,
  isSloped: boolean,
): number | null {
  let [intercept, slope] = [0, 1];
  const information = matrixOf(2, 2);
  for (let step = 0; step < 60; step += 1) {
    let [g0, g1, i00, i01, i11] = [0, 0, 0, 0, 0];
    for (let at = 0; at < centres.length; at += 1) {
      const n = all[at] as number;
      if (n === 0) continue;
      const logit = centres[at] as number;
      const p = 1 / (1 + Math.exp(-intercept - slope * logit));
      const residual = (cases[at] as number) - n * p;
      const curve = n * p * (1 - p);
      g0 += residual;
      g1 += residual * logit;
      i00 += curve;
      i01 += curve * logit;
      i11 += curve * logit * logit;
    }
    information.data.set(isSloped ? [i00, i01, i01, i11] : [i00, 0, 0, 1]);
    const factor = cholesky(information);
    if (!factor) return null;
    const move = solveCholesky(factor, isSloped ? [g0, g1] : [g0, 0]);
    const [by0, by1] = [move[0] as number, move[1] as number];
    const share = Math.min(1, 3 / Math.max(Math.abs(by0), Math.abs(by1), 1e-12));
    intercept += share * by0;
    slope += share * by1;
    if (Math.abs(slope) > 1e3) return null;
    if (share === 1 && Math.abs(by0) + Math.abs(by1) < 1e-8) return isSloped ? slope : intercept;
  }
  return null;
}
