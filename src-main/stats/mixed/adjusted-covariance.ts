import { addMatrices, columnOf, type Matrix, matrixOf, multiply, scale, transpose } from '../linear-algebra/matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';

/**
 * What Kenward and Roger's adjustment needs of a covariance V(γ) of the response, with derivatives G_i and G_ij:
 * P_i = −XᵀV⁻¹G_iV⁻¹X, Q_ij = XᵀV⁻¹G_iV⁻¹G_jV⁻¹X, R_ij = XᵀV⁻¹G_ijV⁻¹X (null where V is linear in γ), K_ij = tr(V⁻¹G_iV⁻¹G_j).
 */
export type CovarianceDerivatives = {
  readonly p: readonly Matrix[];
  readonly q: readonly (readonly Matrix[])[];
  readonly r: readonly (readonly Matrix[])[] | null;
  readonly k: Matrix;
};

export type Adjusted = {
  readonly covariance: Matrix;
  /** Approximate covariance of the parameters γ, from the expected information. */
  readonly parameterCovariance: Matrix;
};

/**
 * The small-sample covariance of Kenward and Roger (1997, Biometrics 53:983): Φ + 2Φ{Σ W_ij(Q_ij − P_iΦP_j − R_ij/4)}Φ with
 * W = 2·[tr(V⁻¹G_iV⁻¹G_j) − 2tr(ΦQ_ij) + tr(ΦP_iΦP_j)]⁻¹. As `pbkrtest::vcovAdj` (Halekoh and Højsgaard 2014, J Stat Softw 59(9)).
 */
export function adjustedCovariance(phi: Matrix, { p, q, r, k }: CovarianceDerivatives): Adjusted {
  const count = p.length;
  const phiP = p.map((matrix) => multiply(phi, matrix));
  const information = matrixOf(count, count);
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j < count; j += 1) {
      information.data[j * count + i] =
        (k.data[j * count + i] as number) -
        2 * traceOfProduct(phi, q[i]?.[j] as Matrix) +
        traceOfProduct(phiP[i] as Matrix, phiP[j] as Matrix);
    }
  }
  const w = scale(symmetricInverse(information), 2);
  let u = matrixOf(phi.rows, phi.rows);
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j < count; j += 1) {
      const weight = w.data[j * count + i] as number;
      u = addMatrices(u, q[i]?.[j] as Matrix, weight);
      u = addMatrices(u, multiply(p[i] as Matrix, phiP[j] as Matrix), -weight);
      if (r) u = addMatrices(u, r[i]?.[j] as Matrix, -weight / 4);
    }
  }
  const change = multiply(multiply(phi, u), phi);
  const symmetric = scale(addMatrices(change, transpose(change)), 0.5);
  return { covariance: addMatrices(phi, symmetric, 2), parameterCovariance: w };
}

/**
 * Kenward and Roger's degrees of freedom of one coefficient (or combination) l: their formula comes down to 2/A₂ with
 * A₂ = Σ W_ij (lᵀΦP_iΦl)(lᵀΦP_jΦl) / (lᵀΦl)².
 */
export function kenwardRogerDegrees(
  phi: Matrix,
  derivatives: CovarianceDerivatives,
  w: Matrix,
  l: Float64Array,
): number {
  const half = combined(phi, l);
  const variance = inner(half, l);
  const slopes = derivatives.p.map((matrix) => -bilinear(half, matrix));
  let total = 0;
  slopes.forEach((a, i) => {
    slopes.forEach((b, j) => {
      total += (w.data[j * w.rows + i] as number) * a * b;
    });
  });
  return (2 * variance * variance) / total;
}

function combined(phi: Matrix, l: Float64Array): Float64Array {
  return Float64Array.from({ length: phi.rows }, (_none, i) => inner(columnOf(phi, i), l));
}

function inner(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += (a[i] as number) * (b[i] as number);
  return total;
}

function bilinear(x: Float64Array, a: Matrix): number {
  let total = 0;
  for (let j = 0; j < a.columns; j += 1) total += (x[j] as number) * inner(columnOf(a, j), x);
  return total;
}

/** tr(A·B). */
export function traceOfProduct(a: Matrix, b: Matrix): number {
  let total = 0;
  for (let j = 0; j < a.rows; j += 1) {
    for (let i = 0; i < a.rows; i += 1)
      total += (a.data[j * a.rows + i] as number) * (b.data[i * a.rows + j] as number);
  }
  return total;
}

/** Inverse over the directions with information, each parameter on its own scale. */
function symmetricInverse(a: Matrix): Matrix {
  const n = a.rows;
  const sizes = Float64Array.from({ length: n }, (_none, i) => Math.sqrt(Math.abs(a.data[i * n + i] as number)) || 1);
  const scaled = matrixOf(
    n,
    n,
    a.data.map((value, at) => value / ((sizes[at % n] as number) * (sizes[Math.floor(at / n)] as number))),
  );
  const { values, vectors } = symmetricEigen(scaled);
  const least = 1e-11 * Math.max(...values.map(Math.abs));
  const result = matrixOf(n, n);
  for (let k = 0; k < n; k += 1) {
    const value = values[k] as number;
    if (Math.abs(value) <= least) continue;
    const vector = columnOf(vectors, k);
    for (let j = 0; j < n; j += 1) {
      for (let i = 0; i < n; i += 1) {
        result.data[j * n + i] =
          (result.data[j * n + i] as number) +
          ((vector[i] as number) * (vector[j] as number)) / (value * (sizes[i] as number) * (sizes[j] as number));
      }
    }
  }
  return result;
}
