import { withheldMarker } from '../charts/chart-spec.ts';
import type { RichText, TableCellValue, TableData } from './document.ts';

const minus = '\u2212';
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `−12,480.5`: comma between thousands, a real minus sign, no sign on what rounds to zero. */
export function formatNumber(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) return 'not assessable';
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
  return value < 0 && /[1-9]/.test(digits) ? minus + digits : digits;
}

/** Decimals that tell values of about this size apart. */
export function decimalsFor(value: number): number {
  const size = Math.abs(value);
  if (size >= 100) return 0;
  if (size >= 10) return 1;
  return size >= 1 ? 2 : 3;
}

/** `84.2%` for a share of 1. */
export function formatShare(value: number, decimals = 0): string {
  return Number.isFinite(value) ? `${formatNumber(value * 100, decimals)}%` : 'not assessable';
}

/** `31 Mar 2026` for `2026-03-31`, `Mar 2026` for `2026-03`; anything else as it is. */
export function formatDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(iso);
  const month = match === null ? undefined : months[Number(match[2]) - 1];
  if (match === null || month === undefined) return iso;
  return match[3] === undefined ? `${month} ${match[1]}` : `${Number(match[3])} ${month} ${match[1]}`;
}

/** `12.1 to 14.9`. */
export function formatInterval(low: number, high: number, decimals: number): string {
  return `${formatNumber(low, decimals)} to ${formatNumber(high, decimals)}`;
}

export function formatCell(cell: TableCellValue): string {
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'number':
      return formatNumber(cell.value, cell.decimals);
    case 'share':
      return formatShare(cell.value, cell.decimals);
    case 'interval':
      return formatInterval(cell.low, cell.high, cell.decimals);
    case 'date':
      return formatDate(cell.iso);
    case 'references':
      return [...cell.to.map(({ text }) => text), cell.note].filter((part) => part !== '').join('; ');
    case 'withheld':
      return withheldMarker;
    case 'not-assessable':
      return 'not assessable';
    case 'empty':
      return '';
  }
}

/** The lines under a table: its own, and the one that explains the withheld marker where it occurs. */
export function notesOf(table: TableData): readonly string[] {
  const withheld = table.rows.some((row) => row.cells.some((cell) => cell.kind === 'withheld'));
  if (!withheld) return table.notes;
  const under = table.threshold === undefined ? 'small counts' : `counts of 1 to ${formatNumber(table.threshold - 1)}`;
  return [
    ...table.notes,
    `${withheldMarker} Withheld by disclosure control: ${under}, figures resting on too few people, and cells from which one of these could be worked out.`,
  ];
}

/** A caption with its number in front, where it has one: “Table 3: People by unit”. */
export function captionOf(label: string | undefined, caption: string): string {
  return label === undefined ? caption : `${label}: ${caption}`;
}

/** The words of a rich text without its emphasis. */
export function plainText(text: RichText): string {
  if (typeof text === 'string') return text;
  return text.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

// Direction overrides, invisible and control characters can make a text read as something it is not.
const unsafeCharacters = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Text that came in with data, made safe to set: one line, no control characters, direction marks, lone surrogates or what XML forbids. */
export function cleanText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(unsafeCharacters, '');
}
