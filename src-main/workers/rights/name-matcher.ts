import { Buffer } from 'node:buffer';
import { createPseudonymiser } from '#main/crypto/pseudonym.ts';

/** Shorter names would be found inside other words. */
const shortestName = 4;
const separators = /[\s;,|/&+]+/;

/** Tells whether a text names a person: by a reference of theirs, or by a name or collar number that was sealed. */
export class NameMatcher {
  readonly #pseudonyms: ReadonlySet<string>;
  readonly #pseudonymOf: (reference: Uint8Array) => string;
  readonly #names: readonly string[];
  readonly #others: ReadonlySet<string>;
  readonly #known = new Map<string, boolean>();

  /**
   * @param names references, names and collar numbers as their boxes hold them
   * @param others pseudonyms of everybody else in the vault
   */
  constructor(
    pseudonymKey: Uint8Array,
    pseudonyms: readonly string[],
    names: readonly string[],
    others: ReadonlySet<string>,
  ) {
    this.#pseudonyms = new Set(pseudonyms);
    this.#others = others;
    this.#pseudonymOf = createPseudonymiser(pseudonymKey);
    this.#names = names.map((name) => name.trim().toLowerCase()).filter((name) => name.length >= shortestName);
  }

  /** Whether a reference is one of the person's, with or without leading zeros. */
  isReference(text: string): boolean {
    const trimmed = text.trim().normalize('NFC');
    if (trimmed === '') return false;
    const known = this.#known.get(trimmed);
    if (known !== undefined) return known;
    const spellings = [trimmed, trimmed.replace(/^0+(?=.)/, '')];
    const found = spellings.some((spelling) => this.#pseudonyms.has(this.#pseudonymOf(Buffer.from(spelling, 'utf8'))));
    this.#known.set(trimmed, found);
    return found;
  }

  /** Whether a cell holds a reference of the person, alone or among others. */
  refers(text: string): boolean {
    if (this.isReference(text) || this.#pseudonyms.has(text.trim())) return true;
    const parts = text.split(separators);
    return parts.length > 1 && parts.some((part) => this.isReference(part));
  }

  /** Whether a cell is the reference of somebody else who is known. */
  refersToAnother(text: string): boolean {
    return this.#others.has(this.#pseudonymOf(Buffer.from(text.trim().normalize('NFC'), 'utf8')));
  }

  /** Whether a row is about the person: by a reference, or by a name in a row that refers to nobody else who is known. */
  isAbout(fields: readonly string[]): boolean {
    if (fields.some((field) => this.refers(field))) return true;
    if (!fields.some((field) => this.#named(field.toLowerCase()))) return false;
    return !fields.some((field) => this.refersToAnother(field));
  }

  #named(lower: string): boolean {
    return this.#names.some((name) => standsIn(lower, name));
  }
}

/** Whether a name stands in a text as a word of its own. */
function standsIn(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const behind = text[at + name.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(behind)) return true;
  }
  return false;
}
