import { isUtf8 } from 'node:buffer';
import { ExpectedError } from '#shared/domain/result.ts';

export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TextEncoding = (typeof textEncodings)[number];

export type EncodingFound = { readonly encoding: TextEncoding; readonly byteOrderMark: boolean };

/** Length of an unfinished UTF-8 character at the end of a cut sample: 0 to 3 bytes. */
function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needed ? back : 0;
    }
  }
  return 0;
}

/** UTF-16 without a byte order mark: mostly Latin text has its NULs on one side of each pair. */
function utf16ByPattern(bytes: Uint8Array): TextEncoding | null {
  const pairs = Math.floor(Math.min(bytes.length, 65_536) / 2);
  if (pairs < 2) return null;
  let high = 0;
  let low = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (bytes[at] === 0) high += 1;
    if (bytes[at + 1] === 0) low += 1;
  }
  if (low >= pairs * 0.4 && high <= pairs * 0.02) return 'utf-16le';
  if (high >= pairs * 0.4 && low <= pairs * 0.02) return 'utf-16be';
  return null;
}

/**
 * Encoding of a text file from its first bytes: a byte order mark, the pattern of UTF-16, valid UTF-8, else Windows-1252.
 * Null when a NUL shows that it is no text at all.
 *
 * @param whole whether the sample is the whole file, so that a character cut at its end is a fault
 */
export function sniffEncoding(sample: Uint8Array, whole: boolean): EncodingFound | null {
  const [first, second, third, fourth] = sample;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', byteOrderMark: true };
  if (first === 0xff && second === 0xfe && !(third === 0 && fourth === 0)) {
    return { encoding: 'utf-16le', byteOrderMark: true };
  }
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', byteOrderMark: true };
  const wide = utf16ByPattern(sample);
  if (wide) return { encoding: wide, byteOrderMark: false };
  if (sample.includes(0)) return null;
  const checked = whole ? sample : sample.subarray(0, sample.length - unfinishedTail(sample));
  return { encoding: isUtf8(checked) ? 'utf-8' : 'windows-1252', byteOrderMark: false };
}

export type Transcoder = (chunk: Uint8Array, final: boolean) => Buffer;

/**
 * Turns successive chunks of UTF-16 or Windows-1252 into UTF-8 without a byte order mark; a character may lie across two
 * chunks.
 *
 * @throws ExpectedError BAD_FILE (from the function returned) for bytes that are no text in that encoding: nothing is
 * replaced
 */
export function createTranscoder(encoding: Exclude<TextEncoding, 'utf-8'>): Transcoder {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (chunk, final) => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: !final }), 'utf8');
    } catch {
      throw new ExpectedError(
        'BAD_FILE',
        `The file holds bytes that are not text in ${encoding.toUpperCase()}.`,
        'Nothing was kept. The file may be damaged or cut short; save it again as CSV in UTF-8.',
        { encoding },
      );
    }
  };
}
