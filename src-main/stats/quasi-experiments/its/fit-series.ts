import { ExpectedError } from '#shared/domain/result.ts';
import { columnOf, type Matrix, matrixOf, scale } from '../../linear-algebra/matrix.ts';
import type { QrDecomposition } from '../../linear-algebra/qr.ts';
import { sumOfSquares } from '../../numeric/sums.ts';
import { type Family, links, negativeBinomial, poisson } from '../../regression/families.ts';
import { fitGlm, type GlmFit } from '../../regression/fit-glm.ts';
import { glmLogLik } from '../../regression/glm-likelihood.ts';
import { leastSquares } from '../../regression/least-squares.ts';
import { fitNegativeBinomial } from '../../regression/negative-binomial.ts';
import { fitAr1 } from './ar1-gls.ts';
import { neweyWestCovariance } from './newey-west.ts';

export type SeriesFamily = 'gaussian' | 'poisson' | 'quasipoisson' | 'negative-binomial';
export type ErrorKind = 'newey-west' | 'ar1' | 'model';
export type SeriesErrors = {
  readonly kind: ErrorKind;
  readonly lag: number;
  readonly adjust: boolean;
  readonly method: 'REML' | 'ML';
};

export type SeriesFit = {
  /** One a column of the design; NaN where it adds nothing. */
  readonly coefficients: Float64Array;
  readonly estimable: readonly number[];
  /** Of the estimable columns. */
  readonly covariance: Matrix;
  /** Of t statistics; null where they are normal. */
  readonly df: number | null;
  /** Xb and the offset. */
  readonly linearPredictor: Float64Array;
  readonly fitted: Float64Array;
  /** For the tests of autocorrelation: plain ones, innovations of ar1, or Pearson's for counts. */
  readonly residuals: Float64Array;
  /** Of an ordinary least-squares fit; else null. */
  readonly qr: QrDecomposition | null;
  readonly fit: Readonly<Record<string, number | null>>;
  readonly warnings: readonly string[];
};

/** Fits a series that has a column of the design for each row: least squares, GLS or a model of counts. */
export function fitSeries(
  x: Matrix,
  y: Float64Array,
  family: SeriesFamily,
  offset: Float64Array | null,
  steps: Int32Array,
  errors: SeriesErrors,
): SeriesFit {
  if (family !== 'gaussian') return countFit(x, y, family, offset, errors);
  return errors.kind === 'ar1' ? autoregressiveFit(x, y, steps, errors.method) : linearFit(x, y, errors);
}

function refuseWithoutFreedom(n: number, rank: number): void {
  if (n > rank) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `The model has ${rank} coefficients for ${n} points, so nothing is left to judge their errors by.`,
    'Nothing was computed. Use a longer series, fewer harmonics or fewer terms.',
  );
}

function refusePerfect(residualSumOfSquares: number, y: Float64Array): void {
  const total = sumOfSquares(y);
  if (total > 0 && residualSumOfSquares > 1e-24 * total) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    total === 0
      ? 'The series does not vary.'
      : 'The model fits the series exactly, so there is no error to judge it by.',
    'Nothing was computed. Look at whether the right column was chosen.',
  );
}

function linearFit(x: Matrix, y: Float64Array, errors: SeriesErrors): SeriesFit {
  const n = y.length;
  const fit = leastSquares(x, y);
  refuseWithoutFreedom(n, fit.rank);
  refusePerfect(fit.residualSumOfSquares, y);
  const free = n - fit.rank;
  const variance = fit.residualSumOfSquares / free;
  const total = sumOfSquares(y);
  const logLik = -0.5 * n * (Math.log((2 * Math.PI * fit.residualSumOfSquares) / n) + 1);
  const covariance =
    errors.kind === 'model'
      ? scale(fit.unscaledCovariance, variance)
      : neweyWestCovariance(kept(x, fit.estimable), fit.residuals, fit.unscaledCovariance, errors.lag, errors.adjust);
  const rSquared = 1 - fit.residualSumOfSquares / total;
  return {
    coefficients: fit.coefficients,
    estimable: fit.estimable,
    covariance,
    df: free,
    linearPredictor: fit.fitted,
    fitted: fit.fitted,
    residuals: fit.residuals,
    qr: fit.qr,
    fit: {
      rSquared,
      adjustedRSquared: 1 - ((1 - rSquared) * (n - 1)) / free,
      sigma: Math.sqrt(variance),
      dfResidual: free,
      logLik,
      aic: 2 * (fit.rank + 1) - 2 * logLik,
    },
    warnings: [],
  };
}

