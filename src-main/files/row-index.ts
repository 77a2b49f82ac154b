/** Where a row begins in its file. Rows are counted from 0 at the top of the file. */
export type RowMark = { readonly row: number; readonly offset: number };

const marksAtFirst = 1_024;

/** A sparse index of a file: the places of some rows, from which any other is a short read away. */
export class RowIndex {
  #rows = new Float64Array(marksAtFirst);
  #offsets = new Float64Array(marksAtFirst);
  #count = 0;
  /** Rows found so far. */
  rowCount = 0;
  /** Whether `rowCount` is the whole file. */
  done = false;

  /** Marks must come in the order of the file. */
  mark(row: number, offset: number): void {
    if (this.#count === this.#rows.length) {
      this.#rows = grown(this.#rows);
      this.#offsets = grown(this.#offsets);
    }
    this.#rows[this.#count] = row;
    this.#offsets[this.#count] = offset;
    this.#count += 1;
  }

  get last(): RowMark {
    return this.#at(this.#count - 1);
  }

  /** The last mark at or before a row. */
  before(row: number): RowMark {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#rows[middle] as number) <= row) low = middle;
      else high = middle - 1;
    }
    return this.#at(low);
  }

  #at(place: number): RowMark {
    return place < 0
      ? { row: 0, offset: 0 }
      : { row: this.#rows[place] as number, offset: this.#offsets[place] as number };
  }
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
