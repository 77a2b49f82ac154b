import type { Passage, Quote } from '../../contract/narrative.ts';
import { type FoundNumber, findNumbers } from './find-numbers.ts';
import { likelyPlaces } from './likely-places.ts';
import type { PrintedNumber, PrintedNumbers } from './printed-numbers.ts';

/**
 * How a number in the words of an author stands to the report beside them: `same` as where it was quoted from; `changed` there; `gone` with
 * its place; `withheld` there now; `own`, said to be none of the report’s; `open`, printed in places of which none was chosen; `unknown`,
 * printed nowhere.
 */
export type NumberState = 'same' | 'changed' | 'gone' | 'withheld' | 'own' | 'open' | 'unknown';

export type NumberRead = FoundNumber & {
  /** Which time this number stands in the words, from 1. */
  readonly occurrence: number;
  readonly state: NumberState;
  readonly quote: Quote | null;
  /** What its place prints now; null where it prints none. */
  readonly now: string | null;
  /** Where the report prints it, the likeliest first. */
  readonly places: readonly PrintedNumber[];
};

/** States that a reader has to be told of. */
export function isStale({ state }: Pick<NumberRead, 'state'>): boolean {
  return state === 'changed' || state === 'gone' || state === 'withheld';
}

/** Every number in the words of an author, and how it stands to what the report prints. */
export function readPassage(passage: Passage, printed: PrintedNumbers): readonly NumberRead[] {
  const seen = new Map<string, number>();
  return findNumbers(passage.text).map((found) => {
    const occurrence = (seen.get(found.text) ?? 0) + 1;
    seen.set(found.text, occurrence);
    const quote = (passage.quotes ?? []).find((each) => each.text === found.text && each.occurrence === occurrence);
    const places = likelyPlaces(passage, found, printed).map(({ place }) => place);
    return { ...found, occurrence, quote: quote ?? null, places, ...standing(found, quote, places, printed) };
  });
}

function standing(
  { key }: FoundNumber,
  quote: Quote | undefined,
  places: readonly PrintedNumber[],
  { facts }: PrintedNumbers,
): Pick<NumberRead, 'state' | 'now'> {
  if (quote === undefined) return { state: places.length > 0 ? 'open' : 'unknown', now: null };
  if (quote.fact === null) return { state: 'own', now: null };
  const fact = facts.get(quote.fact);
  if (fact?.isWithheld === true) return { state: 'withheld', now: null };
  const now = fact?.numbers[(quote.number ?? 1) - 1];
  if (now === undefined) return { state: 'gone', now: null };
  return { state: now.key === key ? 'same' : 'changed', now: now.text };
}

/**
 * The passage with a quote for each number that the report surely prints: quotes that it has are kept, numbers that are no longer in the words
 * are dropped, and where a number might be another thing, none is chosen.
 */
export function withQuotes(passage: Passage, printed: PrintedNumbers): Passage {
  const quotes = readPassage(passage, printed).flatMap(({ text, occurrence, quote, ...found }): Quote[] => {
    if (quote !== null) return [quote];
    const [best] = likelyPlaces(passage, { text, ...found }, printed);
    return best?.isSure === true ? [quoteOf({ text, occurrence }, best.place)] : [];
  });
  return { ...passage, quotes };
}

export function quoteOf(
  { text, occurrence }: Pick<NumberRead, 'text' | 'occurrence'>,
  place: PrintedNumber | null,
): Quote {
  if (place === null) return { text, occurrence, fact: null };
  return { text, occurrence, fact: place.fact, ...(place.number === 1 ? {} : { number: place.number }) };
}

/** The passage with the quote of one number put in place of what it had; null for none at all. */
export function withQuote(passage: Passage, of: Pick<NumberRead, 'text' | 'occurrence'>, quote: Quote | null): Passage {
  const others = (passage.quotes ?? []).filter(
    ({ text, occurrence }) => text !== of.text || occurrence !== of.occurrence,
  );
  return { ...passage, quotes: quote === null ? others : [...others, quote] };
}

/** The passage with the numbers of now in place of those that have changed; all of them, or those that are asked for. */
export function withNumbersOfNow(
  passage: Passage,
  printed: PrintedNumbers,
  isAsked: (number: NumberRead) => boolean = () => true,
): Passage {
  let text = '';
  let end = 0;
  const kept: { readonly text: string; readonly quote: Quote | null }[] = [];
  for (const number of readPassage(passage, printed)) {
    const isReplaced = number.state === 'changed' && number.now !== null && isAsked(number);
    const written = isReplaced ? (number.now ?? '') : number.text;
    text += passage.text.slice(end, number.start) + written;
    end = number.end;
    kept.push({ text: written, quote: number.quote });
  }
  text += passage.text.slice(end);
  const seen = new Map<string, number>();
  const quotes = kept.flatMap(({ text: written, quote }): Quote[] => {
    const occurrence = (seen.get(written) ?? 0) + 1;
    seen.set(written, occurrence);
    return quote === null ? [] : [{ ...quote, text: written, occurrence }];
  });
  return { ...passage, text, quotes };
}
