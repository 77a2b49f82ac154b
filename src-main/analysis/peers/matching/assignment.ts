/** Marks a pair that may not be. */
export const forbidden = 2 ** 30;
/** No pair that may be is as far: prices stay below what going without costs. */
const farthest = forbidden / 2;

export type AssignmentProblem = {
  readonly rows: number;
  readonly columns: number;
  /** Cost of each pair, row by row, at least 0; `forbidden` where it may not be. */
  readonly costs: Int32Array;
  /** Per column what its first, second … place costs beside the pair, never falling; as many as there are places. */
  readonly places: readonly (readonly number[])[];
  /** Per row what it costs to leave it without a column. */
  readonly unmet: Int32Array;
};

/** Column of each row, −1 where it has none, and what it all costs. */
export type Assignment = { readonly columnOf: Int32Array; readonly cost: number };

/**
 * The assignment of least cost of rows to columns with several places each, by successive shortest paths with potentials
 * (Jonker and Volgenant 1987, Computing 38:325; Ahuja, Magnanti and Orlin 1993, ch. 9): rows enter one after another, each along
 * the cheapest chain of moves, so that after every step nothing cheaper exists. Ties fall to the lower column.
 */
export function leastCostAssignment(problem: AssignmentProblem): Assignment {
  const search = new ChainSearch(problem);
  for (let row = 0; row < problem.rows; row += 1) search.enter(row);
  return { columnOf: search.columnOf, cost: costOf(problem, search.columnOf) };
}

/** What an assignment costs, places and rows without a column included. */
export function costOf({ columns, costs, places, unmet }: AssignmentProblem, columnOf: Int32Array): number {
  const taken = new Int32Array(columns);
  let cost = 0;
  columnOf.forEach((column, row) => {
    if (column < 0) {
      cost += unmet[row] as number;
      return;
    }
    cost += (costs[row * columns + column] as number) + (places[column]?.[taken[column] as number] ?? forbidden);
    taken[column] = (taken[column] as number) + 1;
  });
  return cost;
}

/** Where a chain of moves ends: at a free place of a column, or at a row that goes without. */
type ChainEnd = { cost: number; column: number; row: number };

class ChainSearch {
  readonly columnOf: Int32Array;
  readonly #problem: AssignmentProblem;
  readonly #rowsIn: number[][];
  readonly #rowPrice: Float64Array;
  readonly #columnPrice: Float64Array;
  readonly #distance: Float64Array;
  readonly #reachedFrom: Int32Array;
  readonly #settled: Uint8Array;
  /** What it costs a chain to end at each column, beyond the distance to it. */
  readonly #endAt: Float64Array;
  readonly #end: ChainEnd = { cost: 0, column: -1, row: -1 };

  constructor(problem: AssignmentProblem) {
    const { rows, columns } = problem;
    this.#problem = problem;
    this.columnOf = new Int32Array(rows).fill(-1);
    this.#rowsIn = Array.from({ length: columns }, () => []);
    this.#rowPrice = new Float64Array(rows);
    this.#columnPrice = new Float64Array(columns);
    this.#distance = new Float64Array(columns);
    this.#reachedFrom = new Int32Array(columns);
    this.#settled = new Uint8Array(columns);
    this.#endAt = new Float64Array(columns);
  }

  enter(row: number): void {
    this.#distance.fill(farthest);
    this.#settled.fill(0);
    Object.assign(this.#end, { cost: Number.POSITIVE_INFINITY, column: -1, row: -1 });
    const cheapestEnd = this.#cheapestEnd(row);
    this.#relax(row, 0);
    for (;;) {
      const column = this.#nearest();
      if (column < 0 || (this.#distance[column] as number) + cheapestEnd >= this.#end.cost) break;
      this.#settle(column);
    }
    this.#reprice(row, this.#end.cost - cheapestEnd);
    this.#move(row);
  }

  /** The least that any end can cost beyond the distance to it: what makes it safe to stop looking. */
  #cheapestEnd(entering: number): number {
    const { columns, unmet } = this.#problem;
    let least = (unmet[entering] as number) - (this.#rowPrice[entering] as number);
    for (let column = 0; column < columns; column += 1) {
      const rows = this.#rowsIn[column] as number[];
      const next = this.#problem.places[column]?.[rows.length];
      const end = next === undefined ? Number.POSITIVE_INFINITY : next + (this.#columnPrice[column] as number);
      this.#endAt[column] = end;
      least = Math.min(least, end);
      for (const row of rows) least = Math.min(least, (unmet[row] as number) - (this.#rowPrice[row] as number));
    }
    return least;
  }

  #relax(row: number, distance: number): void {
    const { columns, costs, unmet } = this.#problem;
    const start = distance - (this.#rowPrice[row] as number);
    this.#offerEnd(start + (unmet[row] as number), -1, row);
    const first = row * columns;
    // Nearly all the time goes by here: fields are taken out of the loop.
    const distances = this.#distance;
    const prices = this.#columnPrice;
    const from = this.#reachedFrom;
    for (let column = 0; column < columns; column += 1) {
      const reached = start + (costs[first + column] as number) - (prices[column] as number);
      if (reached >= (distances[column] as number)) continue;
      distances[column] = reached;
      from[column] = row;
    }
  }

  #offerEnd(cost: number, column: number, row: number): void {
    if (cost < this.#end.cost) Object.assign(this.#end, { cost, column, row });
  }

  /** The nearest column not settled; among equals the one where a chain ends cheapest, which most often is the end. */
  #nearest(): number {
    let found = -1;
    let least: number = farthest;
    const distances = this.#distance;
    const settled = this.#settled;
    const ends = this.#endAt;
    for (let column = 0; column < distances.length; column += 1) {
      const distance = distances[column] as number;
      if (distance > least || settled[column] === 1) continue;
      if (distance === least && (found < 0 || (ends[column] as number) >= (ends[found] as number))) continue;
      least = distance;
      found = column;
    }
    return found;
  }

  #settle(column: number): void {
    this.#settled[column] = 1;
    const distance = this.#distance[column] as number;
    this.#offerEnd(distance + (this.#endAt[column] as number), column, -1);
    for (const row of this.#rowsIn[column] as number[]) this.#relax(row, distance);
  }

  /** Keeps every pair's cost less its prices at least 0, and exactly 0 where a row stands. */
  #reprice(entering: number, reach: number): void {
    this.#raise(entering, reach);
    this.#settled.forEach((settled, column) => {
      if (settled === 0) return;
      const short = Math.max(0, reach - (this.#distance[column] as number));
      this.#columnPrice[column] = (this.#columnPrice[column] as number) - short;
      for (const row of this.#rowsIn[column] as number[]) this.#raise(row, short);
    });
  }

  #raise(row: number, by: number): void {
    this.#rowPrice[row] = (this.#rowPrice[row] as number) + by;
  }

  /** Walks the cheapest chain back from its end, each row of it into the column that it was found to reach. */
  #move(entering: number): void {
    let { column, row } = this.#end;
    if (row >= 0) {
      if (row === entering) return;
      column = this.columnOf[row] as number;
      this.#leave(row);
    }
    for (;;) {
      row = this.#reachedFrom[column] as number;
      const before = this.columnOf[row] as number;
      if (before >= 0) this.#leave(row);
      this.columnOf[row] = column;
      (this.#rowsIn[column] as number[]).push(row);
      if (row === entering) return;
      column = before;
    }
  }

  #leave(row: number): void {
    const rows = this.#rowsIn[this.columnOf[row] as number] as number[];
    rows.splice(rows.indexOf(row), 1);
    this.columnOf[row] = -1;
  }
}
