import { solveLower } from '../linear-algebra/cholesky.ts';
import { columnOf, type Matrix, matrixOf, multiply, transpose } from '../linear-algebra/matrix.ts';
import type { RandomStructure } from './random-structure.ts';

/** Where a term's effects stand among those of its factor, and its part of theta: the lower triangle, column after column. */
export type TermPlace = {
  readonly factor: number;
  readonly from: number;
  readonly width: number;
  readonly thetaFrom: number;
  /**
   * Lower triangle K with M = M̃·K, where the columns of M̃ are orthogonal with mean square 1: theta is kept for M̃, so that a
   * covariate's origin and unit do not matter to the search. A term's factor for M is K⁻¹ times that for M̃.
   */
  readonly scale: Matrix;
};

export type ThetaLayout = {
  readonly length: number;
  readonly terms: readonly TermPlace[];
  /** Orthogonal columns of each factor. */
  readonly columns: readonly (readonly Float64Array[])[];
  /** Places of theta on the diagonals. */
  readonly diagonal: readonly number[];
};

export function thetaLayout({ factors, terms }: RandomStructure, rows: number): ThetaLayout {
  const columns = factors.map((): Float64Array[] => []);
  const diagonal: number[] = [];
  let length = 0;
  const places = terms.map(({ factor, columns: effects }): TermPlace => {
    const width = effects.columns;
    const list = columns[factor] as Float64Array[];
    const { scale, orthogonal } = orthogonalEffects(effects, rows);
    const place = { factor, from: list.length, width, thetaFrom: length, scale };
    list.push(...orthogonal);
    for (let j = 0; j < width; j += 1) {
      diagonal.push(length);
      length += width - j;
    }
    return place;
  });
  return { length, terms: places, columns, diagonal };
}

/** Gram–Schmidt from the last column to the first; columns that depend on others are only scaled. */
function orthogonalEffects(m: Matrix, rows: number): { readonly scale: Matrix; readonly orthogonal: Float64Array[] } {
  const width = m.columns;
  const scale = matrixOf(width, width);
  const orthogonal: Float64Array[] = Array.from({ length: width }, (_none, j) => Float64Array.from(columnOf(m, j)));
  for (let j = width - 1; j >= 0; j -= 1) {
    const column = orthogonal[j] as Float64Array;
    const before = meanSquare(column);
    // Twice, so that rounding leaves nothing.
    for (let pass = 0; pass < 2; pass += 1) {
      for (let k = j + 1; k < width; k += 1) {
        const other = orthogonal[k] as Float64Array;
        let product = 0;
        for (let i = 0; i < rows; i += 1) product += (column[i] as number) * (other[i] as number);
        product /= rows;
        for (let i = 0; i < rows; i += 1) column[i] = (column[i] as number) - product * (other[i] as number);
        scale.data[j * width + k] = (scale.data[j * width + k] as number) + product;
      }
    }
    const left = meanSquare(column);
    if (!(left > 1e-20 * before)) return scaledEffects(m);
    const size = Math.sqrt(left);
    scale.data[j * width + j] = size;
    for (let i = 0; i < rows; i += 1) column[i] = (column[i] as number) / size;
  }
  return { scale, orthogonal };
}

function scaledEffects(m: Matrix): { readonly scale: Matrix; readonly orthogonal: Float64Array[] } {
  const scale = matrixOf(m.columns, m.columns);
  const orthogonal = Array.from({ length: m.columns }, (_none, j) => {
    const column = columnOf(m, j);
    const size = Math.sqrt(meanSquare(column)) || 1;
    scale.data[j * m.columns + j] = size;
    return column.map((value) => value / size);
  });
  return { scale, orthogonal };
}

function meanSquare(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return total / values.length;
}

/** The relative covariance factor of each grouping factor, its terms' triangles along the diagonal. */
export function factorsOf(layout: ThetaLayout, theta: ArrayLike<number>): Matrix[] {
  const result = layout.columns.map((columns) => matrixOf(columns.length, columns.length));
  for (const { factor, from, width, thetaFrom } of layout.terms) {
    const { data, rows } = result[factor] as Matrix;
    let next = thetaFrom;
    for (let j = 0; j < width; j += 1) {
      for (let i = j; i < width; i += 1) {
        data[(from + j) * rows + from + i] = theta[next] as number;
        next += 1;
      }
    }
  }
  return result;
}

