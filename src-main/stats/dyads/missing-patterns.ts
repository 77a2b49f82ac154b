import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';

/** Rows that have a value in the same variables, with all that a normal likelihood needs of them. */
export type MissingPattern = {
  /** Variables that have a value, rising. */
  readonly observed: readonly number[];
  n: number;
  /** Of the observed variables, in their order. */
  readonly mean: Float64Array;
  /** Divisor n. */
  readonly covariance: Matrix;
};

export type GroupedRows = {
  readonly patterns: readonly MissingPattern[];
  /** Pattern of each row; −1 where nothing is observed. */
  readonly patternOfRow: Int32Array;
};

/** Variables at most: their presence is one bit each of a 32-bit number. */
export const mostVariables = 30;

/** Groups rows by which variables have a value (NaN is missing). @param columns one a variable, of one length */
export function groupByPattern(columns: readonly Float64Array[]): GroupedRows {
  const n = columns[0]?.length ?? 0;
  const places = new Map<number, number>();
  const patternOfRow = new Int32Array(n);
  for (let row = 0; row < n; row += 1) {
    let bits = 0;
    for (let v = 0; v < columns.length; v += 1) if (!Number.isNaN(columns[v]?.[row])) bits |= 1 << v;
    let place = bits === 0 ? -1 : places.get(bits);
    if (place === undefined) {
      place = places.size;
      places.set(bits, place);
    }
    patternOfRow[row] = place;
  }
  const patterns = [...places.keys()].map((bits) =>
    emptyPattern(columns.flatMap((_column, v) => ((bits >> v) & 1 ? [v] : []))),
  );
  fillPatterns(patterns, patternOfRow, columns);
  return { patterns, patternOfRow };
}

export function emptyPattern(observed: readonly number[]): MissingPattern {
  const size = observed.length;
  return { observed, n: 0, mean: new Float64Array(size), covariance: matrixOf(size, size) };
}

/** Means, then products of deviations from them. */
function fillPatterns(
  patterns: readonly MissingPattern[],
  patternOfRow: Int32Array,
  columns: readonly Float64Array[],
): void {
  for (let row = 0; row < patternOfRow.length; row += 1) {
    const pattern = patterns[patternOfRow[row] as number];
    if (!pattern) continue;
    pattern.n += 1;
    const { observed, mean } = pattern;
    for (let i = 0; i < observed.length; i += 1) {
      mean[i] = (mean[i] as number) + (columns[observed[i] as number]?.[row] as number);
    }
  }
  for (const { mean, n } of patterns) for (let i = 0; i < mean.length; i += 1) mean[i] = (mean[i] as number) / n;
  for (let row = 0; row < patternOfRow.length; row += 1) {
    const pattern = patterns[patternOfRow[row] as number];
    if (!pattern) continue;
    const { observed, mean, covariance } = pattern;
    for (let a = 0; a < observed.length; a += 1) {
      const one = (columns[observed[a] as number]?.[row] as number) - (mean[a] as number);
      for (let b = 0; b <= a; b += 1) {
        const other = (columns[observed[b] as number]?.[row] as number) - (mean[b] as number);
        const place = b * observed.length + a;
        covariance.data[place] = (covariance.data[place] as number) + one * other;
      }
    }
  }
  for (const { observed, covariance, n } of patterns) mirrorDivided(covariance, observed.length, n);
}

function mirrorDivided(covariance: Matrix, size: number, divisor: number): void {
  for (let a = 0; a < size; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      const value = (covariance.data[b * size + a] as number) / divisor;
      covariance.data[b * size + a] = value;
      covariance.data[a * size + b] = value;
    }
  }
}
