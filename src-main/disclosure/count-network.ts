/**
 * A table of counts with its totals is a circulation: every cell lies in one row equation and one column equation, so it
 * is an arc between two nodes, and "the cells add up to the totals" is "what flows in flows out". The exact range of a
 * withheld cell, given everything published, is then a maximum-flow problem, and whole-number counts give whole-number
 * ranges (Fischetti and Salazar, "Models and algorithms for the 2-dimensional cell suppression problem", Mathematical
 * Programming 84, 1999).
 */

export type CountArc = {
  readonly tail: number;
  readonly head: number;
  /** The true count, a whole number of at least 0. */
  readonly value: number;
  /** What withholding the cell costs the reader. */
  readonly loss: number;
  /** True for a count that may not be withheld to protect another. */
  readonly kept: boolean;
};

export type CountNetwork = { readonly nodes: number; readonly arcs: readonly CountArc[] };

/** Least and greatest value a withheld count can have; `high` is Infinity where nothing published bounds it. */
export type FeasibleRange = { readonly low: number; readonly high: number };

/** Zeros are always published, so a reader knows that a withheld count is at least this. */
export const leastWithheld = 1 as const;

type Step = { readonly node: number; readonly arc: number; readonly forward: boolean; readonly room: number };

/** Arcs by the nodes they touch, made once for a network. */
export type Adjacency = readonly (readonly number[])[];

export function adjacencyOf(network: CountNetwork): Adjacency {
  const touching: number[][] = Array.from({ length: network.nodes }, () => []);
  network.arcs.forEach((arc, index) => {
    touching[arc.tail]?.push(index);
    touching[arc.head]?.push(index);
  });
  return touching;
}

/** Steps out of a node along arcs that may change: up without bound, down to the least a withheld count can be. */
function* stepsFrom(
  network: CountNetwork,
  adjacency: Adjacency,
  node: number,
  mayChange: (arc: number) => boolean,
  change: readonly number[],
): Generator<Step> {
  for (const index of adjacency[node] ?? []) {
    const arc = network.arcs[index];
    if (arc === undefined || !mayChange(index)) continue;
    if (arc.tail === node) {
      yield { node: arc.head, arc: index, forward: true, room: Number.POSITIVE_INFINITY };
    } else {
      const room = arc.value - leastWithheld + (change[index] ?? 0);
      if (room > 0) yield { node: arc.tail, arc: index, forward: false, room };
    }
  }
}

function pathTo(arrivals: readonly (Step | null)[], from: readonly number[], source: number, sink: number): Step[] {
  const path: Step[] = [];
  let node = sink;
  while (node !== source) {
    const step = arrivals[node];
    const previous = from[node];
    if (!step || previous === undefined) return [];
    path.push(step);
    node = previous;
  }
  return path;
}

function narrowest(path: readonly Step[]): number {
  return path.reduce((least, step) => Math.min(least, step.room), Number.POSITIVE_INFINITY);
}

function push(path: readonly Step[], amount: number, change: number[]): void {
  for (const step of path) change[step.arc] = (change[step.arc] ?? 0) + (step.forward ? amount : -amount);
}

/** Greatest amount, up to `enough`, that can be sent from `source` to `sink` over the withheld arcs other than `without`. */
function greatestFlow(
  network: CountNetwork,
  adjacency: Adjacency,
  withheld: readonly boolean[],
  without: number,
  source: number,
  sink: number,
  enough: number,
): number {
  const change = new Array<number>(network.arcs.length).fill(0);
  const mayChange = (arc: number): boolean => arc !== without && withheld[arc] === true;
  let total = 0;
  while (total < enough) {
    const arrivals = new Array<Step | null>(network.nodes).fill(null);
    const from = new Array<number>(network.nodes).fill(-1);
    from[source] = source;
    const queue = [source];
    for (let next = queue.shift(); next !== undefined && from[sink] === -1; next = queue.shift()) {
      for (const step of stepsFrom(network, adjacency, next, mayChange, change)) {
        if (from[step.node] !== -1) continue;
        from[step.node] = next;
        arrivals[step.node] = step;
        queue.push(step.node);
      }
    }
    if (from[sink] === -1) return total;
    const path = pathTo(arrivals, from, source, sink);
    const amount = narrowest(path);
    if (amount === Number.POSITIVE_INFINITY) return amount;
    push(path, amount, change);
    total += amount;
  }
  return total;
}

