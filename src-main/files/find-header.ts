import { isCanonicalName } from './sniff-columns.ts';
import { isTotalsCells } from './totals-row.ts';

export type HeaderFound = {
  /** Rows above the header. */
  readonly rowsAbove: number;
  /** Rows that the header takes; 0 where none names the columns. */
  readonly headerRows: number;
};

type Rows = readonly (readonly string[])[];

const rowsSearched = 40;
const longestName = 120;
const dateLike = /^(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}[ -][a-z]{3,9}[ -]\d{2,4}|\d{8}T?\d*Z?$)/i;
const numberLike = /^[£$€(+-]?\d[\d,. ]*[%)]?$/;
const clockLike = /^\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]m)?$/i;
const codeLike = /^[A-Z]{0,6}[-/ ]?\d{3,}(?:[-/]\w+)*$/;
const flagLike = /^(?:y|n|yes|no|true|false|null|n\/a)$/i;
const unitLike =
  /^\(?(?:dd.?mm.?yy(?:yy)?.*|yyyy.?mm.?dd.*|hh:?mm.*|hours?|hrs?|mins?|minutes|days?|y\/?n|yes\/no|£|gbp|%|text|number|date|code|free text|0-\d+|1-\d+)\)?$/i;

function isTyped(cell: string): boolean {
  return dateLike.test(cell) || numberLike.test(cell) || clockLike.test(cell);
}

/** Whether a cell could name a column. */
function isLabel(cell: string): boolean {
  return (
    cell.length <= longestName &&
    /[\p{L}£#%]/u.test(cell) &&
    !isTyped(cell) &&
    !flagLike.test(cell) &&
    !codeLike.test(cell)
  );
}

const trimmed = (row: readonly string[]): string[] => row.map((cell) => cell.replace(/\s+/g, ' ').trim());

function filledOf(row: readonly string[]): number {
  return row.reduce((count, cell) => count + (cell.trim() === '' ? 0 : 1), 0);
}

function medianFilled(rows: Rows): number {
  const counts = rows.map(filledOf).filter((count) => count > 0);
  counts.sort((a, b) => a - b);
  return counts[Math.floor(counts.length / 2)] ?? 0;
}

/** Share of the filled cells that could be names. */
function labelShare(row: readonly string[]): number {
  const filled = row.filter((cell) => cell !== '');
  return filled.length === 0 ? 0 : filled.filter(isLabel).length / filled.length;
}

/** Columns whose cells below are mostly numbers, dates, times, codes or flags. */
function typedColumns(rows: Rows, width: number): boolean[] {
  return Array.from({ length: width }, (_, column) => {
    const cells = rows.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '');
    const typed = cells.filter((cell) => isTyped(cell) || codeLike.test(cell) || flagLike.test(cell)).length;
    return cells.length > 0 && typed >= cells.length * 0.6;
  });
}

function isDistinct(row: readonly string[]): boolean {
  const filled = row.filter((cell) => cell !== '');
  return new Set(filled.map((cell) => cell.toLowerCase())).size >= filled.length * 0.7;
}

/** Whether columns are named 1, 2, 3 …, as questions may be. */
function areNumbered(row: readonly string[]): boolean {
  const numbers = row.filter((cell) => /^\d{1,2}$/.test(cell)).map(Number);
  return numbers.length >= 3 && numbers.every((number, index) => number === index + 1);
}

/** Whether a row names columns: labels where the rows below hold values, or texts that never come again. */
function namesColumns(row: readonly string[], below: Rows, needed: number): boolean {
  const filled = filledOf(row);
  if (filled < needed) return false;
  const canonical = row.filter((cell) => isCanonicalName(cell)).length;
  if (canonical >= Math.max(1, filled * 0.6)) return true;
  if (isTotalsCells(row)) return false;
  const share = labelShare(row);
  if (share > 0 && areNumbered(row)) return true;
  if (share < 0.8 || !(isDistinct(row) || canonical > 0)) return false;
  if (below.length === 0) return true;
  const typed = typedColumns(below, row.length);
  if (row.some((cell, column) => typed[column] && isLabel(cell))) return true;
  const again = row.filter(
    (cell, column) => cell !== '' && below.some((other) => (other[column] ?? '').trim() === cell),
  );
  return again.length === 0;
}

/** Whether the row below a header is a second row of it: it names parts, or gives units, and holds no values. */
function continues(header: readonly string[], next: readonly string[], below: Rows): boolean {
  const filled = next.filter((cell) => cell !== '');
  if (filled.length === 0 || below.length === 0) return false;
  if (filled.every((cell) => unitLike.test(cell)) && filled.length >= 2) return true;
  if (labelShare(next) < 1 || isTotalsCells(next)) return false;
  const typed = typedColumns(below, next.length);
  const overValues = next.some((cell, column) => cell !== '' && typed[column]);
  const fillsGaps = next.some((cell, column) => cell !== '' && (header[column] ?? '') === '');
  const again = next.some((cell, column) => cell !== '' && below.some((row) => (row[column] ?? '').trim() === cell));
  return overValues && fillsGaps && !again;
}

/** Whether the row above a header groups its columns: a heading that spans several, not a title. */
function groups(above: readonly string[], header: readonly string[]): boolean {
  const filled = above.flatMap((cell, column) => (cell === '' ? [] : [column]));
  const [first = 0] = filled;
  if (filled.length === 0 || labelShare(above) < 1 || above.some((cell) => cell.endsWith(':') || /:\s/.test(cell)))
    return false;
  if (filled.length >= filledOf(header) || isTotalsCells(above)) return false;
  const repeats = new Set(header.filter((cell) => cell !== '')).size < header.filter((cell) => cell !== '').length;
  if (filled.length === 1) return first > 0 && repeats;
  return repeats || (filled.length < filledOf(header) && Math.max(...filled) >= header.length / 3);
}

/** Finds the header of a table among its first rows: behind titles, in one to three rows, or nowhere. */
export function findHeader(sample: Rows): HeaderFound {
  const rows = sample.slice(0, 400).map(trimmed);
  const body = medianFilled(rows.slice(Math.min(5, Math.floor(rows.length / 2))));
  const widest = Math.max(0, ...rows.map(filledOf));
  const needed = widest <= 1 ? 1 : Math.max(2, Math.ceil(Math.max(body, widest * 0.5) * 0.6));
  const last = Math.min(rows.length, rowsSearched);
  for (let at = 0; at < last; at += 1) {
    const row = rows[at] ?? [];
    // Rows that hold values end the search: what names columns stands above them.
    if (filledOf(row) >= needed && labelShare(row) < 0.5 && at > 0 && !/^\d{1,2}$/.test(row[1] ?? '')) {
      const typed = row.filter((cell) => isTyped(cell)).length;
      if (typed >= 2) break;
    }
    if (!namesColumns(row, rows.slice(at + 1), needed)) continue;
    return withNeighbours(rows, at);
  }
  return { rowsAbove: /^sep=.?$/i.test(rows[0]?.[0] ?? '') ? 1 : 0, headerRows: 0 };
}

function withNeighbours(rows: Rows, at: number): HeaderFound {
  let first = at;
  let end = at + 1;
  if (first > 0 && groups(rows[first - 1] ?? [], rows[at] ?? [])) first -= 1;
  while (end - first < 3 && continues(rows[end - 1] ?? [], rows[end] ?? [], rows.slice(end + 1))) end += 1;
  return { rowsAbove: first, headerRows: end - first };
}
