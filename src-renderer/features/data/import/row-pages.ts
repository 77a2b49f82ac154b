import type { AppError, Result } from '#shared/domain/result.ts';

export type Extent = {
  /** Null while rows are still being counted. */
  readonly totalRows: number | null;
  readonly indexedRows: number;
  readonly stopped: string | null;
};

export type Loaded<Row> = Extent & { readonly rows: readonly Row[] };
export type LoadRows<Row> = (from: number, count: number) => Promise<Result<Loaded<Row>>>;

const pageRows = 100;
const mostPages = 60;
const countEveryMs = 250;

/**
 * Rows of a long file as they come into view. Pages are asked for one at a time, those in view first; what has left the
 * view before it was asked for is never asked for. A bounded number of pages is kept.
 */
export class RowPages<Row extends { readonly row: number }> {
  extent: Extent = { totalRows: null, indexedRows: 0, stopped: null };
  error: AppError | null = null;
  readonly #load: LoadRows<Row>;
  readonly #changed: () => void;
  readonly #pages = new Map<number, ReadonlyMap<number, readonly Row[]>>();
  #wanted: readonly number[] = [0];
  #busy = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(load: LoadRows<Row>, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
    void this.#work();
  }

  /** The records of a row by its number, from 1; null while they are not there. */
  at(row: number): readonly Row[] | null {
    return this.#pages.get(pageOf(row))?.get(row) ?? null;
  }

  /** Says which rows are in view. */
  show(firstRow: number, lastRow: number): void {
    const first = pageOf(Math.max(1, firstRow));
    const last = pageOf(Math.max(1, lastRow));
    this.#wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    void this.#work();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #work(): Promise<void> {
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    try {
      for (let page = this.#next(); page !== null && !this.#closed; page = this.#next()) {
        if (!(await this.#fetch(page))) break;
      }
    } finally {
      this.#busy = false;
    }
    if (this.extent.totalRows === null && this.error === null && !this.#closed) this.#countLater();
  }

  #next(): number | null {
    return this.#wanted.find((page) => !this.#pages.has(page) && page * pageRows < this.#known) ?? null;
  }

  get #known(): number {
    return this.#pages.size === 0 ? 1 : this.extent.indexedRows;
  }

  async #fetch(page: number): Promise<boolean> {
    const first = page * pageRows + 1;
    const byRow = new Map<number, Row[]>();
    let wanted = pageRows;
    // Very long rows come a few at a time.
    while (byRow.size < wanted) {
      const answer = await this.#load(first + byRow.size, wanted - byRow.size);
      if (this.#closed) return false;
      if (!answer.ok) {
        this.error = answer.error;
        this.#changed();
        return false;
      }
      const { rows, totalRows, indexedRows, stopped } = answer.value;
      this.extent = { totalRows, indexedRows, stopped };
      wanted = Math.max(0, Math.min(pageRows, indexedRows - first + 1));
      for (const row of rows) byRow.set(row.row, [...(byRow.get(row.row) ?? []), row]);
      if (rows.length === 0) break;
    }
    // A page of a file that is still being counted may grow.
    const whole = byRow.size === pageRows || this.extent.totalRows !== null;
    if (whole || page === 0) this.#keep(page, byRow);
    this.#changed();
    return whole;
  }

  #keep(page: number, rows: ReadonlyMap<number, readonly Row[]>): void {
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= mostPages) break;
      if (!this.#wanted.includes(old)) this.#pages.delete(old);
    }
  }

  /** Asks again how many rows there are, until all have been counted. */
  #countLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (!this.#busy && !this.#closed) void this.#fetch(this.#wanted[0] ?? 0).then(() => this.#work());
    }, countEveryMs);
  }
}

function pageOf(row: number): number {
  return Math.floor((row - 1) / pageRows);
}
