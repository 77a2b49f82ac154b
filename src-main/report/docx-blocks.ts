import { HeadingLevel, PageBreak, Paragraph, type Table, TableCell, TableRow, TextRun, VerticalAlignTable } from 'docx';
import {
  type BasicBlock,
  type CalloutBlock,
  type DefinitionsBlock,
  type KeyFigure,
  type KeyFiguresBlock,
  type ListBlock,
  type NarrativeBlock,
  narrativeLabel,
  type ParagraphBlock,
  type ProvenanceBlock,
} from '#shared/report/document.ts';
import { cleanText } from '#shared/report/format.ts';
import { figureBlock } from './docx-figure.ts';
import { authoredListIndent, calloutStyle, styleIds } from './docx-styles.ts';
import { styledTable, tableBlock } from './docx-table.ts';
import { runs } from './docx-words.ts';
import { contentWidthPt } from './page.ts';

export type DocxBlock = Paragraph | Table;

/** Where in the document a block stands. */
export type DocxPlace = {
  /** Unique in the document, of letters, digits and hyphens. */
  readonly id: string;
  /** Of figures before it. */
  readonly figuresBefore: number;
  /** Of ordered lists before it: each begins again at one. */
  readonly listsBefore: number;
};

/** One block as Word has it, in the styles of the document. */
export async function docxBlocks(block: BasicBlock, place: DocxPlace): Promise<readonly DocxBlock[]> {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: block.level === 2 ? HeadingLevel.HEADING_3 : HeadingLevel.HEADING_2,
          text: cleanText(block.text),
        }),
      ];
    case 'paragraph':
      return [paragraph(block)];
    case 'list':
      return list(block, place.listsBefore);
    case 'table':
      return tableBlock(block);
    case 'figure':
      return figureBlock(block, { number: place.figuresBefore + 1, id: place.id });
    case 'narrative':
      return narrative(block);
    case 'callout':
      return callout(block);
    case 'key-figures':
      return keyFigures(block);
    case 'definitions':
      return definitions(block);
    case 'provenance':
      return provenance(block);
    case 'page-break':
      return [new Paragraph({ children: [new PageBreak()] })];
  }
}

function paragraph({ text, tone }: ParagraphBlock): Paragraph {
  const style = tone === 'lead' ? { style: styleIds.lead } : tone === 'small' ? { style: styleIds.smallPrint } : {};
  return new Paragraph({ ...style, children: runs(text) });
}

function list({ ordered, items }: ListBlock, instance: number): readonly Paragraph[] {
  return items.map((item) =>
    ordered
      ? new Paragraph({
          style: styleIds.numberedList,
          numbering: { reference: styleIds.numberedList, level: 0, instance },
          children: runs(item),
        })
      : new Paragraph({ style: styleIds.bulletList, children: runs(item) }),
  );
}

function narrative({ parts }: NarrativeBlock): readonly Paragraph[] {
  return [
    new Paragraph({ style: styleIds.authoredLabel, text: narrativeLabel }),
    ...parts.flatMap((part) =>
      part.kind === 'list'
        ? part.items.map(
            (item) =>
              new Paragraph({
                style: styleIds.authoredList,
                numbering: { reference: styleIds.bulletList, level: 0 },
                indent: authoredListIndent,
                children: runs(item),
              }),
          )
        : [new Paragraph({ style: styleIds.authored, children: runs(part.text) })],
    ),
    new Paragraph({ style: styleIds.tableNote, text: '' }),
  ];
}

function callout({ tone, title, text }: CalloutBlock): readonly Paragraph[] {
  const style = calloutStyle(tone);
  const words = new TextRun({ text: cleanText(title), style: styleIds.strong });
  return [
    new Paragraph({ style, keepNext: true, children: [words] }),
    ...text.map((each, index) => new Paragraph({ style, keepNext: index < text.length - 1, children: runs(each) })),
    new Paragraph({ style: styleIds.tableNote, text: '' }),
  ];
}

const figuresInRow = 4;

function keyFigureCell(figure: KeyFigure | undefined): TableCell {
  if (figure === undefined)
    return new TableCell({ children: [new Paragraph({ style: styleIds.keyFigureLabel, text: '' })] });
  const note =
    figure.note === undefined ? [] : [new TextRun({ text: cleanText(figure.note), style: styleIds.quiet, break: 1 })];
  return new TableCell({
    verticalAlign: VerticalAlignTable.TOP,
    children: [
      new Paragraph({ style: styleIds.keyFigure, text: cleanText(figure.value) }),
      new Paragraph({ style: styleIds.keyFigureLabel, children: [new TextRun(cleanText(figure.label)), ...note] }),
    ],
  });
}

function keyFigures({ figures }: KeyFiguresBlock): readonly DocxBlock[] {
  const across = Math.min(figuresInRow, figures.length);
  const rows = Array.from(
    { length: Math.ceil(figures.length / across) },
    (_, row) =>
      new TableRow({
        cantSplit: true,
        children: Array.from({ length: across }, (_cell, column) => keyFigureCell(figures[row * across + column])),
      }),
  );
  const widthsPt = Array.from({ length: across }, () => contentWidthPt / across - 8);
  return [
    styledTable({ rows, widthsPt, name: 'Key figures' }, { hasHeader: false }),
    new Paragraph({ style: styleIds.tableNote, text: '' }),
  ];
}

function definitions({ items }: DefinitionsBlock): readonly Paragraph[] {
  return items.flatMap(({ term, meaning }) => [
    new Paragraph({ style: styleIds.term, text: cleanText(term) }),
    new Paragraph({ style: styleIds.meaning, children: runs(meaning) }),
  ]);
}

const nameWidthPt = 130;

function provenance({ title, entries }: ProvenanceBlock): readonly DocxBlock[] {
  const cell = (text: string, style?: string): TableCell =>
    new TableCell({
      children: [
        new Paragraph({
          style: styleIds.tableText,
          children: [new TextRun({ text: cleanText(text), ...(style === undefined ? {} : { style }) })],
        }),
      ],
    });
  const rows = entries.map(
    ({ name, value }) => new TableRow({ cantSplit: true, children: [cell(name, styleIds.quiet), cell(value)] }),
  );
  return [
    new Paragraph({ style: styleIds.caption, text: cleanText(title) }),
    styledTable(
      { rows, widthsPt: [nameWidthPt, contentWidthPt - nameWidthPt - 16], name: title },
      { hasHeader: false },
    ),
    new Paragraph({ style: styleIds.tableNote, text: '' }),
  ];
}
