/**
 * The shape of the Cholesky factor of a sparse symmetric matrix, found once for its pattern. The matrix is given by the columns of
 * its upper triangle, the diagonal included; L by columns, each led by its diagonal, rows rising.
 */
export type SparseShape = {
  readonly size: number;
  readonly matrixStarts: Int32Array;
  readonly matrixRows: Int32Array;
  /** Place in L of each element (row i, column k) of the upper triangle: that of L's (k, i). */
  readonly matrixPlaces: Int32Array;
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  /** By rows of L, without the diagonal: columns rising, and their places. */
  readonly rowStarts: Int32Array;
  readonly rowColumns: Int32Array;
  readonly rowPlaces: Int32Array;
};

/**
 * Symbolic factorisation by the elimination tree (Davis 2006, Direct Methods for Sparse Linear Systems, §4.1–4.4).
 * @param most elements that L may have
 * @returns null where L would have more
 */
export function sparseShape(
  size: number,
  matrixStarts: Int32Array,
  matrixRows: Int32Array,
  most: number,
): SparseShape | null {
  const parent = eliminationTree(size, matrixStarts, matrixRows);
  const counts = new Int32Array(size).fill(1);
  let total = size;
  forEachOfRows(size, matrixStarts, matrixRows, parent, (_row, column) => {
    counts[column] = (counts[column] as number) + 1;
    total += 1;
    return total <= most;
  });
  if (total > most) return null;
  const starts = new Int32Array(size + 1);
  for (let j = 0; j < size; j += 1) starts[j + 1] = (starts[j] as number) + (counts[j] as number);
  const rows = new Int32Array(total);
  const next = new Int32Array(size);
  for (let j = 0; j < size; j += 1) {
    rows[starts[j] as number] = j;
    next[j] = (starts[j] as number) + 1;
  }
  forEachOfRows(size, matrixStarts, matrixRows, parent, (row, column) => {
    rows[next[column] as number] = row;
    next[column] = (next[column] as number) + 1;
    return true;
  });
  const byRows = rowsOfColumns(size, starts, rows);
  const matrixPlaces = placesOf(size, matrixStarts, matrixRows, starts, byRows);
  return { size, matrixStarts, matrixRows, matrixPlaces, starts, rows, ...byRows };
}

function eliminationTree(size: number, starts: Int32Array, rows: Int32Array): Int32Array {
  const parent = new Int32Array(size).fill(-1);
  const ancestor = new Int32Array(size).fill(-1);
  for (let k = 0; k < size; k += 1) {
    for (let at = starts[k] as number; at < (starts[k + 1] as number); at += 1) {
      let i = rows[at] as number;
      while (i !== -1 && i < k) {
        const above = ancestor[i] as number;
        ancestor[i] = k;
        if (above === -1) parent[i] = k;
        i = above;
      }
    }
  }
  return parent;
}

/** Calls `visit` for every element of L below the diagonal, row after row; ends early where it says false. */
function forEachOfRows(
  size: number,
  starts: Int32Array,
  rows: Int32Array,
  parent: Int32Array,
  visit: (row: number, column: number) => boolean,
): void {
  const seen = new Int32Array(size).fill(-1);
  for (let k = 0; k < size; k += 1) {
    seen[k] = k;
    for (let at = starts[k] as number; at < (starts[k + 1] as number); at += 1) {
      let i = rows[at] as number;
      while (i !== -1 && seen[i] !== k) {
        if (!visit(k, i)) return;
        seen[i] = k;
        i = parent[i] as number;
      }
    }
  }
}

type ByRows = Pick<SparseShape, 'rowStarts' | 'rowColumns' | 'rowPlaces'>;

function rowsOfColumns(size: number, starts: Int32Array, rows: Int32Array): ByRows {
  const rowStarts = new Int32Array(size + 1);
  for (const row of rows) rowStarts[row + 1] = (rowStarts[row + 1] as number) + 1;
  // The diagonal of each row is not counted.
  for (let k = 0; k < size; k += 1) rowStarts[k + 1] = (rowStarts[k + 1] as number) - 1 + (rowStarts[k] as number);
  const next = rowStarts.slice(0, size);
  const rowColumns = new Int32Array(rows.length - size);
  const rowPlaces = new Int32Array(rows.length - size);
  for (let j = 0; j < size; j += 1) {
    for (let at = (starts[j] as number) + 1; at < (starts[j + 1] as number); at += 1) {
      const row = rows[at] as number;
      const place = next[row] as number;
      rowColumns[place] = j;
      rowPlaces[place] = at;
      next[row] = place + 1;
    }
  }
  return { rowStarts, rowColumns, rowPlaces };
}

