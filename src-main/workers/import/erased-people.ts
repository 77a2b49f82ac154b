import { Buffer } from 'node:buffer';
import { createPseudonymiser } from '#main/crypto/pseudonym.ts';
import type { KnownCodes } from './code-book.ts';

type Spell = { readonly from: number; readonly to: number };

/** People who were erased, by the numbers that their references have in this import. */
export class ErasedPeople {
  readonly #spells = new Map<number, Spell[]>();

  readonly #pseudonyms: ReadonlySet<string>;
  readonly #pseudonymOf: (reference: Uint8Array) => string;

  /** @param names.personOf number of a pseudonym in this import */
  constructor(
    erased: KnownCodes['erased'],
    names: { readonly personOf: (pseudonym: string) => number; readonly pseudonymKey: Uint8Array },
  ) {
    this.#pseudonyms = new Set(erased.map(([pseudonym]) => pseudonym));
    this.#pseudonymOf = createPseudonymiser(names.pseudonymKey);
    for (const [pseudonym, from, to] of erased) {
      const id = names.personOf(pseudonym);
      const spells = this.#spells.get(id) ?? [];
      spells.push({ from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY });
      this.#spells.set(id, spells);
    }
  }

  /** Whether a reference was an erased person's on a day; without a day, whether it is theirs still. */
  has(person: number, day: number): boolean {
    const spells = this.#spells.get(person);
    if (!spells) return false;
    return spells.some(({ from, to }) =>
      Number.isNaN(day) ? to === Number.POSITIVE_INFINITY : from <= day && day <= to,
    );
  }

  /** Whether one of these cells is a reference of somebody erased, alone or among others, with or without leading zeros. */
  namedIn(fields: readonly string[]): boolean {
    const isErased = (text: string): boolean =>
      [text, text.replace(/^0+(?=.)/, '')].some(
        (spelling) =>
          spelling !== '' && this.#pseudonyms.has(this.#pseudonymOf(Buffer.from(spelling.normalize('NFC'), 'utf8'))),
      );
    return fields.some((field) => isErased(field) || field.split(/[\s;,|/&+]+/).some(isErased));
  }
}
