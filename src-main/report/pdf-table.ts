import { textWidth } from '#shared/charts/text-width.ts';
import type { CrossReference, TableCellValue, TableData } from '#shared/report/document.ts';
import { cleanText, notesOf } from '#shared/report/format.ts';
import { contentWidthPt } from './page.ts';
import { colours, linkRun, type PdfNode, ruledLayout, textHeightPt, together } from './pdf-nodes.ts';
import { childTag, type PdfTag } from './pdf-tags.ts';
import { cellText, columnWidthsPt, headerLines, type TableLetters } from './table-columns.ts';

const letters: TableLetters = { fontSizePt: 8.5, paddingPt: 6 };

function headerNode(column: TableData['columns'][number], tag: PdfTag): PdfNode {
  const alignment = column.align === 'end' ? 'right' : 'left';
  const label = { text: cleanText(column.label), bold: true };
  return {
    text: column.unit === undefined ? [label] : [label, { text: `\n${cleanText(column.unit)}`, color: colours.muted }],
    tag,
    alignment,
    fontSize: letters.fontSizePt,
    lineHeight: 1.15,
  };
}

function referenceRuns(to: readonly CrossReference[], note: string): readonly object[] {
  const links = to.flatMap((each, index) => (index === 0 ? [linkRun(each)] : [{ text: '; ' }, linkRun(each)]));
  return note === '' ? links : [...links, { text: cleanText(links.length === 0 ? note : `; ${note}`) }];
}

function bodyNode(cell: TableCellValue | undefined, align: 'start' | 'end', tag: PdfTag, total: boolean): PdfNode {
  const quiet = cell !== undefined && (cell.kind === 'withheld' || cell.kind === 'not-assessable');
  return {
    text: cell?.kind === 'references' ? referenceRuns(cell.to, cell.note) : cellText(cell),
    tag,
    alignment: align === 'end' ? 'right' : 'left',
    fontSize: letters.fontSizePt,
    lineHeight: 1.15,
    bold: total,
    color: quiet ? colours.muted : colours.ink,
  };
}

export type TableCaption = { readonly caption: string; readonly id?: string };

/**
 * A table with its caption and notes. Caption and header are repeated on every page the table runs over.
 *
 * @param caption shown over the table, with the anchor that references to it lead to.
 */
export function tableNode(table: TableData, { caption, id }: TableCaption, parent: PdfTag): PdfNode {
  const tableTag = childTag(parent, 'Table');
  const title = {
    text: cleanText(caption),
    ...(id === undefined ? {} : { id }),
    tag: childTag(tableTag, 'Caption'),
    bold: true,
    fontSize: 9.5,
    margin: [0, 0, 0, 2],
    colSpan: table.columns.length,
  };
  const body: unknown[][] = [[title, ...table.columns.slice(1).map(() => ({}))]];
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
  const captionPt = textWidth(caption, 9.5) * 1.06;
  const widths = [...columnWidthsPt(table, contentWidthPt, letters, captionPt)];
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
  const startPt = headHeightPt + (heightsPt[0] ?? 0);
  return together([grid, ...notes], heightPt, { margin: [0, 0, 0, 12], startPt });
}

function rowHeightPt(row: TableData['rows'][number], widthsPt: readonly number[]): number {
  const heights = row.cells.map((cell, index) =>
    textHeightPt(cellText(cell), widthsPt[index] ?? 60, letters.fontSizePt),
  );
  return 6 + Math.max(0, ...heights);
}

function headerHeightPt(table: TableData, caption: string, widthsPt: readonly number[]): number {
  const heights = table.columns.map((column, index) =>
    headerLines(column).reduce((sum, line) => sum + textHeightPt(line, widthsPt[index] ?? 60, letters.fontSizePt), 0),
  );
  return 20 + textHeightPt(caption, contentWidthPt, 9.5) + Math.max(0, ...heights);
}
