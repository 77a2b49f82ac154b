import { isSmall } from './count-system.ts';

/** A count of a chain, and what it is worth to the reader; at least 0. */
export type NestedCount = { readonly count: number; readonly worth: number };

type Choice = { readonly worth: number; readonly shown: readonly number[] };

/**
 * Which counts of a chain to show, such as the steps of a flow, each of which lies within the one before it. Whoever is left out
 * between two that are shown can be counted by subtraction, so that a choice is safe where every count shown, and every difference
 * of two neighbours among them, is 0 or reaches the threshold. A step that is too near another is left out itself; of all safe
 * choices this is the one worth most.
 *
 * @param chain from the widest to the narrowest
 */
export function nestedToShow(chain: readonly NestedCount[], threshold: number): readonly boolean[] {
  const best: Choice[] = [];
  for (const [at, { count, worth }] of chain.entries()) {
    const isAlone = isSmall(count, threshold);
    const before = best.filter(({ shown }) => {
      const outer = chain[shown.at(-1) ?? -1];
      return outer !== undefined && !isSmall(outer.count - count, threshold);
    });
    const longest = before.reduce<Choice>((most, one) => (one.worth > most.worth ? one : most), {
      worth: 0,
      shown: [],
    });
    best.push(isAlone ? { worth: -1, shown: [] } : { worth: longest.worth + worth, shown: [...longest.shown, at] });
  }
  const chosen = best.reduce<Choice>((most, one) => (one.worth > most.worth ? one : most), { worth: -1, shown: [] });
  return chain.map((_, at) => chosen.shown.includes(at));
}
