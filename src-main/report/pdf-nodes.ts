import { textWidth } from '#shared/charts/text-width.ts';
import { isReference } from '#shared/report/compose-document.ts';
import type { CrossReference, RichText } from '#shared/report/document.ts';
import { cleanText, plainText } from '#shared/report/format.ts';
import type { PdfTag } from './pdf-tags.ts';

/** pdfmake's document nodes, as far as the writer uses them. */
export type PdfNode = { readonly tag?: PdfTag } & { readonly [property: string]: unknown };

export const colours = {
  ink: '#1c2b36',
  muted: '#54636f',
  line: '#c3ccd3',
  faint: '#f3f6f8',
  accent: '#14577d',
  finding: '#14577d',
  limits: '#54636f',
  synthetic: '#a85400',
  caution: '#a85400',
} as const;

/** Words that lead to another place of the document. */
export function linkRun({ to, text }: CrossReference): object {
  return { text: cleanText(text), linkToDestination: to, color: colours.accent };
}

/** Words in runs, so that emphasis shows; always cleaned. */
export function runs(text: RichText): readonly object[] {
  if (typeof text === 'string') return [{ text: cleanText(text) }];
  return text.map((part) => {
    if (typeof part === 'string') return { text: cleanText(part) };
    if (isReference(part)) return linkRun(part);
    const words = { text: cleanText(part.text) };
    if (part.emphasis === 'strong') return { ...words, bold: true };
    if (part.emphasis === 'changed') return { ...words, bold: true, color: colours.caution };
    if (part.emphasis === 'emphasis') return { ...words, italics: true };
    return { ...words, color: colours.accent };
  });
}

export function textNode(text: RichText, tag: PdfTag, style: object = {}): PdfNode {
  return typeof text === 'string' ? { text: cleanText(text), tag, ...style } : { text: runs(text), tag, ...style };
}

export function plain(text: RichText): string {
  return cleanText(plainText(text));
}

/** The layout drops what it is told not to break and cannot fit on a page, so only what is surely short is kept whole. */
const mostKeptPt = 330;

/** About how tall a text is when set in a column, in points. */
export function textHeightPt(text: string, widthPt: number, fontSizePt: number): number {
  // Words do not fill lines; one in eight of the width is given away.
  return Math.max(1, Math.ceil(textWidth(text, fontSizePt) / (widthPt * 0.875))) * fontSizePt * 1.35;
}

/** Nodes as one, on one page if they are short. */
export function together(nodes: readonly PdfNode[], heightPt: number, style: object = {}): PdfNode {
  return { stack: [...nodes], ...(heightPt <= mostKeptPt ? { unbreakable: true } : {}), ...style };
}

/**
 * Room that a heading needs from its top to the end of the page, in points: for itself and a few lines of what follows. It is told
 * as the heading's `headlineLevel`, the one number of ours that the layout passes on when it asks where a page should break.
 */
export const leastRoomPt = 110;
/** Of one heading with the space around it, in points, about. */
const headingPt = 45;

/**
 * Moves headings into the block they stand over where that is kept whole, so that they go with it to the next page; over a table that
 * may break they ask for the room that its beginning takes.
 */
export function withHeadings(nodes: readonly PdfNode[]): readonly PdfNode[] {
  const joined: PdfNode[] = [];
  let headings: PdfNode[] = [];
  for (const node of nodes) {
    if (node.headlineLevel !== undefined) headings.push(node);
    else if (headings.length > 0 && node.unbreakable === true) {
      const { pageBreak } = headings[0] ?? node;
      const start = pageBreak === undefined ? {} : { pageBreak };
      // A break inside a block that is kept whole would lose what follows it: only the whole may ask for one.
      const inside = [...headings, node].map(
        ({ pageBreak: _break, headlineLevel: _level, unbreakable: _whole, ...kept }) => kept,
      );
      joined.push({ stack: inside, unbreakable: true, ...start });
      headings = [];
    } else {
      const start = typeof node['startPt'] === 'number' ? node['startPt'] : 0;
      const roomPt = Math.max(leastRoomPt, headings.length * headingPt + start);
      joined.push(...headings.map((heading) => ({ ...heading, headlineLevel: roomPt })), node);
      headings = [];
    }
  }
  return [...joined, ...headings];
}

/** Table rules: a line under the header, hairlines between rows, none at the sides. */
export function ruledLayout(headerRows: number): object {
  return {
    hLineWidth: (line: number, node: { readonly table: { readonly body: readonly unknown[] } }) =>
      line < headerRows && line > 0
        ? 0
        : line === headerRows || line === node.table.body.length
          ? 0.8
          : line === 0
            ? 0
            : 0.4,
    vLineWidth: () => 0,
    hLineColor: (line: number) => (line === headerRows ? colours.muted : colours.line),
    paddingLeft: (column: number) => (column === 0 ? 0 : 6),
    paddingRight: (column: number, node: { readonly table: { readonly widths: readonly unknown[] } }) =>
      column === node.table.widths.length - 1 ? 0 : 6,
    paddingTop: () => 3,
    paddingBottom: () => 2.5,
  };
}

/** A panel with a coloured edge on the left. */
export function panelLayout(colour: string, fill: string): object {
  return {
    hLineWidth: () => 0,
    vLineWidth: (line: number) => (line === 0 ? 3 : 0),
    vLineColor: () => colour,
    fillColor: () => fill,
    paddingLeft: () => 10,
    paddingRight: () => 10,
    paddingTop: () => 7,
    paddingBottom: () => 6,
  };
}

/** Nothing but a rule on the left. */
export function besideLayout(colour: string): object {
  return { ...panelLayout(colour, ''), fillColor: () => null, vLineWidth: (line: number) => (line === 0 ? 1 : 0) };
}

export const bareLayout: object = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 0,
};
