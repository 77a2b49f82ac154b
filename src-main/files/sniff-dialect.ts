import { createRowTable, type RowTable, rowProblem, tokenise } from './csv-tokeniser.ts';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export type LineEnding = 'lf' | 'crlf' | 'cr' | 'mixed' | 'none';

export type Dialect = {
  readonly delimiter: Delimiter;
  readonly quoted: boolean;
  readonly lineEnding: LineEnding;
  /** Whether some rows have another number of fields than most. */
  readonly uneven: boolean;
  /** The rows of the sample, split by the delimiter; the quotes within fields are still doubled. */
  readonly table: RowTable;
};

type Candidate = {
  readonly delimiter: Delimiter;
  readonly table: RowTable;
  readonly score: number;
  readonly columns: number;
  readonly share: number;
};

/** Most frequent number of fields, and the share of rows that have it and are quoted properly. */
function consistency(table: RowTable): { readonly columns: number; readonly share: number } {
  const counts = new Map<number, number>();
  let columns = 0;
  for (let row = 0; row < table.rowCount; row += 1) {
    const fields = (table.rowFirstField[row + 1] ?? 0) - (table.rowFirstField[row] ?? 0);
    const broken = ((table.rowProblems[row] ?? 0) & (rowProblem.badQuote | rowProblem.openQuote)) !== 0;
    const count = (counts.get(fields) ?? 0) + (broken ? 0 : 1);
    counts.set(fields, count);
    if (count > (counts.get(columns) ?? 0)) columns = fields;
  }
  return { columns, share: table.rowCount === 0 ? 0 : (counts.get(columns) ?? 0) / table.rowCount };
}

function candidateFor(delimiter: Delimiter, text: Uint8Array, whole: boolean): Candidate {
  const table = createRowTable();
  tokenise(text, 0, text.length, delimiter.charCodeAt(0), whole, table);
  const { columns, share } = consistency(table);
  const firstRowAgrees = (table.rowFirstField[1] ?? 0) === columns;
  const score = columns < 2 ? 0 : share + (firstRowAgrees ? 0.5 : 0);
  return { delimiter, table, columns, share, score };
}

function lineEndingOf(text: Uint8Array, table: RowTable): LineEnding {
  const seen = new Set<LineEnding>();
  for (let row = 0; row < table.rowCount; row += 1) {
    let at = table.ends[(table.rowFirstField[row + 1] ?? 1) - 1] ?? 0;
    if (text[at] === 34) at += 1;
    if (text[at] === 10) seen.add('lf');
    else if (text[at] === 13) seen.add(text[at + 1] === 10 ? 'crlf' : 'cr');
  }
  if (seen.size > 1) return 'mixed';
  return [...seen][0] ?? 'none';
}

function hasQuotedField(text: Uint8Array, table: RowTable): boolean {
  const fieldCount = table.rowFirstField[table.rowCount] ?? 0;
  for (let field = 0; field < fieldCount; field += 1) {
    const start = table.starts[field] ?? 0;
    if (start > 0 && text[start - 1] === 34) return true;
  }
  return false;
}

/**
 * Finds the delimiter by which rows have the same number of fields most often, the first row among them; between equals the
 * one with more columns, and a comma where nothing divides the text. Quotes are respected: the sample is split by the same
 * code that reads the file.
 *
 * @param text UTF-8 without a byte order mark
 * @param whole whether the sample is the whole file
 * @param known delimiter where it is known
 */
export function sniffDialect(text: Uint8Array, whole: boolean, known?: Delimiter): Dialect {
  const candidates = (known === undefined ? delimiters : [known]).map((delimiter) =>
    candidateFor(delimiter, text, whole),
  );
  const best = Math.max(...candidates.map((candidate) => candidate.score));
  const close = candidates.filter((candidate) => candidate.score >= best - 0.05);
  const chosen = close.reduce((winner, candidate) => (candidate.columns > winner.columns ? candidate : winner));
  const { table, delimiter, share } = chosen;
  return {
    delimiter,
    quoted: hasQuotedField(text, table),
    lineEnding: lineEndingOf(text, table),
    uneven: share < 1,
    table,
  };
}
