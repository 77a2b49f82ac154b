import { cholesky } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { minimise, type Smooth } from './minimise.ts';
import { coefficientsOf, covarianceOf, type OrthogonalDesign, orthogonalDesign } from './orthogonal-design.ts';
import { type CovarianceName, filled, type VisitCovariance, visitCovariance } from './visit-covariance.ts';
import { type VisitState, visitSlope, visitState } from './visit-likelihood.ts';
import { type VisitData, visitPatterns } from './visit-patterns.ts';

export type MmrmFit = {
  readonly design: OrthogonalDesign;
  readonly data: VisitData;
  readonly name: CovarianceName;
  readonly structure: VisitCovariance;
  readonly reml: boolean;
  /** Of the search. */
  readonly parameters: Float64Array;
  readonly state: VisitState;
  /** Of the visits. */
  readonly visitCovariance: Matrix;
  /** Of the estimable columns. */
  readonly coefficients: Float64Array;
  readonly covariance: Matrix;
  readonly deviance: number;
  readonly converged: boolean;
};

export type MmrmFailure =
  /** Rows (from 0) of one subject at one visit. */
  | { readonly why: 'twice'; readonly rows: readonly [number, number] }
  /** No subject was seen at both visits. */
  | { readonly why: 'never-together'; readonly visits: readonly [number, number] }
  | { readonly why: 'no-residual' | 'no-minimum' | 'singular' };

/** Least eigenvalue of the visits' correlations, beyond which the covariance counts as singular. */
const leastEigenvalue = 1e-8;

type Grouping = { readonly codes: Int32Array; readonly count: number };

/**
 * A mixed model for repeated measures: y = Xβ + ε with ε of one subject N(0, Σ over its visits), subjects independent, by (restricted)
 * maximum likelihood. Visits that are missing are left out of a subject's Σ, which is right where they are missing at random. Equals
 * `mmrm::mmrm` and `nlme::gls` with corSymm and varIdent, corCompSymm or corAR1 by visit.
 * @param x n × p; collinear columns have no coefficient
 * @param y n values, less any offset
 */
export function fitMmrm(
  x: Matrix,
  y: Float64Array,
  subjects: Grouping,
  visits: Grouping,
  name: CovarianceName,
  reml: boolean,
): MmrmFit | MmrmFailure {
  const design = orthogonalDesign(x, y);
  const data = visitPatterns(design.basis, design.response, subjects, visits);
  if ('length' in data) return { why: 'twice', rows: [data[0], data[1]] };
  const apart = name === 'unstructured' ? neverTogether(data) : null;
  if (apart) return { why: 'never-together', visits: apart };
  let size = 0;
  for (const value of y) size += value * value;
  if (!(design.residualSquares > 1e-24 * size) || x.rows <= design.basis.columns) return { why: 'no-residual' };
  const start = startingCovariance(design.response, subjects, visits);
  const structure = visitCovariance(name, start.covariance, start.lower);
  const f: Smooth = (parameters) => {
    const state = visitState(data, structure.matrix(parameters), reml);
    if (!state) return null;
    return { value: state.deviance, gradient: structure.chain(parameters, visitSlope(data, state, reml)) };
  };
  const minimum = minimise(f, structure.start);
  if (!minimum) return { why: 'no-minimum' };
  const covariance = structure.matrix(minimum.at);
  if (isSingular(covariance)) return { why: 'singular' };
  const state = visitState(data, covariance, reml);
  if (!state) return { why: 'no-minimum' };
  return {
    design,
    data,
    name,
    structure,
    reml,
    parameters: minimum.at,
    state,
    visitCovariance: covariance,
    coefficients: coefficientsOf(design, state.coefficients),
    covariance: covarianceOf(design, state.covariance),
    deviance: state.deviance + (reml ? design.logDeterminant : 0),
    converged: minimum.converged,
  };
}

function neverTogether({ patterns, visits }: VisitData): readonly [number, number] | null {
  const together = new Uint8Array(visits * visits);
  for (const pattern of patterns) {
    for (const a of pattern.visits) for (const b of pattern.visits) together[a * visits + b] = 1;
  }
  const at = together.indexOf(0);
  return at < 0 ? null : [Math.floor(at / visits), at % visits];
}

/** Mean products of least-squares residuals by pairs of visits, drawn towards their diagonal until positive definite. */
function startingCovariance(
  residuals: Float64Array,
  subjects: Grouping,
  visits: Grouping,
): { readonly covariance: Matrix; readonly lower: Matrix } {
  const t = visits.count;
  const table = new Float64Array(subjects.count * t).fill(Number.NaN);
  let overall = 0;
  for (let row = 0; row < residuals.length; row += 1) {
    const value = residuals[row] as number;
    table[(subjects.codes[row] as number) * t + (visits.codes[row] as number)] = value;
    overall += (value * value) / residuals.length;
  }
  const means = filled(t, (i, j) => {
    let total = 0;
    let count = 0;
    for (let subject = 0; subject < subjects.count; subject += 1) {
      const product = (table[subject * t + i] as number) * (table[subject * t + j] as number);
      if (Number.isNaN(product)) continue;
      total += product;
      count += 1;
    }
    return count === 0 ? 0 : total / count;
  });
  const diagonal = (i: number): number => Math.max(means.data[i * t + i] as number, 1e-3 * overall);
  for (const share of [0.98, 0.9, 0.7, 0.4, 0]) {
    const covariance = filled(t, (i, j) => (i === j ? diagonal(i) : share * (means.data[j * t + i] as number)));
    const lower = isSingular(covariance) ? null : cholesky(covariance);
    if (lower) return { covariance, lower };
  }
  const covariance = filled(t, (i, j) => (i === j ? diagonal(i) : 0));
  return { covariance, lower: cholesky(covariance) ?? matrixOf(t, t) };
}

function isSingular(covariance: Matrix): boolean {
  const t = covariance.rows;
  const sd = (i: number): number => Math.sqrt(covariance.data[i * t + i] as number);
  const correlations = filled(t, (i, j) => (covariance.data[j * t + i] as number) / (sd(i) * sd(j)));
  if (!correlations.data.every(Number.isFinite)) return true;
  return !((symmetricEigen(correlations).values[0] as number) > leastEigenvalue);
}
