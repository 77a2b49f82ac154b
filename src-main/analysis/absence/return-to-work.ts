import { survival } from '#main/stats/procedures/survival/survival.ts';
import { categories, numbers, runOn, tableOf } from './model-table.ts';
import type { FollowedSpell } from './tally.ts';

/** Days of absence at which the share still absent is given. */
const times = [1, 2, 3, 5, 7, 14, 21, 28, 42, 56, 90, 120, 180, 270, 365];

export type ReturnPoint = {
  readonly day: number;
  /** Null with the rest where fewer spells than the minimum are at risk. */
  readonly atRisk: number | null;
  readonly stillAbsent: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

export type ReturnCurve = {
  readonly group: string;
  readonly spells: number;
  readonly returned: number;
  /** Days of absence by which half have returned, with its interval; null where it is not reached. */
  readonly medianDays: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly points: readonly ReturnPoint[];
  /** The curve itself, a point for each day on which it falls, as long as enough spells are at risk. */
  readonly steps: readonly ReturnStep[];
};

export type ReturnStep = {
  readonly day: number;
  /** Spells under observation on the day, and those of them that ended then in a return. */
  readonly atRisk: number;
  readonly returned: number;
  readonly stillAbsent: number;
  readonly low: number | null;
  readonly high: number | null;
};

export type ReturnToWork = {
  readonly all: ReturnCurve | null;
  readonly psychological: readonly ReturnCurve[];
  readonly groups: readonly ReturnCurve[];
  readonly test: { readonly statistic: number | null; readonly df: number; readonly p: number | null } | null;
  /** Spells already open on the first day, which enter late. */
  readonly lateEntries: number;
  readonly warnings: readonly string[];
  readonly r: string;
};

type Stratum = {
  readonly name: string;
  readonly n: number;
  readonly events: number;
  readonly median: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly curve: readonly {
    readonly time: number;
    readonly atRisk: number;
    readonly events: number;
    readonly survival: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly atTimes: readonly {
    readonly time: number;
    readonly atRisk: number;
    readonly survival: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
};

type Curves = {
  readonly curves: readonly ReturnCurve[];
  readonly test: ReturnToWork['test'];
  readonly warnings: readonly string[];
  readonly r: string;
};

/**
 * Time from the first day absent to the return, by Kaplan and Meier. Spells already open on the first day of the period are
 * under observation only from there (late entry), those still open at its end and those that end with the service are censored.
 *
 * @param shown groups that may be told apart
 */
export function returnToWork(
  followed: readonly FollowedSpell[],
  shown: ReadonlySet<string>,
  minimum: number,
): ReturnToWork {
  const lateEntries = followed.filter(({ entryDays }) => entryDays > 0).length;
  if (new Set(followed.map(({ member }) => member)).size < minimum) {
    return { all: null, psychological: [], groups: [], test: null, lateEntries: 0, warnings: [], r: '' };
  }
  const all = curvesOf(followed, () => 'All', minimum);
  const psychological = curvesOf(followed, (spell) => (spell.psychological ? 'psychological' : 'other'), minimum);
  const named = followed.filter(({ group }) => shown.has(group));
  const groups = curvesOf(named, ({ group }) => group, minimum);
  return {
    all: all.curves[0] ?? null,
    psychological: psychological.curves,
    groups: groups.curves,
    test: groups.test,
    lateEntries,
    warnings: groups.curves.length > 0 ? groups.warnings : all.warnings,
    r: groups.curves.length > 0 ? groups.r : all.r,
  };
}

/** Curves of the groups that as many people as the minimum belong to. */
function curvesOf(
  followed: readonly FollowedSpell[],
  nameOf: (spell: FollowedSpell) => string,
  minimum: number,
): Curves {
  const people = new Map<string, Set<number>>();
  for (const spell of followed) {
    const name = nameOf(spell);
    people.set(name, (people.get(name) ?? new Set()).add(spell.member));
  }
  const rows = followed.filter((spell) => (people.get(nameOf(spell))?.size ?? 0) >= minimum);
  if (rows.length === 0) return { curves: [], test: null, warnings: [], r: '' };
  const table = tableOf(rows.length, [
    numbers(
      'entry',
      rows.map(({ entryDays }) => entryDays),
    ),
    numbers(
      'time',
      rows.map(({ exitDays }) => exitDays),
    ),
    numbers(
      'status',
      rows.map(({ returned }) => (returned ? 1 : 0)),
    ),
    categories('group', rows.map(nameOf)),
  ]);
  const found = runOn(survival, { formula: 'Surv(entry, time, status) ~ group', times }, table, 'spells.csv');
  const strata = found['strata'] as readonly Stratum[];
  const only = [...new Set(rows.map(nameOf))];
  return {
    curves: strata.map((stratum) => curveOf(stratum, minimum, strata.length === 1 ? (only[0] ?? '') : null)),
    test: (found['test'] ?? null) as ReturnToWork['test'],
    // A day beyond the longest spell, or after the last return, has no limits: the points show it.
    warnings: found.warnings
      .filter((warning) => !/^Nobody was observed|^Where S is 0|only one group/.test(warning))
      .map((warning) => warning.replaceAll('“group=', '“')),
    r: found.r,
  };
}

function curveOf(stratum: Stratum, minimum: number, only: string | null): ReturnCurve {
  return {
    group: only ?? stratum.name.replace(/^group=/, ''),
    spells: stratum.n,
    returned: stratum.events,
    medianDays: stratum.median,
    low: stratum.low,
    high: stratum.high,
    points: stratum.atTimes.map(({ time, atRisk, survival, low, high }) =>
      atRisk < minimum
        ? { day: time, atRisk: null, stillAbsent: null, low: null, high: null }
        : { day: time, atRisk, stillAbsent: survival, low, high },
    ),
    steps: stratum.curve
      .filter(({ atRisk, events }) => atRisk >= minimum && events > 0)
      .map(({ time, atRisk, events, survival, low, high }) => ({
        day: time,
        atRisk,
        returned: events,
        stillAbsent: survival,
        low,
        high,
      })),
  };
}
