import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  PageNumber,
  type PageNumberEstimator,
  Paragraph,
  SectionType,
  TableOfContents,
  TabStopType,
  TextRun,
} from 'docx';
import { estimatePageNumbers } from 'docx/layout';
import { type ComposedDocument, composeDocument, sectionAnchor } from '#shared/report/compose-document.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { editionOf } from '#shared/report/edition.ts';
import { cleanText } from '#shared/report/format.ts';
import { type DocxBlock, docxBlocks } from './docx-blocks.ts';
import { documentStyles, styleIds, tableStyles } from './docx-styles.ts';
import { twips } from './docx-units.ts';
import { bookmarked, runs } from './docx-words.ts';
import { packDocx } from './pack-docx.ts';
import { contentWidthPt, margins, pageHeightPt, pageWidthPt } from './page.ts';

/** The level of a list whose items stand in from the edge by the width of their mark. */
function level(format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) {
  const indent = { left: twips(18), hanging: twips(14) };
  return { level: 0, format, text, alignment: AlignmentType.START, style: { paragraph: { indent } } };
}

const numbering = {
  config: [
    { reference: styleIds.bulletList, levels: [level(LevelFormat.BULLET, '\u2022')] },
    { reference: styleIds.numberedList, levels: [level(LevelFormat.DECIMAL, '%1.')] },
  ],
};

/** Only the pages: the numbers of list items, which it would work out too, are not in any contents of ours. */
const contentsPages: PageNumberEstimator = (written, context) => estimatePageNumbers(written, context);

function front(document: ComposedDocument): readonly Paragraph[] {
  const about = new Paragraph({ children: runs(document.about) });
  const head = [
    new Paragraph({ heading: HeadingLevel.TITLE, text: cleanText(document.title) }),
    new Paragraph({ style: styleIds.subtitle, text: cleanText(document.subtitle) }),
    about,
  ];
  if (document.layout === 'sheet') return head;
  return [...head, new Paragraph({ style: styleIds.smallPrint, text: cleanText(editionOf(document)) })];
}

function contents(): readonly (Paragraph | TableOfContents)[] {
  return [
    new Paragraph({ style: styleIds.contentsHeading, text: 'Contents' }),
    new TableOfContents('Contents', { hyperlink: true, headingStyleRange: '1-2' }),
  ];
}

async function body(document: ComposedDocument): Promise<readonly DocxBlock[]> {
  const blocks: DocxBlock[] = [];
  let [figuresBefore, listsBefore] = [0, 0];
  for (const [index, section] of document.sections.entries()) {
    blocks.push(
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        pageBreakBefore: index === 0 && document.layout !== 'sheet',
        children: bookmarked(sectionAnchor(section.id), [new TextRun(cleanText(section.heading))]),
      }),
    );
    for (const [at, block] of section.blocks.entries()) {
      blocks.push(...(await docxBlocks(block, { id: `${section.id}-${at}`, figuresBefore, listsBefore })));
      if (block.kind === 'figure') figuresBefore += 1;
      if (block.kind === 'list' && block.ordered) listsBefore += 1;
    }
  }
  return blocks;
}

function headerOf(marking: string): Header {
  return new Header({
    children: [new Paragraph({ style: styleIds.header, alignment: AlignmentType.CENTER, text: marking })],
  });
}

function footerOf(document: ComposedDocument): Footer {
  const words = cleanText(`${document.title} · ${editionOf(document)}`);
  return new Footer({
    children: [
      new Paragraph({
        style: styleIds.footer,
        tabStops: [{ type: TabStopType.RIGHT, position: twips(contentWidthPt) }],
        children: [
          new TextRun(words),
          new TextRun({ children: ['\tPage ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });
}

/**
 * The report as a Word file to go on writing in: real styles, headings, captions whose numbers are fields, a contents
 * list with its page numbers, tables with repeated headers, charts as vectors with a description and the numbers
 * behind each under it. The same document gives the same bytes: its dates are those of the data.
 */
export async function writeDocx(given: ReportDocument): Promise<Uint8Array> {
  const document = composeDocument(given);
  const isSheet = document.layout === 'sheet';
  const marking = cleanText(document.marking);
  const properties = {
    title: cleanText(document.title),
    subject: cleanText(document.subtitle),
    keywords: [marking, ...(document.reference === undefined ? [] : [document.reference])].join('; '),
  };
  const file = new Document({
    ...properties,
    creator: 'Tidemark',
    customProperties: [{ name: 'Marking', value: marking }],
    compatibility: { version: 15 },
    styles: documentStyles(isSheet),
    externalStyles: tableStyles,
    numbering,
    pageNumbers: contentsPages,
    sections: [
      {
        properties: {
          type: SectionType.NEXT_PAGE,
          page: {
            size: { width: twips(pageWidthPt), height: twips(pageHeightPt) },
            margin: {
              top: twips(margins.top),
              bottom: twips(margins.bottom),
              left: twips(margins.left),
              right: twips(margins.right),
              header: twips(30),
              footer: twips(28),
            },
          },
        },
        headers: { default: headerOf(marking) },
        footers: { default: footerOf(document) },
        children: [...front(document), ...(isSheet ? [] : contents()), ...(await body(document))],
      },
    ],
  });
  return packDocx(file, { ...properties, language: document.language, day: document.dataTo });
}