/** The elements of factor-wise gradients that belong to theta. */
export function thetaPart(layout: ThetaLayout, gradients: readonly Matrix[]): Float64Array {
  const result = new Float64Array(layout.length);
  for (const { factor, from, width, thetaFrom } of layout.terms) {
    const { data, rows } = gradients[factor] as Matrix;
    let next = thetaFrom;
    for (let j = 0; j < width; j += 1) {
      for (let i = j; i < width; i += 1) {
        result[next] = data[(from + j) * rows + from + i] as number;
        next += 1;
      }
    }
  }
  return result;
}

/** A term's triangle as theta has it. */
export function triangleOf({ width, thetaFrom }: TermPlace, theta: ArrayLike<number>): Matrix {
  const result = matrixOf(width, width);
  let next = thetaFrom;
  for (let j = 0; j < width; j += 1) {
    for (let i = j; i < width; i += 1) {
      result.data[j * width + i] = theta[next] as number;
      next += 1;
    }
  }
  return result;
}

/** The triangle for the effects as they were given: lme4's theta. */
export function ownTriangle(place: TermPlace, theta: ArrayLike<number>): Matrix {
  const triangle = triangleOf(place, theta);
  const result = matrixOf(place.width, place.width);
  for (let j = 0; j < place.width; j += 1) {
    result.data.set(solveLower(place.scale, columnOf(triangle, j)), j * place.width);
  }
  return result;
}

const negligible = 1e-7;

/** The same covariance with diagonals that are not negative, and exact zeros where it is singular. */
export function canonicalTheta(layout: ThetaLayout, theta: Float64Array): Float64Array {
  const result = Float64Array.from(theta);
  for (const place of layout.terms) {
    const triangle = triangleOf(place, theta);
    const { width } = place;
    const largest = triangle.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const canonical = semidefiniteFactor(triangle, negligible * Math.max(largest, 1));
    let next = place.thetaFrom;
    for (let j = 0; j < width; j += 1) {
      for (let i = j; i < width; i += 1) {
        result[next] = canonical.data[j * width + i] as number;
        next += 1;
      }
    }
  }
  return result;
}

/** L with L·Lᵀ = T·Tᵀ; columns that are at most `least` are zero. */
function semidefiniteFactor(triangle: Matrix, least: number): Matrix {
  const width = triangle.rows;
  const kept = triangle.data.slice();
  let regular = true;
  for (let j = 0; j < width; j += 1) {
    const column = kept.subarray(j * width, (j + 1) * width);
    if (column.every((value) => Math.abs(value) <= least)) column.fill(0);
    else if (Math.abs(column[j] as number) <= least) regular = false;
    // Only a sign: the root of a square would lose digits.
    else if ((column[j] as number) < 0) column.set(column.map((value) => -value));
  }
  return regular ? { ...triangle, data: kept } : semidefiniteCholesky(timesTransposed(triangle), least * least);
}

function timesTransposed(triangle: Matrix): Matrix {
  return multiply(triangle, transpose(triangle));
}

function semidefiniteCholesky(product: Matrix, least: number): Matrix {
  const width = product.rows;
  const lower = matrixOf(width, width);
  const l = lower.data;
  for (let j = 0; j < width; j += 1) {
    let pivot = product.data[j * width + j] as number;
    for (let k = 0; k < j; k += 1) pivot -= (l[k * width + j] as number) ** 2;
    if (!(pivot > Math.max(least, 1e-15 * (product.data[j * width + j] as number)))) continue;
    const root = Math.sqrt(pivot);
    l[j * width + j] = root;
    for (let i = j + 1; i < width; i += 1) {
      let value = product.data[j * width + i] as number;
      for (let k = 0; k < j; k += 1) value -= (l[k * width + i] as number) * (l[k * width + j] as number);
      l[j * width + i] = value / root;
    }
  }
  return lower;
}
