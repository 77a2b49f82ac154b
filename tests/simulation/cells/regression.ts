import { normalQuantile, twoSidedNormal } from '#main/stats/distributions/normal.ts';
import { tQuantile, twoSidedT } from '#main/stats/distributions/student-t.ts';
import { type Matrix, matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { estimateFirth, penalisedLimits, penalisedTest } from '#main/stats/regression/estimate-firth.ts';
import { estimateGlm, type GlmEstimate, type GlmProblem } from '#main/stats/regression/estimate-glm.ts';
import { estimateLinear } from '#main/stats/regression/estimate-linear.ts';
import { profileCoefficient } from '#main/stats/regression/profile-glm.ts';
import { type CovarianceKind, coefficientCovariance } from '#main/stats/regression/robust-covariance.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { Reading, SimulationCell } from '../cell.ts';

/** Intercept, a slope and a slope of 0, of which the p-value is read too. */
const truth = [-0.4, 0.5, 0] as const;
const names = ['intercept', 'x', 'null'] as const;

type Draw = { readonly x: Matrix; readonly eta: Float64Array };

function predictors(stream: RandomStream, n: number): Draw {
  const x = matrixOf(n, 3);
  x.data.fill(1, 0, n);
  x.data.set(normalDraws(stream, 2 * n), n);
  const eta = new Float64Array(n);
  for (let i = 0; i < n; i += 1) eta[i] = truth[0] + truth[1] * (x.data[n + i] as number);
  return { x, eta };
}

function problem(draw: Draw, y: Float64Array, rest: Partial<GlmProblem>): GlmProblem {
  return {
    ...{ x: draw.x, y, weights: new Float64Array(y.length).fill(1), trials: null, offset: null },
    ...{ intercept: true, family: 'gaussian', link: 'identity', free: true },
    ...rest,
  };
}

function waldReadings(estimate: GlmEstimate, linear: boolean, kind: CovarianceKind): Reading[] | null {
  const covariance = coefficientCovariance(estimate, linear, kind);
  if (!covariance || estimate.separation || !estimate.converged) return null;
  return truth.flatMap((value, j): Reading[] => {
    const b = estimate.coefficients[j] as number;
    const se = Math.sqrt(covariance.matrix.data[j * 3 + j] as number);
    const df = covariance.df ? (covariance.df[j] as number) : null;
    const width = se * (df === null ? normalQuantile(0.975) : tQuantile(0.975, df));
    const p = df === null ? twoSidedNormal(b / se) : twoSidedT(b / se, df);
    const reading: Reading = { parameter: names[j] as string, low: b - width, high: b + width, truth: value };
    return value === 0 ? [reading, { parameter: 'test of null', p }] : [reading];
  });
}

function events(stream: RandomStream, eta: Float64Array): Float64Array {
  return eta.map((value) => (stream.nextUniform() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
}

function poissonDraw(stream: RandomStream, mean: number): number {
  let count = 0;
  let waited = -Math.log(1 - stream.nextUniform());
  while (waited < mean) {
    count += 1;
    waited -= Math.log(1 - stream.nextUniform());
  }
  return count;
}

/** Gamma with a whole shape and mean 1. */
function gammaDraw(stream: RandomStream, shape: number): number {
  let total = 0;
  for (let k = 0; k < shape; k += 1) total -= Math.log(1 - stream.nextUniform());
  return total / shape;
}

const model: CovarianceKind = { type: 'model' };

const linear: SimulationCell = {
  name: 'linear model, 30 rows',
  replicate: (stream) => {
    const draw = predictors(stream, 30);
    const noise = normalDraws(stream, 30);
    const y = draw.eta.map((value, i) => value + 2 * (noise[i] as number));
    return waldReadings(estimateLinear(problem(draw, y, {})), true, model);
  },
};

const heteroscedastic: SimulationCell = {
  name: 'linear model with HC3, errors that grow with the predictors, 150 rows',
  replicate: (stream) => {
    const n = 150;
    const draw = predictors(stream, n);
    const noise = normalDraws(stream, n);
    const spread = (i: number): number =>
      0.4 + Math.abs(draw.x.data[n + i] as number) + Math.abs(draw.x.data[2 * n + i] as number);
    const y = draw.eta.map((value, i) => value + spread(i) * (noise[i] as number));
    return waldReadings(estimateLinear(problem(draw, y, {})), true, { type: 'HC3' });
  },
};

/** Predictors that are the same within a cluster, and errors that share a part. */
function clusteredCell(type: 'CR1' | 'CR2', count: number, size: number): SimulationCell {
  return {
    name: `linear model with ${type}, ${count} clusters of ${size}`,
    replicate: (stream) => {
      const n = count * size;
      const codes = Int32Array.from({ length: n }, (_none, i) => Math.floor(i / size));
      const between = predictors(stream, count);
      const x = matrixOf(n, 3);
      for (let j = 0; j < 3; j += 1) {
        for (let i = 0; i < n; i += 1) x.data[j * n + i] = between.x.data[j * count + (codes[i] as number)] as number;
      }
      const shared = normalDraws(stream, count);
      const noise = normalDraws(stream, n);
      const y = Float64Array.from(codes, (code, i) => {
        return (between.eta[code] as number) + (shared[code] as number) + (noise[i] as number);
      });
      const fitted = estimateLinear(problem({ x, eta: y }, y, {}));
      return waldReadings(fitted, true, { type, clusters: { codes, count } });
    },
  };
}

const binary = { family: 'binomial', link: 'logit', free: false } as const;

const logistic: SimulationCell = {
  name: 'logistic regression, Wald, 300 rows',
  replicate: (stream) => {
    const draw = predictors(stream, 300);
    const fitted = estimateGlm(problem(draw, events(stream, draw.eta), binary));
    return fitted && waldReadings(fitted, false, model);
  },
};

const logisticProfile: SimulationCell = {
  name: 'logistic regression, profile limits, 120 rows',
  replicate: (stream) => {
    const draw = predictors(stream, 120);
    const y = events(stream, draw.eta);
    const fitted = estimateGlm(problem(draw, y, binary));
    if (!fitted || fitted.separation) return null;
    return truth.map((value, j) => ({
      parameter: names[j] as string,
      truth: value,
      ...profileCoefficient(fitted, { y, offset: null }, j, 0.95),
    }));
  },
};

const firth: SimulationCell = {
  name: 'Firth’s logistic regression, 50 rows',
  replicate: (stream) => {
    const draw = predictors(stream, 50);
    const fitted = estimateFirth(problem(draw, events(stream, draw.eta), binary));
    if (!fitted.converged) return null;
    return [
      ...truth.map((value, j) => ({
        parameter: names[j] as string,
        truth: value,
        ...penalisedLimits(fitted, j, 0.95),
      })),
      { parameter: 'test of null', p: penalisedTest(fitted, [2]).p },
    ];
  },
};

const poisson: SimulationCell = {
  name: 'Poisson regression, 100 rows',
  replicate: (stream) => {
    const draw = predictors(stream, 100);
    const y = draw.eta.map((value) => poissonDraw(stream, Math.exp(1 + value)));
    const shifted = problem(draw, y, { family: 'poisson', link: 'log', free: false, offset: y.map(() => 1) });
    const fitted = estimateGlm(shifted);
    return fitted && waldReadings(fitted, false, model);
  },
};

/** Variance μ + μ²/4. */
function clumped(stream: RandomStream, eta: Float64Array): Float64Array {
  return eta.map((value) => poissonDraw(stream, Math.exp(1.5 + value) * gammaDraw(stream, 4)));
}

const negativeBinomial: SimulationCell = {
  name: 'negative binomial regression, 400 rows',
  replicate: (stream) => {
    const draw = predictors(stream, 400);
    const y = clumped(stream, draw.eta);
    const offset = y.map(() => 1.5);
    const fitted = estimateGlm(problem(draw, y, { family: 'negative-binomial', link: 'log', free: false, offset }));
    return fitted && waldReadings(fitted, false, model);
  },
};

const poissonRobust: SimulationCell = {
  name: 'Poisson regression with HC1 of counts that are negative binomial, 400 rows',
  replicate: (stream) => {
    const draw = predictors(stream, 400);
    const y = clumped(stream, draw.eta);
    const offset = y.map(() => 1.5);
    const fitted = estimateGlm(problem(draw, y, { family: 'poisson', link: 'log', free: false, offset }));
    return fitted && waldReadings(fitted, false, { type: 'HC1' });
  },
};

const gammaCosts: SimulationCell = {
  name: 'gamma regression with the log link, 200 rows',
  replicate: (stream) => {
    const draw = predictors(stream, 200);
    const y = draw.eta.map((value) => Math.exp(value) * gammaDraw(stream, 3));
    const fitted = estimateGlm(problem(draw, y, { family: 'gamma', link: 'log' }));
    return fitted && waldReadings(fitted, false, model);
  },
};

export const regressionCells: readonly SimulationCell[] = [
  linear,
  heteroscedastic,
  clusteredCell('CR1', 200, 4),
  clusteredCell('CR2', 14, 6),
  logistic,
  logisticProfile,
  firth,
  poisson,
  negativeBinomial,
  poissonRobust,
  gammaCosts,
];
