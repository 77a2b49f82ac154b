import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes, zero } from '#main/crypto/secret-bytes.ts';
import { decryptBytes, encryptBytes } from '#main/crypto/wrap.ts';
import type { RowShape } from '#main/store/extract-layout.ts';
import type { RowChunk } from '#main/store/row-chunk.ts';
import { storeError } from '#main/store/store-error.ts';
import type { Run } from './merge-runs.ts';

const blockRows = 4_096;

type Block = { readonly offset: number; readonly length: number; readonly count: number };

/** The rows from `from` up to `to` as a chunk of their own. */
function cut(shape: RowShape, chunk: RowChunk, from: number, to: number): RowChunk {
  const numbers = chunk.numbers.slice(from * shape.width, to * shape.width);
  const textSlots = shape.columns.filter((column) => column.storage === 'text').map((column) => column.slot);
  const parts: Uint8Array[] = [];
  let used = 0;
  for (let row = 0; row < to - from; row += 1) {
    for (const slot of textSlots) {
      const at = row * shape.width + slot;
      const start = numbers[at] as number;
      if (Number.isNaN(start)) continue;
      const end = numbers[at + 1] as number;
      parts.push(chunk.text.subarray(start, end));
      numbers[at] = used;
      used += end - start;
      numbers[at + 1] = used;
    }
  }
  return { count: to - from, numbers, text: Buffer.concat(parts) };
}

/**
 * Sorted runs that do not fit in memory, in one file beside the store. Every block is encrypted under a key that exists in
 * this process only, so that nothing can be read from what a crash leaves behind.
 */
export class StagingFile {
  readonly #shape: RowShape;
  readonly #file: string;
  readonly #handle: number;
  readonly #key = randomBytes(32);
  #end = 0;

  constructor(shape: RowShape, folder: string) {
    this.#shape = shape;
    this.#file = join(folder, `staging-${randomBytes(6).toString('hex')}.tmp`);
    try {
      this.#handle = openSync(this.#file, 'wx+', 0o600);
    } catch (error) {
      throw storeError(error);
    }
  }

  /** Puts a sorted chunk away and gives it back as a run. */
  put(chunk: RowChunk): Run {
    const blocks: Block[] = [];
    for (let from = 0; from < chunk.count; from += blockRows) {
      blocks.push(this.#write(cut(this.#shape, chunk, from, Math.min(chunk.count, from + blockRows))));
    }
    let next = 0;
    return {
      nextBlock: () => {
        const block = blocks[next];
        next += 1;
        return block ? this.#read(block) : null;
      },
    };
  }

  close(): void {
    closeSync(this.#handle);
    rmSync(this.#file, { force: true });
    zero(this.#key);
  }

  #write(chunk: RowChunk): Block {
    const numbers = Buffer.from(chunk.numbers.buffer, chunk.numbers.byteOffset, chunk.numbers.byteLength);
    const sealed = encryptBytes(this.#key, Buffer.concat([numbers, chunk.text]), `block ${this.#end}`);
    try {
      let written = 0;
      while (written < sealed.length) {
        written += writeSync(this.#handle, sealed, written, sealed.length - written, this.#end + written);
      }
    } catch (error) {
      throw storeError(error);
    }
    const block = { offset: this.#end, length: sealed.length, count: chunk.count };
    this.#end += sealed.length;
    return block;
  }

  #read(block: Block): RowChunk {
    const sealed = Buffer.alloc(block.length);
    let read = 0;
    while (read < block.length) {
      const got = readSync(this.#handle, sealed, read, block.length - read, block.offset + read);
      if (got === 0) throw new Error('the staging file ends early');
      read += got;
    }
    const plain = decryptBytes(this.#key, sealed, `block ${block.offset}`);
    if (!plain) throw new Error('a block of the staging file does not authenticate');
    const numberBytes = block.count * this.#shape.width * 8;
    const numbers = new Float64Array(block.count * this.#shape.width);
    new Uint8Array(numbers.buffer).set(plain.subarray(0, numberBytes));
    return { count: block.count, numbers, text: plain.subarray(numberBytes) };
  }
}
