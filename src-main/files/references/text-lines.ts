import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { ExpectedError } from '#shared/domain/result.ts';
import { openForReading } from '../open-file.ts';
import { createTranscoder, sniffEncoding, type TextEncoding } from '../text-encoding.ts';

const chunkBytes = 256 * 1024;
const sniffedBytes = 1024 ** 2;
/** A longer line is given in pieces. */
const longestLine = 1024 ** 2;
export const referenceFileBytes = 200 * 1024 ** 2;

export type Lines = {
  readonly lines: readonly string[];
  /** Lines with bytes that are no text, by their place in `lines`. */
  readonly unsound: ReadonlySet<number>;
  readonly bytesRead: number;
};

/** A text file as lines, in UTF-8, UTF-16 or Windows-1252 as its beginning shows. Lines end in LF, CRLF or CR. */
export class TextLines {
  readonly sizeBytes: number;
  readonly encoding: TextEncoding;
  sha256: string | null = null;
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle, sizeBytes: number, encoding: TextEncoding) {
    this.#handle = handle;
    this.sizeBytes = sizeBytes;
    this.encoding = encoding;
  }

  /** @throws ExpectedError NO_SUCH_FILE; BAD_FILE for a folder or a binary file; TOO_LARGE above 200 MiB */
  static async open(path: string): Promise<TextLines> {
    const { handle, sizeBytes } = await openForReading(path, Number.POSITIVE_INFINITY);
    try {
      if (sizeBytes > referenceFileBytes) throw tooLarge();
      const head = Buffer.alloc(Math.min(sizeBytes, sniffedBytes));
      const { bytesRead } = await handle.read(head, 0, head.length, 0);
      const found = sniffEncoding(head.subarray(0, bytesRead), bytesRead === sizeBytes);
      if (!found) {
        throw new ExpectedError('BAD_FILE', 'This is a binary file, not text.', 'Nothing was read. Export it again.');
      }
      return new TextLines(handle, sizeBytes, found.encoding);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async *read(): AsyncGenerator<Lines, undefined> {
    const transcode = this.encoding === 'utf-8' ? null : createTranscoder(this.encoding);
    const hash = createHash('sha256');
    const chunk = Buffer.alloc(chunkBytes);
    let rest: Buffer = Buffer.alloc(0);
    let bytesRead = 0;
    let begun = false;
    for (;;) {
      const { bytesRead: arrived } = await this.#handle.read(chunk, 0, chunkBytes, bytesRead);
      const piece = chunk.subarray(0, arrived);
      hash.update(piece);
      bytesRead += arrived;
      if (bytesRead > referenceFileBytes) throw tooLarge();
      const final = arrived === 0;
      rest = Buffer.concat([rest, transcode ? transcode(piece, final) : piece]);
      if (!begun && (rest.length >= 3 || final)) {
        begun = true;
        if (rest[0] === 0xef && rest[1] === 0xbb && rest[2] === 0xbf) rest = rest.subarray(3);
      }
      const end = final ? rest.length : endOfLines(rest);
      if (end > 0) yield { ...linesOf(rest.subarray(0, end)), bytesRead };
      rest = Buffer.from(rest.subarray(end));
      if (final) break;
    }
    this.sha256 = hash.digest('hex');
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

function tooLarge(): ExpectedError {
  return new ExpectedError(
    'TOO_LARGE',
    'The file is larger than 200 MiB, which no list of references is.',
    'Nothing was kept. Export the references in parts.',
    { limitBytes: referenceFileBytes },
  );
}

/** Where the last whole line ends: a CR at the very end may be half of a CRLF. */
function endOfLines(bytes: Buffer): number {
  const feed = bytes.lastIndexOf(10) + 1;
  const carriage = bytes.lastIndexOf(13, -2) + 1;
  const end = Math.max(feed, carriage);
  if (end > 0 || bytes.length < longestLine) return end;
  let cut = bytes.length;
  while (cut > 0 && ((bytes[cut - 1] as number) & 0xc0) === 0x80) cut -= 1;
  return Math.max(1, cut - 1);
}

function linesOf(bytes: Buffer): Pick<Lines, 'lines' | 'unsound'> {
  const sound = isUtf8(bytes);
  const lines = bytes.toString('utf8').split(/\r\n?|\n/);
  if (lines.at(-1) === '') lines.pop();
  const unsound = new Set<number>();
  if (!sound) {
    const exact = bytes.toString('latin1').split(/\r\n?|\n/);
    for (const [index, line] of exact.entries()) if (!isUtf8(Buffer.from(line, 'latin1'))) unsound.add(index);
  }
  return { lines, unsound };
}
