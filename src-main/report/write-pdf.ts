import { shortened } from '#shared/charts/text-width.ts';
import {
  type ComposedDocument,
  type ComposedSection,
  composeDocument,
  sectionAnchor,
} from '#shared/report/compose-document.ts';
import type { FigureBlock, ReportDocument } from '#shared/report/document.ts';
import { editionOf } from '#shared/report/edition.ts';
import { captionOf, cleanText } from '#shared/report/format.ts';
import { contentWidthPt, margins, sheetMargins } from './page.ts';
import { blockNodes } from './pdf-blocks.ts';
import { renderPdf } from './pdf-engine.ts';
import { bareLayout, colours, leastRoomPt, type PdfNode, textNode, withHeadings } from './pdf-nodes.ts';
import { tableNode } from './pdf-table.ts';
import { childTag, newTag, type PdfTag } from './pdf-tags.ts';

function front(document: ComposedDocument, root: PdfTag): readonly PdfNode[] {
  return [
    {
      text: cleanText(document.title),
      tag: childTag(root, 'H1'),
      fontSize: 27,
      bold: true,
      color: colours.accent,
      lineHeight: 1.15,
      margin: [0, 96, 40, 10],
    },
    { text: cleanText(document.subtitle), tag: childTag(root, 'P'), fontSize: 14, margin: [0, 0, 0, 22] },
    textNode(document.about, childTag(root, 'P'), { fontSize: 11, lineHeight: 1.4, margin: [0, 0, 60, 26] }),
    {
      text: cleanText(editionOf(document)),
      tag: childTag(root, 'P'),
      color: colours.muted,
      margin: [0, 0, 0, 34],
    },
  ];
}

/** The head of a sheet to hand out: its sections begin on the same page. */
function sheetHead(document: ComposedDocument, root: PdfTag): readonly PdfNode[] {
  return [
    {
      text: cleanText(document.title),
      tag: childTag(root, 'H1'),
      fontSize: 20,
      bold: true,
      color: colours.accent,
      lineHeight: 1.1,
      margin: [0, 0, 0, 2],
    },
    { text: cleanText(document.subtitle), tag: childTag(root, 'P'), color: colours.muted, margin: [0, 0, 0, 6] },
    textNode(document.about, childTag(root, 'P'), { fontSize: 11, margin: [0, 0, 0, 4] }),
  ];
}

type ContentsEntry = { readonly id: string; readonly heading: string };

/** Rows of the contents that fit under the title with air between them; with more they move together, to stay on its page. */
const airyContents = 11;

function contents(entries: readonly ContentsEntry[], root: PdfTag): readonly PdfNode[] {
  const headingTag = childTag(root, 'H2');
  const tag = childTag(root, 'TOC');
  const isLong = entries.length > airyContents;
  return [
    { text: 'Contents', tag: headingTag, fontSize: 13, bold: true, margin: [0, 0, 0, 6] },
    {
      ...(isLong ? { fontSize: 9, lineHeight: 1.05 } : {}),
      table: {
        widths: [contentWidthPt - 30, 30],
        body: entries.map((entry) => {
          const item = childTag(childTag(tag, 'TOCI'), 'Link');
          return [
            { text: cleanText(entry.heading), linkToDestination: entry.id, tag: item },
            { pageReference: entry.id, alignment: 'right', tag: item, color: colours.muted },
          ];
        }),
      },
      layout: {
        ...bareLayout,
        hLineWidth: (line: number) => (line === 0 ? 0 : 0.4),
        hLineColor: () => colours.line,
        paddingTop: () => (isLong ? 1 : 3.5),
        paddingBottom: () => (isLong ? 0.5 : 3),
      },
    },
  ];
}

type HeadingStyle = { readonly newPage: boolean; readonly isSheet?: boolean };

function headingNode(id: string, heading: string, tag: PdfTag, { newPage, isSheet = false }: HeadingStyle): PdfNode {
  return {
    text: cleanText(heading),
    id,
    tag,
    outline: true,
    outlineText: cleanText(heading),
    headlineLevel: leastRoomPt,
    fontSize: isSheet ? 12.5 : 17,
    bold: true,
    color: colours.accent,
    lineHeight: 1.15,
    margin: isSheet ? [0, 4, 0, 3] : [0, newPage ? 0 : 16, 0, 9],
    ...(newPage ? { pageBreak: 'before' } : {}),
  };
}

