import { fUpperTail } from '#main/stats/distributions/f.ts';
import { tQuantile, twoSidedT } from '#main/stats/distributions/student-t.ts';
import { cholesky, solveLower } from '#main/stats/linear-algebra/cholesky.ts';
import { columnOf, type Matrix, matrixOf, quadraticForm, subMatrix } from '#main/stats/linear-algebra/matrix.ts';
import { estimateGlm, type GlmProblem } from '#main/stats/regression/estimate-glm.ts';
import { estimateLinear } from '#main/stats/regression/estimate-linear.ts';
import { type Clusters, coefficientCovariance } from '#main/stats/regression/robust-covariance.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { splineColumns } from './restricted-spline.ts';

/** What every model of one question shares. */
export type OutcomeData = {
  /** Score, or 1 for a case and 0 for none. */
  readonly outcome: Float64Array;
  readonly family: 'gaussian' | 'binomial';
  /** Columns beside the exposure, by name. */
  readonly adjusted: readonly { readonly name: string; readonly values: Float64Array }[];
  /** Persons. */
  readonly clusters: Clusters;
};

/** An estimate with its 95% interval; on the log odds for a case. */
export type Effect = { readonly estimate: number; readonly se: number; readonly low: number; readonly high: number };
export type Test = { readonly statistic: number; readonly df: readonly [number, number]; readonly p: number };
export type OutcomeTerm = Effect & { readonly term: string; readonly df: number; readonly p: number };

/** What every contrast of an exposure follows from: its columns in their order, on the log odds for a case. */
export type SplineFit = {
  readonly coefficients: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  /** Of the t and F that it is tested by. */
  readonly df: number;
};

export type OutcomeFit = {
  readonly knots: readonly number[] | null;
  readonly errors: 'CR1' | 'CR2';
  readonly aic: number;
  readonly parameters: number;
  readonly converged: boolean;
  readonly terms: readonly OutcomeTerm[];
  readonly spline: SplineFit;
  /** All columns of the exposure, and those that bend it; null where there are none. */
  readonly overall: Test | null;
  readonly nonlinear: Test | null;
  /** Difference between two exposures. */
  readonly contrast: (exposure: number, reference: number) => Effect;
};

/** CR2 where there are fewer persons; with more CR1 gives the same to three digits, and in a fraction of the time. */
const fewPersons = 200;
const confidence = 0.95;

/**
 * A linear or logistic model of the outcome on a spline of the exposure and what it is adjusted for, with errors that allow for several
 * pairs of one person (`conventions.md` › Limits and p).
 *
 * @throws ExpectedError REFUSED_MODEL where predictors tell an outcome for certain, or the exposure never varies
 */
export function fitOutcome(data: OutcomeData, exposure: Float64Array, knots: readonly number[] | null): OutcomeFit {
  const width = splineColumns(0, knots).length;
  const x = designOf(data, exposure, knots, width);
  const problem = problemOf(data, x);
  const linear = data.family === 'gaussian';
  const estimate = linear ? estimateLinear(problem) : estimateGlm(problem);
  if (!estimate || estimate.separation !== null || estimate.logLik === null) {
    throw refused('The role, service or earlier score tell the outcome of some people for certain.');
  }
  const spline = Array.from({ length: width }, (_none, k) => estimate.used.indexOf(k + 1));
  if (spline.some((place) => place < 0)) throw refused('The exposure does not vary apart from what is adjusted for.');
  const errors = data.clusters.count < fewPersons ? 'CR2' : 'CR1';
  const covariance = coefficientCovariance(estimate, linear, { type: errors, clusters: data.clusters });
  if (!covariance?.df) throw refused('The errors cannot be computed.');
  const { matrix } = covariance;
  const df = Array.from(covariance.df);
  const least = Math.min(...spline.map((place) => df[place] as number));
  const names = ['(Intercept)', ...splineNames(width), ...data.adjusted.map(({ name }) => name)];
  const coefficients = estimate.used.map((j) => estimate.coefficients[j] as number);
  return {
    knots,
    errors,
    aic: -2 * estimate.logLik + 2 * estimate.parameters,
    parameters: x.columns,
    converged: estimate.converged,
    terms: estimate.used.map((j, place) => {
      const se = Math.sqrt(matrix.data[place * matrix.rows + place] as number);
      const value = coefficients[place] as number;
      const own = df[place] as number;
      return { term: names[j] as string, ...effect(value, se, own), df: own, p: twoSidedT(value / se, own) };
    }),
    spline: {
      coefficients: spline.map((place) => coefficients[place] as number),
      covariance: spline.map((row) => spline.map((column) => matrix.data[column * matrix.rows + row] as number)),
      df: least,
    },
    overall: waldTest(coefficients, matrix, spline, least),
    nonlinear: waldTest(coefficients, matrix, spline.slice(1), least),
    contrast: (at, reference) => {
      const difference = splineColumns(reference, knots);
      const direction = new Float64Array(matrix.rows);
      splineColumns(at, knots).forEach((value, k) => {
        direction[spline[k] as number] = value - (difference[k] as number);
      });
      const value = direction.reduce((total, own, place) => total + own * (coefficients[place] as number), 0);
      return effect(value, Math.sqrt(Math.max(0, quadraticForm(direction, matrix))), least);
    },
  };
}

function refused(message: string): ExpectedError {
  return new ExpectedError('REFUSED_MODEL', message, 'Nothing was kept. Adjust for less, or ask over a longer period.');
}

function effect(estimate: number, se: number, df: number): Effect {
  const reach = tQuantile(1 - (1 - confidence) / 2, df) * se;
  return { estimate, se, low: estimate - reach, high: estimate + reach };
}

function splineNames(width: number): string[] {
  return Array.from({ length: width }, (_none, k) => `exposure${"'".repeat(k)}`);
}

function designOf(
  { outcome, adjusted }: OutcomeData,
  exposure: Float64Array,
  knots: readonly number[] | null,
  width: number,
): Matrix {
  const x = matrixOf(outcome.length, 1 + width + adjusted.length);
  columnOf(x, 0).fill(1);
  exposure.forEach((value, row) => {
    splineColumns(value, knots).forEach((part, k) => {
      x.data[(1 + k) * x.rows + row] = part;
    });
  });
  adjusted.forEach(({ values }, k) => {
    columnOf(x, 1 + width + k).set(values);
  });
  return x;
}

function problemOf({ outcome, family }: OutcomeData, x: Matrix): GlmProblem {
  return {
    x,
    y: outcome,
    weights: new Float64Array(outcome.length).fill(1),
    trials: null,
    offset: null,
    intercept: true,
    family,
    link: family === 'gaussian' ? 'identity' : 'logit',
    free: family === 'gaussian',
  };
}

/** Wald test of some coefficients together, as F over their number. */
function waldTest(coefficients: readonly number[], matrix: Matrix, places: readonly number[], df: number): Test | null {
  const lower = places.length === 0 ? null : cholesky(subMatrix(matrix, places, places));
  if (!lower) return null;
  const solved = solveLower(
    lower,
    places.map((place) => coefficients[place] as number),
  );
  const statistic = solved.reduce((total, value) => total + value * value, 0) / places.length;
  return { statistic, df: [places.length, df], p: fUpperTail(statistic, places.length, df) };
}
