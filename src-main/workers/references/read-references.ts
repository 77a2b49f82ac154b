import { rowProblemCodes } from '#main/files/csv-tokeniser.ts';
import type { TableRows } from '#main/files/table-rows.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { ReadReference } from './protocol.ts';

const mostReferences = 200_000;
const mostLetters = 100_000;

const faultWords: Readonly<Record<string, string>> = {
  BAD_ENCODING: 'It holds bytes that are no text.',
  FIELD_COUNT: 'It has more or fewer fields than the header.',
  BAD_QUOTE: 'It has text behind a closing quote.',
  OPEN_QUOTE: 'It opens a quote that is never closed.',
  NUL_BYTE: 'It holds a NUL byte.',
  NO_STORED_VALUE: 'It has a formula without a stored value.',
  BAD_RECORD: 'It cannot be told apart from what stands around it.',
};

function faultOf(problems: number, title: string): string | null {
  const faults = rowProblemCodes
    .filter(({ bit }) => (problems & bit) !== 0)
    .map(({ code }) => faultWords[code] ?? 'It cannot be read.');
  if (title === '') faults.push('It has no title.');
  return faults.length === 0 ? null : faults.join(' ');
}

function yearIn(text: string): number | null {
  const found = /(?<!\d)(1[5-9]\d\d|20\d\d|2100)(?!\d)/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/**
 * Every record of a file of references, also those that are broken, with what is wrong with them. Rows without a value are none.
 * @param columns header of the file for each column of the studies extract; null where it has those columns themselves
 * @throws ExpectedError as the reader of the file does; TOO_LARGE for more records than a review has
 */
export async function readReferences(
  rows: TableRows,
  columns: Readonly<Record<string, string>> | null,
  progress: (bytesRead: number) => void,
): Promise<ReadReference[]> {
  const placeOf = new Map(rows.header.map((name, place) => [name, place]));
  const found: ReadReference[] = [];
  try {
    for await (const batch of rows.batches()) {
      const { bytes, starts, ends, rowFirstField, firstRow } = batch;
      for (let row = 0; row < batch.rowCount; row += 1) {
        const first = rowFirstField[row] as number;
        const last = rowFirstField[row + 1] as number;
        const text = (column: string): string => {
          const place = placeOf.get(columns === null ? column : (columns[column] ?? ''));
          const field = first + (place ?? last);
          if (field >= last) return '';
          return bytes.toString('utf8', starts[field], ends[field]).trim().slice(0, mostLetters);
        };
        const problems = batch.rowProblems[row] as number;
        const isBlank = ends[last - 1] === starts[first] || (last - first === 1 && ends[first] === starts[first]);
        if (isBlank && problems === 0) continue;
        found.push(referenceOf(text, firstRow + row, problems));
      }
      if (found.length > mostReferences) throw tooMany();
      progress(batch.bytesRead);
    }
  } finally {
    await rows.close();
  }
  return found;
}

function tooMany(): ExpectedError {
  return new ExpectedError(
    'TOO_LARGE',
    `The file has more than ${mostReferences.toLocaleString('en-GB')} records.`,
    'Nothing was kept. Narrow the search, or export it in parts.',
  );
}

function referenceOf(text: (column: string) => string, row: number, problems: number): ReadReference {
  const title = text('title');
  return {
    row,
    fault: faultOf(problems, title),
    title,
    year: yearIn(text('year')),
    authors: text('authors'),
    doi: text('doi'),
    journal: text('journal'),
    volume: text('volume'),
    issue: text('issue'),
    pages: text('pages'),
    abstract: text('abstract'),
    keywords: text('keywords'),
    type: text('type'),
    pmid: text('pmid'),
    url: text('url'),
    language: text('language'),
  };
}
