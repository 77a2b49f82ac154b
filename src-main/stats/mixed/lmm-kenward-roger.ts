import { cholesky, inverseFromCholesky, solveLower } from '../linear-algebra/cholesky.ts';
import { addMatrices, columnOf, type Matrix, matrixOf, multiply, scale, transpose } from '../linear-algebra/matrix.ts';
import { solveUpper } from '../linear-algebra/qr.ts';
import { adjustedCovariance, type CovarianceDerivatives, kenwardRogerDegrees } from './adjusted-covariance.ts';
import { type Component, componentsOf, denseProducts } from './components.ts';
import type { LmmFit } from './fit-lmm.ts';
import { covarianceOf } from './orthogonal-design.ts';

export type KenwardRoger = {
  /** Of the estimable columns' coefficients. */
  readonly covariance: Matrix;
  readonly degrees: Float64Array;
};

/** Random effects that hang together, beyond which the adjustment would take minutes and gigabytes. */
export const mostConnected = 2_000;

/**
 * Kenward and Roger's adjusted covariance and degrees of freedom of each coefficient of a REML fit, as `pbkrtest` has them. V is linear
 * in the variances and covariances. Everything is computed in the space of the random effects, one component after another, so that
 * nested designs never meet an n × n matrix.
 * @returns the number of random effects in the largest component where that is more than `mostConnected`
 */
export function kenwardRoger(fit: LmmFit): KenwardRoger | number {
  const components = componentsOf(fit.products);
  const largest = components.reduce((most, { places }) => Math.max(most, places.length), 0);
  if (largest > mostConnected) return largest;
  const phi = inverseFromCholesky(fit.state.fixedLower);
  const derivatives = withResidual(fit, randomDerivatives(fit, components));
  const { covariance, parameterCovariance } = adjustedCovariance(phi, derivatives);
  const p = phi.rows;
  const degrees = Float64Array.from({ length: p }, (_none, j) => {
    // Row j of R⁻¹: the coefficient as a combination of those of the basis.
    const l = Float64Array.from({ length: p }, (_column, k) => solveUpper(fit.design.qr, unitOf(p, k))[j] as number);
    return kenwardRogerDegrees(phi, derivatives, parameterCovariance, l);
  });
  return { covariance: scale(covarianceOf(fit.design, covariance), fit.residualVariance), degrees };
}

function unitOf(size: number, place: number): Float64Array {
  const unit = new Float64Array(size);
  unit[place] = 1;
  return unit;
}

/** A variance or covariance of two effects of one term, by their places in the factor. */
type Parameter = { readonly factor: number; readonly a: number; readonly b: number; readonly value: number };

type RandomPart = CovarianceDerivatives & { readonly parameters: readonly Parameter[]; readonly traces: Float64Array };

function parametersOf({ layout, state }: LmmFit): Parameter[] {
  return layout.terms.flatMap(({ factor, from, width }) => {
    const lambda = state.factors[factor] as Matrix;
    const covariance = multiply(lambda, transpose(lambda));
    return Array.from({ length: width }, (_none, b) =>
      Array.from({ length: width - b }, (_other, i) => {
        const a = from + b + i;
        return { factor, a, b: from + b, value: covariance.data[(from + b) * covariance.rows + a] as number };
      }),
    ).flat();
  });
}

/** The derivatives by the variances and covariances of random effects, with σ² = 1. */
function randomDerivatives(fit: LmmFit, components: readonly Component[]): RandomPart {
  const { size, fixed } = fit.products;
  const parameters = parametersOf(fit);
  const count = parameters.length;
  const p = parameters.map(() => matrixOf(fixed, fixed));
  const q = parameters.map(() => parameters.map(() => matrixOf(fixed, fixed)));
  const k = matrixOf(count, count);
  const traces = new Float64Array(count);
  const productsOf = denseProducts(fit.products);
  for (const component of components) {
    const { places } = component;
    const m = places.length;
    const s = throughV(fit, component, productsOf(component));
    const w = matrixOf(m, fixed);
    for (let j = 0; j < fixed; j += 1) {
      for (let i = 0; i < m; i += 1)
        w.data[j * m + i] = fit.slope.fixedThroughV[j * size + (places[i] as number)] as number;
    }
    const pairs = parameters.map((parameter) => pairsOf(fit, component, parameter));
    const chosen = pairs.map((list) => chosenRows(w, list));
    const turned = chosen.map((matrix) => multiply(s, matrix));
    parameters.forEach((_parameter, i) => {
      addProduct(p[i] as Matrix, w, chosen[i] as Matrix, -1);
      for (const [row, column] of pairs[i] as Pair[])
        traces[i] = (traces[i] as number) + (s.data[column * m + row] as number);
      for (let j = 0; j < count; j += 1) {
        addProduct(q[i]?.[j] as Matrix, chosen[i] as Matrix, turned[j] as Matrix, 1);
        if (j <= i) {
          const value = traceOf(s, pairs[i] as Pair[], pairs[j] as Pair[]);
          k.data[j * count + i] = (k.data[j * count + i] as number) + value;
          if (j < i) k.data[i * count + j] = (k.data[i * count + j] as number) + value;
        }
      }
    });
  }
  return { parameters, traces, p, q, r: null, k };
}

