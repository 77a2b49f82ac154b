import { createRequire } from 'node:module';
import { type FontFile, readFontFiles, reportFonts } from './fonts.ts';
import { type PageMargins, pageHeightPt, pageWidthPt } from './page.ts';
import { LinksOfLine } from './pdf-links.ts';
import type { PdfNode } from './pdf-nodes.ts';
import type { PdfTag } from './pdf-tags.ts';

// Loaded the CommonJS way: import gives the class or its wrapper depending on who resolves it (Node, a bundler, a test).
const load = createRequire(import.meta.url);
const { default: LayoutBuilder } = load('pdfmake/js/LayoutBuilder.js') as typeof import('pdfmake/js/LayoutBuilder.js');
const { default: PdfKitDocument } = load('pdfmake/js/PDFDocument.js') as typeof import('pdfmake/js/PDFDocument.js');
const { default: Renderer } = load('pdfmake/js/Renderer.js') as typeof import('pdfmake/js/Renderer.js');
const { default: SvgMeasure } = load('pdfmake/js/SVGMeasure.js') as typeof import('pdfmake/js/SVGMeasure.js');

type PdfDocument = InstanceType<typeof PdfKitDocument>;

export type PdfPageText = (page: number, pages: number) => PdfNode;

export type PdfDefinition = {
  readonly title: string;
  readonly subject: string;
  readonly keywords: string;
  readonly language: string;
  readonly createdAt: Date;
  readonly content: readonly PdfNode[];
  /** Where a node says nothing else; in points, and as a multiple of that. */
  readonly letters: { readonly fontSize: number; readonly lineHeight: number };
  readonly margins: PageMargins;
  readonly structure: PdfTag;
  readonly header: PdfPageText;
  readonly footer: PdfPageText;
};

type Tagged = { tag?: PdfTag };

class TaggedLayoutBuilder extends LayoutBuilder {
  override buildNextLine(node: object & Tagged): object | null {
    const line: (object & Tagged) | null = super.buildNextLine(node);
    if (line !== null && node.tag !== undefined) line.tag = node.tag;
    return line;
  }
}

class TaggedRenderer extends Renderer {
  readonly #document: PdfDocument;
  readonly #elements = new Map<PdfTag, PdfStructureElement>();
  /** Words already drawn: a table header repeated on a later page is decoration there. */
  readonly #drawn = new WeakSet<object>();
  readonly #links: LinksOfLine;

  constructor(document: PdfDocument, structure: PdfTag) {
    super(document, undefined);
    this.#document = document;
    this.#links = new LinksOfLine(document);
    document.addStructure(this.#elementFor(structure));
  }

  #elementFor(tag: PdfTag): PdfStructureElement {
    const element = this.#document.struct(tag.role, tag.options);
    this.#elements.set(tag, element);
    for (const child of tag.children) element.add(this.#elementFor(child));
    return element;
  }

  /** An element for a link among the words of a tag: itself where all of it is a link. */
  #linkIn(tag: PdfTag | undefined): PdfStructureElement | undefined {
    const element = tag === undefined ? undefined : this.#elements.get(tag);
    if (element === undefined) return undefined;
    const link = tag?.role === 'Link' ? element : this.#document.struct('Link', {});
    if (link !== element) element.add(link);
    // The library asks for the page of a link when the document ends, and would be told the last one.
    const onThisPage: object = Object.create(this.#document, { page: { value: this.#document.page } });
    Object.defineProperty(link, 'document', { value: onThisPage });
    return link;
  }

  #marked(tag: PdfTag | undefined, draw: () => void): void {
    const element = tag === undefined ? undefined : this.#elements.get(tag);
    if (tag === undefined || element === undefined) {
      this.#document.markContent('Artifact', {});
      draw();
      this.#document.endMarkedContent();
      return;
    }
    const mark = this.#document.markStructureContent(tag.role);
    draw();
    this.#document.endMarkedContent();
    element.add(mark);
  }

  override renderLine(line: object & Tagged & { readonly inlines?: object }, x: number, y: number): void {
    const again = line.inlines !== undefined && this.#drawn.has(line.inlines);
    if (line.inlines !== undefined) this.#drawn.add(line.inlines);
    const tag = again ? undefined : line.tag;
    this.#marked(tag, () => super.renderLine(line, x, y));
    this.#links.place(() => this.#linkIn(tag));
  }

  override renderSVG(drawing: object & Tagged): void {
    this.#marked(drawing.tag, () => super.renderSVG(drawing));
  }

  override renderVector(vector: object): void {
    this.#marked(undefined, () => super.renderVector(vector));
  }
}

/** `headlineLevel`: room that a heading needs, in points. */
type PlacedNode = { readonly headlineLevel?: number; readonly startPosition: { readonly top: number } };
type NodesAround = { getFollowingNodesOnPage(): readonly PlacedNode[] };

/** A heading never ends a page. */
function breakingAbove({ bottom }: PageMargins) {
  return (node: PlacedNode, around: NodesAround): boolean => {
    if (node.headlineLevel === undefined) return false;
    const room = pageHeightPt - bottom - node.startPosition.top;
    return (
      room < node.headlineLevel || around.getFollowingNodesOnPage().every((next) => next.headlineLevel !== undefined)
    );
  };
}

function openDocument(definition: PdfDefinition, fonts: readonly FontFile[]): PdfDocument {
  const document = new PdfKitDocument(
    { [reportFonts.family]: reportFonts.faces },
    {},
    {},
    {},
    {
      size: [pageWidthPt, pageHeightPt],
      pdfVersion: '1.7',
      subset: 'PDF/A-2a',
      tagged: true,
      displayTitle: true,
      lang: definition.language,
      autoFirstPage: false,
      font: null,
      info: {
        Title: definition.title,
        Subject: definition.subject,
        Keywords: definition.keywords,
        Creator: 'Tidemark',
        Producer: 'Tidemark',
        CreationDate: definition.createdAt,
      },
    },
    null,
    // Only the faces registered below; nothing in a document can name a file to be read.
    (name) => fonts.some((font) => font.name === name),
  );
  for (const font of fonts) document.registerFont(font.name, font.bytes);
  return document;
}

function bytesOf(document: PdfDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    document.on('data', (chunk) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    document.on('error', reject);
    document.end();
  });
}

/**
 * Lays out and draws a tagged PDF. Works on pdfmake's layout and drawing classes and not on its front door, so that its
 * fetching of addresses is not there at all and what is drawn can be tagged.
 */
export async function renderPdf(definition: PdfDefinition): Promise<Uint8Array> {
  const document = openDocument(definition, readFontFiles());
  const builder = new TaggedLayoutBuilder(
    { width: pageWidthPt, height: pageHeightPt, orientation: 'portrait' },
    definition.margins,
    new SvgMeasure(),
  );
  const pages = builder.layoutDocument(
    [...definition.content],
    document,
    {},
    { font: reportFonts.family, ...definition.letters, color: '#1c2b36' },
    undefined,
    definition.header,
    definition.footer,
    undefined,
    breakingAbove(definition.margins),
  );
  new TaggedRenderer(document, definition.structure).renderPages(pages);
  return bytesOf(document);
}
