import { Buffer } from 'node:buffer';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ExpectedError } from '#shared/domain/result.ts';
import type { RowPage, RowPages } from './row-pages.ts';
import type { RowBatch, TableRows } from './table-rows.ts';

const blockRows = 500;
/** Packed rows that are kept of one file; what lies behind is not shown. */
const mostPackedBytes = 96 * 1024 ** 2;

/** Rows of a block: their bytes one behind the other, and the fields' ends. */
type Block = { readonly packed: Buffer; readonly byteLength: number; readonly fields: number; readonly rows: number };

/** Gathers rows until there are enough for a block. */
class BlockBuilder {
  #parts: Buffer[] = [];
  #ends: number[] = [];
  #rowFirst: number[] = [0];
  #length = 0;

  get rows(): number {
    return this.#rowFirst.length - 1;
  }

  add(fields: readonly Uint8Array[]): void {
    for (const field of fields) {
      this.#parts.push(Buffer.from(field));
      this.#length += field.length;
      this.#ends.push(this.#length);
    }
    this.#rowFirst.push(this.#ends.length);
  }

  take(): Block {
    const numbers = Int32Array.from([...this.#rowFirst, ...this.#ends]);
    const plain = Buffer.concat([Buffer.from(numbers.buffer), ...this.#parts]);
    const block = {
      packed: deflateRawSync(plain, { level: 1 }),
      byteLength: plain.length,
      fields: this.#ends.length,
      rows: this.rows,
    };
    this.#parts = [];
    this.#ends = [];
    this.#rowFirst = [0];
    this.#length = 0;
    return block;
  }
}

function opened(block: Block, first: number): RowPage {
  const plain = inflateRawSync(block.packed, { maxOutputLength: block.byteLength });
  const bytes = Buffer.alloc(plain.length);
  plain.copy(bytes);
  const numbers = new Int32Array(bytes.buffer, bytes.byteOffset, block.rows + 1 + block.fields);
  const ends = numbers.subarray(block.rows + 1);
  const starts = Int32Array.from({ length: block.fields }, (_, field) =>
    field === 0 ? 0 : (ends[field - 1] as number),
  );
  return {
    bytes: bytes.subarray(numbers.byteLength),
    rowCount: block.rows,
    firstRow: first,
    starts,
    ends,
    rowFirstField: numbers.subarray(0, block.rows + 1),
    rowProblems: new Uint8Array(block.rows),
    hasProblems: true,
  };
}

/**
 * Any rows of a file that can only be read from its beginning, such as a workbook: they are read through once and kept
 * packed in memory, never on disk.
 */
export class PackedPages implements RowPages {
  readonly widthCounts = false;
  done = false;
  stopped: string | null = null;
  readonly #rows: TableRows;
  readonly #blocks: Block[] = [];
  readonly #builder = new BlockBuilder();
  readonly #reading: Promise<void>;
  #packedBytes = 0;
  #closed = false;

  constructor(rows: TableRows) {
    this.#rows = rows;
    this.#reading = this.#read()
      .catch((error: unknown) => {
        this.stopped = error instanceof ExpectedError ? error.error.message : 'The file could not be read to its end.';
      })
      .finally(() => {
        this.#close();
        this.done = true;
      });
  }

  get rowCount(): number {
    return this.#blocks.length === 0 ? 0 : (this.#blocks.length - 1) * blockRows + (this.#blocks.at(-1)?.rows ?? 0);
  }

  async reach(rows: number, limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    while (!this.done && this.rowCount < rows && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  page(first: number, count: number): Promise<RowPage> {
    const at = Math.floor(first / blockRows);
    const block = this.#blocks[at];
    const skipped = first - at * blockRows;
    const page = opened(block ?? { packed: deflateRawSync(Buffer.alloc(4)), byteLength: 4, fields: 0, rows: 0 }, first);
    const rowCount = Math.max(0, Math.min(count, page.rowCount - skipped));
    return Promise.resolve({
      ...page,
      rowCount,
      rowFirstField: page.rowFirstField.subarray(skipped, skipped + rowCount + 1),
      rowProblems: page.rowProblems.subarray(0, rowCount),
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#reading;
    this.#blocks.length = 0;
  }

  async #read(): Promise<void> {
    const { header } = this.#rows;
    if (header.length > 0) this.#builder.add(header.map((name) => Buffer.from(name, 'utf8')));
    for await (const batch of this.#rows.batches()) {
      for (let row = 0; row < batch.rowCount; row += 1) {
        this.#builder.add(fieldsOf(batch, row));
        if (this.#builder.rows === blockRows) this.#close();
      }
      if (this.#closed) return;
      if (this.#packedBytes > mostPackedBytes) {
        this.stopped = `Only the first ${this.rowCount.toLocaleString('en-GB')} rows can be shown here; all are checked and loaded.`;
        return;
      }
      // Pages are asked for on this thread too.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Ends the block at work. */
  #close(): void {
    if (this.#builder.rows === 0) return;
    const block = this.#builder.take();
    this.#packedBytes += block.packed.length;
    this.#blocks.push(block);
  }
}

function fieldsOf(batch: RowBatch, row: number): Uint8Array[] {
  const fields: Uint8Array[] = [];
  const last = batch.rowFirstField[row + 1] as number;
  for (let field = batch.rowFirstField[row] as number; field < last; field += 1) {
    fields.push(batch.bytes.subarray(batch.starts[field] as number, batch.ends[field] as number));
  }
  return fields;
}
