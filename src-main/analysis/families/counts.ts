import type { SafeCount } from '#shared/domain/family-impact.ts';

/** Fewest people of whom a count, a mean or an estimate is told. */
export const leastPeople = 10;
/** Couples under which crossover and mediation are not computed, and under which they come with a warning. */
export const leastCouples = 30;
export const fewCouples = 100;

export const fewerThanTen = 'withheld: fewer than 10';
const tooNear = 'withheld: fewer than 10 apart from another count';

/** Gives a count that may be told, or null. */
export type ShowCount = (count: number) => number | null;

export function safeCount(count: number, show: ShowCount): SafeCount {
  const told = show(count);
  return { count: told, withheld: told !== null ? null : count < leastPeople ? fewerThanTen : tooNear };
}
