import { cholesky, inverseFromCholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf, subMatrix } from '../linear-algebra/matrix.ts';

/** A log-likelihood, its gradient, and minus its second derivatives. */
export type Evaluation = { readonly logLik: number; readonly score: Float64Array; readonly information: Matrix };

export type Maximum = {
  /** 0 where not estimable. */
  readonly beta: Float64Array;
  readonly atZero: Evaluation;
  readonly atMaximum: Evaluation;
  /** Columns that add something to those before them, rising. */
  readonly estimable: readonly number[];
  /** Inverse information of the estimable columns; null where it cannot be inverted. */
  readonly covariance: Matrix | null;
  readonly iterations: number;
  readonly converged: boolean;
  /** Columns whose coefficient was still growing while the likelihood no longer rose: it has no finite maximum. */
  readonly unbounded: readonly number[];
};

const epsilon = 1e-12;
const stillMoving = 1e-6;
const singular = 1e-11;

/**
 * Newton and Raphson's iterations from 0 with step halving, until the log-likelihood changes by less than 1e-12 of itself
 * (`coxph.control(eps = 1e-12)`), then once more for the last digits. Columns that are combinations of those before them are
 * left out, seen by the pivots of the information at 0.
 */
export function maximise(
  p: number,
  evaluate: (beta: Float64Array) => Evaluation,
  mostIterations = 60,
  start?: Float64Array,
): Maximum {
  const atZero = evaluate(new Float64Array(p));
  const estimable = independentColumns(atZero.information);
  let beta: Float64Array = start ?? new Float64Array(p);
  let current = start ? evaluate(start) : atZero;
  let converged = estimable.length === 0;
  let iterations = 0;
  while (!converged && iterations < mostIterations) {
    const step = newtonStep(current, estimable);
    if (!step) break;
    iterations += 1;
    const tried = halved(beta, step, current.logLik, evaluate);
    if (!tried) break;
    converged =
      Math.abs(tried.next.logLik - current.logLik) <= epsilon * Math.abs(tried.next.logLik) && !tried.shortened;
    beta = tried.beta;
    current = tried.next;
  }
  const last = newtonStep(current, estimable);
  const unbounded = estimable.filter((j) => {
    const change = Math.abs(last?.[j] ?? Number.POSITIVE_INFINITY);
    return !(change <= stillMoving * (1 + Math.abs(beta[j] as number)));
  });
  if (converged && last && unbounded.length === 0) {
    const polished = beta.map((value, j) => value + (last[j] as number));
    const next = evaluate(polished);
    if (next.logLik >= current.logLik - epsilon * Math.abs(current.logLik)) {
      beta = polished;
      current = next;
    }
  }
  return {
    beta,
    atZero,
    atMaximum: current,
    estimable,
    covariance: inverseOf(current.information, estimable),
    iterations,
    converged,
    unbounded,
  };
}

function halved(
  from: Float64Array,
  step: Float64Array,
  before: number,
  evaluate: (beta: Float64Array) => Evaluation,
): { readonly beta: Float64Array; readonly next: Evaluation; readonly shortened: boolean } | null {
  let share = 1;
  for (let halving = 0; halving < 40; halving += 1) {
    const factor = share;
    const beta = from.map((value, j) => value + factor * (step[j] as number));
    const next = evaluate(beta);
    if (next.logLik >= before - epsilon * Math.abs(before)) return { beta, next, shortened: halving > 0 };
    share /= 2;
  }
  return null;
}

function newtonStep({ score, information }: Evaluation, estimable: readonly number[]): Float64Array | null {
  const lower = cholesky(subMatrix(information, estimable, estimable));
  if (!lower) return null;
  const step = new Float64Array(score.length);
  const solved = solveCholesky(
    lower,
    estimable.map((j) => score[j] as number),
  );
  estimable.forEach((j, k) => {
    step[j] = solved[k] as number;
  });
  return step.every(Number.isFinite) ? step : null;
}

/** A⁻¹ of some rows and columns; null where it is not positive definite. */
export function inverseOf(a: Matrix, columns: readonly number[]): Matrix | null {
  if (columns.length === 0) return matrixOf(0, 0);
  const lower = cholesky(subMatrix(a, columns, columns));
  return lower && inverseFromCholesky(lower);
}

/** Columns with a pivot left once those before them are swept out, each judged against its own diagonal. */
export function independentColumns(a: Matrix): number[] {
  const kept: number[] = [];
  const rows: Float64Array[] = [];
  for (let j = 0; j < a.columns; j += 1) {
    const whole = a.data[j * a.rows + j] as number;
    const row = new Float64Array(kept.length);
    let pivot = whole;
    for (let k = 0; k < kept.length; k += 1) {
      const other = rows[k] as Float64Array;
      let value = a.data[j * a.rows + (kept[k] as number)] as number;
      for (let m = 0; m < k; m += 1) value -= (row[m] as number) * (other[m] as number);
      row[k] = value / (other[k] as number);
      pivot -= (row[k] as number) ** 2;
    }
    if (!(pivot > singular * whole)) continue;
    rows.push(Float64Array.from([...row, Math.sqrt(pivot)]));
    kept.push(j);
  }
  return kept;
}
