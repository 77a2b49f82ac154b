import { dayOfIso } from '#shared/domain/dates.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { PlantedChanges } from './planted.ts';

export type ForceOptions = {
  /** Rows of the people file, leavers included. */
  readonly people: number;
  readonly years: number;
  readonly seed: number;
  /** Last day of the period, `2026-03-31`. Fixed by default, so that a force never depends on the clock. */
  readonly endDate: string;
  /** What is planted otherwise than usual, for tests. */
  readonly planted?: PlantedChanges;
};

export const defaultForceOptions: ForceOptions = { people: 600, years: 3, seed: 20_260_331, endDate: '2026-03-31' };

export type Period = { readonly firstDay: number; readonly lastDay: number; readonly days: number };

function wholeNumber(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new ExpectedError(
    'BAD_INPUT',
    `The synthetic force needs a whole number of ${name} from ${low} to ${high}.`,
    'Nothing was written. Give another number and try again.',
    { name, low, high },
  );
}

/**
 * The options with every default filled in.
 * @throws ExpectedError BAD_INPUT: people outside 20–100,000, years outside 1–20, a seed that is not a whole number from 0 to
 *   2^53 − 1, an end date that does not exist or lies outside 1980–2100.
 */
export function checkedForceOptions(options: Partial<ForceOptions> = {}): ForceOptions {
  const filled = { ...defaultForceOptions, ...options };
  wholeNumber('people', filled.people, 20, 100_000);
  wholeNumber('years', filled.years, 1, 20);
  wholeNumber('seed', filled.seed, 0, Number.MAX_SAFE_INTEGER);
  const year = Number(filled.endDate.slice(0, 4));
  if (dayOfIso(filled.endDate) === null || year < 1980 || year > 2100) {
    throw new ExpectedError(
      'BAD_INPUT',
      'The synthetic force needs an end date from 1980 to 2100, such as 2026-03-31.',
      'Nothing was written. Give another date and try again.',
    );
  }
  return filled;
}

/** The days that a force covers: the last day, and whole years of 365.25 days back from it. */
export function periodOf(options: Pick<ForceOptions, 'years' | 'endDate'>): Period {
  const lastDay = dayOfIso(options.endDate) ?? 0;
  const days = Math.round(options.years * 365.25);
  return { firstDay: lastDay - days + 1, lastDay, days };
}