/**
 * The exact range of one withheld count given every published count, the totals, and that withheld counts are at least
 * one. Raising the count means sending the difference round from its head back to its tail through other withheld ones.
 *
 * @param enough where only a width matters: neither end is looked for further away than this.
 */
export function feasibleRange(
  network: CountNetwork,
  adjacency: Adjacency,
  withheld: readonly boolean[],
  index: number,
  enough: number = Number.POSITIVE_INFINITY,
): FeasibleRange {
  const arc = network.arcs[index];
  if (arc === undefined) throw new RangeError('There is no such count.');
  if (withheld[index] !== true) return { low: arc.value, high: arc.value };
  const up = greatestFlow(network, adjacency, withheld, index, arc.head, arc.tail, enough);
  const furthestDown = Math.min(enough, arc.value - leastWithheld);
  const down = greatestFlow(network, adjacency, withheld, index, arc.tail, arc.head, furthestDown);
  return { low: Math.max(leastWithheld, arc.value - down), high: arc.value + up };
}

/** Cheapest path by loss (Dijkstra): withheld arcs are free, published non-zero ones cost their loss. */
function cheapestPath(
  network: CountNetwork,
  adjacency: Adjacency,
  costOf: (arc: number) => number,
  without: number,
  source: number,
  sink: number,
  change: readonly number[],
): Step[] {
  const distance = new Array<number>(network.nodes).fill(Number.POSITIVE_INFINITY);
  const arrivals = new Array<Step | null>(network.nodes).fill(null);
  const from = new Array<number>(network.nodes).fill(-1);
  const done = new Array<boolean>(network.nodes).fill(false);
  const mayChange = (arc: number): boolean => arc !== without && costOf(arc) < Number.POSITIVE_INFINITY;
  distance[source] = 0;
  for (;;) {
    let node = -1;
    for (let candidate = 0; candidate < network.nodes; candidate += 1) {
      const here = distance[candidate] ?? Number.POSITIVE_INFINITY;
      if (done[candidate] === true || here === Number.POSITIVE_INFINITY) continue;
      if (node === -1 || here < (distance[node] ?? Number.POSITIVE_INFINITY)) node = candidate;
    }
    if (node === -1) return [];
    if (node === sink) return pathTo(arrivals, from, source, sink);
    done[node] = true;
    for (const step of stepsFrom(network, adjacency, node, mayChange, change)) {
      const through = (distance[node] ?? 0) + costOf(step.arc);
      if (through < (distance[step.node] ?? Number.POSITIVE_INFINITY)) {
        distance[step.node] = through;
        arrivals[step.node] = step;
        from[step.node] = node;
      }
    }
  }
}

/**
 * Counts to withhold as well so that the count at `index` could be higher by at least `need`, chosen path by path with the
 * smallest added loss; null where no choice can give it.
 */
export function cheapestProtection(
  network: CountNetwork,
  adjacency: Adjacency,
  withheld: readonly boolean[],
  index: number,
  need: number,
): readonly number[] | null {
  const target = network.arcs[index];
  if (target === undefined) throw new RangeError('There is no such count.');
  const chosen = new Set<number>();
  const change = new Array<number>(network.arcs.length).fill(0);
  const costOf = (arc: number): number => {
    if (withheld[arc] === true || chosen.has(arc)) return 0;
    const candidate = network.arcs[arc];
    if (candidate === undefined || candidate.kept || candidate.value < leastWithheld) return Number.POSITIVE_INFINITY;
    return candidate.loss;
  };
  for (let still = need; still > 0; ) {
    const path = cheapestPath(network, adjacency, costOf, index, target.head, target.tail, change);
    if (path.length === 0) return null;
    for (const step of path) if (withheld[step.arc] !== true) chosen.add(step.arc);
    const amount = Math.min(still, narrowest(path));
    push(path, amount, change);
    still -= amount;
  }
  return [...chosen];
}
