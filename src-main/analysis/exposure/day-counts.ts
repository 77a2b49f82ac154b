/** How many rows there are up to a day, for every day on which there is one. */
export type DayCounts = {
  /** Ascending. */
  readonly days: Int32Array;
  /** Rows up to and on that day. */
  readonly upTo: Int32Array;
};

/** Counts rows by day. */
export class DayTally {
  readonly #counts = new Map<number, number>();

  add(day: number, rows = 1): void {
    if (rows > 0) this.#counts.set(day, (this.#counts.get(day) ?? 0) + rows);
  }

  counts(): DayCounts {
    const days = Int32Array.from(this.#counts.keys()).sort();
    let sum = 0;
    const upTo = Int32Array.from(days, (day) => {
      sum += this.#counts.get(day) ?? 0;
      return sum;
    });
    return { days, upTo };
  }
}

export function rowsUpTo({ days, upTo }: DayCounts, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as number) <= day) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (upTo[low - 1] as number);
}

export function allRows({ upTo }: DayCounts): number {
  return upTo.at(-1) ?? 0;
}
