/** The parts of pdfmake 0.3.11 the PDF writer builds on; the package ships no types. */

type PdfContentMark = object;

type PdfStructureElement = { add(child: PdfStructureElement | PdfContentMark): PdfStructureElement };

type PdfPageItem = { readonly type: string; readonly item: object };

type PdfPage = {
  readonly pageSize: { readonly width: number; readonly height: number };
  readonly items: PdfPageItem[];
};

declare module 'pdfmake/js/PDFDocument.js' {
  class PdfDocument {
    constructor(
      fonts: Readonly<Record<string, Readonly<Record<string, string>>>>,
      images: object,
      patterns: object,
      attachments: object,
      options: object,
      virtualFiles: null,
      mayReadFile: (path: string) => boolean,
    );
    registerFont(name: string, source: Uint8Array): this;
    readonly page: object;
    goTo(x: number, y: number, width: number, height: number, to: string, options?: object): unknown;
    struct(role: string, options: object): PdfStructureElement;
    addStructure(element: PdfStructureElement): this;
    markStructureContent(role: string): PdfContentMark;
    markContent(role: 'Artifact', options: object): this;
    endMarkedContent(): this;
    on(event: 'data', listener: (chunk: Uint8Array) => void): this;
    on(event: 'end', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    end(): void;
  }
  const module: { readonly default: typeof PdfDocument };
  export = module;
}

declare module 'pdfmake/js/LayoutBuilder.js' {
  class LayoutBuilder {
    constructor(pageSize: object, pageMargins: object, svgMeasure: object);
    layoutDocument(
      content: object,
      document: object,
      styles: object,
      defaultStyle: object,
      background: undefined,
      header: unknown,
      footer: unknown,
      watermark: undefined,
      pageBreakBefore: unknown,
    ): PdfPage[];
    buildNextLine(node: object): object | null;
  }
  const module: { readonly default: typeof LayoutBuilder };
  export = module;
}

declare module 'pdfmake/js/Renderer.js' {
  class Renderer {
    constructor(document: object, progress: undefined);
    renderPages(pages: readonly PdfPage[]): void;
    renderLine(line: object, x: number, y: number): void;
    renderSVG(drawing: object): void;
    renderVector(vector: object): void;
  }
  const module: { readonly default: typeof Renderer };
  export = module;
}

declare module 'pdfmake/js/SVGMeasure.js' {
  class SvgMeasure {}
  const module: { readonly default: typeof SvgMeasure };
  export = module;
}
