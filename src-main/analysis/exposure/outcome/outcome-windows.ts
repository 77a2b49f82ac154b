import type { PackedExposures } from '../packed-exposures.ts';
import { type Effect, fitOutcome, type OutcomeData, type OutcomeFit } from './outcome-model.ts';
import { type KnotCount, knotsOf } from './restricted-spline.ts';
import { exposureOfPairs, type ScreeningPair, shortenedBy } from './screening-pairs.ts';

/** Rows, or rarer outcomes, that each coefficient needs. */
export const leastPerParameter = 10;

/** Pairs of a score; of a case, the rarer of cases and others. */
export function eventsOf({ outcome, family }: OutcomeData): number {
  if (family === 'gaussian') return outcome.length;
  const cases = outcome.reduce((total, value) => total + value, 0);
  return Math.min(cases, outcome.length - cases);
}

export type KnotChoice = {
  readonly knots: readonly number[] | null;
  /** Why there are fewer than asked for; null where there are as many. */
  readonly why: string | null;
};

/** How many knots, or where they stand. */
export type WantedKnots = KnotCount | readonly number[];

const tooFewOutcomes = `each coefficient needs ${leastPerParameter} outcomes`;

/**
 * As many knots as asked for, or as many fewer as values that differ and outcomes to each coefficient allow. Knots whose places are given stay where
 * they are, or there are none.
 */
export function chooseKnots(data: OutcomeData, exposure: Float64Array, wanted: WantedKnots): KnotChoice {
  const room = Math.floor(eventsOf(data) / leastPerParameter) - 1 - data.adjusted.length;
  if (typeof wanted !== 'number') {
    return wanted.length - 1 <= room ? { knots: wanted, why: null } : { knots: null, why: tooFewOutcomes };
  }
  let why: string | null = null;
  for (const count of [5, 4, 3] as const) {
    if (count > wanted) continue;
    const knots = knotsOf(exposure, count);
    if (knots !== null && count - 1 <= room) return { knots, why };
    why ??= knots === null ? 'too many people have the same exposure' : tooFewOutcomes;
  }
  return { knots: null, why };
}

/** One window before the later screening. */
export type WindowFit = {
  readonly windowDays: number;
  readonly aic: number;
  /** AIC less that of the best window. */
  readonly difference: number;
  readonly knots: readonly number[] | null;
  /** Of one exposure more, by a straight line; log odds for a case. */
  readonly slope: Effect;
  /** Pairs whose earlier screening lies within the window. */
  readonly shortened: number;
  /** Windows in which every pair has the same exposure as in this. */
  readonly sameAs: readonly number[];
};

export type MainFit = {
  readonly exposure: Float64Array;
  readonly choice: KnotChoice;
  readonly curve: OutcomeFit;
  readonly line: OutcomeFit;
};

export function mainFit(data: OutcomeData, exposure: Float64Array, wanted: WantedKnots): MainFit {
  const choice = chooseKnots(data, exposure, wanted);
  const line = fitOutcome(data, exposure, null);
  const curve = choice.knots === null ? line : fitOutcome(data, exposure, choice.knots);
  return { exposure, choice, curve, line };
}

/** The same pairs with the exposure of each window. A window in which nobody met anything has no fit. */
export function compareWindows(
  data: OutcomeData,
  pairs: readonly ScreeningPair[],
  exposures: PackedExposures,
  weights: Float64Array | null,
  spec: { readonly windows: readonly number[]; readonly windowDays: number; readonly knots: WantedKnots },
): { readonly fits: ReadonlyMap<number, MainFit>; readonly windows: readonly WindowFit[] } {
  const days = [...new Set([...spec.windows, spec.windowDays])].sort((a, b) => a - b);
  const columns = new Map(days.map((window) => [window, exposureOfPairs(pairs, exposures, weights, window)]));
  const fits = new Map<number, MainFit>();
  const same = (a: number, b: number): boolean => {
    const other = columns.get(b);
    return columns.get(a)?.every((value, row) => value === other?.[row]) ?? false;
  };
  for (const window of days) {
    const exposure = columns.get(window) ?? new Float64Array(0);
    const twin = days.find((earlier) => earlier < window && fits.has(earlier) && same(earlier, window));
    const known = twin === undefined ? undefined : fits.get(twin);
    if (known) fits.set(window, known);
    else if (exposure.some((value) => value !== exposure[0])) fits.set(window, mainFit(data, exposure, spec.knots));
  }
  const best = Math.min(...[...fits.values()].map(({ curve }) => curve.aic));
  const windows = [...fits].map(([windowDays, { curve, line }]) => ({
    windowDays,
    aic: curve.aic,
    difference: curve.aic - best,
    knots: curve.knots,
    slope: line.contrast(1, 0),
    shortened: shortenedBy(pairs, windowDays),
    sameAs: days.filter((other) => other !== windowDays && same(other, windowDays)),
  }));
  return { fits, windows };
}
