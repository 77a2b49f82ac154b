import { rowProblem } from '../csv-tokeniser.ts';

/** What stands between an `@` and the bracket that closes what follows. */
export type BibtexBlock = {
  /** In lower case: `article`, `string`, `comment` … */
  readonly type: string;
  readonly text: string;
  /** Whether it has no end before the next begins, or is longer or deeper than any is. */
  readonly broken: boolean;
  /** Bits of `rowProblem`. */
  readonly problem: number;
};

const longestBlock = 64 * 1024;
const deepestBracket = 60;
const beginning = /@\s{0,20}([A-Za-z]{1,40})\s{0,20}([{(])/g;
/** An entry at the beginning of a line ends what should have ended before it. */
const nextEntry = /^@[A-Za-z]{1,40}\s{0,20}[{(]\s{0,20}[^\s{}(),="]{0,200}\s{0,20}(?:,|$)/;

/** Divides a file of BibTeX into entries, so that a broken one is broken alone. What stands between entries is comment. */
export class BibtexBlocks {
  readonly #found: (block: BibtexBlock) => void;
  #parts: string[] = [];
  #type = '';
  #close = '';
  #depth = 0;
  #length = 0;
  #problem = 0;
  #broken = false;

  constructor(found: (block: BibtexBlock) => void) {
    this.#found = found;
  }

  line = (text: string, sound: boolean): void => {
    if (this.#type !== '' && nextEntry.test(text)) this.#end(true);
    const hasNul = text.includes('\0');
    let at = 0;
    while (at < text.length) {
      if (this.#type === '') {
        beginning.lastIndex = at;
        const match = beginning.exec(text);
        if (!match) return;
        this.#begin(match[1] as string, match[2] as string);
        this.#add(match[0]);
        at = match.index + match[0].length;
      }
      if (!sound) this.#problem |= rowProblem.badEncoding;
      if (hasNul) this.#problem |= rowProblem.nulByte;
      at = this.#readOn(text, at);
    }
    if (this.#type !== '') this.#add('\n');
  };

  end = (): void => {
    if (this.#type !== '') this.#end(true);
  };

  #begin(type: string, bracket: string): void {
    this.#type = type.toLowerCase();
    this.#close = bracket === '{' ? '}' : ')';
    this.#depth = bracket === '{' ? 1 : 0;
  }

  /** Reads up to the bracket that closes the block, or the end of the line; gives where it stopped. */
  #readOn(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const character = text[at];
      if (character === '\\') at += 1;
      else if (character === '{') this.#depth += 1;
      else if (character === '}') this.#depth -= 1;
      if (this.#depth > deepestBracket) this.#broken = true;
      const closes =
        this.#close === '}' ? this.#depth <= 0 : this.#depth < 0 || (character === ')' && this.#depth === 0);
      if (!closes) continue;
      this.#add(text.slice(from, at + 1));
      this.#end(this.#depth < 0);
      return at + 1;
    }
    this.#add(text.slice(from));
    return text.length;
  }

  #add(text: string): void {
    this.#length += text.length;
    if (this.#length > longestBlock) this.#broken = true;
    else this.#parts.push(text);
  }

  #end(broken: boolean): void {
    this.#found({
      type: this.#type,
      text: this.#parts.join(''),
      broken: broken || this.#broken,
      problem: this.#problem,
    });
    this.#parts = [];
    this.#type = '';
    this.#depth = 0;
    this.#length = 0;
    this.#problem = 0;
    this.#broken = false;
  }
}
