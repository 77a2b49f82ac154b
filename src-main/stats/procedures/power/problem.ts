import type { PowerModel, PowerQuantities, PowerSolution } from '../../power/power-model.ts';
import type { Sides } from '../../power/t-test-power.ts';
import { badSpec } from '../shared/chart-series.ts';

/** A test whose power is asked about: how the power follows, what is given, and how it is shown. */
export type PowerProblem = {
  readonly model: PowerModel;
  /** Effects on the scale of the model. */
  readonly known: Partial<PowerQuantities>;
  /** The effect in the unit of the spec, from that of the model. */
  readonly shownEffect: (effect: number) => number;
  /** More keys of the result, from what was found. */
  readonly keys: (found: PowerSolution) => Readonly<Record<string, unknown>>;
  readonly curveKeys?: (n: number) => Readonly<Record<string, unknown>>;
  readonly warnings: (found: PowerSolution) => readonly string[];
  /** Lines of R that define `powerOf(n, effect, alpha)` on the scale of the model. */
  readonly script: readonly string[];
  /** The effect as R shows it, of `effect` on the scale of the model. */
  readonly scriptEffect: string;
};

export function sidesOf({
  alternative,
  strict,
}: {
  readonly alternative: 'two-sided' | 'one-sided';
  readonly strict: boolean;
}): Sides {
  return { sides: alternative === 'two-sided' ? 2 : 1, strict };
}

/** As R writes the side of a test. */
export function scriptSides({
  alternative,
  strict,
}: {
  readonly alternative: string;
  readonly strict: boolean;
}): string {
  return `sides <- ${alternative === 'two-sided' ? 2 : 1}; strict <- ${strict ? 'TRUE' : 'FALSE'}`;
}

export function known(entries: Partial<Record<keyof PowerQuantities, number | undefined>>): Partial<PowerQuantities> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

/** @throws ExpectedError BAD_SPEC for an effect of 0, which no number of people can find */
export function positiveEffect(effect: number | undefined): number | undefined {
  if (effect === 0) throw badSpec('An effect of 0 cannot be found.', 'Give the smallest effect that would matter.');
  return effect === undefined ? undefined : Math.abs(effect);
}

/** A difference of two proportions, given as both, or as one and their difference; null where the second is asked for. */
export function proportionsOf(spec: {
  readonly p1?: number | undefined;
  readonly p2?: number | undefined;
  readonly effect?: number | undefined;
}): { readonly p1: number; readonly p2: number | null } {
  const { p1, p2, effect } = spec;
  if (p1 === undefined) throw badSpec('“p1”, the proportion in the first group, is missing.', 'Give it.');
  if (p2 !== undefined && effect !== undefined && Math.abs(p2 - p1 - effect) > 1e-9) {
    throw badSpec('“p2” and “effect” contradict each other.', 'The effect is p2 − p1; give one of them.');
  }
  if (p2 === undefined && effect === undefined) return { p1, p2: null };
  const second = p2 ?? p1 + (effect as number);
  if (!(second > 0 && second < 1)) {
    throw badSpec(`p1 and effect make a second proportion of ${second}.`, 'It must lie between 0 and 1.');
  }
  if (second === p1) throw badSpec('An effect of 0 cannot be found.', 'Give two different proportions.');
  return { p1, p2: second };
}

/** Half-way rounding would give 64 where 64.0000000001 is only rounding. */
export function roundedUp(value: number): number {
  return Math.ceil(value - 1e-9 * Math.max(1, value));
}
