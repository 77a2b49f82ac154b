import type { RowShape } from '#main/store/extract-layout.ts';
import type { RowChunk } from '#main/store/row-chunk.ts';

/** Records of one row of a file beyond the first, for which there is room behind a full chunk. */
const spare = 64;

/** Gathers checked rows until there are enough for a chunk. A row is begun, filled, and then kept or dropped. */
export class ChunkBuilder {
  readonly #shape: RowShape;
  readonly #capacity: number;
  #numbers: Float64Array;
  #text: Buffer;
  #textUsed = 0;
  #textKept = 0;
  #count = 0;

  constructor(shape: RowShape, capacity: number) {
    this.#shape = shape;
    this.#capacity = capacity;
    this.#numbers = new Float64Array((capacity + spare) * shape.width);
    this.#text = Buffer.alloc(capacity * 16);
  }

  get full(): boolean {
    return this.#count >= this.#capacity;
  }

  get count(): number {
    return this.#count;
  }

  /** Empties the place of the next row and gives where its slots begin in `numbers`. */
  begin(): number {
    const base = this.#count * this.#shape.width;
    this.#numbers.fill(Number.NaN, base, base + this.#shape.width);
    this.#textUsed = this.#textKept;
    return base;
  }

  get numbers(): Float64Array {
    return this.#numbers;
  }

  /** Puts a text into the two slots from `slot`. */
  putText(slot: number, bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.#textUsed + length > this.#text.length) {
      const larger = Buffer.alloc(Math.max(this.#textUsed + length, this.#text.length * 2));
      this.#text.copy(larger, 0, 0, this.#textUsed);
      this.#text = larger;
    }
    for (let at = 0; at < length; at += 1) this.#text[this.#textUsed + at] = bytes[start + at] as number;
    this.#numbers[slot] = this.#textUsed;
    this.#numbers[slot + 1] = this.#textUsed + length;
    this.#textUsed += length;
  }

  /** Text in the two slots from `slot` of a row that has been begun; '' where there is none. */
  textAt(slot: number): string {
    const start = this.#numbers[slot] as number;
    return Number.isNaN(start) ? '' : this.#text.toString('utf8', start, this.#numbers[slot + 1] as number);
  }

  /** Number in a slot of the row kept last. */
  lastNumber(slot: number): number {
    return this.#numbers[(this.#count - 1) * this.#shape.width + slot] as number;
  }

  keep(): void {
    this.#count += 1;
    this.#textKept = this.#textUsed;
  }

  /** The rows gathered, handed over; the builder starts afresh. */
  take(): RowChunk {
    const chunk = {
      count: this.#count,
      numbers: this.#numbers.slice(0, this.#count * this.#shape.width),
      text: Buffer.from(this.#text.subarray(0, this.#textKept)),
    };
    this.#count = 0;
    this.#textUsed = 0;
    this.#textKept = 0;
    return chunk;
  }
}