/** ZᵀV⁻¹Z of a component: ZᵀZ − RᵀR with R = L⁻¹ΛᵀZᵀZ. */
function throughV(fit: LmmFit, { groups }: Component, products: Matrix): Matrix {
  const m = products.rows;
  const left = matrixOf(m, m);
  let at = 0;
  groups.forEach((list, f) => {
    const { data, rows } = fit.state.factors[f] as Matrix;
    for (let index = 0; index < list.length; index += 1) {
      for (let column = 0; column < m; column += 1) {
        for (let j = 0; j < rows; j += 1) {
          let total = 0;
          for (let i = j; i < rows; i += 1)
            total += (data[j * rows + i] as number) * (products.data[column * m + at + i] as number);
          left.data[column * m + at + j] = total;
        }
      }
      at += rows;
    }
  });
  const penalised = matrixOf(m, m);
  at = 0;
  groups.forEach((list, f) => {
    const { data, rows } = fit.state.factors[f] as Matrix;
    for (let index = 0; index < list.length; index += 1) {
      for (let j = 0; j < rows; j += 1) {
        for (let row = 0; row < m; row += 1) {
          let total = row === at + j ? 1 : 0;
          for (let i = j; i < rows; i += 1)
            total += (left.data[(at + i) * m + row] as number) * (data[j * rows + i] as number);
          penalised.data[(at + j) * m + row] = total;
        }
      }
      at += rows;
    }
  });
  const lower = cholesky(penalised);
  if (!lower) return products;
  for (let column = 0; column < m; column += 1) left.data.set(solveLower(lower, columnOf(left, column)), column * m);
  const result = matrixOf(m, m);
  for (let j = 0; j < m; j += 1) {
    const right = columnOf(left, j);
    for (let i = 0; i <= j; i += 1) {
      let total = products.data[j * m + i] as number;
      const other = columnOf(left, i);
      for (let row = 0; row < m; row += 1) total -= (other[row] as number) * (right[row] as number);
      result.data[j * m + i] = total;
      result.data[i * m + j] = total;
    }
  }
  return result;
}

type Pair = readonly [row: number, column: number];

/** Elements of ∂(ΛΛᵀ)/∂γ that are 1: (a, b) and (b, a) of every group of the factor. */
function pairsOf(fit: LmmFit, { groups }: Component, { factor, a, b }: Parameter): Pair[] {
  let before = 0;
  for (let f = 0; f < factor; f += 1) before += (groups[f]?.length ?? 0) * (fit.products.factors[f]?.width ?? 0);
  const width = fit.products.factors[factor]?.width ?? 0;
  const result: Pair[] = [];
  for (let index = 0; index < (groups[factor]?.length ?? 0); index += 1) {
    const at = before + index * width;
    result.push([at + a, at + b]);
    if (a !== b) result.push([at + b, at + a]);
  }
  return result;
}

/** E·W for a matrix E with ones at `pairs`. */
function chosenRows(w: Matrix, pairs: readonly Pair[]): Matrix {
  const result = matrixOf(w.rows, w.columns);
  for (const [row, column] of pairs) {
    for (let j = 0; j < w.columns; j += 1) result.data[j * w.rows + row] = w.data[j * w.rows + column] as number;
  }
  return result;
}

/** out += factor·aᵀ·b. */
function addProduct(out: Matrix, a: Matrix, b: Matrix, factor: number): void {
  for (let j = 0; j < b.columns; j += 1) {
    const right = columnOf(b, j);
    for (let i = 0; i < a.columns; i += 1) {
      const left = columnOf(a, i);
      let total = 0;
      for (let row = 0; row < right.length; row += 1) total += (left[row] as number) * (right[row] as number);
      out.data[j * out.rows + i] = (out.data[j * out.rows + i] as number) + factor * total;
    }
  }
}

/** tr(S·E·S·F) for matrices E and F with ones at pairs. */
function traceOf(s: Matrix, e: readonly Pair[], f: readonly Pair[]): number {
  const m = s.rows;
  let total = 0;
  for (const [a, b] of e) {
    for (const [c, d] of f) total += (s.data[c * m + b] as number) * (s.data[a * m + d] as number);
  }
  return total;
}

/**
 * Adds the residual variance, whose G is the identity, from Σ γ_i·G_i = V: so each of its quantities is what the others leave of one
 * without that G.
 */
function withResidual(fit: LmmFit, random: RandomPart): CovarianceDerivatives {
  const { products, slope } = fit;
  const { parameters, traces, p, q, k } = random;
  const count = parameters.length;
  const weights = parameters.map(({ value }) => value);
  const less = (from: Matrix, list: readonly Matrix[]): Matrix =>
    list.reduce((total, matrix, i) => addMatrices(total, matrix, -(weights[i] as number)), from);
  const information = multiply(fit.state.fixedLower, transpose(fit.state.fixedLower));
  const ownP = less(scale(information, -1), p);
  const crossQ = p.map((matrix, j) =>
    less(
      scale(matrix, -1),
      q.map((row) => row[j] as Matrix),
    ),
  );
  const ownQ = less(scale(ownP, -1), crossQ.map(transpose));
  const fullK = matrixOf(count + 1, count + 1);
  const crossK = Float64Array.from(traces, (trace, j) =>
    weights.reduce((total, weight, i) => total - weight * (k.data[j * count + i] as number), trace),
  );
  let diagonal = products.rows - products.size;
  for (let j = 0; j < products.size; j += 1) diagonal += slope.inverse[products.shape.starts[j] as number] as number;
  for (let j = 0; j < count; j += 1) {
    for (let i = 0; i < count; i += 1) fullK.data[j * (count + 1) + i] = k.data[j * count + i] as number;
    fullK.data[j * (count + 1) + count] = crossK[j] as number;
    fullK.data[count * (count + 1) + j] = crossK[j] as number;
  }
  fullK.data[count * (count + 1) + count] = weights.reduce(
    (total, weight, i) => total - weight * (crossK[i] as number),
    diagonal,
  );
  return {
    p: [...p, ownP],
    q: [...q.map((row, i) => [...row, transpose(crossQ[i] as Matrix)]), [...crossQ, ownQ]],
    r: null,
    k: fullK,
  };
}
