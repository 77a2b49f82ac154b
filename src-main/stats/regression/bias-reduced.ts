import { cholesky, solveLower } from '../linear-algebra/cholesky.ts';
import { columnOf, type Matrix, matrixOf, multiply, transpose } from '../linear-algebra/matrix.ts';
import { symmetricFunction } from '../linear-algebra/symmetric-eigen.ts';
import { crossProductOfRows } from './sandwich.ts';

/** A linear regression, or the linear one that a generalised model is at its estimate (predictors times dμ/dη). */
export type BiasReducedInput = {
  readonly x: Matrix;
  /** (XᵀWX)⁻¹. */
  readonly bread: Matrix;
  readonly weights: Float64Array;
  /** On the scale of the response. */
  readonly residuals: Float64Array;
  /** Diagonal of the working model's variance Φ; null for the identity. */
  readonly target: Float64Array | null;
  /** Cluster of each row, from 0. */
  readonly clusters: Int32Array;
  readonly count: number;
};

export type BiasReduced = {
  readonly covariance: Matrix;
  /** Satterthwaite's degrees of freedom, one a coefficient. */
  readonly df: Float64Array;
};

/** Clusters beyond it need the eigenvalues of too large a matrix where the working variances differ. */
export const largestDenseCluster = 1_500;

/** As `clubSandwich` treats directions that a cluster determines alone. */
const smallestEigenvalue = 1e-12;

/**
 * CR2, the bias-reduced covariance of Bell and McCaffrey (2002, Survey Methodology 28:169) with Satterthwaite's degrees of freedom,
 * generalised to singular adjustments by Pustejovsky and Tipton (2018, Journal of Business and Economic Statistics 36:672, eq. 7, 8
 * and 11), as `clubSandwich::vcovCR(type = "CR2")` and `coef_test(test = "Satterthwaite")`.
 */
export function biasReducedCovariance(input: BiasReducedInput): BiasReduced {
  const { x, bread, weights, count } = input;
  const p = x.columns;
  const target = input.target;
  const variances = target ?? new Float64Array(x.rows).fill(1);
  const squared = weights.map((weight, i) => weight * weight * (variances[i] as number));
  const middle = crossProductOfRows(x, squared);
  const around = multiply(multiply(bread, middle), bread);
  const plain = target === null && weights.every((weight) => weight === 1);
  const adjusted = rowsByCluster(input.clusters, count).map((rows) =>
    adjustedPredictors(input, rows, variances, around, plain),
  );
  const meat = matrixOf(p, p);
  for (const { score } of adjusted) {
    for (let j = 0; j < p; j += 1) {
      for (let k = 0; k < p; k += 1) {
        meat.data[j * p + k] = (meat.data[j * p + k] as number) + (score[j] as number) * (score[k] as number);
      }
    }
  }
  return {
    covariance: multiply(multiply(bread, meat), bread),
    df: Float64Array.from({ length: p }, (_none, j) => satterthwaite(adjusted, bread, around, j)),
  };
}

function rowsByCluster(clusters: Int32Array, count: number): Int32Array[] {
  const sizes = new Int32Array(count);
  for (const cluster of clusters) sizes[cluster] = (sizes[cluster] as number) + 1;
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  const next = new Int32Array(count);
  clusters.forEach((cluster, row) => {
    (rows[cluster] as Int32Array)[next[cluster] as number] = row;
    next[cluster] = (next[cluster] as number) + 1;
  });
  return rows;
}

type Adjusted = {
  /** XᵀW·A·e of the cluster. */
  readonly score: Float64Array;
  /** A·W·X: p × p products with X, with WΦX and with ΦAWX are all that the degrees of freedom need. */
  readonly withX: Matrix;
  readonly withWeighted: Matrix;
  readonly withItself: Matrix;
};

function adjustedPredictors(
  input: BiasReducedInput,
  rows: Int32Array,
  variances: Float64Array,
  around: Matrix,
  plain: boolean,
): Adjusted {
  const x = matrixOf(rows.length, input.x.columns);
  for (let j = 0; j < x.columns; j += 1) {
    const from = columnOf(input.x, j);
    const to = columnOf(x, j);
    for (let i = 0; i < rows.length; i += 1) to[i] = from[rows[i] as number] as number;
  }
  const take = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
  const weights = take(input.weights);
  const target = take(variances);
  const weighted = scaleRows(x, weights);
  const adjusted = plain
    ? lowRankAdjustment(x, input.bread)
    : multiply(denseAdjustment(x, input.bread, weights, target, around), weighted);
  const residuals = take(input.residuals);
  const score = Float64Array.from({ length: x.columns }, (_none, j) => {
    const column = columnOf(adjusted, j);
    let total = 0;
    for (let i = 0; i < column.length; i += 1) total += (column[i] as number) * (residuals[i] as number);
    return total;
  });
  const transposed = transpose(adjusted);
  return {
    score,
    withX: multiply(transposed, x),
    withWeighted: multiply(transposed, scaleRows(weighted, target)),
    withItself: multiply(transposed, scaleRows(adjusted, target)),
  };
}

function scaleRows(x: Matrix, factors: Float64Array): Matrix {
  const result = matrixOf(x.rows, x.columns, Float64Array.from(x.data));
  for (let j = 0; j < x.columns; j += 1) {
    const column = columnOf(result, j);
    for (let i = 0; i < column.length; i += 1) column[i] = (column[i] as number) * (factors[i] as number);
  }
  return result;
}

/**
 * (I − XMXᵀ)^{−½}·X without the n × n matrix: with M = LLᵀ and LᵀXᵀXL = VΛVᵀ it is X·L·V(1 − Λ)^{−½}Vᵀ·L⁻¹; directions with Λ = 1
 * count as 0.
 */
