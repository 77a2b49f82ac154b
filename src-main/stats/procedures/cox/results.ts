import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import type { ModelFrame } from '../../formula/model-frame.ts';
import { cholesky, solveLower } from '../../linear-algebra/cholesky.ts';
import { at, type Matrix, subMatrix } from '../../linear-algebra/matrix.ts';
import { clusterScores, ownProducts } from '../../survival/cluster-sandwich.ts';
import { coxResiduals } from '../../survival/cox-residuals.ts';
import type { CoxSample } from '../../survival/cox-sample.ts';
import type { Maximum } from '../../survival/newton.ts';
import { proportionalityTests, type TimeScale } from '../../survival/proportional-hazards.ts';
import type { Ties } from '../../survival/risk-sets.ts';
import { type HazardTerm, hazardRow } from '../shared/hazard-terms.ts';
import { orNull } from '../shared/or-null.ts';
import type { TestResult } from '../term.ts';

/** A fitted model with all that its results are made of; matrices and coefficients in standardised units. */
export type CoxModel = {
  readonly frame: ModelFrame;
  readonly sample: CoxSample;
  readonly maximum: Maximum;
  readonly names: readonly string[];
  /** Names of the columns that can be estimated. */
  readonly estimable: readonly string[];
  /** Term of each column, from 1. */
  readonly assign: readonly number[];
  readonly termLabels: readonly string[];
  readonly strataNames: readonly string[];
  /** Linear predictor of each place. */
  readonly eta: Float64Array;
  /** Cluster of each place. */
  readonly cluster: Int32Array | null;
  readonly clusters: number | null;
  readonly covariance: Matrix | null;
  readonly robust: Matrix | null;
};

export function coxTerms({ names, maximum, sample, covariance, robust }: CoxModel, confidence: number) {
  const errorOf = (matrix: Matrix | null, place: number, j: number): number =>
    place < 0 || !matrix ? Number.NaN : Math.sqrt(at(matrix, place, place)) / (sample.x.size[j] as number);
  return names.map((term, j): HazardTerm & { readonly seModel?: number | null } => {
    const place = maximum.estimable.indexOf(j);
    const estimate = place < 0 ? Number.NaN : (maximum.beta[j] as number) / (sample.x.size[j] as number);
    const model = errorOf(covariance, place, j);
    if (!robust) return hazardRow(term, estimate, model, confidence);
    // A sandwich of a coefficient without a finite maximum comes out small, as if it were known well.
    const se = maximum.unbounded.includes(j) ? Number.NaN : errorOf(robust, place, j);
    return { ...hazardRow(term, estimate, se, confidence), seModel: orNull(model) };
  });
}

/** vᵀA⁻¹v; NaN where A is not positive definite. */
function inverseForm(a: Matrix, v: ArrayLike<number>): number {
  const lower = cholesky(a);
  return lower ? solveLower(lower, v).reduce((total, value) => total + value * value, 0) : Number.NaN;
}

export function coxTests(model: CoxModel, ties: Ties, warnings: string[]): TestResult[] {
  const { maximum, sample, covariance, robust, cluster } = model;
  const { estimable, atZero, atMaximum } = maximum;
  const df = estimable.length;
  if (df === 0) return [];
  const row = (name: string, statistic: number): TestResult => ({
    name,
    statistic: orNull(statistic),
    df,
    p: orNull(chiSquaredUpperTail(statistic, df)),
  });
  const used = covariance && (robust ?? covariance);
  const beta = estimable.map((j) => maximum.beta[j] as number);
  const tests = [
    row('likelihood ratio', Math.max(0, 2 * (atMaximum.logLik - atZero.logLik))),
    row('wald', used ? inverseForm(used, beta) : Number.NaN),
    row(
      'score',
      inverseForm(
        subMatrix(atZero.information, estimable, estimable),
        estimable.map((j) => atZero.score[j] as number),
      ),
    ),
  ];
  if (cluster) {
    const { score } = coxResiduals(sample, sample.offset, ties);
    const sums = clusterScores(score, sample.x.p, cluster, estimable);
    const total = estimable.map((_j, k) => {
      let sum = 0;
      for (let g = 0; g < sums.rows; g += 1) sum += at(sums, g, k);
      return sum;
    });
    tests.push(row('robust score', inverseForm(ownProducts(sums), total)));
    if (sums.rows <= df)
      warnings.push(`${sums.rows} clusters are too few for joint robust tests of ${df} coefficients.`);
  }
  const missing = tests.filter((test) => test.statistic === null).map((test) => test.name);
  if (missing.length > 0) warnings.push(`Not defined by these data: the ${missing.join(' and the ')} test.`);
  return tests;
}

/** One test a term, and one of all together. */
export function proportionalHazardsRows(
  { maximum, sample, eta, assign, termLabels }: CoxModel,
  ties: Ties,
  transform: TimeScale,
  warnings: string[],
): TestResult[] {
  const { estimable } = maximum;
  if (estimable.length === 0) return [];
  const terms = termLabels
    .map((name, t) => ({ name, columns: estimable.filter((j) => assign[j] === t + 1) }))
    .filter(({ columns }) => columns.length > 0);
  const tests = proportionalityTests(
    sample,
    eta,
    ties,
    terms.map(({ columns }) => columns),
    estimable,
    transform,
  );
  if (tests.some(({ statistic }) => Number.isNaN(statistic))) {
    warnings.push(
      'Proportional hazards cannot be tested in every term: the events say too little about change over time.',
    );
  }
  return tests.map((test, t) => ({
    name: terms[t]?.name ?? 'GLOBAL',
    statistic: orNull(test.statistic),
    df: test.df,
    p: orNull(test.p),
  }));
}
