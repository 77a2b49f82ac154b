import { shortened } from '#shared/charts/text-width.ts';
import { blockAnchor } from '#shared/report/compose-document.ts';
import {
  type BasicBlock,
  type CalloutBlock,
  type DefinitionsBlock,
  type FigureBlock,
  type KeyFiguresBlock,
  type ListBlock,
  type NarrativeBlock,
  type Numbered,
  narrativeLabel,
  type ParagraphBlock,
  type ProvenanceBlock,
} from '#shared/report/document.ts';
import { captionOf, cleanText } from '#shared/report/format.ts';
import { drawChart } from './draw-chart.ts';
import { contentWidthPt } from './page.ts';
import {
  bareLayout,
  besideLayout,
  colours,
  leastRoomPt,
  type PdfNode,
  panelLayout,
  plain,
  ruledLayout,
  textHeightPt,
  textNode,
  together,
} from './pdf-nodes.ts';
import { tableNode } from './pdf-table.ts';
import { childTag, type PdfTag } from './pdf-tags.ts';

/** Width the charts are drawn at; on the page they are set smaller, so that their letters match small print. */
export const chartWidthPx = 640;

/** Letters of a sheet are this large, those of a report a little smaller: enough to guess heights by. */
const usualFontPt = 10;

const paragraphStyles = {
  lead: { fontSize: 12, lineHeight: 1.35, margin: [0, 2, 0, 9] },
  normal: { margin: [0, 0, 0, 8] },
  small: { fontSize: 8, color: colours.muted, margin: [0, 2, 0, 8] },
} as const;

function paragraph(block: ParagraphBlock, parent: PdfTag, widthPt = contentWidthPt): PdfNode {
  const style = paragraphStyles[block.tone ?? 'normal'];
  const node = textNode(block.text, childTag(parent, 'P'), style);
  const fontPt = 'fontSize' in style ? style.fontSize : usualFontPt;
  return together([node], textHeightPt(plain(block.text), widthPt, fontPt));
}

function list(block: ListBlock, parent: PdfTag, widthPt = contentWidthPt): PdfNode {
  const listTag = childTag(parent, 'L');
  const items = block.items.map((item, index): PdfNode => {
    const itemTag = childTag(listTag, 'LI');
    const text = block.ordered ? `${index + 1}.` : '\u2022';
    const label = { text, tag: childTag(itemTag, 'Lbl'), width: 16, color: colours.accent };
    return {
      columns: [label, { ...textNode(item, childTag(itemTag, 'LBody')), width: widthPt - 20 }],
      margin: [4, 0, 0, 3],
    };
  });
  const heightPt = block.items.reduce<number>((sum, item) => sum + 3 + textHeightPt(plain(item), widthPt - 20, 9.5), 0);
  return together(items, heightPt, { margin: [0, 0, 0, 7] });
}

function narrative({ parts }: NarrativeBlock, parent: PdfTag): PdfNode {
  const box = childTag(parent, 'Div');
  const label = {
    text: narrativeLabel,
    tag: childTag(box, 'P'),
    fontSize: 8,
    color: colours.muted,
    margin: [0, 0, 0, 3],
  };
  const widthPt = contentWidthPt - 21;
  const words = parts.map((part) => (part.kind === 'list' ? list(part, box, widthPt) : paragraph(part, box, widthPt)));
  return {
    table: { widths: [widthPt], body: [[{ stack: [label, ...words] }]] },
    layout: besideLayout(colours.muted),
    margin: [0, 4, 0, 10],
  };
}

const calloutFill = { finding: '#eef4f8', limits: '#f3f5f7', synthetic: '#fdf3e7', caution: '#fdf3e7' } as const;

function callout(block: CalloutBlock, parent: PdfTag): PdfNode {
  const box = childTag(parent, 'Div');
  const colour = colours[block.tone];
  const stack = [
    { text: cleanText(block.title), tag: childTag(box, 'P'), bold: true, color: colour, margin: [0, 0, 0, 2] },
    ...block.text.map((text, index) =>
      textNode(text, childTag(box, 'P'), { margin: [0, 0, 0, index === block.text.length - 1 ? 0 : 4] }),
    ),
  ];
  const panel = {
    table: { widths: [contentWidthPt - 23], body: [[{ stack }]] },
    layout: panelLayout(colour, calloutFill[block.tone]),
  };
  const heightPt = block.text.reduce<number>(
    (sum, text) => sum + 4 + textHeightPt(plain(text), contentWidthPt - 24, 9.5),
    30,
  );
  return together([panel], heightPt, { margin: [0, 4, 0, 12] });
}

const figuresInRow = 4;

function keyFigures(block: KeyFiguresBlock, parent: PdfTag): PdfNode {
  const stripTag = childTag(parent, 'Div');
  const cells = block.figures.map((figure) => {
    const tag = childTag(stripTag, 'Div');
    return {
      stack: [
        {
          text: cleanText(figure.value),
          tag: childTag(tag, 'P'),
          fontSize: 19,
          bold: true,
          color: colours.accent,
          lineHeight: 1.1,
        },
        { text: cleanText(figure.label), tag: childTag(tag, 'P'), fontSize: 9, lineHeight: 1.2 },
        ...(figure.note === undefined
          ? []
          : [
              {
                text: cleanText(figure.note),
                tag: childTag(tag, 'P'),
                fontSize: 8,
                color: colours.muted,
                lineHeight: 1.2,
              },
            ]),
      ],
    };
  });
  const across = Math.min(figuresInRow, cells.length);
  const rows = Array.from({ length: Math.ceil(cells.length / across) }, (_, row) =>
    Array.from({ length: across }, (_cell, column) => cells[row * across + column] ?? { text: '' }),
  );
  const strip = {
    table: { widths: Array.from({ length: across }, () => contentWidthPt / across - 10), body: rows },
    layout: {
      ...bareLayout,
      hLineWidth: () => 0.8,
      hLineColor: () => colours.line,
      paddingRight: () => 10,
      paddingTop: () => 8,
      paddingBottom: () => 7,
    },
  };
  return together([strip], rows.length * 70, { margin: [0, 4, 0, 14] });
}

