import { extname } from 'node:path';
import { ExpectedError } from '#shared/domain/result.ts';

type Signature = { readonly start: readonly number[]; readonly what: string; readonly hint: string };

const ascii = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0));
const saveAsCsv = 'Nothing was read. Open it in the program it belongs to and save the table as CSV in UTF-8.';

const signatures: readonly Signature[] = [
  { start: [0x50, 0x4b, 3, 4], what: 'a spreadsheet or a zip archive', hint: saveAsCsv },
  { start: [0x50, 0x4b, 5, 6], what: 'an empty zip archive', hint: saveAsCsv },
  { start: [0x50, 0x4b, 7, 8], what: 'a split zip archive', hint: saveAsCsv },
  { start: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel or Word file', hint: saveAsCsv },
  { start: ascii('%PDF-'), what: 'a PDF document', hint: 'Nothing was read. Ask for the table itself, as CSV.' },
  { start: [0x1f, 0x8b], what: 'a gzip archive', hint: 'Nothing was read. Unpack it and choose the file in it.' },
  { start: ascii('SQLite format 3\0'), what: 'a SQLite database', hint: saveAsCsv },
  { start: ascii('{\\rtf'), what: 'a rich text document', hint: saveAsCsv },
  { start: ascii('PAR1'), what: 'a Parquet file', hint: saveAsCsv },
];

const otherExtensions = new Set(
  '.xlsx .xls .xlsm .xlsb .ods .zip .gz .7z .pdf .doc .docx .rtf .html .htm .xml .json .db .sqlite .parquet'.split(' '),
);

function badFile(message: string, hint: string): ExpectedError {
  return new ExpectedError('BAD_FILE', message, hint);
}

/** @throws ExpectedError BAD_FILE, saying what it is, where the first bytes are those of a known kind of other file */
export function refuseOtherFormats(sample: Uint8Array): void {
  const found = signatures.find(({ start }) => start.every((byte, index) => sample[index] === byte));
  if (found) throw badFile(`This is ${found.what}, not a text file.`, found.hint);
  const opening = Buffer.from(sample.subarray(0, 200))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (/^<(?:!doctype|html|\?xml|table)/i.test(opening)) {
    throw badFile('This is a web page or XML, not a table in CSV.', saveAsCsv);
  }
}

/** @throws ExpectedError BAD_FILE where the text holds control characters that no table holds */
export function refuseControlCharacters(text: Uint8Array): void {
  const count = text.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 32 && byte !== 26) ? 1 : 0), 0);
  if (count > text.length / 1_000) throw binaryFile();
}

export function binaryFile(): ExpectedError {
  return badFile('This is a binary file, not text.', 'Nothing was read. Export the data as CSV in UTF-8.');
}

/** @throws ExpectedError BAD_FILE where the name promises another format than the text found */
export function refuseMisnamed(path: string): void {
  const extension = extname(path).toLowerCase();
  if (!otherExtensions.has(extension)) return;
  throw badFile(
    `The name of the file ends in ${extension}, but it holds plain text.`,
    'Nothing was read. If it is a table in CSV, rename it to end in .csv; if not, export it again.',
  );
}
