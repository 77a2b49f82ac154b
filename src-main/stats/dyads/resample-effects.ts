import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { mean, sumOfSquares } from '../numeric/sums.ts';
import {
  momentFactor,
  regressionFromFactor,
  rowMoments,
  visitMoments,
  visitMomentsWithoutRow,
} from '../resampling/row-moments.ts';
import type { RowResamples } from '../resampling/row-resamples.ts';
import type { ActorPartnerData } from './actor-partner-model.ts';
import { emptyPattern, groupByPattern, type MissingPattern } from './missing-patterns.ts';
import type { NormalMoments } from './observed-likelihood.ts';
import { fitSaturated } from './saturated-normal.ts';

/** The ratios of partner to actor effects in each resample of couples that has them. */
export type ResampledRatios = {
  readonly count: number;
  readonly failed: number;
  readonly k1: Float64Array;
  readonly k2: Float64Array;
};

/**
 * k1 = p(2→1)/a1 and k2 = p(1→2)/a2 in each resample of whole couples (Kenny and Ledermann 2010, Journal of Family Psychology
 * 24:359). Complete couples: from the moments of each resample. Incomplete ones: maximum likelihood again in each, started from
 * that of all couples.
 */
export function resampleRatios(
  data: ActorPartnerData,
  resamples: RowResamples,
  missing: 'omit' | 'fiml',
): ResampledRatios {
  const ratios = ratiosOf(data, resamples.count);
  if (missing === 'omit') visitMoments(ratios.source, resamples, ratios.take);
  else visitIncomplete(data, resamples, ratios.take);
  return ratios.found();
}

/** The same without each couple in turn. */
export function jackknifeRatios(data: ActorPartnerData, missing: 'omit' | 'fiml'): ResampledRatios {
  const n = data.x1.length;
  const ratios = ratiosOf(data, n);
  if (missing === 'omit') visitMomentsWithoutRow(ratios.source, ratios.take);
  else visitIncomplete(data, withoutEach(n), ratios.take);
  return ratios.found();
}

function withoutEach(n: number): RowResamples {
  return {
    count: n,
    visit: (each) => {
      const rows = Int32Array.from({ length: n - 1 }, (_none, place) => place + 1);
      for (let left = 0; left < n; left += 1) {
        if (left > 0) rows[left - 1] = left - 1;
        each(rows, left);
      }
    },
  };
}

function orderedColumns({ covariates, x1, x2, y1, y2 }: ActorPartnerData): Float64Array[] {
  return [...covariates, x1, x2, y1, y2];
}

/** Collects ratios from covariance matrices in the order covariates, x1, x2, y1, y2, each variable on its own scale. */
function ratiosOf(data: ActorPartnerData, count: number) {
  const source = rowMoments(orderedColumns(data).map(withMeanForMissing));
  const x = data.covariates.length;
  const factor = matrixOf(source.width, source.width);
  const coefficients = new Float64Array(x + 2);
  const k1 = new Float64Array(count);
  const k2 = new Float64Array(count);
  const unit = (source.deviations[x] as number) / (source.deviations[x + 1] as number);
  let done = 0;
  let failed = 0;
  return {
    source,
    take: (covariance: Matrix): void => {
      if (!momentFactor(covariance, factor)) {
        failed += 1;
        return;
      }
      regressionFromFactor(factor, x + 2, x + 2, coefficients);
      k1[done] = ((coefficients[x + 1] as number) / (coefficients[x] as number)) * unit;
      regressionFromFactor(factor, x + 3, x + 2, coefficients);
      k2[done] = (coefficients[x] as number) / (coefficients[x + 1] as number) / unit;
      if (Number.isFinite(k1[done]) && Number.isFinite(k2[done])) done += 1;
      else failed += 1;
    },
    found: (): ResampledRatios => ({ count: done, failed, k1: k1.subarray(0, done), k2: k2.subarray(0, done) }),
  };
}

/** Only scales are taken of incomplete columns, and a column's mean in the gaps leaves them finite. */
function withMeanForMissing(values: Float64Array): Float64Array {
  if (!values.some(Number.isNaN)) return values;
  const centre = mean(values.filter((value) => !Number.isNaN(value)));
  return values.map((value) => (Number.isNaN(value) ? centre : value));
}

function visitIncomplete(data: ActorPartnerData, resamples: RowResamples, take: (covariance: Matrix) => void): void {
  const columns = orderedColumns(data);
  const scaled = columns.map((values) => {
    const filled = withMeanForMissing(values);
    const centre = mean(filled);
    const unit = Math.sqrt(sumOfSquares(filled, centre) / filled.length);
    return values.map((value) => (value - centre) / unit);
  });
  const { patterns, patternOfRow } = groupByPattern(scaled);
  const start = fitSaturated(patterns, columns.length).moments;
  const nothing: NormalMoments = { mean: start.mean, covariance: matrixOf(columns.length, columns.length) };
  const some = patterns.map(({ observed }) => emptyPattern(observed));
  resamples.visit((rows) => {
    gather(some, patternOfRow, scaled, rows);
    const fit = fitSaturated(some, columns.length, start);
    take((fit.converged ? fit.moments : nothing).covariance);
  });
}

/** Moments of each pattern among some rows; the columns are near standard scores, so that sums of products keep their digits. */
function gather(
  patterns: readonly MissingPattern[],
  patternOfRow: Int32Array,
  columns: readonly Float64Array[],
  rows: Int32Array,
): void {
  for (const pattern of patterns) {
    pattern.n = 0;
    pattern.mean.fill(0);
    pattern.covariance.data.fill(0);
  }
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] as number;
    const pattern = patterns[patternOfRow[row] as number];
    if (!pattern) continue;
    const { observed, mean: sums, covariance } = pattern;
    const size = observed.length;
    pattern.n += 1;
    for (let a = 0; a < size; a += 1) {
      const one = columns[observed[a] as number]?.[row] as number;
      sums[a] = (sums[a] as number) + one;
      for (let b = 0; b <= a; b += 1) {
        const other = columns[observed[b] as number]?.[row] as number;
        covariance.data[b * size + a] = (covariance.data[b * size + a] as number) + one * other;
      }
    }
  }
  for (const { n, mean: sums, covariance, observed } of patterns) {
    if (n === 0) continue;
    const size = observed.length;
    for (let a = 0; a < size; a += 1) sums[a] = (sums[a] as number) / n;
    for (let a = 0; a < size; a += 1) {
      for (let b = 0; b <= a; b += 1) {
        const value = (covariance.data[b * size + a] as number) / n - (sums[a] as number) * (sums[b] as number);
        covariance.data[b * size + a] = value;
        covariance.data[a * size + b] = value;
      }
    }
  }
}
