import type { RowBatch } from './table-rows.ts';

/** Rows of a file in memory of their own; `firstRow` counts from 0 at the top of the file. */
export type RowPage = Omit<RowBatch, 'bytesRead'>;

/** Any rows of one file, whatever its format. */
export type RowPages = {
  /** Rows found so far. */
  readonly rowCount: number;
  /** Whether `rowCount` is all that can be shown. */
  readonly done: boolean;
  /** Whether a row with another number of fields than the header has slipped. */
  readonly widthCounts: boolean;
  /** Why the rows behind those found cannot be shown; null where they can. */
  readonly stopped: string | null;
  /** Rows from `first`, at most `count` of them; fewer where they are long or not found yet. */
  readonly page: (first: number, count: number) => Promise<RowPage>;
  /** Waits until so many rows have been found, there are no more, or `limitMs` have passed. */
  readonly reach: (rows: number, limitMs: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Cells of a row of a page, each cut to `longest` characters. */
export function cellsOf(page: RowPage, row: number, longest: number): string[] {
  const cells: string[] = [];
  const last = page.rowFirstField[row + 1] as number;
  for (let field = page.rowFirstField[row] as number; field < last; field += 1) {
    const start = page.starts[field] as number;
    // A character takes four bytes at most.
    const end = Math.min(page.ends[field] as number, start + longest * 4);
    cells.push(page.bytes.toString('utf8', start, end).slice(0, longest));
  }
  return cells;
}
