import { extname } from 'node:path';
import { ExpectedError } from '#shared/domain/result.ts';
import type { FileFormat } from './file-sample.ts';
import { openForReading } from './open-file.ts';
import { createTranscoder, sniffEncoding } from './text-encoding.ts';

const lookedAtBytes = 64 * 1024;

/** Formats that a name promises; other endings, such as `.txt`, promise none. */
const promised: Readonly<Record<string, FileFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.ris': 'ris',
  '.nbib': 'nbib',
  '.bib': 'bibtex',
  '.bibtex': 'bibtex',
};

const words: Readonly<Record<FileFormat, string>> = {
  csv: 'a table in plain text',
  xlsx: 'a workbook',
  ris: 'references in RIS',
  nbib: 'references of PubMed (NBIB)',
  bibtex: 'references in BibTeX',
};

/**
 * Which reader a file is for, by what its first bytes are, with which its name must agree. What is no reference file and no
 * zip or Office container is left to the reader of text, which refuses by name what is none.
 *
 * @throws ExpectedError NO_SUCH_FILE; BAD_FILE for a folder, or a name that promises something else
 */
export async function formatOf(path: string): Promise<FileFormat> {
  const head = await readHead(path);
  const magic = head.toString('latin1', 0, 4);
  if (magic.startsWith('PK') || magic === '\xd0\xcf\x11\xe0') return 'xlsx';
  const found = formatOfText(head);
  const extension = extname(path).toLowerCase();
  const expected = promised[extension];
  if (expected === undefined || expected === found || (found === 'csv' && expected !== 'csv' && head.length === 0)) {
    return found;
  }
  throw new ExpectedError(
    'BAD_FILE',
    `The name of the file ends in ${extension}, but it holds ${found === 'csv' ? `no ${words[expected]}` : words[found]}.`,
    'Nothing was read. Give it the name that fits what it holds, or export it again.',
  );
}

async function readHead(path: string): Promise<Buffer> {
  const { handle } = await openForReading(path, Number.POSITIVE_INFINITY);
  try {
    const buffer = Buffer.alloc(lookedAtBytes);
    const { bytesRead } = await handle.read(buffer, 0, lookedAtBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const bibtexEntry = /^\s*@(?:(?:string|comment|preamble)\s*[{(]|[a-z]+\s*[{(]\s*[^\s{}(),="]*\s*,)/i;

function formatOfText(head: Buffer): FileFormat {
  const lines = textOf(head).split(/\r\n?|\n/, 400);
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('%')) ?? '';
  if (lines.some((line) => /^\s{0,3}TY {1,2}- ?\S/.test(line)) && !first.includes(',')) return 'ris';
  if (/^PMID ?- ?\d+\s*$/.test(first)) return 'nbib';
  if (lines.some((line) => bibtexEntry.test(line)) && !/[,\t;|]/.test(first.replace(/^\s*@.*$/, ''))) {
    return 'bibtex';
  }
  return 'csv';
}

function textOf(head: Buffer): string {
  const found = sniffEncoding(head, false);
  if (!found) return '';
  const start = found.encoding === 'utf-8' && found.byteOrderMark ? 3 : 0;
  if (found.encoding === 'utf-8') return head.toString('utf8', start);
  try {
    return createTranscoder(found.encoding)(head, false).toString('utf8');
  } catch {
    return '';
  }
}
