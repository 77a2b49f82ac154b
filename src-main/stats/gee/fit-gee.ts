import { cholesky, inverseFromCholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { columnOf, type Matrix, matrixOf, multiplyVector } from '../linear-algebra/matrix.ts';
import type { Family, LinkFunction } from '../regression/families.ts';
import {
  applyInverseCorrelation,
  type Clusters,
  type CorrelationName,
  correlationFrom,
  pairsOf,
} from './working-correlation.ts';

export type GeeModel = {
  /** n × p, columns independent, rows of a cluster side by side. */
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly offset: Float64Array | null;
  readonly family: Family;
  readonly link: LinkFunction;
  readonly clusters: Clusters;
  readonly correlation: CorrelationName;
};

export type GeeFit = {
  readonly coefficients: Float64Array;
  readonly fitted: Float64Array;
  /** 0 under independence; NaN where no cluster has two rows. */
  readonly alpha: number;
  readonly scale: number;
  /** (Σ DᵀV⁻¹D)⁻¹ without the scale, or null where it is singular. */
  readonly bread: Matrix | null;
  readonly parts: ClusterParts;
  readonly iterations: number;
  readonly converged: boolean;
};

/** Each cluster's contribution: score UᵢᵀV⁻¹(y − μ) (p each) and information DᵢᵀV⁻¹Dᵢ (p² each), without the scale. */
export type ClusterParts = { readonly scores: Float64Array; readonly informations: Float64Array; readonly p: number };

const tolerance = 1e-12;

/**
 * Generalised estimating equations (Liang and Zeger 1986, Biometrika 73:13), in the conventions of R's geepack: scale Σe²/n of
 * the Pearson residuals, correlation over all pairs within clusters, both solved together with the coefficients until none
 * changes by more than 1e-12.
 * @param start coefficients under independence
 */
export function fitGee(model: GeeModel, start: Float64Array, mostIterations = 200): GeeFit {
  let beta = Float64Array.from(start);
  let alpha = 0;
  let iterations = 0;
  let converged = false;
  let state = stateAt(model, beta, alpha);
  while (iterations < mostIterations) {
    iterations += 1;
    const next = solveStep(state, model.x.columns);
    if (!next) break;
    const tried = beta.map((value, j) => value + (next[j] as number));
    const moved = stateAt(model, tried, alpha);
    if (!moved.mu.every(model.family.validMean)) break;
    const change = Math.max(
      ...tried.map((value, j) => Math.abs(next[j] as number) / (1e-4 + Math.abs(value))),
      Math.abs(moved.alpha - alpha) / (1e-4 + Math.abs(moved.alpha)),
    );
    beta = tried;
    state = moved;
    alpha = moved.alpha;
    converged = change < tolerance || (iterations > 20 && change < tolerance * 100);
    if (converged || !Number.isFinite(change)) break;
  }
  const lower = cholesky(state.information);
  return {
    coefficients: beta,
    fitted: state.mu,
    alpha: state.alpha,
    scale: state.scale,
    bread: lower && inverseFromCholesky(lower),
    parts: state.parts,
    iterations,
    converged,
  };
}

type State = {
  readonly mu: Float64Array;
  readonly scale: number;
  readonly alpha: number;
  readonly information: Matrix;
  readonly score: Float64Array;
  readonly parts: ClusterParts;
};

/** Means, scale and correlation at these coefficients, and the equations there. */
function stateAt(model: GeeModel, beta: Float64Array, lastAlpha: number): State {
  const { x, y, offset, family, link, clusters, correlation } = model;
  const n = y.length;
  const eta = multiplyVector(x, beta);
  const mu = new Float64Array(n);
  const residuals = new Float64Array(n);
  const scaled = matrixOf(n, x.columns);
  const slopes = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const value = (eta[i] as number) + (offset ? (offset[i] as number) : 0);
    const mean = link.inverse(value);
    const root = 1 / Math.sqrt(family.variance(mean));
    mu[i] = mean;
    residuals[i] = ((y[i] as number) - mean) * root;
    slopes[i] = link.slope(value) * root;
    squares += (residuals[i] as number) ** 2;
  }
  for (let j = 0; j < x.columns; j += 1) {
    const from = columnOf(x, j);
    const to = columnOf(scaled, j);
    for (let i = 0; i < n; i += 1) to[i] = (from[i] as number) * (slopes[i] as number);
  }
  const scale = squares / n;
  const alpha = correlationFrom(pairsOf(clusters, residuals, correlation === 'ar1'), scale, correlation, lastAlpha);
  return { mu, scale, alpha, ...equations(scaled, residuals, clusters, correlation, Number.isNaN(alpha) ? 0 : alpha) };
}

/** Σ DᵀV⁻¹(y − μ) and Σ DᵀV⁻¹D, in all and by cluster. */
function equations(
  scaled: Matrix,
  residuals: Float64Array,
  { starts, waves }: Clusters,
  correlation: CorrelationName,
  alpha: number,
): Pick<State, 'information' | 'score' | 'parts'> {
  const p = scaled.columns;
  const count = starts.length - 1;
  const scores = new Float64Array(count * p);
  const informations = new Float64Array(count * p * p);
  const solved = new Float64Array(residuals.length);
  for (let j = 0; j < p; j += 1) {
    const column = columnOf(scaled, j);
    for (let c = 0; c < count; c += 1) {
      const from = starts[c] as number;
      const to = starts[c + 1] as number;
      applyInverseCorrelation(correlation, alpha, waves, from, to, column, solved);
      let score = 0;
      for (let i = from; i < to; i += 1) score += (solved[i] as number) * (residuals[i] as number);
      scores[c * p + j] = score;
      for (let k = 0; k <= j; k += 1) {
        const other = scaled.data.subarray(k * scaled.rows, (k + 1) * scaled.rows);
        let total = 0;
        for (let i = from; i < to; i += 1) total += (solved[i] as number) * (other[i] as number);
        informations[c * p * p + j * p + k] = total;
        informations[c * p * p + k * p + j] = total;
      }
    }
  }
  const information = matrixOf(p, p);
  const score = new Float64Array(p);
  for (let c = 0; c < count; c += 1) {
    for (let j = 0; j < p; j += 1) score[j] = (score[j] as number) + (scores[c * p + j] as number);
    for (let m = 0; m < p * p; m += 1) {
      information.data[m] = (information.data[m] as number) + (informations[c * p * p + m] as number);
    }
  }
  return { information, score, parts: { scores, informations, p } };
}

function solveStep({ information, score }: State, p: number): Float64Array | null {
  const lower = cholesky(information);
  if (!lower) return null;
  const step = solveCholesky(lower, score);
  return step.length === p && step.every(Number.isFinite) ? step : null;
}
