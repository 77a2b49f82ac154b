import type { Buffer } from 'node:buffer';

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

const total = /^(?:grand |sub-?|report |overall )*totals?\b/i;
const aboutExport =
  /^(?:report\b|printed\b|produced\b|generated\b|extracted\b|run (?:on|at|by|date)\b|end of\b|\*+|={3,}|-{3,}|source:|note[s:]|official\b|restricted\b|page \d+|(?:row|record)s?(?: count)?:|\(?[\d,]+ (?:row|record)s?\b|count\b)/i;

/** Whether a row sums others up, or tells about the export instead of holding data. */
export function isTotalsRow(row: RowFields): boolean {
  let filled = 0;
  let first = '';
  for (let field = row.first; field < row.last && filled < 2; field += 1) {
    const start = row.starts[field] as number;
    const end = row.ends[field] as number;
    if (start === end) continue;
    const text = row.bytes.toString('utf8', start, Math.min(end, start + 200)).trim();
    if (text === '') continue;
    filled += 1;
    if (filled === 1) first = text;
    if (total.test(text)) return true;
  }
  if (!aboutExport.test(first)) return false;
  let count = 0;
  for (let field = row.first; field < row.last; field += 1) {
    if ((row.starts[field] as number) < (row.ends[field] as number)) count += 1;
  }
  return count <= 2;
}