function placesOf(
  size: number,
  matrixStarts: Int32Array,
  matrixRows: Int32Array,
  starts: Int32Array,
  { rowStarts, rowColumns, rowPlaces }: ByRows,
): Int32Array {
  const places = new Int32Array(matrixRows.length);
  const placeOfColumn = new Int32Array(size);
  for (let k = 0; k < size; k += 1) {
    for (let at = rowStarts[k] as number; at < (rowStarts[k + 1] as number); at += 1) {
      placeOfColumn[rowColumns[at] as number] = rowPlaces[at] as number;
    }
    placeOfColumn[k] = starts[k] as number;
    for (let at = matrixStarts[k] as number; at < (matrixStarts[k + 1] as number); at += 1) {
      places[at] = placeOfColumn[matrixRows[at] as number] as number;
    }
  }
  return places;
}

/**
 * Fills L, row after row (up-looking; Davis 2006, §4.7).
 * @param values of the upper triangle, in the order of `matrixRows`
 * @param work one number a row, all 0, left all 0
 * @returns false where the matrix is not positive definite
 */
export function sparseFactor(
  shape: SparseShape,
  values: Float64Array,
  lower: Float64Array,
  work: Float64Array,
): boolean {
  const { size, matrixStarts, matrixRows, starts, rows, rowStarts, rowColumns, rowPlaces } = shape;
  for (let k = 0; k < size; k += 1) {
    for (let at = matrixStarts[k] as number; at < (matrixStarts[k + 1] as number); at += 1) {
      work[matrixRows[at] as number] = values[at] as number;
    }
    let pivot = work[k] as number;
    work[k] = 0;
    const end = rowStarts[k + 1] as number;
    for (let at = rowStarts[k] as number; at < end; at += 1) {
      const column = rowColumns[at] as number;
      const place = rowPlaces[at] as number;
      const first = starts[column] as number;
      const value = (work[column] as number) / (lower[first] as number);
      work[column] = 0;
      for (let q = first + 1; q < place; q += 1) {
        const row = rows[q] as number;
        work[row] = (work[row] as number) - (lower[q] as number) * value;
      }
      lower[place] = value;
      pivot -= value * value;
    }
    if (!(pivot > 0) || !Number.isFinite(pivot)) {
      work.fill(0);
      return false;
    }
    lower[starts[k] as number] = Math.sqrt(pivot);
  }
  return true;
}

/** Solves L·x = b where x stands in place of b. */
export function sparseForward({ size, starts, rows }: SparseShape, lower: Float64Array, x: Float64Array): void {
  for (let j = 0; j < size; j += 1) {
    const first = starts[j] as number;
    const value = (x[j] as number) / (lower[first] as number);
    x[j] = value;
    for (let at = first + 1; at < (starts[j + 1] as number); at += 1) {
      const row = rows[at] as number;
      x[row] = (x[row] as number) - (lower[at] as number) * value;
    }
  }
}

/** Solves Lᵀ·x = b where x stands in place of b. */
export function sparseBackward({ size, starts, rows }: SparseShape, lower: Float64Array, x: Float64Array): void {
  for (let j = size - 1; j >= 0; j -= 1) {
    const first = starts[j] as number;
    let value = x[j] as number;
    for (let at = first + 1; at < (starts[j + 1] as number); at += 1) {
      value -= (lower[at] as number) * (x[rows[at] as number] as number);
    }
    x[j] = value / (lower[first] as number);
  }
}

/** log |A|. */
export function sparseLogDeterminant({ size, starts }: SparseShape, lower: Float64Array): number {
  let total = 0;
  for (let j = 0; j < size; j += 1) total += Math.log(lower[starts[j] as number] as number);
  return 2 * total;
}

/**
 * The elements of A⁻¹ where L has elements, in L's order (Takahashi, Fagan and Chen 1973, Proc. 8th PICA Conference, 63): from the
 * last column to the first, each from those behind it.
 */
export function selectedInverse(shape: SparseShape, lower: Float64Array): Float64Array {
  const { size, starts, rows } = shape;
  const inverse = new Float64Array(rows.length);
  const total = new Float64Array(size);
  const factor = new Float64Array(size);
  const member = new Int32Array(size).fill(-1);
  for (let j = size - 1; j >= 0; j -= 1) {
    const first = starts[j] as number;
    const end = starts[j + 1] as number;
    for (let at = first + 1; at < end; at += 1) {
      const row = rows[at] as number;
      total[row] = 0;
      factor[row] = lower[at] as number;
      member[row] = j;
    }
    for (let at = first + 1; at < end; at += 1) {
      const k = rows[at] as number;
      const value = lower[at] as number;
      const diagonal = starts[k] as number;
      let own = (inverse[diagonal] as number) * value;
      for (let q = diagonal + 1; q < (starts[k + 1] as number); q += 1) {
        const i = rows[q] as number;
        if (member[i] !== j) continue;
        const element = inverse[q] as number;
        total[i] = (total[i] as number) + element * value;
        own += element * (factor[i] as number);
      }
      total[k] = (total[k] as number) + own;
    }
    const pivot = lower[first] as number;
    let diagonal = 1 / pivot;
    for (let at = first + 1; at < end; at += 1) {
      const element = -(total[rows[at] as number] as number) / pivot;
      inverse[at] = element;
      diagonal -= (lower[at] as number) * element;
    }
    inverse[first] = diagonal / pivot;
  }
  return inverse;
}
