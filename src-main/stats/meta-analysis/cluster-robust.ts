import { fUpperTail } from '../distributions/f.ts';
import { cholesky, inverseFromCholesky } from '../linear-algebra/cholesky.ts';
import {
  at,
  columnOf,
  type Matrix,
  matrixOf,
  multiply,
  quadraticForm,
  subMatrix,
  transpose,
} from '../linear-algebra/matrix.ts';
import { symmetricFunction } from '../linear-algebra/symmetric-eigen.ts';
import type { EffectModel, Moments } from './weighted-moments.ts';

export type RobustFit = {
  readonly studies: number;
  /** CR2 covariance of the coefficients. */
  readonly covariance: Matrix;
  /** Satterthwaite degrees of freedom, one a coefficient. */
  readonly df: Float64Array;
  /** Joint test that some coefficients are 0. */
  readonly test: (
    coefficients: readonly number[],
  ) => { readonly statistic: number; readonly df: readonly [number, number]; readonly p: number } | null;
};

/** One study's part: G_g = A_gᵀ·W_g·X_g·M in the coefficients, rows the study's effects. */
type StudyPart = { readonly effects: readonly number[]; readonly part: Matrix; readonly score: Float64Array };

/**
 * Bias-reduced cluster-robust covariance CR2 of a meta-analysis with several effects a study (Bell and McCaffrey 2002; Tipton
 * 2015, Psychological Methods 20:375), its working model the one of the weights, v + τ² without correlation; Satterthwaite
 * degrees of freedom, and for several coefficients the approximate Hotelling test (Tipton and Pustejovsky 2015, J Educ Behav
 * Stat 40:604). As clubSandwich's `coef_test` and `Wald_test(test = "HTZ")` on an `rma` fit.
 * @param study number of the study of each effect, 0 … studies − 1
 */
export function clusterRobust(
  model: EffectModel,
  moments: Moments,
  coefficients: Float64Array,
  study: Int32Array,
): RobustFit {
  const { basis } = model;
  const p = basis.columns;
  const groups: number[][] = [];
  study.forEach((code, effect) => {
    const list = groups[code];
    if (list) list.push(effect);
    else groups[code] = [effect];
  });
  const parts = groups.map((effects) => studyPart(model, moments, effects));
  const covariance = matrixOf(p, p);
  for (const { score } of parts) {
    for (let j = 0; j < p; j += 1) {
      for (let i = 0; i < p; i += 1) {
        covariance.data[j * p + i] =
          (covariance.data[j * p + i] as number) + (score[i] as number) * (score[j] as number);
      }
    }
  }
  const context = { basis, moments, parts };
  const df = new Float64Array(p);
  for (let j = 0; j < p; j += 1) {
    const unit = new Float64Array(p);
    unit[j] = 1;
    const { expected, squares } = spread(context, unit, unit);
    df[j] = expected ** 2 / squares;
  }
  return {
    studies: groups.length,
    covariance,
    df,
    test: (tested) => hotelling(context, covariance, coefficients, tested),
  };
}

function studyPart(
  { basis, back }: EffectModel,
  { weights, residuals, covariance }: Moments,
  effects: readonly number[],
): StudyPart {
  const p = basis.columns;
  const m = effects.length;
  const rows = subMatrix(
    basis,
    effects,
    Array.from({ length: p }, (_none, j) => j),
  );
  const roots = effects.map((i) => 1 / Math.sqrt(weights[i] as number));
  const hat = multiply(multiply(rows, covariance), transpose(rows));
  const b = matrixOf(m, m);
  for (let j = 0; j < m; j += 1) {
    for (let i = 0; i < m; i += 1) {
      const variance = i === j ? (roots[i] as number) ** 2 : 0;
      b.data[j * m + i] = (roots[i] as number) * (variance - at(hat, i, j)) * (roots[j] as number);
    }
  }
  let largest = 0;
  for (let i = 0; i < m; i += 1) largest = Math.max(largest, at(b, i, i));
  const floor = 1e-12 * Math.max(largest, 1e-300);
  const inverseRoot = symmetricFunction(b, (value) => (value > floor ? 1 / Math.sqrt(value) : 0));
  const right = multiply(multiply(rows, covariance), transpose(back));
  const part = matrixOf(m, p);
  for (let j = 0; j < p; j += 1) {
    for (let i = 0; i < m; i += 1) {
      let total = 0;
      for (let l = 0; l < m; l += 1) {
        const effect = effects[l] as number;
        total += at(inverseRoot, i, l) * (roots[l] as number) * (weights[effect] as number) * at(right, l, j);
      }
      part.data[j * m + i] = (roots[i] as number) * total;
    }
  }
  const score = new Float64Array(p);
  for (let j = 0; j < p; j += 1) {
    const column = columnOf(part, j);
    let total = 0;
    for (let i = 0; i < m; i += 1) total += (column[i] as number) * (residuals[effects[i] as number] as number);
    score[j] = total;
  }
  return { effects, part, score };
}

type Context = { readonly basis: Matrix; readonly moments: Moments; readonly parts: readonly StudyPart[] };

