import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { normalQuantile } from '../distributions/normal.ts';
import type { ChiSquared } from './chi-squared-tests.ts';
import { convolve, noncentralHypergeometric, type WholeDistribution } from './conditional-distribution.ts';
import { conditionalOddsRatio, type ExactOddsRatio } from './conditional-odds-ratio.ts';
import type { FourCells } from './cross-table.ts';

export type CommonOddsRatio = {
  /** Null where it is infinite or 0/0. */
  readonly estimate: number | null;
  /** Of the logarithm. */
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/**
 * Mantel and Haenszel's test of association over strata (1959, Journal of the National Cancer Institute 22:719), without and with one
 * half taken from the difference; as R's `mantelhaen.test(x, correct = …)`. Null where no stratum can tell.
 * @param strata each of at least two
 */
export function mantelHaenszelTest(
  strata: readonly FourCells[],
): (ChiSquared & { readonly corrected: ChiSquared }) | null {
  let difference = 0;
  let variance = 0;
  for (const { a, b, c, d } of strata) {
    const n = a + b + c + d;
    const expected = ((a + b) / n) * (a + c);
    difference += a - expected;
    variance += (expected * ((c + d) / n) * (b + d)) / (n - 1);
  }
  if (!(variance > 0)) return null;
  const test = (size: number): ChiSquared => {
    const statistic = (size * size) / variance;
    return { statistic, df: 1, p: chiSquaredUpperTail(statistic, 1) };
  };
  const size = Math.abs(difference);
  return { ...test(size), corrected: test(size >= 0.5 ? size - 0.5 : size) };
}

/**
 * Their common odds ratio, with limits on the log by the variance of Robins, Breslow and Greenland (1986, Biometrics 42:311, eq. 3).
 */
export function commonOddsRatio(strata: readonly FourCells[], confidence: number): CommonOddsRatio {
  let r = 0;
  let s = 0;
  let pr = 0;
  let cross = 0;
  let qs = 0;
  for (const { a, b, c, d } of strata) {
    const n = a + b + c + d;
    const concordant = (a + d) / n;
    const discordant = (b + c) / n;
    const top = (a / n) * d;
    const bottom = (b / n) * c;
    r += top;
    s += bottom;
    pr += concordant * top;
    cross += concordant * bottom + discordant * top;
    qs += discordant * bottom;
  }
  const estimate = r / s;
  if (!(r > 0 && s > 0)) {
    return { estimate: Number.isFinite(estimate) ? estimate : null, se: null, low: null, high: null };
  }
  const se = Math.sqrt(pr / (2 * r * r) + cross / (2 * r * s) + qs / (2 * s * s));
  const width = normalQuantile(1 - (1 - confidence) / 2) * se;
  return { estimate, se, low: estimate * Math.exp(-width), high: estimate * Math.exp(width) };
}

/** Steps of one convolution that the exact test may take. */
const mostSteps = 3e6;

/**
 * Exact conditional test of the common odds ratio with its estimate and limits (Breslow and Day 1980, Statistical Methods in Cancer
 * Research I, §4.4); as `mantelhaen.test(x, exact = TRUE)`. Whole counts. Null where the strata are too large.
 */
export function exactCommonOddsRatio(
  strata: readonly FourCells[],
  guess: number,
  confidence: number,
): ExactOddsRatio | null {
  let seen = 1;
  let steps = 0;
  for (const { a, b, c, d } of strata) {
    const support = Math.min(a + b, a + c) - Math.max(0, a + c - (c + d)) + 1;
    steps += seen * support;
    seen += support - 1;
  }
  if (steps > mostSteps) return null;
  const at = (logOdds: number, smallest: number): WholeDistribution =>
    strata.map(({ a, b, c, d }) => noncentralHypergeometric(a + b, c + d, a + c, logOdds, smallest)).reduce(convolve);
  const x = strata.reduce((total, { a }) => total + a, 0);
  return conditionalOddsRatio(x, at, guess, confidence);
}

/**
 * Breslow and Day's test that the odds ratio is the same in every stratum (1980, §4.4, eq. 4.30), and Tarone's correction of it
 * (1985, Biometrika 72:91). Strata with an empty margin tell nothing and do not count; null for fewer than two others.
 */
export function homogeneityTests(
  strata: readonly FourCells[],
  common: number | null,
): { readonly breslowDay: ChiSquared; readonly tarone: ChiSquared } | null {
  const telling = strata.filter(({ a, b, c, d }) => a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0);
  if (telling.length < 2 || common === null || !(common > 0)) return null;
  let statistic = 0;
  let difference = 0;
  let total = 0;
  for (const cells of telling) {
    const { a, b, c, d } = cells;
    const fitted = fittedCell(cells, common);
    const variance = 1 / (1 / fitted + 1 / (a + b - fitted) + 1 / (a + c - fitted) + 1 / (d - a + fitted));
    if (!(c + d > 0)) continue;
    statistic += (a - fitted) ** 2 / variance;
    difference += a - fitted;
    total += variance;
  }
  const df = telling.length - 1;
  const test = (value: number): ChiSquared => ({ statistic: value, df, p: chiSquaredUpperTail(value, df) });
  return { breslowDay: test(statistic), tarone: test(Math.max(0, statistic - (difference * difference) / total)) };
}

/** The count a that gives the margins this odds ratio: the root of a quadratic between the ends of its support. */
function fittedCell({ a, b, c, d }: FourCells, odds: number): number {
  const row = a + b;
  const column = a + c;
  const gap = c + d - column;
  if (odds === 1) return (row / (a + b + c + d)) * column;
  // (1 − ψ)x² + (gap + ψ(row + column))x − ψ·row·column = 0
  const quadratic = 1 - odds;
  const linear = gap + odds * (row + column);
  const constant = -odds * row * column;
  const q = -0.5 * (linear + Math.sign(linear) * Math.sqrt(linear * linear - 4 * quadratic * constant));
  const roots = [q / quadratic, constant / q];
  const least = Math.max(0, -gap);
  const most = Math.min(row, column);
  return roots.find((root) => root >= least && root <= most) ?? Number.NaN;
}
