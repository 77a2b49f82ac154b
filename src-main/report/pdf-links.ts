type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A place of a line that leads elsewhere in the document. */
export type PdfLink = Rectangle & { readonly to: string };

type GoTo = (x: number, y: number, width: number, height: number, to: string, options?: object) => unknown;

/**
 * Takes the links of a line as they are drawn. The layout draws word by word, and a link for each word would be read out as
 * many; what leads to one place along a line is one link.
 */
export class LinksOfLine {
  readonly #place: GoTo;
  #links: PdfLink[] = [];

  constructor(document: { goTo: GoTo }) {
    this.#place = document.goTo.bind(document);
    document.goTo = (x, y, width, height, to) => {
      this.#add({ x, y, width, height, to });
      return document;
    };
  }

  #add(link: PdfLink): void {
    const before = this.#links.at(-1);
    if (before === undefined || before.to !== link.to || before.y !== link.y) this.#links.push(link);
    else this.#links[this.#links.length - 1] = { ...before, width: link.x + link.width - before.x };
  }

  /**
   * Puts the links of the line that was drawn onto the page, and forgets them.
   *
   * @param partOf the element of the structure that a link belongs to
   */
  place(partOf: (link: PdfLink) => object | undefined): void {
    for (const link of this.#links) {
      const { x, y, width, height, to } = link;
      this.#place(x, y, width, height, to, { structParent: partOf(link) });
    }
    this.#links = [];
  }
}
