import { withheldMarker } from '../../charts/chart-spec.ts';
import type { PlacedFact } from '../document-facts.ts';
import { type FoundNumber, findNumbers } from './find-numbers.ts';

/** Where a report prints a number. */
export type PrintedNumber = {
  /** Place of the fact. */
  readonly fact: string;
  /** Which number of the fact, from 1. */
  readonly number: number;
  readonly text: string;
  readonly section: string | null;
  /** True where it is a figure by itself, false inside a sentence. */
  readonly isFigure: boolean;
  /** Words of its place, and of the sentence that it stands in. */
  readonly about: ReadonlySet<string>;
};

type FactNumbers = { readonly numbers: readonly FoundNumber[]; readonly isWithheld: boolean };

/** The numbers that a report prints, to be looked up by what they are and by where they stand. */
export type PrintedNumbers = {
  /** Every place that prints a number, by its `key`. */
  readonly places: ReadonlyMap<string, readonly PrintedNumber[]>;
  readonly facts: ReadonlyMap<string, FactNumbers>;
};

/** Headings, notes, terms and the words of an author are no results. */
export function printedNumbers(facts: readonly PlacedFact[]): PrintedNumbers {
  const places = new Map<string, PrintedNumber[]>();
  const byPlace = new Map<string, FactNumbers>();
  for (const { where, says, kind, section } of facts) {
    if (kind === 'other') continue;
    const numbers = findNumbers(says);
    byPlace.set(where, { numbers, isWithheld: isWithheld(says) });
    const isFigure = kind === 'figure';
    const about = wordsOf(isFigure ? where : `${where} ${says}`);
    numbers.forEach(({ key, text }, at) => {
      const printed = { fact: where, number: at + 1, text, section, isFigure, about };
      places.set(key, [...(places.get(key) ?? []), printed]);
    });
  }
  return { places, facts: byPlace };
}

function isWithheld(says: string): boolean {
  return says === withheldMarker || /^withheld(?!\p{L})/u.test(says);
}

const shortestWord = 4;

/** Words of some length, in small letters and without the s of a plural. */
export function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return new Set(words.filter(({ length }) => length >= shortestWord).map((word) => word.replace(/s$/, '')));
}
