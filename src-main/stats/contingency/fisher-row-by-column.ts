import gammaln from '@stdlib/math-base-special-gammaln';
import { at, type Matrix } from '../linear-algebra/matrix.ts';
import { columnTotals, grandTotal, rowTotals } from './cross-table.ts';
import { bestNetwork, compositions, type Network } from './fisher-network.ts';

/** Steps after which a table counts as too large: some seconds. */
const mostSteps = 1e7;
const largestTotal = 100_000;
/** R counts tables whose probability is as small but for rounding. */
const tolerance = 1e-7;

/** What is left of the rows after some columns, with the ways that lead there. */
type Node = { readonly left: Int32Array; readonly ways: Map<number, Way> };
/** Log of ∏1/x! so far, and how many tables have it. */
type Way = { readonly value: number; count: number };

/** The largest and the least log of ∏1/x! over the completions of a node. */
type Bounds = { readonly most: number; readonly least: number };

type Search = Network & {
  readonly logFactorial: Float64Array;
  /** Log of the probability of a table less log of its ∏1/x!. */
  readonly constant: number;
  /** Log of ∏1/x! up to which a table counts. */
  readonly limit: number;
  /** Bounds of the completions found so far, by column and what is left. */
  readonly known: readonly Map<number, Bounds>[];
  p: number;
  steps: number;
};

/**
 * Fisher's exact p of an r × c table (Freeman and Halton 1951, Biometrika 38:141): the probability, given the margins, of all
 * tables no more probable than the observed one; as R's `fisher.test(x)$p.value`. A network over the columns, ways whose every or
 * no completion counts cut off (Mehta and Patel 1983, JASA 78:427); the last two columns are met in the middle. Whole counts.
 * Null where the table is too large.
 */
export function fisherRowByColumn(counts: Matrix): number | null {
  const n = grandTotal(counts);
  if (n > largestTotal) return null;
  const network = bestNetwork([...rowTotals(counts)], [...columnTotals(counts)]);
  if (network.effort > 10 * mostSteps) return null;
  const search = searchOf(network, counts, n);
  let nodes = new Map<number, Node>([
    [0, { left: Int32Array.from(network.rows).sort(), ways: new Map([[0, { value: 0, count: 1 }]]) }],
  ]);
  for (let stage = 0; nodes.size > 0; stage += 1) {
    const next = new Map<number, Node>();
    const last = stage === network.columns.length - 2;
    for (const node of nodes.values()) {
      const ways = openWays(search, node, stage);
      if (ways.length === 0) continue;
      if (last) finish(search, node.left, ways, stage);
      else expand(search, node.left, ways, stage, next);
      if (search.steps > mostSteps) return null;
    }
    nodes = next;
  }
  return Math.min(1, search.p);
}

function searchOf(network: Network, counts: Matrix, n: number): Search {
  const logFactorial = Float64Array.from({ length: n + 1 }, (_none, k) => gammaln(k + 1));
  const constant =
    sumOver(logFactorial, network.rows) + sumOver(logFactorial, network.columns) - (logFactorial[n] as number);
  let observed = 0;
  for (let j = 0; j < counts.columns; j += 1) {
    for (let i = 0; i < counts.rows; i += 1) observed -= logFactorial[at(counts, i, j)] as number;
  }
  return {
    ...network,
    logFactorial,
    constant,
    limit: observed + tolerance,
    known: network.columns.map(() => new Map()),
    p: 0,
    steps: 0,
  };
}

function sumOver(logFactorial: Float64Array, values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += logFactorial[values[i] as number] as number;
  return total;
}

/** Ways that some completions count for and some may not; those that all count for are added to p. */
function openWays(search: Search, { left, ways }: Node, stage: number): Way[] {
  const { logFactorial, limit } = search;
  const columns = search.columns.slice(stage);
  const rest = columns.reduce((a, b) => a + b, 0);
  const ofRows = sumOver(logFactorial, left);
  const ofColumns = sumOver(logFactorial, columns);
  const all = (logFactorial[rest] as number) - ofRows - ofColumns;
  const { most, least } =
    search.effort <= mostSteps / 10
      ? exactBounds(search, left, stage)
      : { most: largestCompletion(logFactorial, left, columns, rest), least: -Math.min(ofRows, ofColumns) };
  const open: Way[] = [];
  for (const way of ways.values()) {
    if (way.value + most <= limit) search.p += way.count * Math.exp(search.constant + way.value + all);
    else if (way.value + least <= limit) open.push(way);
  }
  search.steps += ways.size;
  return open;
}

