import { chiSquaredUpperTail } from '#main/stats/distributions/chi-squared.ts';
import { normalQuantile } from '#main/stats/distributions/normal.ts';
import { cholesky, inverseFromCholesky } from '#main/stats/linear-algebra/cholesky.ts';
import {
  addMatrices,
  type Matrix,
  matrixFromRows,
  matrixOf,
  multiplyVector,
  quadraticForm,
  rowsOf,
} from '#main/stats/linear-algebra/matrix.ts';
import type { BundleBody, BundleCurve, BundleDefinition, PoolingScale } from '#shared/domain/bundle.ts';
import { splineColumns } from '../exposure/outcome/restricted-spline.ts';
import { knotsIn } from './curve-form.ts';
import { type PooledMean, pooledMean } from './pooled-mean.ts';

export type PooledPoint = Pick<
  PooledMean,
  'estimate' | 'low' | 'high' | 'predictionLow' | 'predictionHigh' | 'tau2' | 'i2' | 'k'
> & { readonly exposure: number };

export type PooledCurve = {
  readonly id: string;
  readonly says: BundleDefinition['says'];
  readonly scale: PoolingScale;
  readonly pairs: number;
  readonly people: number;
  /** Of one exposure more, by a straight line. */
  readonly slope: PooledMean;
  readonly reference: number;
  /** Against the reference: each a random-effects mean of its own. */
  readonly points: readonly PooledPoint[];
  /** All coefficients together, as if the forces had one curve in common. */
  readonly common: {
    readonly coefficients: readonly number[];
    readonly covariance: readonly (readonly number[])[];
    /** Whether the forces’ curves differ by more than chance. */
    readonly q: { readonly statistic: number; readonly df: number; readonly p: number };
    readonly points: readonly {
      readonly exposure: number;
      readonly estimate: number;
      readonly low: number;
      readonly high: number;
    }[];
  };
  readonly r: string;
};

type OwnCurve = { readonly force: string; readonly curve: BundleCurve; readonly covariance: Matrix };

export type CurveQuestion = {
  readonly at: readonly number[] | null;
  readonly reference: number;
  readonly confidence: number;
};

/** Generalised least squares of the coefficients: weights are the inverses of their covariances. */
function commonCurve(own: readonly OwnCurve[]) {
  const width = own[0]?.covariance.rows ?? 0;
  let information = matrixOf(width, width);
  const score = new Float64Array(width);
  const inverses = own.map(({ covariance }) => inverseOf(covariance));
  own.forEach(({ curve }, force) => {
    const inverse = inverses[force] as Matrix;
    information = addMatrices(information, inverse);
    multiplyVector(inverse, curve.coefficients).forEach((value, j) => {
      score[j] = (score[j] as number) + value;
    });
  });
  const covariance = inverseOf(information);
  const coefficients = multiplyVector(covariance, score);
  const statistic = own.reduce((total, { curve }, force) => {
    const apart = curve.coefficients.map((value, j) => value - (coefficients[j] as number));
    return total + quadraticForm(apart, inverses[force] as Matrix);
  }, 0);
  const df = (own.length - 1) * width;
  return {
    coefficients,
    covariance,
    q: { statistic, df, p: df > 0 ? chiSquaredUpperTail(statistic, df) : 1 },
  };
}

function inverseOf(matrix: Matrix): Matrix {
  const lower = cholesky(matrix);
  if (!lower) throw new Error('a covariance that was checked is not positive definite');
  return inverseFromCholesky(lower);
}

/** A curve over the forces that tell it: contrasts by random effects, coefficients together by a common effect. */
export function pooledCurve(
  { id, says }: BundleDefinition,
  bundles: readonly BundleBody[],
  { at, reference, confidence }: CurveQuestion,
): PooledCurve {
  const knots = knotsIn(says) ?? [];
  const scale: PoolingScale = says['outcome'] === 'case' ? 'log' : 'points';
  const own = bundles.flatMap(({ force, curves }): OwnCurve[] => {
    const curve = curves.find(({ definition }) => definition === id);
    return curve ? [{ force, curve, covariance: matrixFromRows(curve.covariance) }] : [];
  });
  const exposures = [...new Set(at ?? knots)].sort((a, b) => a - b);
  const base = splineColumns(reference, knots);
  const directionTo = (exposure: number): number[] =>
    splineColumns(exposure, knots).map((value, j) => value - (base[j] as number));
  const common = commonCurve(own);
  const reach = normalQuantile(1 - (1 - confidence) / 2);
  const tell = (value: number): number => (scale === 'log' ? Math.exp(value) : value);
  const slope = pooledMean(
    own.map(({ force, curve }) => ({ force, ...curve.slope })),
    { name: 'slopes', scale, confidence },
  );
  return {
    id,
    says,
    scale,
    pairs: own.reduce((total, { curve }) => total + curve.pairs, 0),
    people: own.reduce((total, { curve }) => total + curve.people, 0),
    slope,
    reference,
    points: exposures.map((exposure) => pointAt(own, exposure, directionTo(exposure), { scale, confidence })),
    common: {
      coefficients: Array.from(common.coefficients),
      covariance: rowsOf(common.covariance),
      q: common.q,
      points: exposures.map((exposure) => {
        const direction = directionTo(exposure);
        const estimate = direction.reduce((total, value, j) => total + value * (common.coefficients[j] as number), 0);
        const width = reach * Math.sqrt(Math.max(0, quadraticForm(direction, common.covariance)));
        return { exposure, estimate: tell(estimate), low: tell(estimate - width), high: tell(estimate + width) };
      }),
    },
    r: slope.r,
  };
}

function pointAt(
  own: readonly OwnCurve[],
  exposure: number,
  direction: readonly number[],
  { scale, confidence }: { readonly scale: PoolingScale; readonly confidence: number },
): PooledPoint {
  const nothing = scale === 'log' ? 1 : 0;
  if (direction.every((value) => value === 0)) {
    const none = { estimate: nothing, low: nothing, high: nothing, predictionLow: nothing, predictionHigh: nothing };
    return { exposure, ...none, tau2: 0, i2: 0, k: own.length };
  }
  const estimates = own.map(({ force, curve, covariance }) => ({
    force,
    estimate: direction.reduce((total, value, j) => total + value * (curve.coefficients[j] as number), 0),
    variance: quadraticForm(direction, covariance),
  }));
  const mean = pooledMean(estimates, { name: 'contrasts', scale, confidence });
  const { estimate, low, high, predictionLow, predictionHigh, tau2, i2, k } = mean;
  return { exposure, estimate, low, high, predictionLow, predictionHigh, tau2, i2, k };
}
