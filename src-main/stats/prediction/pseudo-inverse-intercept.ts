type Points = { readonly x: Float64Array; readonly counts: Float64Array; readonly sums: Float64Array };

/**
 * The constant of a weighted quadratic whose columns may be collinear: columns scaled to length 1, and the least of the solutions, with
 * singular values below 100ε of the largest taken as 0, as `loess` does (Cleveland and Grosse 1991, Statistics and Computing 1:47).
 * Singular values by one-sided Jacobi rotations (Hestenes 1958), which keep the small ones accurate.
 */
export function pseudoInverseIntercept(
  { x, counts, sums }: Points,
  at: number,
  reach: number,
  from: number,
  to: number,
): number {
  const rows = to - from + 1;
  const columns = [0, 1, 2].map(() => new Float64Array(rows));
  const response = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const u = ((x[from + i] as number) - at) / reach;
    const core = 1 - Math.abs(u) ** 3;
    if (!(core > 0)) continue;
    const count = counts[from + i] as number;
    const root = Math.sqrt(core ** 3 * count);
    (columns[0] as Float64Array)[i] = root;
    (columns[1] as Float64Array)[i] = root * u;
    (columns[2] as Float64Array)[i] = root * u * u;
    response[i] = (root * (sums[from + i] as number)) / count;
  }
  const lengths = columns.map((column) => Math.sqrt(product(column, column)));
  columns.forEach((column, j) => {
    const length = lengths[j] as number;
    if (length > 0) for (let i = 0; i < rows; i += 1) column[i] = (column[i] as number) / length;
  });
  const right = rotate(columns);
  const singular = columns.map((column) => Math.sqrt(product(column, column)));
  const least = Math.max(...singular) * 100 * Number.EPSILON;
  let constant = 0;
  columns.forEach((column, j) => {
    const value = singular[j] as number;
    if (value > least) constant += ((right[0] as number[])[j] as number) * (product(column, response) / value ** 2);
  });
  return constant / (lengths[0] as number);
}

function product(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += (a[i] as number) * (b[i] as number);
  return total;
}

/** Turns the columns into U·Σ in place, and gives the rotations V. */
function rotate(columns: readonly Float64Array[]): number[][] {
  const right = columns.map((_column, i) => columns.map((_other, j): number => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 40; sweep += 1) {
    let largest = 0;
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const [a, b] = [columns[p] as Float64Array, columns[q] as Float64Array];
      const [alpha, beta, gamma] = [product(a, a), product(b, b), product(a, b)];
      if (gamma === 0 || alpha === 0 || beta === 0) continue;
      largest = Math.max(largest, Math.abs(gamma) / Math.sqrt(alpha * beta));
      const zeta = (beta - alpha) / (2 * gamma);
      const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      const cosine = 1 / Math.hypot(1, tangent);
      turn(a, b, cosine, cosine * tangent);
      for (const row of right) {
        const [first, second] = [row[p] as number, row[q] as number];
        row[p] = cosine * first - cosine * tangent * second;
        row[q] = cosine * tangent * first + cosine * second;
      }
    }
    if (largest < 1e-15) break;
  }
  return right;
}

function turn(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i += 1) {
    const [first, second] = [a[i] as number, b[i] as number];
    a[i] = cosine * first - sine * second;
    b[i] = sine * first + cosine * second;
  }
}