/** Where references to a table or figure lead. */
function anchorOf({ id }: Numbered): { readonly id?: string } {
  return id === undefined ? {} : { id: blockAnchor(id) };
}

/** A figure is never split, so it must fit on a page with its title, its caption and a heading. */
const tallestChartPt = 520;

function figure(block: FigureBlock, parent: PdfTag, id: string): PdfNode {
  const drawn = drawChart(block.chart, id, chartWidthPx);
  const titleTag = childTag(parent, 'H3');
  const captionTag = childTag(parent, 'P');
  const figureTag = childTag(parent, 'Figure', { alt: cleanText(`${block.title}. ${block.description}`) });
  return {
    unbreakable: true,
    stack: [
      {
        text: shortened(cleanText(captionOf(block.label, block.title)), 10.5, 3 * contentWidthPt),
        ...anchorOf(block),
        tag: titleTag,
        fontSize: 10.5,
        bold: true,
        lineHeight: 1.2,
      },
      {
        text: shortened(cleanText(block.caption), 8.5, 4 * contentWidthPt),
        tag: captionTag,
        fontSize: 8.5,
        color: colours.muted,
        margin: [0, 1, 0, 5],
        lineHeight: 1.2,
      },
      { svg: drawn.svg, fit: [contentWidthPt, tallestChartPt], tag: figureTag },
    ],
    margin: [0, 6, 0, 14],
  };
}

function definitions(block: DefinitionsBlock, parent: PdfTag): PdfNode {
  const listTag = childTag(parent, 'L');
  const termPt = 110;
  const items = block.items.map((item): PdfNode => {
    const itemTag = childTag(listTag, 'LI');
    return {
      columns: [
        { text: cleanText(item.term), tag: childTag(itemTag, 'Lbl'), width: termPt, bold: true },
        { ...textNode(item.meaning, childTag(itemTag, 'LBody')), width: contentWidthPt - termPt - 10 },
      ],
      columnGap: 10,
      margin: [0, 0, 0, 4],
    };
  });
  const heightPt = block.items.reduce((sum, item) => {
    const term = textHeightPt(item.term, termPt, 9.5);
    return sum + 4 + Math.max(term, textHeightPt(plain(item.meaning), contentWidthPt - termPt - 10, 9.5));
  }, 0);
  return together(items, heightPt, { margin: [0, 2, 0, 10] });
}

function provenance(block: ProvenanceBlock, parent: PdfTag): readonly PdfNode[] {
  const tableTag = childTag(parent, 'Table');
  const caption = {
    text: cleanText(block.title),
    tag: childTag(tableTag, 'Caption'),
    bold: true,
    colSpan: 2,
    fontSize: 9.5,
  };
  const rows = block.entries.map((entry) => {
    const row = childTag(tableTag, 'TR');
    return [
      { text: cleanText(entry.name), tag: childTag(row, 'TH', { scope: 'Row' }), fontSize: 8.5, color: colours.muted },
      {
        text: cleanText(entry.value),
        tag: childTag(row, 'TD'),
        fontSize: entry.code === true ? 8 : 8.5,
        characterSpacing: entry.code === true ? 0.2 : 0,
      },
    ];
  });
  return [
    {
      table: {
        widths: [110, contentWidthPt - 122],
        body: [[caption, {}], ...rows],
        headerRows: 1,
        keepWithHeaderRows: 1,
      },
      layout: ruledLayout(1),
      margin: [0, 4, 0, 12],
    },
  ];
}

/** Where a block stands: an id that is unique in the document, and the anchor of its section. */
export type PdfPlace = { readonly id: string; readonly section: string };

/** One block as the layout's nodes; what it says is tagged under `parent`. */
export function blockNodes(block: BasicBlock, parent: PdfTag, { id, section }: PdfPlace): readonly PdfNode[] {
  switch (block.kind) {
    case 'heading':
      return [
        {
          text: cleanText(block.text),
          tag: childTag(parent, block.level === 2 ? 'H4' : 'H3'),
          headlineLevel: leastRoomPt,
          ...(block.level === 2
            ? {}
            : { id: `heading-${id}`, outline: true, outlineText: cleanText(block.text), outlineParentId: section }),
          fontSize: block.level === 2 ? 10.5 : 12,
          bold: true,
          margin: [0, 8, 0, 5],
        },
      ];
    case 'paragraph':
      return [paragraph(block, parent)];
    case 'list':
      return [list(block, parent)];
    case 'table':
      return [tableNode(block, { caption: captionOf(block.label, block.caption), ...anchorOf(block) }, parent)];
    case 'figure':
      return [figure(block, parent, id)];
    case 'narrative':
      return [narrative(block, parent)];
    case 'callout':
      return [callout(block, parent)];
    case 'key-figures':
      return [keyFigures(block, parent)];
    case 'definitions':
      return [definitions(block, parent)];
    case 'provenance':
      return provenance(block, parent);
    case 'page-break':
      return [{ text: '', pageBreak: 'after', fontSize: 1 }];
  }
}
