import type { Passage } from '../../contract/narrative.ts';
import type { FoundNumber } from './find-numbers.ts';
import { type PrintedNumber, type PrintedNumbers, wordsOf } from './printed-numbers.ts';

export type LikelyPlace = {
  readonly place: PrintedNumber;
  /** Whether it may be taken for the place without asking. */
  readonly isSure: boolean;
};

/** Where a report prints a number that stands in the words of an author: in the same section and about the same things first. */
export function likelyPlaces(passage: Passage, found: FoundNumber, printed: PrintedNumbers): readonly LikelyPlace[] {
  const places = printed.places.get(found.key) ?? [];
  if (places.length === 0) return [];
  const { near, all } = wordsAround(passage.text, found);
  return places
    .map((place) => {
      const shared = sharedWith(all, place);
      const score =
        (place.section === passage.section ? 4 : 0) +
        (place.isFigure ? 3 : 0) +
        Math.min(shared + 2 * sharedWith(near, place), 12);
      return { place, score, isSure: shared > 0 || isTelling(found.text) };
    })
    .sort((a, b) => b.score - a.score)
    .map(({ place, isSure }) => ({ place, isSure }));
}

function sharedWith(words: ReadonlySet<string>, { about }: PrintedNumber): number {
  return [...words].filter((word) => about.has(word)).length;
}

/** A small whole number stands in many places by chance; three digits, a decimal or a share hardly do. */
function isTelling(text: string): boolean {
  return /[.%]|per ?cent/.test(text) || text.replace(/\D/g, '').length >= 3;
}

/** How far words that say what a number counts may be from it; they follow it more often than not. */
const reach = { before: 20, after: 32 };

/** Words of the sentence that a number stands in, and of those the ones next to it. */
function wordsAround(
  text: string,
  { start, end }: FoundNumber,
): { readonly near: ReadonlySet<string>; readonly all: ReadonlySet<string> } {
  const before =
    text
      .slice(0, start)
      .split(/[.!?]\s|\n/)
      .at(-1) ?? '';
  const after = text.slice(end).split(/[.!?]\s|\n/)[0] ?? '';
  const [following = ''] = after.slice(0, reach.after).split(/[,;:(–—]/);
  return { near: wordsOf(`${before.slice(-reach.before)} ${following}`), all: wordsOf(`${before} ${after}`) };
}