function exactBounds(search: Search, left: Int32Array, stage: number): Bounds {
  const { logFactorial } = search;
  if (stage === search.columns.length - 1) {
    const value = -sumOver(logFactorial, left);
    return { most: value, least: value };
  }
  const known = search.known[stage] as Map<number, Bounds>;
  const key = keyOf(search, left);
  const before = known.get(key);
  if (before) return before;
  let most = Number.NEGATIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  const rest = new Int32Array(left.length);
  compositions(left, search.columns[stage] as number, (taken) => {
    const value = take(search, left, taken, rest);
    const after = exactBounds(search, rest, stage + 1);
    most = Math.max(most, value + after.most);
    least = Math.min(least, value + after.least);
    return true;
  });
  const bounds = { most, least };
  known.set(key, bounds);
  return bounds;
}

function keyOf({ radix }: Network, left: Int32Array): number {
  let key = 0;
  for (let i = 0; i < left.length; i += 1) key = key * radix + (left[i] as number);
  return key;
}

/** Leaves in `rest` what is left of the rows, in rising order because rows are interchangeable; gives log of ∏1/x! of the column. */
function take({ logFactorial }: Search, left: Int32Array, taken: Int32Array, rest: Int32Array): number {
  let value = 0;
  for (let i = 0; i < left.length; i += 1) {
    const x = taken[i] as number;
    value -= logFactorial[x] as number;
    insertSorted(rest, i, (left[i] as number) - x);
  }
  return value;
}

/**
 * A bound on max Σ −log x! over tables with these margins, by Lagrangian duality: with multipliers log t, t the product of a row's
 * and a column's factor, each cell's own maximum is at ⌊t⌋.
 */
function largestCompletion(
  logFactorial: Float64Array,
  left: Int32Array,
  columns: readonly number[],
  n: number,
): number {
  let best = Number.POSITIVE_INFINITY;
  for (const add of [0.5, 0.25]) {
    let bound = 0;
    const whole = n + add * left.length * columns.length;
    for (let j = 0; j < columns.length; j += 1) {
      const columnFactor = ((columns[j] as number) + add * left.length) / whole;
      bound -= (columns[j] as number) * Math.log(columnFactor);
      for (let i = 0; i < left.length; i += 1) {
        const t = ((left[i] as number) + add * columns.length) * columnFactor;
        const x = Math.min(Math.floor(t), logFactorial.length - 1);
        bound += x * Math.log(t) - (logFactorial[x] as number);
      }
    }
    for (let i = 0; i < left.length; i += 1) {
      bound -= (left[i] as number) * Math.log((left[i] as number) + add * columns.length);
    }
    best = Math.min(best, bound);
  }
  return best;
}

function expand(search: Search, left: Int32Array, ways: readonly Way[], stage: number, next: Map<number, Node>): void {
  const rest = new Int32Array(left.length);
  compositions(left, search.columns[stage] as number, (taken) => {
    search.steps += ways.length + 3;
    if (search.steps > mostSteps) return false;
    const value = take(search, left, taken, rest);
    const key = keyOf(search, rest);
    let node = next.get(key);
    if (!node) {
      node = { left: Int32Array.from(rest), ways: new Map() };
      next.set(key, node);
    }
    for (const way of ways) addWay(node.ways, way.value + value, way.count);
    return true;
  });
}

function insertSorted(values: Int32Array, count: number, value: number): void {
  let place = count;
  while (place > 0 && (values[place - 1] as number) > value) {
    values[place] = values[place - 1] as number;
    place -= 1;
  }
  values[place] = value;
}

/** Tables of equal probability differ by rounding only. */
function addWay(ways: Map<number, Way>, value: number, count: number): void {
  const rounded = Math.round(value * 1e9);
  const known = ways.get(rounded);
  if (known) known.count += count;
  else ways.set(rounded, { value, count });
}

/** The last two columns: completions sorted, and for each way the sum of those that count. */
function finish(search: Search, left: Int32Array, ways: readonly Way[], stage: number): void {
  const { logFactorial } = search;
  const values: number[] = [];
  compositions(left, search.columns[stage] as number, (taken) => {
    search.steps += 1;
    if (search.steps > mostSteps) return false;
    let value = 0;
    for (let i = 0; i < left.length; i += 1) {
      const x = taken[i] as number;
      value -= (logFactorial[x] as number) + (logFactorial[(left[i] as number) - x] as number);
    }
    values.push(value);
    return true;
  });
  const sorted = Float64Array.from(values).sort();
  const sums = new Float64Array(sorted.length + 1);
  const largest = sorted[sorted.length - 1] as number;
  for (let k = 0; k < sorted.length; k += 1) {
    sums[k + 1] = (sums[k] as number) + Math.exp((sorted[k] as number) - largest);
  }
  for (const { value, count } of ways) {
    const counted = sums[placeAfter(sorted, search.limit - value)] as number;
    search.p += count * counted * Math.exp(search.constant + value + largest);
  }
}

/** How many sorted values are at most x. */
function placeAfter(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