/**
 * For contrasts a and b of the coefficients: Σ_g p_agᵀΦp_bg, and half the variance of that sum's estimate, with
 * p_gᵀΦp_h = [g = h]·u_gᵀΦ_g·u_h − (Q_gᵀu_g)ᵀ·M·(Q_hᵀu_h). Sums over pairs of studies are traces of p × p matrices.
 */
function spread(
  context: Context,
  a: Float64Array,
  b: Float64Array,
): { readonly expected: number; readonly squares: number } {
  const left = contrastOf(context, a);
  const right = a === b ? left : contrastOf(context, b);
  const { covariance: m, weights } = context.moments;
  const p = m.rows;
  const mixed = matrixOf(p, p);
  let expected = 0;
  let squares = 0;
  context.parts.forEach(({ effects }, g) => {
    const [ql, qr] = [left.q[g] as Float64Array, right.q[g] as Float64Array];
    let [ll, lr, rr] = [0, 0, 0];
    effects.forEach((effect, i) => {
      const [l, r] = [left.u[g]?.[i] as number, right.u[g]?.[i] as number];
      const phi = 1 / (weights[effect] as number);
      ll += l * l * phi;
      lr += l * r * phi;
      rr += r * r * phi;
    });
    const [mll, mlr, mrr] = [quadraticForm(ql, m), quadraticForm(ql, m, qr), quadraticForm(qr, m)];
    expected += lr - mlr;
    squares += (ll * rr - ll * mrr - rr * mll + lr * lr - 2 * lr * mlr) / 2;
    addProduct(mixed, qr, ql);
  });
  const turned = multiply(m, mixed);
  squares += (productTrace(multiply(m, transpose(mixed)), turned) + productTrace(turned, turned)) / 2;
  return { expected, squares };
}

function addProduct(total: Matrix, x: Float64Array, y: Float64Array): void {
  const p = total.rows;
  for (let j = 0; j < p; j += 1) {
    for (let i = 0; i < p; i += 1) {
      total.data[j * p + i] = (total.data[j * p + i] as number) + (x[i] as number) * (y[j] as number);
    }
  }
}

/** Tr(AB). */
function productTrace(a: Matrix, b: Matrix): number {
  let total = 0;
  for (let i = 0; i < a.rows; i += 1) {
    for (let j = 0; j < a.rows; j += 1) total += at(a, i, j) * at(b, j, i);
  }
  return total;
}

type Contrast = { readonly u: readonly Float64Array[]; readonly q: readonly Float64Array[] };

function contrastOf({ basis, parts }: Context, contrast: Float64Array): Contrast {
  const u: Float64Array[] = [];
  const q: Float64Array[] = [];
  for (const { effects, part } of parts) {
    const values = new Float64Array(effects.length);
    for (let j = 0; j < part.columns; j += 1) {
      for (let i = 0; i < values.length; i += 1)
        values[i] = (values[i] as number) + (contrast[j] as number) * at(part, i, j);
    }
    const product = new Float64Array(basis.columns);
    for (let j = 0; j < basis.columns; j += 1) {
      effects.forEach((effect, i) => {
        product[j] = (product[j] as number) + at(basis, effect, j) * (values[i] as number);
      });
    }
    u.push(values);
    q.push(product);
  }
  return { u, q };
}

/** F = (η − q + 1)/(ηq)·Q on q and η − q + 1 degrees of freedom, η matched to the total variance of the covariance's entries. */
function hotelling(
  context: Context,
  covariance: Matrix,
  coefficients: Float64Array,
  tested: readonly number[],
): { readonly statistic: number; readonly df: readonly [number, number]; readonly p: number } | null {
  const q = tested.length;
  if (q === 0) return null;
  const p = covariance.rows;
  const unit = (j: number): Float64Array => Float64Array.from({ length: p }, (_none, i) => (i === j ? 1 : 0));
  const units = tested.map(unit);
  const omega = matrixOf(q, q);
  for (let s = 0; s < q; s += 1) {
    for (let t = 0; t <= s; t += 1) {
      const { expected } = spread(
        context,
        units[s] as Float64Array,
        s === t ? (units[s] as Float64Array) : (units[t] as Float64Array),
      );
      omega.data[s * q + t] = expected;
      omega.data[t * q + s] = expected;
    }
  }
  const root = symmetricFunction(omega, (value) => (value > 0 ? 1 / Math.sqrt(value) : 0));
  const turned = Array.from({ length: q }, (_none, s) => {
    const contrast = new Float64Array(p);
    tested.forEach((j, t) => {
      contrast[j] = at(root, s, t);
    });
    return contrast;
  });
  let total = 0;
  for (let s = 0; s < q; s += 1) {
    for (let t = 0; t < q; t += 1) {
      const { squares } = spread(
        context,
        turned[s] as Float64Array,
        s === t ? (turned[s] as Float64Array) : (turned[t] as Float64Array),
      );
      total += 2 * squares;
    }
  }
  const eta = (q * (q + 1)) / total;
  const factor = cholesky(subMatrix(covariance, tested, tested));
  if (!factor || !(eta > q - 1)) return null;
  const values = tested.map((j) => coefficients[j] as number);
  const wald = quadraticForm(values, inverseFromCholesky(factor));
  const denominator = eta - q + 1;
  const statistic = (denominator / (eta * q)) * wald;
  return { statistic, df: [q, denominator], p: fUpperTail(statistic, q, denominator) };
}
