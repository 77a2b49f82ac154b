import { leastWithheld } from './count-network.ts';

/**
 * What is published, as one model: counts of people or events, the sums that tie them together, and what a reader has been
 * told of each. One-way and two-way tables, nested ones, several tables that share counts and earlier releases all are
 * such systems; they differ in their sums alone.
 */

/** Least and greatest whole number, both included; `high` may be Infinity. */
export type Interval = { readonly low: number; readonly high: number };

/** What a withheld count must stay: at least `width` between least and greatest, and possibly as high as `reach`. */
export type CellPromise = {
  readonly width: number;
  readonly reach: number;
  /** 1 where a reader was shown the count as withheld, and so knows that it is not zero; 0 where it was never shown. */
  readonly least: 0 | 1;
};

export type SystemCell = {
  /** The true count; null for a count of an earlier release that the present data do not hold. */
  readonly value: number | null;
  /** What withholding it costs the reader. */
  readonly loss: number;
  /** False for a count that is not part of what is to be released now. */
  readonly released: boolean;
  /** True for a count that may not be withheld to protect another. */
  readonly kept: boolean;
  /** What earlier releases published of it, all together; null where none did. */
  readonly told: Interval | null;
  /** What was promised of it when an earlier release withheld it. */
  readonly promise: CellPromise | null;
};

/** The parts add up to the total. */
export type SystemSum = { readonly total: number; readonly parts: readonly number[] };

export type CountSystem = {
  readonly cells: readonly SystemCell[];
  readonly sums: readonly SystemSum[];
};

export type SystemRules = {
  /** Counts above 0 and below this are withheld. */
  readonly threshold: number;
  readonly protect: number;
  /** Published counts are rounded to multiples of this; 0 where they are exact. */
  readonly rounding: number;
};

/** Conventional rounding, halves upward. */
export function rounded(value: number, base: number): number {
  return base <= 1 ? value : Math.floor(value / base + 0.5) * base;
}

/** The whole numbers of at least 0 that are published as this one: from half a base below it to just under half a base above. */
export function roundedFrom(published: number, base: number): Interval {
  if (base <= 1) return { low: published, high: published };
  return { low: Math.max(0, Math.ceil(published - base / 2)), high: Math.ceil(published + base / 2) - 1 };
}

export function isSmall(value: number | null, threshold: number): boolean {
  return value !== null && value > 0 && value < threshold;
}

function both(a: Interval, b: Interval | null): Interval {
  return b === null ? a : { low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) };
}

/**
 * What a reader who knows nothing of the rules can say of one count by itself: what is printed, and that counts are whole
 * numbers of at least 0. This is the reader whose ranges the audit states.
 */
export function plainKnowledge(cell: SystemCell, withheld: boolean, { rounding }: SystemRules): Interval {
  const open = { low: 0, high: Number.POSITIVE_INFINITY };
  if (!cell.released || withheld || cell.value === null) return both(open, cell.told);
  return both(roundedFrom(rounded(cell.value, rounding), rounding), cell.told);
}

/**
 * What a reader who knows the rules adds: zeros are always published, so a withheld count is at least 1; a published count
 * that is not zero is at least the threshold. Counts are chosen against this reader, who can infer no less than the other.
 */
export function knowledgeWithRules(cell: SystemCell, withheld: boolean, rules: SystemRules): Interval {
  const open = { low: 0, high: Number.POSITIVE_INFINITY };
  if (!cell.released || cell.value === null) return both({ ...open, low: cell.promise?.least ?? 0 }, cell.told);
  if (withheld) return both({ ...open, low: leastWithheld }, cell.told);
  const plain = both(roundedFrom(rounded(cell.value, rules.rounding), rules.rounding), cell.told);
  if (rules.rounding <= 1) return plain;
  // Where a base is so wide that a count over the threshold rounds to 0, the reader is taken to know which of the two it is.
  return cell.value === 0 ? { low: 0, high: 0 } : { ...plain, low: Math.max(plain.low, rules.threshold) };
}

/** Counts that may be withheld to protect others: published, not zero, and not already known from an earlier release. */
export function mayBeWithheld(cell: SystemCell): boolean {
  return cell.released && !cell.kept && cell.value !== null && cell.value >= leastWithheld;
}
