import type { SafeCount } from '#shared/domain/family-impact.ts';

/** Fewest people of whom a count, a mean or an estimate is told. */
export const leastPeople = 10;
/** Couples under which crossover and mediation are not computed, and under which they come with a warning. */
export const leastCouples = 30;
export const fewCouples = 100;

export const fewerThanTen = 'withheld: fewer than 10';
export const tooNear = 'withheld: fewer than 10 apart from another count';

/** Gives a count that may be told, or null. */
export type ShowCount = (count: number) => number | null;

export function safeCount(count: number, show: ShowCount): SafeCount {
  const told = show(count);
  return { count: told, withheld: told !== null ? null : count < leastPeople ? fewerThanTen : tooNear };
}

/**
 * The first so many of a list, as many as may be told; null where there is no such number. Means and intervals give the number away that they rest on,
 * so that none may rest on one that is withheld: fewer than ten are left out of a figure, whoever comes last in the order of pseudonyms.
 */
export function toldRows<Row>(rows: readonly Row[], show: ShowCount): readonly Row[] | null {
  for (let count = rows.length; count >= leastPeople && count > rows.length - leastPeople; count -= 1) {
    if (show(count) !== null) return rows.slice(0, count);
  }
  return null;
}
