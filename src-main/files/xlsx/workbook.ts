import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { ExpectedError } from '#shared/domain/result.ts';
import { openForReading } from '../open-file.ts';
import { Archive } from './archive.ts';
import { type WorkbookLimits, workbookLimits } from './limits.ts';
import { readMergedDown } from './merged-cells.ts';
import { damagedWorkbook, refusedWorkbook, tooLargeWorkbook } from './refusals.ts';
import { readSharedStrings, type SharedStrings } from './shared-strings.ts';
import { SheetReader } from './sheet-reader.ts';
import { readWorkbookParts, type SheetPart, type WorkbookParts } from './workbook-parts.ts';
import { XmlReader } from './xml.ts';

/** A workbook that has passed the limits, with its sheets named and its shared strings read. */
export type Workbook = {
  readonly archive: Archive;
  readonly parts: WorkbookParts;
  readonly strings: SharedStrings;
  readonly limits: WorkbookLimits;
  readonly sizeBytes: number;
  /** SHA-256 of the file's bytes in hex. */
  readonly sha256: string;
};

/** Where a sheet's table begins. */
export type SheetShape = { readonly rowsAbove: number; readonly headerRows: number };

const zipStart = Buffer.from([0x50, 0x4b, 3, 4]);
const compoundStart = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const otherNames: Readonly<Record<string, string>> = {
  '.xlsm': 'a workbook with macros (.xlsm)',
  '.xltm': 'a template with macros (.xltm)',
  '.xlsb': 'a binary workbook (.xlsb)',
  '.xls': 'a workbook of an old Excel (.xls)',
  '.ods': 'an OpenDocument spreadsheet (.ods)',
};

/**
 * Opens a workbook: reads the file, at most 50 MB, and checks it against the limits of S16 before anything is inflated.
 *
 * @throws ExpectedError NO_SUCH_FILE; BAD_FILE, by name, for what is no .xlsx workbook, is damaged, encrypted, has macros or
 * links to other files; TOO_LARGE beyond a limit
 */
export async function openWorkbook(path: string, limits: WorkbookLimits = workbookLimits): Promise<Workbook> {
  const bytes = await readFile(path, limits);
  const extension = extname(path).toLowerCase();
  const other = otherNames[extension];
  if (other !== undefined) {
    throw refusedWorkbook(`The name says that this is ${other}.`, 'Save it as an ordinary workbook (.xlsx).');
  }
  if (bytes.subarray(0, 4).equals(compoundStart)) throw compoundFile(bytes);
  if (!bytes.subarray(0, 4).equals(zipStart)) throw refusedWorkbook('This is no workbook.', 'Save it as .xlsx.');
  if (extension !== '.xlsx') {
    throw refusedWorkbook(
      `The name of the file ends in ${extension === '' ? 'nothing that says what it is' : extension}, but it is a workbook or a zip archive.`,
      'If it is a workbook, rename it to end in .xlsx; if not, export it again.',
    );
  }
  const archive = await Archive.open(bytes, limits);
  const parts = await readWorkbookParts(archive);
  const strings = await readSharedStrings(archive, parts.sharedStrings, limits);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { archive, parts, strings, limits, sizeBytes: bytes.length, sha256 };
}

async function readFile(path: string, limits: WorkbookLimits): Promise<Buffer> {
  const { handle, sizeBytes } = await openForReading(path, Number.POSITIVE_INFINITY);
  try {
    if (sizeBytes > limits.packed) {
      throw tooLargeWorkbook('The workbook is larger than 50 MiB.', 'No workbook may be.', {
        limitBytes: limits.packed,
      });
    }
    const bytes = Buffer.alloc(sizeBytes);
    let used = 0;
    while (used < sizeBytes) {
      const { bytesRead } = await handle.read(bytes, used, sizeBytes - used, used);
      if (bytesRead === 0) break;
      used += bytesRead;
    }
    return bytes.subarray(0, used);
  } finally {
    await handle.close();
  }
}

/** Encrypted workbooks lie in the same kind of file as those of old Excels. */
function compoundFile(bytes: Buffer): ExpectedError {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? refusedWorkbook('The workbook is encrypted with a password.', 'Save a copy without a password and choose that.')
    : refusedWorkbook('This is a file of an old Excel or Word.', 'Open it there and save it as .xlsx or CSV.');
}

/** Names of the sheets that are not hidden. */
export function visibleSheets(workbook: Workbook): SheetPart[] {
  return workbook.parts.sheets.filter((sheet) => !sheet.hidden);
}

/**
 * The sheet of a name, or the first that has a row.
 *
 * @throws ExpectedError BAD_FILE where there is none; BAD_INPUT where none has that name
 */
export async function chooseSheet(workbook: Workbook, name: string | undefined): Promise<SheetPart> {
  const sheets = visibleSheets(workbook);
  if (name !== undefined) {
    const found = sheets.find((sheet) => sheet.name === name) ?? sheets.find((sheet) => same(sheet.name, name));
    if (found) return found;
    throw new ExpectedError(
      'BAD_INPUT',
      'The workbook has no visible sheet of the name that the mapping gives.',
      'Nothing was read. Look at the file again and choose one of its sheets.',
    );
  }
  for (const sheet of sheets) {
    if (!workbook.archive.has(sheet.part)) throw damagedWorkbook('a sheet that it lists is missing');
    const reader = sheetReader(workbook, { rowsAbove: 0, headerRows: 0 }, []);
    for await (const _ of readSheet(workbook, sheet, reader)) if (reader.rows.rows > 0) return sheet;
  }
  throw new ExpectedError(
    'BAD_FILE',
    'No sheet of the workbook that is not hidden has any rows.',
    'Nothing was read. Show the sheet with the data, save the workbook and try again.',
  );
}

function same(name: string, wanted: string): boolean {
  return name.trim().toLowerCase() === wanted.trim().toLowerCase();
}

/** A reader for a sheet, with what is merged downwards in it. */
export async function openSheet(workbook: Workbook, sheet: SheetPart, shape: SheetShape): Promise<SheetReader> {
  return sheetReader(workbook, shape, await readMergedDown(workbook.archive, sheet.part));
}

function sheetReader(
  { limits, strings, parts }: Workbook,
  shape: SheetShape,
  mergedDown: Awaited<ReturnType<typeof readMergedDown>>,
): SheetReader {
  return new SheetReader({ limits, strings, formats: parts.formats, is1904: parts.is1904, mergedDown, ...shape });
}

/** Reads a sheet on, giving after each small step how much of it has been read, from 0 to 1. */
export async function* readSheet(
  { archive }: Workbook,
  sheet: SheetPart,
  reader: SheetReader,
): AsyncGenerator<number, undefined> {
  const xml = new XmlReader(reader);
  const size = Math.max(1, archive.sizeOf(sheet.part));
  let read = 0;
  for await (const piece of archive.read(sheet.part)) {
    read += piece.length;
    for (const _ of xml.feed(piece)) yield Math.min(1, read / size);
  }
  xml.end();
  yield 1;
}
