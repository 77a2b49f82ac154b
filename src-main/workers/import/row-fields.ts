import type { Buffer } from 'node:buffer';
import { isTotalsCells } from '#main/files/totals-row.ts';

/** Where a row's fields lie, as the tokeniser found them. */
export type RowFields = {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly first: number;
  /** Behind its last field. */
  readonly last: number;
};

/** Text of a field, trimmed; '' for a field that the row does not have. */
export function textOf(row: RowFields, field: number): string {
  const at = row.first + field;
  if (field < 0 || at >= row.last) return '';
  return row.bytes.toString('utf8', row.starts[at] as number, row.ends[at] as number).trim();
}

export function fieldsOf(row: RowFields): string[] {
  return Array.from({ length: row.last - row.first }, (_, field) => textOf(row, field));
}

export function isBlankRow(row: RowFields): boolean {
  const { bytes, starts, ends } = row;
  for (let field = row.first; field < row.last; field += 1) {
    for (let at = starts[field] as number; at < (ends[field] as number); at += 1) {
      const byte = bytes[at] as number;
      if (byte !== 32 && byte !== 9 && byte !== 0xc2 && byte !== 0xa0) return false;
    }
  }
  return true;
}

function* cellsOf(row: RowFields): Generator<string, undefined> {
  for (let field = row.first; field < row.last; field += 1) {
    const start = row.starts[field] as number;
    const end = row.ends[field] as number;
    yield start === end ? '' : row.bytes.toString('utf8', start, Math.min(end, start + 200)).trim();
  }
}

/** Whether a row sums others up, tells about the export, or repeats the header, as reports of several pages do. */
export function isTotalsRow(row: RowFields, header: readonly string[]): boolean {
  if (isTotalsCells(cellsOf(row), header.length)) return true;
  if (row.last - row.first < 2 || textOf(row, 0) !== header[0]) return false;
  return header.every((name, field) => textOf(row, field) === name || /^column_\d+$| \(\d+\)$/.test(name));
}
