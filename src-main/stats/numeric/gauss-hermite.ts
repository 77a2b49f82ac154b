import { matrixOf } from '../linear-algebra/matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';

/**
 * Nodes z and weights w with ∫ f(z)·φ(z) dz ≈ Σ w·f(z), φ the standard normal density; the weights sum to 1 (Golub and Welsch
 * 1969, Mathematics of Computation 23:221).
 */
export function normalQuadrature(count: number): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const jacobi = matrixOf(count, count);
  for (let i = 1; i < count; i += 1) {
    jacobi.data[i * count + i - 1] = Math.sqrt(i);
    jacobi.data[(i - 1) * count + i] = Math.sqrt(i);
  }
  const { values, vectors } = symmetricEigen(jacobi);
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    // Nodes lie evenly about 0; their pairs are made so to the last bit.
    nodes[i] = ((values[i] as number) - (values[count - 1 - i] as number)) / 2;
    const first = (vectors.data[i * count] as number) ** 2;
    weights[i] = (first + (vectors.data[(count - 1 - i) * count] as number) ** 2) / 2;
  }
  return { nodes, weights };
}
