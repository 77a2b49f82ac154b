import { normalQuantile, twoSidedNormal } from '../distributions/normal.ts';
import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { binomial } from '../regression/families.ts';
import { fitGlm } from '../regression/fit-glm.ts';

/** An estimate with Wald limits and a test of the value that perfect calibration gives. */
export type CalibrationTerm = {
  readonly estimate: number;
  readonly se: number;
  readonly statistic: number;
  readonly df: null;
  readonly p: number;
  readonly low: number;
  readonly high: number;
};

/**
 * Calibration in the large (Cox 1958, Biometrika 45:562; Steyerberg 2019, Clinical Prediction Models, §15.3): the intercept of a logistic
 * model with the logit of the probability as offset, so its slope fixed at 1. Tested against 0. As
 * `glm(y ~ 1, offset = logit, family = binomial)`.
 */
export function calibrationIntercept(logits: Float64Array, events: Float64Array, confidence: number): CalibrationTerm {
  const fit = fitGlm(onesAnd(events.length, []), events, binomial, { offset: logits });
  return term(fit.coefficients[0] as number, Math.sqrt(fit.unscaledCovariance.data[0] as number), 0, confidence);
}

export type CalibrationSlope = { readonly slope: CalibrationTerm; readonly intercept: CalibrationTerm };

/**
 * Calibration slope, and the intercept of its own model: `glm(y ~ logit, family = binomial)`. The slope is tested against 1. Null where
 * the likelihood has no maximum: the logits do not vary, or separate the outcomes.
 */
export function calibrationSlope(
  logits: Float64Array,
  events: Float64Array,
  confidence: number,
): CalibrationSlope | null {
  if (separated(logits, events)) return null;
  const fit = fitGlm(onesAnd(events.length, [logits]), events, binomial);
  const [intercept, slope] = fit.coefficients as unknown as [number, number];
  if (!fit.converged || fit.rank < 2) return null;
  const { data } = fit.unscaledCovariance;
  return {
    slope: term(slope, Math.sqrt(data[3] as number), 1, confidence),
    intercept: term(intercept, Math.sqrt(data[0] as number), 0, confidence),
  };
}

function onesAnd(rows: number, columns: readonly Float64Array[]): Matrix {
  const design = matrixOf(rows, 1 + columns.length);
  design.data.fill(1, 0, rows);
  columns.forEach((column, j) => {
    design.data.set(column, (j + 1) * rows);
  });
  return design;
}

/** Of one predictor the likelihood has a maximum only where the ranges of the two outcomes overlap in their inside. */
function separated(logits: Float64Array, events: Float64Array): boolean {
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < logits.length; i += 1) {
    const side = events[i] as number;
    const value = logits[i] as number;
    if (value < (least[side] as number)) least[side] = value;
    if (value > (most[side] as number)) most[side] = value;
  }
  const [least0, least1] = least as [number, number];
  const [most0, most1] = most as [number, number];
  return most0 <= least1 || most1 <= least0;
}

function term(estimate: number, se: number, ideal: number, confidence: number): CalibrationTerm {
  const statistic = (estimate - ideal) / se;
  const width = normalQuantile(1 - (1 - confidence) / 2) * se;
  return {
    estimate,
    se,
    statistic,
    df: null,
    p: twoSidedNormal(statistic),
    low: estimate - width,
    high: estimate + width,
  };
}
