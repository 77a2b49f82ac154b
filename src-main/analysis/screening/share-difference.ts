import { riskDifference } from '#main/stats/contingency/two-by-two-effects.ts';

/** So many people of those who were assessed. */
export type PartOf = { readonly part: number; readonly all: number };

export type ShareDifference = {
  /** Shares of 1, the first less the second. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
};

/**
 * Share of a group less that of another, with Newcombe's 95% interval (1998, Statistics in Medicine 17:873, method 10) for groups
 * that share nobody. Where people are in both, the true interval is narrower.
 * @returns null where one of the groups is empty
 */
export function shareDifference(first: PartOf, second: PartOf): ShareDifference | null {
  if (first.all === 0 || second.all === 0) return null;
  const cells = { a: first.part, b: first.all - first.part, c: second.part, d: second.all - second.part };
  const { estimate, low, high } = riskDifference(cells, 0.95);
  return { estimate, low, high };
}
