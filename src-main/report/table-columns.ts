import { textWidth } from '#shared/charts/text-width.ts';
import type { TableCellValue, TableColumn, TableData } from '#shared/report/document.ts';
import { cleanText, formatCell } from '#shared/report/format.ts';

/** How letters stand in a table: their size, and the room on each side of a column's words. */
export type TableLetters = { readonly fontSizePt: number; readonly paddingPt: number };

export function cellText(cell: TableCellValue | undefined): string {
  return cell === undefined ? '' : cleanText(formatCell(cell));
}

export function headerLines(column: TableColumn): readonly string[] {
  return column.unit === undefined ? [column.label] : [column.label, column.unit];
}

/**
 * Widths in points that add up to at most the width of the page. Every column gets its longest word if there is room,
 * then what is left goes where the text is longest; a word longer than its column is broken by the layout.
 */
export function columnWidthsPt(
  table: TableData,
  availablePt: number,
  { fontSizePt, paddingPt }: TableLetters,
  leastPt = 0,
): readonly number[] {
  const longestWordPt = (text: string): number =>
    Math.max(0, ...text.split(' ').map((word) => textWidth(word, fontSizePt)));
  const gaps = (table.columns.length - 1) * 2 * paddingPt;
  const room = availablePt - gaps;
  const wanted = table.columns.map((column, index) => {
    const texts = [...headerLines(column), ...table.rows.map((row) => cellText(row.cells[index]))];
    const natural = Math.max(18, ...texts.map((text) => textWidth(text, fontSizePt))) * 1.04;
    const least = Math.min(room / table.columns.length, Math.max(18, ...texts.map(longestWordPt)) * 1.04);
    return { natural, least: Math.min(natural, least) };
  });
  const natural = wanted.reduce((total, each) => total + each.natural, 0);
  if (natural <= room) {
    // Numbers stay near their names: a small table is not stretched to the edge, only to the width of its caption.
    const filled = Math.min(room, Math.max(natural + 14 * wanted.length, 0.45 * room, leastPt - gaps));
    const spare = (natural > 0.6 * room ? room - natural : filled - natural) / wanted.length;
    return wanted.map((each) => each.natural + Math.max(0, spare));
  }
  const least = wanted.reduce((total, each) => total + each.least, 0);
  const share = (room - least) / (natural - least);
  return wanted.map((each) => each.least + (each.natural - each.least) * share);
}
