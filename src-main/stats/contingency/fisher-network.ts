/** Which way round a table is walked: states are what is left of the rows, one column taken after the other. */
export type Network = {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Makes one number of what is left of the rows. */
  readonly radix: number;
  /** About so many steps, ways apart. */
  readonly effort: number;
};

/** The cheaper of rows and columns as states, and of rising and falling columns. */
export function bestNetwork(rows: readonly number[], columns: readonly number[]): Network {
  const rising = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
  const candidates = [
    [rows, rising(columns)],
    [rows, rising(columns).reverse()],
    [columns, rising(rows)],
    [columns, rising(rows).reverse()],
  ] as const;
  return candidates
    .map(([states, stages]) => networkOf(states, stages))
    .reduce((best, other) => (other.effort < best.effort ? other : best));
}

function networkOf(rows: readonly number[], columns: readonly number[]): Network {
  const radix = Math.max(...rows) + 1;
  if (radix ** rows.length > Number.MAX_SAFE_INTEGER) return { rows, columns, radix, effort: Number.POSITIVE_INFINITY };
  const n = columns.reduce((a, b) => a + b, 0);
  const vectors = vectorsBySum(rows, n);
  // Of the orders of equal states, about one is kept.
  let orders = 1;
  for (let k = 2; k <= rows.length; k += 1) orders *= k;
  let effort = 0;
  let passed = 0;
  for (const column of columns.slice(0, -1)) {
    effort += Math.max(1, (vectors[passed] as number) / orders) * (vectors[column] as number);
    passed += column;
  }
  return { rows, columns, radix, effort };
}

/** How many vectors within the rows have each sum. */
function vectorsBySum(rows: readonly number[], n: number): Float64Array {
  let counts = new Float64Array(n + 1);
  counts[0] = 1;
  for (const most of rows) {
    const next = new Float64Array(n + 1);
    let running = 0;
    for (let sum = 0; sum <= n; sum += 1) {
      running += counts[sum] as number;
      if (sum > most) running -= counts[sum - most - 1] as number;
      next[sum] = running;
    }
    counts = next;
  }
  return counts;
}

/**
 * Calls back with every way to take `total` from what is left, until the call says false.
 * @param visit is given one array that changes
 */
export function compositions(left: Int32Array, total: number, visit: (taken: Int32Array) => boolean): void {
  const last = left.length - 1;
  const taken = new Int32Array(left.length);
  const after = new Float64Array(left.length + 1);
  for (let i = last; i >= 0; i -= 1) after[i] = (after[i + 1] as number) + (left[i] as number);
  const place = (i: number, rest: number): boolean => {
    if (i === last) {
      taken[i] = rest;
      return visit(taken);
    }
    const most = Math.min(left[i] as number, rest);
    for (let x = Math.max(0, rest - (after[i + 1] as number)); x <= most; x += 1) {
      taken[i] = x;
      if (!place(i + 1, rest - x)) return false;
    }
    return true;
  };
  place(0, total);
}