function lowRankAdjustment(x: Matrix, bread: Matrix): Matrix {
  const lower = cholesky(bread);
  if (!lower) return matrixOf(x.rows, x.columns, new Float64Array(x.data.length).fill(Number.NaN));
  const inner = multiply(multiply(transpose(lower), multiply(transpose(x), x)), lower);
  const adjusted = symmetricFunction(symmetrised(inner), (value) =>
    1 - value > smallestEigenvalue ? 1 / Math.sqrt(1 - value) : 0,
  );
  const inverse = matrixOf(lower.rows, lower.rows);
  for (let j = 0; j < lower.rows; j += 1) {
    const unit = new Float64Array(lower.rows);
    unit[j] = 1;
    inverse.data.set(solveLower(lower, unit), j * lower.rows);
  }
  return multiply(x, multiply(multiply(lower, adjusted), inverse));
}

/** A = Dᵀ·B^{+½}·D, with D the root of the working variances and B = D·[(I − H)Φ(I − H)ᵀ]·D of the cluster. */
function denseAdjustment(
  x: Matrix,
  bread: Matrix,
  weights: Float64Array,
  target: Float64Array,
  around: Matrix,
): Matrix {
  const n = x.rows;
  const projected = multiply(x, bread);
  const outer = multiply(projected, transpose(x));
  const last = multiply(multiply(x, around), transpose(x));
  const roots = target.map(Math.sqrt);
  const b = matrixOf(n, n);
  for (let j = 0; j < n; j += 1) {
    for (let i = 0; i < n; i += 1) {
      const place = j * n + i;
      const hat = outer.data[place] as number;
      const right = (weights[j] as number) * (target[j] as number);
      const left = (weights[i] as number) * (target[i] as number);
      const own = i === j ? (target[i] as number) : 0;
      b.data[place] =
        (own - hat * right - hat * left + (last.data[place] as number)) * (roots[i] as number) * (roots[j] as number);
    }
  }
  if (!b.data.every(Number.isFinite)) return b;
  const power = symmetricFunction(symmetrised(b), (value) => (value > smallestEigenvalue ? 1 / Math.sqrt(value) : 0));
  for (let j = 0; j < n; j += 1) {
    for (let i = 0; i < n; i += 1) {
      power.data[j * n + i] = (power.data[j * n + i] as number) * (roots[i] as number) * (roots[j] as number);
    }
  }
  return power;
}

function symmetrised(a: Matrix): Matrix {
  const n = a.rows;
  const result = matrixOf(n, n);
  for (let j = 0; j < n; j += 1) {
    for (let i = 0; i < n; i += 1) {
      result.data[j * n + i] = ((a.data[j * n + i] as number) + (a.data[i * n + j] as number)) / 2;
    }
  }
  return result;
}

/**
 * (Σ P_gg)²/Σ P_gh² with P_gh = p_gᵀ Φ p_h, p_g the part of the coefficient's variance that cluster g brings: off the diagonal
 * P = −aMbᵀ − bMaᵀ + aKaᵀ has a low rank, so the sum of its squares is taken from p × p products.
 */
function satterthwaite(adjusted: readonly Adjusted[], bread: Matrix, around: Matrix, coefficient: number): number {
  const p = bread.rows;
  const contrast = columnOf(bread, coefficient);
  const count = adjusted.length;
  const a = matrixOf(count, p);
  const b = matrixOf(count, p);
  const own = new Float64Array(count);
  adjusted.forEach(({ withX, withWeighted, withItself }, g) => {
    for (let j = 0; j < p; j += 1) {
      for (let k = 0; k < p; k += 1) {
        const c = contrast[k] as number;
        a.data[j * count + g] = (a.data[j * count + g] as number) + (withX.data[j * p + k] as number) * c;
        b.data[j * count + g] = (b.data[j * count + g] as number) + (withWeighted.data[j * p + k] as number) * c;
        own[g] = (own[g] as number) + (withItself.data[j * p + k] as number) * c * (contrast[j] as number);
      }
    }
  });
  const aM = multiply(a, bread);
  const left = joined([aM, multiply(b, bread), multiply(a, around)], [1, 1, -1]);
  const right = joined([b, a, a], [1, 1, 1]);
  let trace = 0;
  let squares = 0;
  for (let g = 0; g < count; g += 1) {
    let low = 0;
    for (let j = 0; j < left.columns; j += 1) {
      low += (left.data[j * count + g] as number) * (right.data[j * count + g] as number);
    }
    const diagonal = own[g] as number;
    trace += diagonal - low;
    squares += diagonal * diagonal - 2 * diagonal * low;
  }
  const leftSquare = multiply(transpose(left), left);
  const rightSquare = multiply(transpose(right), right);
  for (let place = 0; place < leftSquare.data.length; place += 1) {
    squares += (leftSquare.data[place] as number) * (rightSquare.data[place] as number);
  }
  return (trace * trace) / squares;
}

/** Matrices side by side, each times its sign. */
function joined(parts: readonly Matrix[], signs: readonly number[]): Matrix {
  const rows = parts[0]?.rows ?? 0;
  const result = matrixOf(
    rows,
    parts.reduce((total, part) => total + part.columns, 0),
  );
  let place = 0;
  parts.forEach((part, index) => {
    for (const value of part.data) {
      result.data[place] = value * (signs[index] as number);
      place += 1;
    }
  });
  return result;
}

/** The largest cluster. */
export function largestCluster(clusters: Int32Array, count: number): number {
  const sizes = new Int32Array(count);
  for (const cluster of clusters) sizes[cluster] = (sizes[cluster] as number) + 1;
  return Math.max(0, ...sizes);
}
