import type { RowShape } from '#main/store/extract-layout.ts';
import { compareLeading, compareRows, type RowChunk, rowsBefore } from '#main/store/row-chunk.ts';

/** A sorted sequence of rows that is read block by block, so that only one block of it need be in memory. */
export type Run = { readonly nextBlock: () => RowChunk | null };

export type RowPlace = { readonly chunk: RowChunk; readonly row: number };

type Cursor = { readonly run: Run; chunk: RowChunk; row: number };

export function runOfChunk(chunk: RowChunk): Run {
  let given = false;
  return {
    nextBlock: () => {
      if (given) return null;
      given = true;
      return chunk;
    },
  };
}

/** Merges sorted runs into one order, rows of equal keys in the order of their file. */
export class RunMerger {
  readonly #shape: RowShape;
  /** Ordered so that the smallest row is at the end. */
  #cursors: Cursor[] = [];

  constructor(shape: RowShape) {
    this.#shape = shape;
  }

  add(run: Run): void {
    const chunk = run.nextBlock();
    if (chunk && chunk.count > 0) this.#place({ run, chunk, row: 0 });
  }

  /** Gives rows in order while their leading keys lie before that of `bound`; all of them without one. */
  drain(bound: RowPlace | null, take: (chunk: RowChunk, row: number) => void): void {
    for (;;) {
      const cursor = this.#cursors.pop();
      if (!cursor) return;
      const rival = this.#cursors[this.#cursors.length - 1];
      const emptied = this.#drainCursor(cursor, rival, bound, take);
      if (emptied) continue;
      this.#place(cursor);
      const smallest = this.#cursors[this.#cursors.length - 1] as Cursor;
      if (bound && compareLeading(this.#shape, smallest.chunk, smallest.row, bound.chunk, bound.row) >= 0) return;
    }
  }

  /** Gives rows of one cursor until a rival's row comes first, the bound is met, or it is empty (true). */
  #drainCursor(
    cursor: Cursor,
    rival: Cursor | undefined,
    bound: RowPlace | null,
    take: (chunk: RowChunk, row: number) => void,
  ): boolean {
    for (;;) {
      const { chunk } = cursor;
      const end = rowsBefore(this.#shape, chunk, cursor.row, bound);
      while (cursor.row < end) {
        if (rival && compareRows(this.#shape, chunk, cursor.row, rival.chunk, rival.row) > 0) return false;
        take(chunk, cursor.row);
        cursor.row += 1;
      }
      if (end < chunk.count) return false;
      const next = cursor.run.nextBlock();
      if (!next) return true;
      cursor.chunk = next;
      cursor.row = 0;
    }
  }

  #place(cursor: Cursor): void {
    let at = this.#cursors.length;
    while (at > 0) {
      const other = this.#cursors[at - 1] as Cursor;
      if (compareRows(this.#shape, cursor.chunk, cursor.row, other.chunk, other.row) <= 0) break;
      at -= 1;
    }
    this.#cursors.splice(at, 0, cursor);
  }
}
