import { normalQuantile } from '../distributions/normal.ts';
import { twoSidedT } from '../distributions/student-t.ts';
import { mean, sum } from '../numeric/sums.ts';
import { largestSize, unitOfScale } from '../numeric/unit-of-scale.ts';

export type Correlation = {
  readonly estimate: number;
  readonly statistic: number;
  /** Degrees of freedom of a t statistic. */
  readonly df: number | null;
  readonly p: number;
  /** Null where there are too few values for limits. */
  readonly low: number | null;
  readonly high: number | null;
};

/** Product-moment correlation of two columns that vary; NaN where one does not. */
export function pearsonCoefficient(x: Float64Array, y: Float64Array): number {
  const a = deviations(x);
  const b = deviations(y);
  const products = new Float64Array(a.length);
  const together = (first: Float64Array, second: Float64Array): number => {
    for (let i = 0; i < products.length; i += 1) products[i] = (first[i] as number) * (second[i] as number);
    return sum(products);
  };
  const r = together(a, b) / Math.sqrt(together(a, a)) / Math.sqrt(together(b, b));
  return Math.max(-1, Math.min(1, r));
}

function deviations(values: Float64Array): Float64Array {
  const unit = unitOfScale(largestSize(values));
  const scaled = unit === 1 ? values : values.map((value) => value / unit);
  const centre = mean(scaled);
  return scaled.map((value) => value - centre);
}

/**
 * Pearson's correlation with its t test, n − 2 degrees of freedom, and limits by Fisher's z (Fisher 1921, Metron 1:3); as R's
 * `cor.test(x, y)`. Rows independent, jointly normal; at least three, limits from four.
 */
export function pearsonTest(x: Float64Array, y: Float64Array, confidence: number): Correlation {
  const estimate = pearsonCoefficient(x, y);
  const df = x.length - 2;
  const statistic = (Math.sqrt(df) * estimate) / Math.sqrt((1 - estimate) * (1 + estimate));
  const limits = fisherLimits(estimate, x.length > 3 ? 1 / Math.sqrt(x.length - 3) : null, confidence);
  return { estimate, statistic, df, p: twoSidedT(statistic, df), ...limits };
}

/** Limits on the scale of Fisher's z, z = atanh r, from its standard error. */
export function fisherLimits(
  estimate: number,
  se: number | null,
  confidence: number,
): { readonly low: number | null; readonly high: number | null } {
  if (se === null) return { low: null, high: null };
  const z = Math.atanh(estimate);
  const width = normalQuantile(1 - (1 - confidence) / 2) * se;
  return { low: Math.tanh(z - width), high: Math.tanh(z + width) };
}
