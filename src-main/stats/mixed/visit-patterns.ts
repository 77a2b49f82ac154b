import { columnOf, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { rowsByCode } from './mixed-products.ts';

/** Subjects seen at the same visits. Per visit and subject there are `width` numbers: the fixed effects, then the response. */
export type VisitPattern = {
  /** Places of the visits, rising. */
  readonly visits: Int32Array;
  readonly subjects: number;
  /** Σ over subjects of x_s·x_tᵀ for visits s ≤ t, where there are many subjects; else null. */
  readonly products: Float64Array | null;
  /** Numbers subject after subject, visit after visit, where there are few. */
  readonly values: Float64Array;
};

export type VisitData = {
  readonly rows: number;
  readonly width: number;
  readonly visits: number;
  readonly patterns: readonly VisitPattern[];
};

/** @returns the rows (from 0) of the first subject with two values at one visit, in place of data */
export function visitPatterns(
  basis: Matrix,
  response: Float64Array,
  subjects: { readonly codes: Int32Array; readonly count: number },
  visits: { readonly codes: Int32Array; readonly count: number },
): VisitData | readonly [number, number] {
  const order = rowsByCode(subjects.codes, subjects.count);
  const found = new Map<string, { readonly visits: number[]; readonly rows: number[] }>();
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && subjects.codes[order[to] as number] === subjects.codes[order[from] as number]) to += 1;
    const rows = Array.from(order.subarray(from, to)).sort(
      (a, b) => (visits.codes[a] as number) - (visits.codes[b] as number) || a - b,
    );
    const seen = rows.map((row) => visits.codes[row] as number);
    for (let i = 1; i < seen.length; i += 1) {
      if (seen[i] === seen[i - 1]) return [rows[i - 1] as number, rows[i] as number];
    }
    const key = seen.join(' ');
    const pattern = found.get(key) ?? { visits: seen, rows: [] };
    for (const row of rows) pattern.rows.push(row);
    found.set(key, pattern);
    from = to;
  }
  const width = basis.columns + 1;
  const columns = Array.from({ length: width }, (_none, j) => (j < basis.columns ? columnOf(basis, j) : response));
  return {
    rows: response.length,
    width,
    visits: visits.count,
    patterns: Array.from(found.values(), (pattern) => asPattern(pattern.visits, pattern.rows, columns)),
  };
}

function asPattern(visits: readonly number[], rows: readonly number[], columns: readonly Float64Array[]): VisitPattern {
  const m = visits.length;
  const width = columns.length;
  const subjects = rows.length / m;
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    columns.forEach((column, j) => {
      values[i * width + j] = column[row] as number;
    });
  });
  const many = subjects >= ((m + 1) * width) / 2;
  return {
    visits: Int32Array.from(visits),
    subjects,
    products: many ? productsOf(values, subjects, m, width) : null,
    values: many ? new Float64Array(0) : values,
  };
}

function productsOf(values: Float64Array, subjects: number, m: number, width: number): Float64Array {
  const products = new Float64Array(((m * (m + 1)) / 2) * width * width);
  for (let subject = 0; subject < subjects; subject += 1) {
    let at = 0;
    for (let t = 0; t < m; t += 1) {
      for (let s = 0; s <= t; s += 1) {
        const left = (subject * m + s) * width;
        const right = (subject * m + t) * width;
        for (let b = 0; b < width; b += 1) {
          const factor = values[right + b] as number;
          for (let a = 0; a < width; a += 1) {
            products[at] = (products[at] as number) + (values[left + a] as number) * factor;
            at += 1;
          }
        }
      }
    }
  }
  return products;
}

/** out += Σ over subjects of XᵀWX, for a symmetric W over the pattern's visits; X has the response as its last column. */
export function addWeighted({ visits, subjects, products, values }: VisitPattern, w: Matrix, out: Matrix): void {
  const m = visits.length;
  const width = out.rows;
  if (products) {
    let at = 0;
    for (let t = 0; t < m; t += 1) {
      for (let s = 0; s <= t; s += 1) {
        const weight = w.data[t * m + s] as number;
        for (let b = 0; b < width; b += 1) {
          for (let a = 0; a < width; a += 1) {
            const value = weight * (products[at] as number);
            out.data[b * width + a] = (out.data[b * width + a] as number) + value;
            if (s !== t) out.data[a * width + b] = (out.data[a * width + b] as number) + value;
            at += 1;
          }
        }
      }
    }
    return;
  }
  const turned = new Float64Array(width);
  for (let subject = 0; subject < subjects; subject += 1) {
    const from = subject * m * width;
    for (let s = 0; s < m; s += 1) {
      turned.fill(0);
      for (let t = 0; t < m; t += 1) {
        const weight = w.data[t * m + s] as number;
        for (let a = 0; a < width; a += 1)
          turned[a] = (turned[a] as number) + weight * (values[from + t * width + a] as number);
      }
      for (let b = 0; b < width; b += 1) {
        const factor = turned[b] as number;
        for (let a = 0; a < width; a += 1) {
          out.data[b * width + a] =
            (out.data[b * width + a] as number) + factor * (values[from + s * width + a] as number);
        }
      }
    }
  }
}

/** Σ over subjects of XMXᵀ, over the pattern's visits, for a symmetric M. */
export function moments({ visits, subjects, products, values }: VisitPattern, matrix: Matrix): Matrix {
  const m = visits.length;
  const width = matrix.rows;
  const result = matrixOf(m, m);
  if (products) {
    const block = width * width;
    let at = 0;
    for (let t = 0; t < m; t += 1) {
      for (let s = 0; s <= t; s += 1) {
        let total = 0;
        for (let k = 0; k < block; k += 1) total += (matrix.data[k] as number) * (products[at + k] as number);
        at += block;
        result.data[t * m + s] = total;
        result.data[s * m + t] = total;
      }
    }
    return result;
  }
  const turned = new Float64Array(width);
  for (let subject = 0; subject < subjects; subject += 1) {
    const from = subject * m * width;
    for (let t = 0; t < m; t += 1) {
      turned.fill(0);
      for (let b = 0; b < width; b += 1) {
        const factor = values[from + t * width + b] as number;
        for (let a = 0; a < width; a += 1)
          turned[a] = (turned[a] as number) + factor * (matrix.data[b * width + a] as number);
      }
      for (let s = 0; s <= t; s += 1) {
        let total = 0;
        for (let a = 0; a < width; a += 1) total += (values[from + s * width + a] as number) * (turned[a] as number);
        result.data[t * m + s] = (result.data[t * m + s] as number) + total;
        if (s !== t) result.data[s * m + t] = (result.data[s * m + t] as number) + total;
      }
    }
  }
  return result;
}
