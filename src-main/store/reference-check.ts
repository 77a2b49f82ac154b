import type { Connection } from './connection.ts';
import type { RowShape } from './extract-layout.ts';

type Watched = { readonly slot: number; readonly table: 'person' | 'code'; seen: Uint8Array };

/**
 * Foreign keys of a batch, checked once for each number that its rows name instead of once for each row: the same numbers
 * come again and again, and SQLite would look every one of them up.
 */
export class ReferenceCheck {
  readonly #watched: Watched[];
  readonly #width: number;

  constructor(shape: RowShape) {
    this.#width = shape.width;
    this.#watched = shape.columns.flatMap(({ slot, references }) =>
      references === null ? [] : [{ slot, table: references, seen: new Uint8Array(1_024) }],
    );
  }

  /** Notes what a row names. */
  note(numbers: Float64Array, row: number): void {
    for (const watched of this.#watched) {
      const id = numbers[row * this.#width + watched.slot] as number;
      if (Number.isNaN(id)) continue;
      if (id >= watched.seen.length) {
        const larger = new Uint8Array(Math.max(id + 1, watched.seen.length * 2));
        larger.set(watched.seen);
        watched.seen = larger;
      }
      watched.seen[id] = 1;
    }
  }

  /** @throws Error where a row names what is not there, as SQLite itself would */
  verify(connection: Connection): void {
    for (const { table, seen } of this.#watched) {
      for (const id of connection.prepare<[], number>(`SELECT id FROM ${table}`).pluck().iterate()) {
        if (id < seen.length) seen[id] = 0;
      }
      if (seen.includes(1)) throw new Error(`a row names a ${table} that is not there`);
    }
  }
}
