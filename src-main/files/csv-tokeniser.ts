/**
 * Finds rows and fields in bytes of UTF-8 text: RFC 4180 and what spreadsheets really write. It makes no strings and no
 * objects, so that consumers read numbers, dates and codes straight from the bytes.
 */

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;

/** What may be wrong with a row, as bits of `rowProblems`. */
export const rowProblem = {
  /** Not valid UTF-8. */
  badEncoding: 1,
  /** More or fewer fields than the first row of the file. */
  fieldCount: 2,
  /** Text after the closing quote of a field; the field is given as it stands, quotes included. */
  badQuote: 4,
  /** A quote that was opened in this row and never closed; its last field runs to the end of the file. */
  openQuote: 8,
  /** A NUL byte. */
  nulByte: 16,
  /** A formula without a stored value, in a workbook. */
  noValue: 32,
  /** A record of a reference file that cannot be told apart from what stands around it. */
  badRecord: 64,
} as const;

/** The codes of the bits of `rowProblems`, for counts and reject lists. */
export const rowProblemCodes: readonly { readonly bit: number; readonly code: string }[] = [
  { bit: rowProblem.badEncoding, code: 'BAD_ENCODING' },
  { bit: rowProblem.fieldCount, code: 'FIELD_COUNT' },
  { bit: rowProblem.badQuote, code: 'BAD_QUOTE' },
  { bit: rowProblem.openQuote, code: 'OPEN_QUOTE' },
  { bit: rowProblem.nulByte, code: 'NUL_BYTE' },
  { bit: rowProblem.noValue, code: 'NO_STORED_VALUE' },
  { bit: rowProblem.badRecord, code: 'BAD_RECORD' },
];

/** Reused from one buffer to the next. Row r has the fields rowFirstField[r] up to, not including, rowFirstField[r + 1]. */
export type RowTable = {
  rowCount: number;
  starts: Int32Array;
  ends: Int32Array;
  rowFirstField: Int32Array;
  rowProblems: Uint8Array;
  /** Fields that hold doubled quotes, in order; `unescapeFields` makes them single. */
  escapedFields: number[];
  /** Longest field in bytes and most fields in a row. */
  longestField: number;
  mostFields: number;
};

export function createRowTable(): RowTable {
  return {
    rowCount: 0,
    starts: new Int32Array(0),
    ends: new Int32Array(0),
    rowFirstField: new Int32Array(1),
    rowProblems: new Uint8Array(0),
    escapedFields: [],
    longestField: 0,
    mostFields: 0,
  };
}

/** Room for the worst case, a field in every byte; pages that are never touched cost nothing. */
function makeRoom(table: RowTable, byteCount: number): void {
  const needed = byteCount + 2;
  if (table.starts.length >= needed) return;
  table.starts = new Int32Array(needed);
  table.ends = new Int32Array(needed);
  table.rowFirstField = new Int32Array(needed + 1);
  table.rowProblems = new Uint8Array(needed);
}

/** Index of the quote that closes a quoted field whose text begins at `from`, or `to` where there is none. */
function closingQuote(bytes: Uint8Array, from: number, to: number, table: RowTable, field: number): number {
  let escaped = false;
  let at = from;
  for (; at < to; at += 1) {
    if (bytes[at] !== quote) continue;
    if (at + 1 >= to || bytes[at + 1] !== quote) break;
    escaped = true;
    at += 1;
  }
  if (escaped) table.escapedFields.push(field);
  return Math.min(at, to);
}

function endOfPlainField(bytes: Uint8Array, from: number, to: number, delimiter: number, ceiling: number): number {
  let at = from;
  while (at < to) {
    const byte = bytes[at] as number;
    if (byte <= ceiling && (byte === delimiter || byte === lineFeed || byte === carriageReturn)) break;
    at += 1;
  }
  return at;
}

function endRow(table: RowTable, row: number, field: number, problem: number): void {
  table.rowProblems[row] = problem;
  table.rowFirstField[row + 1] = field;
  const fields = field - (table.rowFirstField[row] as number);
  if (fields > table.mostFields) table.mostFields = fields;
}

/**
 * Splits `bytes` from `from` up to `to` into `table`. Lines end in LF, CRLF or CR, mixed or not; empty lines are no rows. A
 * quote opens a quoted field only as the first byte of a field; elsewhere it is text.
 *
 * @param delimiter one ASCII byte
 * @param final whether the text ends at `to`; if not, a row that might go on is left for the next call
 * @returns where the rows found end; the bytes from there on belong to the next call
 */
export function tokenise(
  bytes: Uint8Array,
  from: number,
  to: number,
  delimiter: number,
  final: boolean,
  table: RowTable,
): number {
  makeRoom(table, to - from);
  const { starts, ends } = table;
  const ceiling = Math.max(delimiter, carriageReturn);
  table.escapedFields.length = 0;
  table.longestField = 0;
  table.mostFields = 0;
  table.rowFirstField[0] = 0;
  let row = 0;
  let field = 0;
  let problem = 0;
  let rowStart = from;
  let at = from;
  while (at < to) {
    let start = at;
    let end: number;
    if (bytes[at] === quote) {
      start = at + 1;
      end = closingQuote(bytes, start, to, table, field);
      at = end + 1;
      if (end === to) problem |= rowProblem.openQuote;
      else if (at < to && endOfPlainField(bytes, at, at + 1, delimiter, ceiling) !== at) {
        problem |= rowProblem.badQuote;
        start -= 1;
        at = endOfPlainField(bytes, at, to, delimiter, ceiling);
        end = at;
        if (table.escapedFields.at(-1) === field) table.escapedFields.pop();
      }
    } else {
      at = endOfPlainField(bytes, at, to, delimiter, ceiling);
      end = at;
    }
    if (at >= to && !final) break;
    starts[field] = start;
    ends[field] = end;
    field += 1;
    if (end - start > table.longestField) table.longestField = end - start;
    const terminator = at < to ? (bytes[at] as number) : lineFeed;
    at += 1;
    if (terminator === delimiter) {
      if (at < to || !final) continue;
      starts[field] = to;
      ends[field] = to;
      field += 1;
    }
    // The LF of a CRLF is an empty line of its own, and empty lines are no rows.
    const blank = end === start && start === rowStart && field - (table.rowFirstField[row] as number) === 1;
    if (blank) {
      field -= 1;
    } else {
      endRow(table, row, field, problem);
      row += 1;
    }
    problem = 0;
    rowStart = Math.min(at, to);
  }
  table.rowCount = row;
  return rowStart;
}

/**
 * Makes the doubled quotes of the fields found by `tokenise` single, in place: the fields move closer to their start and
 * the bytes behind them, up to the next field, mean nothing any more.
 */
export function unescapeFields(bytes: Uint8Array, table: RowTable): void {
  const fieldCount = table.rowFirstField[table.rowCount] as number;
  for (const field of table.escapedFields) {
    if (field >= fieldCount) break;
    const end = table.ends[field] as number;
    let to = table.starts[field] as number;
    for (let at = to; at < end; at += 1) {
      const byte = bytes[at] as number;
      bytes[to] = byte;
      to += 1;
      if (byte === quote) at += 1;
    }
    table.ends[field] = to;
  }
}
