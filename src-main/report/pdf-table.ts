import { textWidth } from '#shared/charts/text-width.ts';
import type { TableCellValue, TableData } from '#shared/report/document.ts';
import { cleanText, formatCell, notesOf } from '#shared/report/format.ts';
import { colours, type PdfNode, ruledLayout, textHeightPt, together } from './pdf-nodes.ts';
import { contentWidthPt } from './pdf-page.ts';
import { childTag, type PdfTag } from './pdf-tags.ts';

const fontSizePt = 8.5;
const paddingPt = 6;

function headerLines(column: TableData['columns'][number]): readonly string[] {
  return column.unit === undefined ? [column.label] : [column.label, column.unit];
}

function longestWordPt(text: string): number {
  return Math.max(0, ...text.split(' ').map((word) => textWidth(word, fontSizePt)));
}

/**
 * Widths in points that add up to at most the width of the page. Every column gets its longest word if there is room,
 * then what is left goes where the text is longest; a word longer than its column is broken by the layout.
 */
export function columnWidthsPt(table: TableData, availablePt: number, leastPt = 0): readonly number[] {
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

function cellText(cell: TableCellValue | undefined): string {
  return cell === undefined ? '' : cleanText(formatCell(cell));
}

function headerNode(column: TableData['columns'][number], tag: PdfTag): PdfNode {
  const alignment = column.align === 'end' ? 'right' : 'left';
  const label = { text: cleanText(column.label), bold: true };
  return {
    text: column.unit === undefined ? [label] : [label, { text: `\n${cleanText(column.unit)}`, color: colours.muted }],
    tag,
    alignment,
    fontSize: fontSizePt,
    lineHeight: 1.15,
  };
}

function bodyNode(cell: TableCellValue | undefined, align: 'start' | 'end', tag: PdfTag, total: boolean): PdfNode {
  const quiet = cell !== undefined && (cell.kind === 'withheld' || cell.kind === 'not-assessable');
  return {
    text: cellText(cell),
    tag,
    alignment: align === 'end' ? 'right' : 'left',
    fontSize: fontSizePt,
    lineHeight: 1.15,
    bold: total,
    color: quiet ? colours.muted : colours.ink,
  };
}

/**
 * A table with its caption and notes. Caption and header are repeated on every page the table runs over.
 *
 * @param caption shown over the table; null where what stands over it already names it.
 */
export function tableNode(table: TableData, caption: string | null, parent: PdfTag): PdfNode {
  const tableTag = childTag(parent, 'Table');
  const body: unknown[][] = [];
  if (caption !== null) {
    const title = {
      text: cleanText(caption),
      tag: childTag(tableTag, 'Caption'),
      bold: true,
      fontSize: 9.5,
      margin: [0, 0, 0, 2],
    };
    body.push([{ ...title, colSpan: table.columns.length }, ...table.columns.slice(1).map(() => ({}))]);
  }
  const headTag = childTag(tableTag, 'TR');
  body.push(table.columns.map((column) => headerNode(column, childTag(headTag, 'TH', { scope: 'Column' }))));
  const headerRows = body.length;
  for (const row of table.rows) {
    const rowTag = childTag(tableTag, 'TR');
    body.push(
      table.columns.map((column, index) => {
        const tag = index === 0 ? childTag(rowTag, 'TH', { scope: 'Row' }) : childTag(rowTag, 'TD');
        return bodyNode(row.cells[index], column.align, tag, row.role === 'total');
      }),
    );
  }
  const notes = notesOf(table).map(
    (note): PdfNode => ({
      text: cleanText(note),
      tag: childTag(parent, 'Note'),
      fontSize: 8,
      lineHeight: 1.2,
      color: colours.muted,
      margin: [0, 2, 0, 0],
    }),
  );
  const captionPt = caption === null ? 0 : textWidth(caption, 9.5) * 1.06;
  const widths = [...columnWidthsPt(table, contentWidthPt, captionPt)];
  const heightsPt = table.rows.map((row) => rowHeightPt(row, widths));
  const wholeRows = Math.max(0, ...heightsPt) < 200;
  const headHeightPt = headerHeightPt(table, caption, widths);
  const repeated = headHeightPt < 150 ? { headerRows, keepWithHeaderRows: 1 } : {};
  const grid: PdfNode = {
    table: { ...repeated, dontBreakRows: wholeRows, widths, body },
    layout: ruledLayout(headerRows),
    margin: [0, 8, 0, 2],
  };
  const noteHeightPt = notesOf(table).reduce((sum, note) => sum + 2 + textHeightPt(note, contentWidthPt, 8), 0);
  const heightPt = heightsPt.reduce((sum, height) => sum + height, headHeightPt) + noteHeightPt;
  return together([grid, ...notes], heightPt, { margin: [0, 0, 0, 12] });
}

function rowHeightPt(row: TableData['rows'][number], widthsPt: readonly number[]): number {
  const heights = row.cells.map((cell, index) => textHeightPt(cellText(cell), widthsPt[index] ?? 60, fontSizePt));
  return 6 + Math.max(0, ...heights);
}

function headerHeightPt(table: TableData, caption: string | null, widthsPt: readonly number[]): number {
  const heights = table.columns.map((column, index) =>
    headerLines(column).reduce((sum, line) => sum + textHeightPt(line, widthsPt[index] ?? 60, fontSizePt), 0),
  );
  return 20 + (caption === null ? 0 : textHeightPt(caption, contentWidthPt, 9.5)) + Math.max(0, ...heights);
}
