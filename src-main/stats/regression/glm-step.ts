import { cholesky, inverseFromCholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import type { Matrix } from '../linear-algebra/matrix.ts';
import { weightedCrossProduct } from '../linear-algebra/weighted-cross-product.ts';
import type { GlmRows } from './glm-rows.ts';
import { leastSquares } from './least-squares.ts';

export type Step = {
  /** Of every column; 0 where it has no coefficient. */
  readonly change: Float64Array;
  /** scoreᵀ·information⁻¹·score: twice what the log-likelihood can still gain, nearly. */
  readonly decrement: number;
  readonly estimable: readonly number[];
  readonly leastShare: number;
  /** (XᵀWX)⁻¹ of the estimable columns, rows and columns in their order. */
  readonly covariance: () => Matrix;
};

/** Squared share of its length that every column must have left for the normal equations to be trusted. */
const normalShare = 1e-3;

/** The change of the coefficients that Fisher scoring asks for: by the normal equations where they are safe, else by QR. */
export function solveStep(x: Matrix, rows: GlmRows, last: Step | null): Step {
  const columns = last?.estimable ?? Array.from({ length: x.columns }, (_none, j) => j);
  if (last === null || last.leastShare ** 2 > normalShare) {
    const step = normalStep(x, rows, columns);
    if (step) return step;
  }
  return qrStep(x, rows);
}

function normalStep(x: Matrix, rows: GlmRows, columns: readonly number[]): Step | null {
  const p = columns.length;
  const { information, score } = weightedCrossProduct(x, columns, rows.weights, rows.scores);
  const lower = cholesky(information);
  if (!lower) return null;
  let least = 1;
  for (let j = 0; j < p; j += 1) {
    least = Math.min(least, (lower.data[j * p + j] as number) ** 2 / (information.data[j * p + j] as number));
  }
  if (!(least > normalShare)) return null;
  const solved = solveCholesky(lower, score);
  const change = new Float64Array(x.columns);
  let decrement = 0;
  for (const [k, column] of columns.entries()) {
    change[column] = solved[k] as number;
    decrement += (solved[k] as number) * (score[k] as number);
  }
  return {
    change,
    decrement,
    estimable: columns,
    leastShare: Math.sqrt(least),
    covariance: () => inverseFromCholesky(lower),
  };
}

function qrStep(x: Matrix, rows: GlmRows): Step {
  const working = rows.scores.map((score, i) =>
    (rows.weights[i] as number) > 0 ? score / (rows.weights[i] as number) : 0,
  );
  const solved = leastSquares(x, working, { weights: rows.weights, refine: false });
  let decrement = 0;
  for (let k = 0; k < solved.rank; k += 1) decrement += (solved.effects[k] as number) ** 2;
  return {
    change: solved.coefficients.map((value) => (Number.isNaN(value) ? 0 : value)),
    decrement,
    estimable: solved.estimable,
    leastShare: solved.qr.leastShare,
    covariance: () => solved.unscaledCovariance,
  };
}
