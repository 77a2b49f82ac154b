import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import { fUpperTail } from '../../distributions/f.ts';
import { cholesky, solveLower } from '../../linear-algebra/cholesky.ts';
import { at, subMatrix } from '../../linear-algebra/matrix.ts';
import type { GlmEstimate } from '../../regression/estimate-glm.ts';
import { profileCoefficient } from '../../regression/profile-glm.ts';
import type { CoefficientCovariance } from '../../regression/robust-covariance.ts';
import type { GlmData } from '../shared/glm-data.ts';
import { orNull } from '../shared/or-null.ts';
import { notEstimable, type TermResult, type TestResult, waldTerm } from '../term.ts';

/** A row for every column of the design; those without an estimate, or without an error, hold nulls. */
export function glmTerms(
  data: GlmData,
  estimate: GlmEstimate,
  covariance: CoefficientCovariance | null,
  confidence: number,
): TermResult[] {
  return data.design.names.map((name, j) => {
    const place = estimate.used.indexOf(j);
    const value = estimate.coefficients[j] as number;
    if (place < 0 || Number.isNaN(value)) return notEstimable(name);
    const se = covariance ? Math.sqrt(at(covariance.matrix, place, place)) : Number.NaN;
    const df = covariance?.df ? (covariance.df[place] as number) : null;
    if (!(se > 0) || (df !== null && !(df > 0))) return { ...notEstimable(name), estimate: value, se: orNull(se) };
    return waldTerm(name, value, se, df, confidence);
  });
}

/** The same rows with profile limits; null where the likelihood never falls far enough. */
export function withProfileLimits(
  terms: readonly TermResult[],
  data: GlmData,
  estimate: GlmEstimate,
  confidence: number,
  warnings: string[],
): TermResult[] {
  return terms.map((term, j) => {
    const place = estimate.used.indexOf(j);
    if (term.estimate === null || place < 0) return term;
    const limits = profileCoefficient(estimate, data, place, confidence);
    for (const [side, value] of [
      ['lower', limits.low],
      ['upper', limits.high],
    ] as const) {
      if (Number.isFinite(value)) continue;
      warnings.push(`The ${side} profile limit of ${term.term} is infinite: the likelihood does not fall far enough.`);
    }
    return { ...term, low: orNull(limits.low), high: orNull(limits.high) };
  });
}

/** Wald test of each term's coefficients together: χ², or F where the dispersion is estimated. */
export function jointTests(data: GlmData, estimate: GlmEstimate, covariance: CoefficientCovariance): TestResult[] {
  return data.design.termLabels.flatMap((name, t): TestResult[] => {
    const places = estimate.used.flatMap((j, place) =>
      data.design.assign[j] === t + 1 && !Number.isNaN(estimate.coefficients[j] as number) ? [place] : [],
    );
    const lower = places.length === 0 ? null : cholesky(subMatrix(covariance.matrix, places, places));
    if (!lower) return [];
    const solved = solveLower(
      lower,
      places.map((place) => estimate.coefficients[estimate.used[place] as number] as number),
    );
    const chiSquared = solved.reduce((total, value) => total + value * value, 0);
    const k = places.length;
    if (estimate.df === null) {
      return [{ name, statistic: chiSquared, df: k, p: chiSquaredUpperTail(chiSquared, k) }];
    }
    const f = chiSquared / k;
    return [{ name, statistic: f, df: [k, estimate.df], p: fUpperTail(f, k, estimate.df) }];
  });
}
