import {
  AlignmentType,
  BuilderElement,
  Paragraph,
  type ParagraphChild,
  SequentialIdentifier,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { blockAnchor } from '#shared/report/compose-document.ts';
import type { TableBlock, TableCellValue, TableColumn, TableData } from '#shared/report/document.ts';
import { cleanText, notesOf } from '#shared/report/format.ts';
import { styleIds } from './docx-styles.ts';
import { twips } from './docx-units.ts';
import { bookmarked, referenceRuns } from './docx-words.ts';
import { contentWidthPt } from './page.ts';
import { cellText, columnWidthsPt, type TableLetters } from './table-columns.ts';

const letters: TableLetters = { fontSizePt: 9, paddingPt: 4 };

/** Rows up to here are kept on one page, with the caption above them. */
const mostRowsKept = 14;

/** The words that name a table to somebody who hears it: Word shows them as its alternative text. */
class NamedTable extends Table {
  constructor(options: ConstructorParameters<typeof Table>[0], name: string) {
    super(options);
    const properties = this.root.find((child) => child?.rootKey === 'w:tblPr');
    const words = { value: { key: 'w:val', value: name } };
    properties?.addChildElement(new BuilderElement({ name: 'w:tblCaption', attributes: words }));
  }
}

/** `Table 3: ` with its number as a field, so that Word numbers on when a table is added; then the caption. */
export function captionRuns(
  label: string | undefined,
  caption: string,
  id: string | undefined,
): readonly ParagraphChild[] {
  const words = new TextRun(cleanText(caption));
  if (label === undefined) return [words];
  const [name = ''] = label.split(' ');
  const numbered = [new TextRun(`${name} `), new SequentialIdentifier(name)];
  return [...bookmarked(id === undefined ? null : blockAnchor(id), numbered), new TextRun(': '), words];
}

function alignment(align: 'start' | 'end') {
  return align === 'end' ? { alignment: AlignmentType.RIGHT } : {};
}

function headerCell(column: TableColumn): TableCell {
  const unit =
    column.unit === undefined
      ? []
      : [new TextRun({ text: cleanText(column.unit), break: 1, bold: false, style: styleIds.quiet })];
  const words = [new TextRun(cleanText(column.label)), ...unit];
  return new TableCell({
    children: [
      new Paragraph({ style: styleIds.tableHeading, keepNext: true, ...alignment(column.align), children: words }),
    ],
  });
}

function cellRuns(cell: TableCellValue | undefined, isTotal: boolean): readonly ParagraphChild[] {
  if (cell?.kind === 'references') return referenceRuns(cell.to, cell.note);
  const isQuiet = cell?.kind === 'withheld' || cell?.kind === 'not-assessable';
  const text = cellText(cell);
  if (isQuiet) return [new TextRun({ text, style: styleIds.quiet })];
  return [isTotal ? new TextRun({ text, style: styleIds.strong }) : new TextRun(text)];
}

function bodyRow(row: TableData['rows'][number], columns: readonly TableColumn[], isKept: boolean): TableRow {
  return new TableRow({
    cantSplit: true,
    children: columns.map(
      (column, index) =>
        new TableCell({
          children: [
            new Paragraph({
              style: styleIds.tableText,
              keepNext: isKept,
              ...alignment(column.align),
              children: cellRuns(row.cells[index], row.role === 'total'),
            }),
          ],
        }),
    ),
  });
}

type NamedRows = { readonly rows: readonly TableRow[]; readonly widthsPt: readonly number[]; readonly name: string };

/** Rows under the style of every table, each column as wide as given. */
export function styledTable({ rows, widthsPt, name }: NamedRows, look: { readonly hasHeader: boolean }): Table {
  const columnWidths = widthsPt.map((width) => twips(width + 2 * letters.paddingPt));
  return new NamedTable(
    {
      rows,
      columnWidths,
      style: look.hasHeader ? styleIds.table : styleIds.headless,
      layout: TableLayoutType.FIXED,
      width: { size: columnWidths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
      tableLook: {
        firstRow: look.hasHeader,
        lastRow: false,
        firstColumn: true,
        lastColumn: false,
        noHBand: true,
        noVBand: true,
      },
    },
    cleanText(name),
  );
}

/** The rows of a table with their header, repeated on every page, and the notes under them. */
export function dataTable(table: TableData, name: string): readonly (Paragraph | Table)[] {
  const notes = notesOf(table);
  const isShort = table.rows.length <= mostRowsKept;
  const header = new TableRow({ tableHeader: true, cantSplit: true, children: table.columns.map(headerCell) });
  const rows = table.rows.map((row, index) =>
    bodyRow(row, table.columns, isShort && (index < table.rows.length - 1 || notes.length > 0)),
  );
  // Padding at the edges of the page is Word's too, so that the first column has it as well.
  const widthsPt = columnWidthsPt(table, contentWidthPt - 2 * letters.paddingPt, letters);
  return [
    styledTable({ rows: [header, ...rows], widthsPt, name }, { hasHeader: true }),
    ...notes.map(
      (note, index) =>
        new Paragraph({ style: styleIds.tableNote, keepNext: index < notes.length - 1, text: cleanText(note) }),
    ),
    // Two tables without a paragraph between them would become one.
    new Paragraph({ style: styleIds.tableNote, text: '' }),
  ];
}

export function tableBlock(block: TableBlock): readonly (Paragraph | Table)[] {
  return [
    new Paragraph({ style: styleIds.caption, children: captionRuns(block.label, block.caption, block.id) }),
    ...dataTable(block, block.caption),
  ];
}
