import { Buffer } from 'node:buffer';
import type { RowBatch } from './table-rows.ts';

const fullBytes = 1024 ** 2;
const fullFields = 262_144;
const fullRows = 16_384;

/** Gathers rows into batches. Everything in a batch that it gives is reused for the next. */
export class RowBuffer {
  /** Where the bytes put last begin and end. */
  start = 0;
  end = 0;
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #spare = Buffer.allocUnsafe(64 * 1024);
  #used = 0;
  #starts = new Int32Array(4_096);
  #ends = new Int32Array(4_096);
  #rowFirstField = new Int32Array(1_024);
  #rowProblems = new Uint8Array(1_024);
  #fields = 0;
  #rows = 0;
  #rowsGiven = 0;
  #hasProblems = false;

  /** Whether there is enough for a batch. */
  get full(): boolean {
    return this.#rows > 0 && (this.#used >= fullBytes || this.#fields >= fullFields || this.#rows >= fullRows);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Bytes put so far. */
  get used(): number {
    return this.#used;
  }

  putText(text: string): void {
    this.#makeRoom(text.length * 3);
    this.start = this.#used;
    this.#used += this.#bytes.write(text, this.#used, 'utf8');
    this.end = this.#used;
  }

  putBytes(bytes: Buffer, from: number, to: number): void {
    this.#makeRoom(to - from);
    this.start = this.#used;
    this.#used += bytes.copy(this.#bytes, this.#used, from, to);
    this.end = this.#used;
  }

  /** Text of bytes put. */
  textOf(start: number, end: number): string {
    return this.#bytes.toString('utf8', start, end);
  }

  /** Forgets bytes put behind a place that no row has. */
  rewind(to: number): void {
    this.#used = to;
  }

  /** Adds a field of the row that is being made. */
  addField(start: number, end: number): void {
    if (this.#fields === this.#starts.length) {
      this.#starts = doubled(this.#starts);
      this.#ends = doubled(this.#ends);
    }
    this.#starts[this.#fields] = start;
    this.#ends[this.#fields] = end;
    this.#fields += 1;
  }

  /** Ends a row, with bits of `rowProblem`. */
  endRow(problem: number): void {
    if (this.#rows + 2 > this.#rowFirstField.length) {
      this.#rowFirstField = doubled(this.#rowFirstField);
      const problems = new Uint8Array(this.#rowProblems.length * 2);
      problems.set(this.#rowProblems);
      this.#rowProblems = problems;
    }
    this.#rowProblems[this.#rows] = problem;
    if (problem !== 0) this.#hasProblems = true;
    this.#rows += 1;
    this.#rowFirstField[this.#rows] = this.#fields;
  }

  /**
   * The rows gathered, as a batch, to be used before the next row is ended.
   *
   * @param keepFrom where the bytes of a row begin that is not ended yet: they are at 0 afterwards
   */
  take(bytesRead: number, keepFrom = this.#used): RowBatch {
    const batch = {
      bytes: this.#bytes,
      rowCount: this.#rows,
      firstRow: this.#rowsGiven + 1,
      starts: this.#starts,
      ends: this.#ends,
      rowFirstField: this.#rowFirstField,
      rowProblems: this.#rowProblems,
      hasProblems: this.#hasProblems,
      bytesRead,
    };
    this.#rowsGiven += this.#rows;
    const kept = this.#used - keepFrom;
    if (this.#spare.length < kept) this.#spare = Buffer.allocUnsafe(kept * 2);
    this.#bytes.copy(this.#spare, 0, keepFrom, this.#used);
    [this.#bytes, this.#spare] = [this.#spare, this.#bytes];
    this.#used = kept;
    this.#fields = 0;
    this.#rows = 0;
    this.#hasProblems = false;
    return batch;
  }

  #makeRoom(more: number): void {
    if (this.#used + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#used + more, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
