import { rootBeyond } from '../numeric/root.ts';

export type Limits = { readonly low: number; readonly high: number };

/**
 * Limits of one parameter at which a criterion (twice the fall of a log-likelihood from its maximum, the other parameters at their best)
 * reaches `cutoff`, found to the last digits (Venzon and Moolgavkar 1988, Applied Statistics 37:87). Infinite where it never does.
 * @param fall the criterion at a value of the parameter
 * @param step a first guess of the distance, such as a standard error
 */
export function profileLimits(fall: (value: number) => number, estimate: number, step: number, cutoff: number): Limits {
  const root = Math.sqrt(cutoff);
  // The signed root is nearly linear, so the root-finder needs few steps.
  // What was found once is kept: refitted from another start it could differ in the last bit, and in sign.
  const known = new Map<number, number>([[estimate, -root]]);
  const distance = (value: number): number => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const found = Math.sqrt(Math.max(fall(value), 0)) - root;
    known.set(value, found);
    return found;
  };
  return {
    low: rootBeyond(distance, estimate, -step) ?? Number.NEGATIVE_INFINITY,
    high: rootBeyond(distance, estimate, step) ?? Number.POSITIVE_INFINITY,
  };
}
