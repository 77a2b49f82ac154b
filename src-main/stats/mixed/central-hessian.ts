import { columnOf, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { symmetrised } from './minimise.ts';

type Gradient = (x: Float64Array) => Float64Array | null;

/** The Hessian by fourth-order differences of the gradient, with NaN where there is none; accurate to about 1e-9 of its size. */
export function centralHessian(gradient: Gradient, x: Float64Array): Matrix {
  const k = x.length;
  const result = matrixOf(k, k);
  for (let j = 0; j < k; j += 1) {
    const along = (length: number): Float64Array | null =>
      gradient(x.map((value, i) => (i === j ? value + length : value)));
    const column = differences(along, stepFor(along, j, x[j] as number));
    result.data.set(column ?? new Float64Array(k).fill(Number.NaN), j * k);
  }
  return symmetrised(result);
}

/** A fiftieth of the parameter's standard error: far above rounding, far below where the curvature of a deviance changes. */
function stepFor(along: (length: number) => Float64Array | null, place: number, at: number): number {
  const h = 1e-4 * Math.max(0.1, Math.abs(at));
  const curvature = ((along(h)?.[place] ?? 0) - (along(-h)?.[place] ?? 0)) / (2 * h);
  const usual = 1e-3 * Math.max(0.1, Math.abs(at));
  return curvature > 0 ? Math.min(0.02 * Math.sqrt(2 / curvature), 20 * usual) : usual;
}

/** f′(0) by central differences of fourth order. */
function differences(f: (x: number) => Float64Array | null, h: number): Float64Array | null {
  const [up, down, up2, down2] = [f(h), f(-h), f(2 * h), f(-2 * h)];
  if (!up || !down || !up2 || !down2) return null;
  return up.map(
    (value, i) => (8 * (value - (down[i] as number)) - ((up2[i] as number) - (down2[i] as number))) / (12 * h),
  );
}

/** Eigenvalues, of 1 on the diagonal, below which there is no information on the parameters. */
const leastInformation = 1e-9;

/** The inverse of a Hessian over the directions with information, each parameter on its own scale, and how many have none. */
export function inverseWithInformation(hessian: Matrix): { readonly inverse: Matrix; readonly uninformed: number } {
  const n = hessian.rows;
  const inverse = matrixOf(n, n);
  if (!hessian.data.every(Number.isFinite)) return { inverse, uninformed: n };
  const sizes = Float64Array.from(
    { length: n },
    (_none, i) => Math.sqrt(Math.abs(hessian.data[i * n + i] as number)) || 1,
  );
  const size = (at: number): number => (sizes[at % n] as number) * (sizes[Math.floor(at / n)] as number);
  const { values, vectors } = symmetricEigen(
    matrixOf(
      n,
      n,
      hessian.data.map((value, at) => value / size(at)),
    ),
  );
  let uninformed = 0;
  for (let k = 0; k < n; k += 1) {
    const value = values[k] as number;
    if (!(value > leastInformation)) {
      uninformed += 1;
      continue;
    }
    const vector = columnOf(vectors, k);
    for (let at = 0; at < n * n; at += 1) {
      const product = (vector[at % n] as number) * (vector[Math.floor(at / n)] as number);
      inverse.data[at] = (inverse.data[at] as number) + product / (value * size(at));
    }
  }
  return { inverse, uninformed };
}
