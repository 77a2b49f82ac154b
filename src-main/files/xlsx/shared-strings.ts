import { Buffer } from 'node:buffer';
import type { Archive } from './archive.ts';
import type { WorkbookLimits } from './limits.ts';
import { damagedWorkbook, tooLargeWorkbook } from './refusals.ts';
import { XmlReader } from './xml.ts';

const chunkBits = 22;
const chunkBytes = 2 ** chunkBits;

/**
 * Carriage returns and the like, as workbooks write them: `_x000D_`; `_x005F_` is an underscore that means itself. What would
 * be no text, such as a NUL or half a character, stays as it is written.
 */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (written, digits: string) => {
    const code = Number.parseInt(digits, 16);
    const isText =
      code >= 32 ? code < 0xd800 || (code > 0xdfff && code < 0xfffe) : code === 9 || code === 10 || code === 13;
    return isText ? String.fromCharCode(code) : written;
  });
}

/** The texts that cells share, as UTF-8 in a few large buffers, so that millions of them cost little more than their bytes. */
export class SharedStrings {
  readonly #limits: WorkbookLimits;
  readonly #chunks: Buffer[] = [];
  #starts = new Uint32Array(1_024);
  #lengths = new Uint32Array(1_024);
  #count = 0;
  #used = chunkBytes;
  #bytes = 0;

  constructor(limits: WorkbookLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#count;
  }

  /** @throws ExpectedError TOO_LARGE beyond a limit */
  add(text: string): void {
    const length = Buffer.byteLength(text, 'utf8');
    const { cell, sharedText, sharedStrings } = this.#limits;
    this.#bytes += length;
    if (length > cell || this.#bytes > sharedText || this.#count >= sharedStrings) {
      throw tooLargeWorkbook('The workbook holds more text than a workbook may.', 'A cell may have 1 MiB of text.');
    }
    if (this.#used + length >= chunkBytes) {
      this.#chunks.push(Buffer.allocUnsafe(chunkBytes));
      this.#used = 0;
    }
    if (this.#count === this.#starts.length) {
      this.#starts = doubled(this.#starts);
      this.#lengths = doubled(this.#lengths);
    }
    this.#starts[this.#count] = (this.#chunks.length - 1) * chunkBytes + this.#used;
    this.#lengths[this.#count] = length;
    this.#used += (this.#chunks.at(-1) as Buffer).write(text, this.#used, 'utf8');
    this.#count += 1;
  }

  /**
   * The bytes of a text: `bytes.subarray(start, start + length)` of what is given.
   *
   * @throws ExpectedError BAD_FILE where there is no such text
   */
  find(index: number): { readonly bytes: Buffer; readonly start: number; readonly end: number } {
    if (!(Number.isInteger(index) && index >= 0 && index < this.#count)) {
      throw damagedWorkbook('a cell names a text that is not there');
    }
    const place = this.#starts[index] as number;
    const start = place % chunkBytes;
    const end = start + (this.#lengths[index] as number);
    return { bytes: this.#chunks[Math.floor(place / chunkBytes)] as Buffer, start, end };
  }
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Reads the shared strings: rich text as its runs together, without the phonetic guides above it. */
export async function readSharedStrings(
  archive: Archive,
  part: string | null,
  limits: WorkbookLimits,
): Promise<SharedStrings> {
  const strings = new SharedStrings(limits);
  if (part === null) return strings;
  let text = '';
  let inText = false;
  let phonetic = 0;
  const reader = new XmlReader({
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') inText = phonetic === 0;
    },
    text: (piece) => {
      if (!inText) return;
      text += piece;
      if (text.length > limits.cell) throw tooLargeWorkbook('A cell is too long.', 'It may have 1 MiB of text.');
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') strings.add(unescapeText(text));
    },
  });
  for await (const piece of archive.read(part)) for (const _ of reader.feed(piece));
  reader.end();
  return strings;
}
