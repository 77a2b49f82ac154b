import {
  type CountedAs,
  type CountsToRelease,
  type CountToRelease,
  type KeyedSum,
  keyOf,
} from '#main/disclosure/released-counts.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { clinicalCounts, eventsAs, type Group, peopleAs } from '../counts-to-release.ts';
import { judgeTogether, type ReleaseBody } from '../judge-counts.ts';
import type { MadeReport } from '../made-report.ts';
import type { Shown } from '../published-cells.ts';
import type { QuarterFacts, QuarterlyFacts } from './quarterly-facts.ts';

export type JudgedQuarters = MadeReport['release'] & {
  /** A count as it may be shown; what the report never asked for is withheld. */
  readonly shown: (as: CountedAs) => Shown;
};

/** Every exposure counts one; the quarterly report has no other scheme. */
export const scheme = 'count-v1';

/** Exposures counted in a quarter, by the names that every report uses. */
export function quarterEvents(group: Group, { from, to }: QuarterFacts['quarter']): CountedAs {
  return eventsAs(group, { from, to, scheme });
}

/** Exposures counted in a month, `2026-03`, of the window. */
export function monthEvents(month: string): CountedAs {
  return eventsAs({ month }, { from: '0000-01-01', to: '9999-12-31', scheme });
}

/** Quarters for which exposures are held: no other is printed. */
export function heldQuarters({ three }: QuarterlyFacts): readonly QuarterFacts[] {
  return three.filter(({ isHeld }) => isHeld);
}

/** Everything that is counted of exposures and of people in post, three quarters and the months around them as one system. */
export function quarterlyWorkforce(facts: QuarterlyFacts): CountsToRelease {
  const { spec, window } = facts;
  const cells: CountToRelease[] = [];
  const sums: KeyedSum[] = [];
  const add = (as: CountedAs, value: number, margin: number, kept = false): CountedAs => {
    cells.push({ ...as, value, loss: 1 + value + margin, kept, shown: true });
    return as;
  };
  const monthsShown = new Map<string, CountedAs>();
  window?.exposure.months.forEach((month, at) => {
    const value = window.exposure.unitMonths.reduce((sum, counts) => sum + (counts[at] ?? 0), 0);
    monthsShown.set(month, add(monthEvents(month), value, value));
  });
  for (const { quarter, exposure } of heldQuarters(facts)) {
    const total = add(quarterEvents({}, quarter), exposure.events, 10 * exposure.events, true);
    add(peopleAs({}, quarter), exposure.peopleInPost, 10 * exposure.peopleInPost, true);
    const kinds = Object.entries(exposure.byCategory).map(([category, value]) =>
      add(quarterEvents({ category }, quarter), value, 0),
    );
    const months = quarter.months.flatMap((month) => monthsShown.get(month) ?? []);
    for (const parts of [kinds, months.length === quarter.months.length ? months : []]) {
      if (parts.length > 0) sums.push({ total: keyOf(total), parts: parts.map(keyOf) });
    }
  }
  return { cells, sums, threshold: spec.threshold };
}

/** Who was screened and positive in each of the quarters. */
export function quarterlyClinical({ three, spec }: QuarterlyFacts, withSides: boolean): CountsToRelease {
  const { clinicalThreshold } = spec;
  const each = three.map(({ quarter: { from, to }, screening }) =>
    clinicalCounts({ screening, spec: { from, to, clinicalThreshold } }, withSides),
  );
  return {
    threshold: clinicalThreshold,
    cells: each.flatMap(({ cells }) => cells),
    sums: each.flatMap(({ sums }) => sums),
  };
}

/**
 * Decides what of the three quarters may be shown, together and beside what was released before; positive screens are left out
 * where nothing else would let the rest stand.
 * @throws ExpectedError DISCLOSURE where no choice is safe
 */
export async function judgeQuarters(
  facts: QuarterlyFacts,
  earlier: readonly ReleaseBody[],
  signal: AbortSignal,
): Promise<JudgedQuarters> {
  const workforce = await judgeTogether(
    quarterlyWorkforce(facts),
    earlier.map((release) => release.workforce),
    signal,
  );
  const before = earlier.map((release) => release.clinical);
  const clinical = await judgeTogether(quarterlyClinical(facts, true), before, signal).catch((error: unknown) => {
    if (earlier.length === 0 || !(error instanceof ExpectedError) || error.error.code !== 'DISCLOSURE') throw error;
    return judgeTogether(quarterlyClinical(facts, false), before, signal);
  });
  const all = new Map([...workforce.shown, ...clinical.shown]);
  return {
    shown: (as) => all.get(keyOf(as)) ?? { value: null, reason: 'primary' },
    body: { workforce: workforce.released, clinical: clinical.released },
    counts: all.size,
    withheld: [...all.values()].filter(({ value }) => value === null).length,
  };
}