function autoregressiveFit(x: Matrix, y: Float64Array, steps: Int32Array, method: 'REML' | 'ML'): SeriesFit {
  const n = y.length;
  const plain = leastSquares(x, y);
  refuseWithoutFreedom(n, plain.rank + 1);
  refusePerfect(plain.residualSumOfSquares, y);
  const fit = fitAr1(x, y, steps, method);
  const fitted = y.map((value, i) => value - (fit.residuals[i] as number));
  const parameters = fit.estimable.length + 2;
  return {
    coefficients: fit.coefficients,
    estimable: fit.estimable,
    covariance: fit.covariance,
    df: n - fit.estimable.length,
    linearPredictor: fitted,
    fitted,
    residuals: fit.innovations,
    qr: null,
    fit: {
      phi: fit.phi,
      sigma: fit.sigma,
      dfResidual: n - fit.estimable.length,
      logLik: fit.logLik,
      aic: 2 * parameters - 2 * fit.logLik,
    },
    warnings: fit.atEdge
      ? [
          `The correlation of neighbouring errors is estimated at ${fit.phi.toFixed(4)}, the edge of what ar1 allows: the errors look like a random walk or alternate, and their standard errors are not to be trusted.`,
        ]
      : fit.phi > 0.8
        ? [
            `Neighbouring errors correlate ${fit.phi.toFixed(2)}. So persistent a series leaves little to tell a change of level from drift, and intervals cover less than they say.`,
          ]
        : [],
  };
}

function countFit(
  x: Matrix,
  y: Float64Array,
  family: SeriesFamily,
  offset: Float64Array | null,
  errors: SeriesErrors,
): SeriesFit {
  const n = y.length;
  const { fit, extra, warnings, used } = countModel(x, y, family, offset);
  refuseWithoutFreedom(n, fit.rank);
  const free = n - fit.rank;
  const dispersion = fit.pearson / free;
  const quasi = family === 'quasipoisson';
  const weighted = fit.workingResiduals.map((value, i) => value * (fit.workingWeights[i] as number));
  const covariance =
    errors.kind === 'model'
      ? scale(fit.unscaledCovariance, quasi ? dispersion : 1)
      : neweyWestCovariance(kept(x, fit.estimable), weighted, fit.unscaledCovariance, errors.lag, errors.adjust);
  const robust = errors.kind === 'newey-west' && errors.adjust;
  return {
    coefficients: fit.coefficients,
    estimable: fit.estimable,
    covariance,
    df: quasi || robust ? free : null,
    linearPredictor: fit.linearPredictor,
    fitted: fit.fitted,
    residuals: y.map((value, i) => {
      const mean = fit.fitted[i] as number;
      return (value - mean) / Math.sqrt(used.variance(mean));
    }),
    qr: null,
    fit: { deviance: fit.deviance, dfResidual: free, dispersion, ...extra },
    warnings: [...warnings, ...fitWarnings(fit), ...overdispersion(family, errors.kind, dispersion)],
  };
}

type CountModel = {
  readonly fit: GlmFit;
  readonly used: Family;
  readonly extra: Readonly<Record<string, number | null>>;
  readonly warnings: readonly string[];
};

function countModel(x: Matrix, y: Float64Array, family: SeriesFamily, offset: Float64Array | null): CountModel {
  if (family === 'negative-binomial') {
    const found = fitNegativeBinomial(x, y, { offset });
    if (found) {
      const { fit, theta, thetaSe, logLik } = found;
      return {
        fit,
        used: negativeBinomial(theta),
        extra: { theta, thetaSe, logLik, aic: 2 * (fit.rank + 1) - 2 * logLik },
        warnings: found.converged ? [] : ['Theta had not settled.'],
      };
    }
  }
  const fit = fitGlm(x, y, poisson, { link: links.log, offset });
  const whole = y.every(Number.isInteger);
  const weights = new Float64Array(y.length).fill(1);
  const logLik = glmLogLik({
    family: 'poisson',
    y,
    mu: fit.fitted,
    weights,
    trials: null,
    deviance: fit.deviance,
    theta: null,
  });
  const likelihood = whole ? { logLik, aic: 2 * fit.rank - 2 * logLik } : { logLik: null, aic: null };
  return {
    fit,
    used: poisson,
    extra: {
      ...(family === 'quasipoisson' ? {} : likelihood),
      ...(family === 'negative-binomial' ? { theta: null } : {}),
    },
    warnings: [
      ...(family === 'negative-binomial'
        ? [
            'The counts vary no more than Poisson counts, so theta has no estimate; these are the results of the Poisson model.',
          ]
        : []),
      ...(whole || family === 'quasipoisson'
        ? []
        : ['Some counts are not whole numbers, so the model has no likelihood and no AIC; the estimates stand.']),
    ],
  };
}

function fitWarnings(fit: GlmFit): string[] {
  return [
    ...(fit.converged ? [] : [`The fit had not settled after ${fit.iterations} rounds.`]),
    ...(fit.boundary
      ? [
          'Some fitted count is all but 0: a level or season has only zeros, and its coefficient has no finite estimate.',
        ]
      : []),
  ];
}

function overdispersion(family: SeriesFamily, kind: ErrorKind, dispersion: number): string[] {
  if (family !== 'poisson' || kind !== 'model' || dispersion < 1.5) return [];
  return [
    `The counts vary ${dispersion.toFixed(1)} times as much as Poisson counts would, so the errors are too small. Use newey-west errors, quasipoisson or negative-binomial.`,
  ];
}

function kept(x: Matrix, estimable: readonly number[]): Matrix {
  if (estimable.length === x.columns) return x;
  const result = matrixOf(x.rows, estimable.length);
  estimable.forEach((column, place) => {
    columnOf(result, place).set(columnOf(x, column));
  });
  return result;
}