function sectionNodes(section: ComposedSection, root: PdfTag, style: HeadingStyle): readonly PdfNode[] {
  const tag = childTag(root, 'Sect');
  const heading = headingNode(sectionAnchor(section.id), section.heading, childTag(tag, 'H2'), style);
  const blocks = section.blocks.flatMap((block, index) =>
    blockNodes(block, tag, { id: `${section.id}-${index}`, section: sectionAnchor(section.id) }),
  );
  return withHeadings([heading, ...blocks]);
}

/** Without the margin under the last node: where that reaches over the end of a page, a page with nothing on it would follow. */
function withoutSpaceBelow(nodes: readonly PdfNode[]): readonly PdfNode[] {
  const last = nodes.at(-1);
  if (!last) return nodes;
  const margin = Array.isArray(last.margin) ? { margin: [...last.margin.slice(0, 3), 0] } : {};
  const stack = Array.isArray(last.stack) ? { stack: withoutSpaceBelow(last.stack) } : {};
  return [...nodes.slice(0, -1), { ...last, ...margin, ...stack }];
}

const annexId = 'annex-chart-data';
const annexHeading = 'Annex: the numbers behind the charts';

function annex(figures: readonly FigureBlock[], root: PdfTag): readonly PdfNode[] {
  if (figures.length === 0) return [];
  const tag = childTag(root, 'Sect');
  return withHeadings([
    headingNode(annexId, annexHeading, childTag(tag, 'H2'), { newPage: true }),
    ...figures.map((figure) => tableNode(figure.data, { caption: captionOf(figure.label, figure.title) }, tag)),
  ]);
}

/**
 * The report as PDF: A4, tagged, marked in its header, bookmarked, with a contents list, its charts as vectors and the
 * numbers behind them in an annex; a sheet without front page and contents. The same document gives the same bytes: its dates are those of the data.
 */
export function writePdf(given: ReportDocument): Promise<Uint8Array> {
  const document = composeDocument(given);
  const root = newTag('Document');
  const figures = document.sections.flatMap((section) => section.blocks.filter((block) => block.kind === 'figure'));
  const entries = [
    ...document.sections.map((section) => ({ id: sectionAnchor(section.id), heading: section.heading })),
    ...(figures.length > 0 ? [{ id: annexId, heading: annexHeading }] : []),
  ];
  const title = cleanText(document.title);
  const marking = cleanText(document.marking);
  const edition = cleanText(editionOf(document));
  const markingOnPage = shortened(marking, 10, contentWidthPt);
  const edge = { fontSize: 8, color: colours.muted };
  const isSheet = document.layout === 'sheet';
  const content = [
    ...(isSheet ? sheetHead(document, root) : [...front(document, root), ...contents(entries, root)]),
    ...withoutSpaceBelow(
      document.sections.flatMap((section, index) =>
        sectionNodes(section, root, { newPage: index === 0 && !isSheet, isSheet }),
      ),
    ),
    ...annex(figures, root),
  ];
  return renderPdf({
    title,
    subject: cleanText(document.subtitle),
    keywords: document.reference === undefined ? marking : `${marking}; ${document.reference}`,
    language: document.language,
    createdAt: new Date(`${document.dataTo}T00:00:00Z`),
    content,
    margins: isSheet ? sheetMargins : margins,
    letters: isSheet ? { fontSize: 10, lineHeight: 1.05 } : { fontSize: 9.5, lineHeight: 1.3 },
    structure: root,
    header: () => ({
      text: markingOnPage,
      alignment: 'center',
      bold: true,
      ...edge,
      characterSpacing: 0.6,
      margin: [0, 30, 0, 0],
    }),
    footer: (page, pages) => ({
      columns: [
        {
          text: `${shortened(title, edge.fontSize, contentWidthPt - 250)} · ${edition}`,
          width: contentWidthPt - 90,
        },
        { text: `Page ${page} of ${pages}`, width: 90, alignment: 'right' },
      ],
      ...edge,
      margin: [margins.left, isSheet ? 14 : 22, margins.right, 0],
    }),
  });
}
