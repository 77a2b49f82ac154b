import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { WorkbookLimits } from './limits.ts';
import { asDamaged, damagedWorkbook, refusedWorkbook, tooLargeWorkbook } from './refusals.ts';

const mebibyte = 1024 ** 2;
const localHeaderBytes = 30;
const unixTypeMask = 0xf000;
const unixSymbolicLink = 0xa000;
const stored = 0;
const deflated = 8;

const archiveName = /\.(?:zip|7z|rar|gz|tgz|bz2|xz|tar|cab|jar|xls[xmb]?|doc[xm]?|ppt[xm]?|od[st])$/i;

/** The parts of a zip archive that has passed every limit; each is inflated as it is read, and counted. */
export class Archive {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #limits: WorkbookLimits;
  #inflated = 0;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: WorkbookLimits) {
    this.#zip = zip;
    this.#entries = entries;
    this.#limits = limits;
  }

  /**
   * Reads the directory of an archive and refuses it, before a byte is inflated, where an entry breaks a limit of S16.
   *
   * @throws ExpectedError BAD_FILE for what is damaged or not allowed in a workbook; TOO_LARGE beyond a limit
   */
  static async open(bytes: Buffer, limits: WorkbookLimits): Promise<Archive> {
    try {
      const zip = await yauzl.fromBufferPromise(bytes, { strictFileNames: false, validateEntrySizes: true });
      if (zip.entryCount > limits.entries) throw tooManyEntries(limits);
      const entries = new Map<string, Entry>();
      let unpacked = 0;
      for await (const entry of zip.eachEntry()) {
        if (entries.size >= limits.entries) throw tooManyEntries(limits);
        checkEntry(entry, limits);
        unpacked += entry.uncompressedSize;
        if (unpacked > limits.unpacked) throw bomb(limits);
        const name = entry.fileName.toLowerCase();
        if (entries.has(name)) throw damagedWorkbook('two of its parts have one name');
        entries.set(name, entry);
      }
      refuseOverlaps([...entries.values()]);
      return new Archive(zip, entries, limits);
    } catch (error) {
      throw asDamaged(error);
    }
  }

  /** Names of the parts, in lower case: part names are the same however they are cased. */
  get names(): IterableIterator<string> {
    return this.#entries.keys();
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Bytes of a part as the directory gives them; 0 for one that is not there. */
  sizeOf(name: string): number {
    return this.#entries.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  /**
   * The bytes of a part, in pieces.
   *
   * @throws ExpectedError BAD_FILE where the part is missing or not what the directory says of it; TOO_LARGE where what was
   * inflated from this archive in all goes beyond the limit
   */
  async *read(name: string): AsyncGenerator<Buffer, undefined> {
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry) throw damagedWorkbook('a part that it names is missing');
    let size = 0;
    let check = 0;
    try {
      const stream = await this.#zip.openReadStreamPromise(entry);
      // What fails after the reader has left must not count as unhandled.
      stream.on('error', () => undefined);
      for await (const piece of stream as AsyncIterable<Buffer>) {
        size += piece.length;
        this.#inflated += piece.length;
        // The directory may lie, so what really comes is counted.
        if (size > Math.min(entry.uncompressedSize, this.#limits.entry)) throw bomb(this.#limits);
        if (this.#inflated > this.#limits.unpacked * 4) throw bomb(this.#limits);
        check = crc32(piece, check);
        yield piece;
      }
    } catch (error) {
      throw asDamaged(error);
    }
    if (size !== entry.uncompressedSize || check !== entry.crc32) {
      throw damagedWorkbook('one of its parts has changed since it was written');
    }
  }
}

function tooManyEntries(limits: WorkbookLimits) {
  return tooLargeWorkbook('The workbook has far too many parts.', `It may have ${limits.entries}.`);
}

function bomb(limits: WorkbookLimits) {
  return tooLargeWorkbook(
    'The workbook unpacks to far more than a workbook may hold.',
    `All of it may be ${limits.unpacked / mebibyte} MiB, and one part ${limits.entry / mebibyte} MiB.`,
  );
}

function checkEntry(entry: Entry, limits: WorkbookLimits): void {
  const { fileName: name, uncompressedSize: size, compressedSize: packed } = entry;
  if (entry.isEncrypted()) {
    throw refusedWorkbook('The workbook is encrypted.', 'Save a copy without a password and choose that.');
  }
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) {
    throw damagedWorkbook('one of its parts is packed in a way that workbooks never are');
  }
  if (((entry.externalFileAttributes >>> 16) & unixTypeMask) === unixSymbolicLink) {
    throw refusedWorkbook('The workbook holds a link to another file.', 'Save it again in Excel.');
  }
  if (size > limits.entry || (size > limits.ratioFrom && size > packed * limits.ratio)) throw bomb(limits);
  if (/(?:^|\/)vbaProject\.bin$|(?:^|\/)macrosheets\//i.test(name)) throw macros();
  if (/(?:^|\/)externalLinks\//i.test(name)) {
    throw refusedWorkbook(
      'The workbook takes values from other workbooks.',
      'In Excel choose Data, Edit Links, Break Link, save it, and try again.',
    );
  }
  if (archiveName.test(name)) {
    throw refusedWorkbook(
      'The workbook holds another file within it.',
      'Take embedded files out, save it, and try again.',
    );
  }
}

export function macros() {
  return refusedWorkbook('The workbook holds macros.', 'Save it as an ordinary workbook (.xlsx), which has none.');
}

/** Entries that share bytes are how a small file is made to unpack without end. */
function refuseOverlaps(entries: readonly Entry[]): void {
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const entry of inOrder) {
    if (entry.relativeOffsetOfLocalHeader < end) throw damagedWorkbook('its parts overlap');
    end = entry.relativeOffsetOfLocalHeader + localHeaderBytes + entry.fileNameLength + entry.compressedSize;
  }
}
