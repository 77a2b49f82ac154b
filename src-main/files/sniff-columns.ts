import { extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { type DateOrder, DateReader } from './cell-dates.ts';
import { cellStatus, createCellOut, hasValue } from './cell-status.ts';
import { parseNumber } from './cells.ts';

/** `ambiguous`: every date could be day first or month first. */
export type DateOrderFound = DateOrder | 'ambiguous';

const canonicalNames = new Set(extractKinds.flatMap((kind) => kind.columns.map((column) => column.name)));

/** `Person Ref` → `person_ref`: how header names are compared. */
export function normaliseColumnName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

export function isCanonicalName(name: string): boolean {
  const normal = normaliseColumnName(name);
  return canonicalNames.has(normal) || /^item_\d{1,3}$/.test(normal);
}

const out = createCellOut();
const isoReader = new DateReader('iso');
const dayFirstReader = new DateReader('dmy');
const monthFirstReader = new DateReader('mdy');

function readsAs(reader: DateReader, cell: Buffer): boolean {
  return hasValue(reader.time(cell, 0, cell.length, out));
}

function isTyped(cell: Buffer): boolean {
  return (
    hasValue(parseNumber(cell, 0, cell.length, out)) ||
    readsAs(dayFirstReader, cell) ||
    readsAs(monthFirstReader, cell) ||
    dayFirstReader.time(cell, 0, cell.length, out) === cellStatus.ambiguousDate
  );
}

/** How the dates of a column are written, from its cells that are not empty; null where one of them is no date. */
export function sniffDateOrder(cells: readonly string[]): DateOrderFound | null {
  const filled = cells.filter((cell) => cell.trim() !== '').map((cell) => Buffer.from(cell));
  if (filled.length === 0) return null;
  if (filled.every((cell) => readsAs(isoReader, cell))) return 'iso';
  const dayFirst = filled.every((cell) => readsAs(dayFirstReader, cell));
  const monthFirst = filled.every((cell) => readsAs(monthFirstReader, cell));
  if (dayFirst && monthFirst) return 'ambiguous';
  if (dayFirst) return 'dmy';
  return monthFirst ? 'mdy' : null;
}

/**
 * Whether the first row names the columns: it holds a name of a canonical column, or only texts where the rows below hold
 * numbers and dates, or texts that never come again in their columns.
 */
export function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows;
  if (!first) return false;
  if (first.some(isCanonicalName)) return true;
  if (first.some((name) => name.trim() === '' || isTyped(Buffer.from(name)))) return false;
  if (rest.length === 0) return true;
  const typedBelow = first.some((_, column) => {
    const cells = rest.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');
    return cells.length > 0 && cells.filter((cell) => isTyped(Buffer.from(cell))).length >= cells.length * 0.9;
  });
  return typedBelow || !first.some((name, column) => rest.some((row) => row[column] === name));
}
