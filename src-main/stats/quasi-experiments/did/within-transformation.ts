import { ExpectedError } from '#shared/domain/result.ts';
import { columnOf, type Matrix, matrixOf, multiplyVector } from '../../linear-algebra/matrix.ts';
import { symmetricEigen } from '../../linear-algebra/symmetric-eigen.ts';

/** What takes the effects of units and periods out of a variable. */
export type TwoWayWithin = {
  /** Overwrites the variable with its residuals from the effects of units and periods. */
  readonly apply: (values: Float64Array) => void;
  /** Independent effects of units and periods together. */
  readonly absorbed: number;
};

const mostPeriods = 1_500;

/**
 * Least-squares residuals from two sets of fixed effects, exact for unbalanced panels too: the units' effects are swept out, the
 * periods' are solved for (Baltagi 2021, Econometric Analysis of Panel Data, §9.2; the Schur complement of the normal equations),
 * which takes time linear in rows and periods³ once. One round of refinement.
 * @throws ExpectedError REFUSED_MODEL for more than 1,500 periods
 */
export function twoWayWithin(unit: Int32Array, units: number, period: Int32Array, periods: number): TwoWayWithin {
  if (periods > mostPeriods) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `There are ${periods.toLocaleString('en-GB')} times, more than the ${mostPeriods.toLocaleString('en-GB')} whose effects can be taken out.`,
      'Nothing was computed. Use wider periods.',
    );
  }
  const perUnit = new Float64Array(units);
  const perPeriod = new Float64Array(periods);
  for (let i = 0; i < unit.length; i += 1) {
    perUnit[unit[i] as number] = (perUnit[unit[i] as number] as number) + 1;
    perPeriod[period[i] as number] = (perPeriod[period[i] as number] as number) + 1;
  }
  const { inverse, rank } = generalisedInverse(periodEquations(unit, units, period, perUnit, perPeriod));
  const sweep = (values: Float64Array): void => {
    removeMeans(values, unit, perUnit);
    const sums = new Float64Array(periods);
    for (let i = 0; i < values.length; i += 1) {
      const place = period[i] as number;
      sums[place] = (sums[place] as number) + (values[i] as number);
    }
    const effects = multiplyVector(inverse, sums);
    for (let i = 0; i < values.length; i += 1)
      values[i] = (values[i] as number) - (effects[period[i] as number] as number);
    removeMeans(values, unit, perUnit);
  };
  return {
    apply: (values) => {
      sweep(values);
      sweep(values);
    },
    absorbed: units + rank,
  };
}

function removeMeans(values: Float64Array, group: Int32Array, counts: Float64Array): void {
  const sums = new Float64Array(counts.length);
  for (let i = 0; i < values.length; i += 1) {
    const place = group[i] as number;
    sums[place] = (sums[place] as number) + (values[i] as number);
  }
  for (let i = 0; i < values.length; i += 1) {
    const place = group[i] as number;
    values[i] = (values[i] as number) - (sums[place] as number) / (counts[place] as number);
  }
}

/** Normal equations of the periods' effects once those of the units are out: diag(n_t) − Σ_u c_u·c_uᵀ/n_u. */
function periodEquations(
  unit: Int32Array,
  units: number,
  period: Int32Array,
  perUnit: Float64Array,
  perPeriod: Float64Array,
): Matrix {
  const periods = perPeriod.length;
  const first = new Int32Array(units + 1);
  for (let u = 0; u < units; u += 1) first[u + 1] = (first[u] as number) + (perUnit[u] as number);
  const next = first.slice(0, units);
  const sorted = new Int32Array(unit.length);
  for (let i = 0; i < unit.length; i += 1) {
    const u = unit[i] as number;
    sorted[next[u] as number] = period[i] as number;
    next[u] = (next[u] as number) + 1;
  }
  const equations = matrixOf(periods, periods);
  for (let t = 0; t < periods; t += 1) equations.data[t * periods + t] = perPeriod[t] as number;
  for (let u = 0; u < units; u += 1) {
    const from = first[u] as number;
    const to = first[u + 1] as number;
    const share = 1 / (to - from);
    for (let a = from; a < to; a += 1) {
      const column = (sorted[a] as number) * periods;
      for (let b = from; b < to; b += 1) {
        const place = column + (sorted[b] as number);
        equations.data[place] = (equations.data[place] as number) - share;
      }
    }
  }
  return equations;
}

/** Moore and Penrose's; the equations have a null space for each part of the panel that shares no unit with the others. */
function generalisedInverse(equations: Matrix): { readonly inverse: Matrix; readonly rank: number } {
  const { values, vectors } = symmetricEigen(equations);
  const n = equations.rows;
  const largest = values[n - 1] as number;
  const inverse = matrixOf(n, n);
  let rank = 0;
  for (let k = 0; k < n; k += 1) {
    const value = values[k] as number;
    if (!(value > 1e-10 * largest)) continue;
    rank += 1;
    const vector = columnOf(vectors, k);
    for (let j = 0; j < n; j += 1) {
      const factor = (vector[j] as number) / value;
      const out = columnOf(inverse, j);
      for (let i = 0; i < n; i += 1) out[i] = (out[i] as number) + factor * (vector[i] as number);
    }
  }
  return { inverse, rank };
}
