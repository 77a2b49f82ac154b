/** What a measure finds for a month, before small numbers are withheld. */
export type RawPoint = {
  readonly numerator: number;
  readonly denominator: number;
  /** In the unit; null where it cannot be measured. */
  readonly value: number | null;
  /** Why it cannot be measured; null where it can. */
  readonly reason: string | null;
  /** Numbers of people that would be given away with it: above 0 and below the threshold, the month is withheld. */
  readonly people: readonly number[];
  /** Why the month is withheld, whatever the numbers of people. */
  readonly withheld?: string;
};

/** All months of an indicator, or why none of them can be measured. */
export type RawSeries = readonly RawPoint[] | { readonly notMeasurable: string };

export function notMeasured(reason: string): RawPoint {
  return { numerator: 0, denominator: 0, value: null, reason, people: [] };
}

/**
 * A numerator over a denominator, times so many. Nothing to divide by is not measurable, and never 0.
 *
 * @param people numbers of people behind it; all of them must be large or none
 */
export function ratio(
  numerator: number,
  denominator: number,
  times: number,
  people: readonly number[],
  nothing: string,
): RawPoint {
  if (denominator <= 0) return notMeasured(nothing);
  return { numerator, denominator, value: (times * numerator) / denominator, reason: null, people };
}

/** A share of people, per cent: neither those who are nor those who are not may be few. */
export function shareOfPeople(numerator: number, denominator: number, nothing: string): RawPoint {
  return ratio(numerator, denominator, 100, [denominator, numerator, denominator - numerator], nothing);
}
