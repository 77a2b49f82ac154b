import { fisherTest } from '#main/stats/contingency/conditional-odds-ratio.ts';
import { riskRatio } from '#main/stats/contingency/two-by-two-effects.ts';
import { twoSidedNormal } from '#main/stats/distributions/normal.ts';
import { adjustP } from '#main/stats/multiplicity/adjust-p-values.ts';
import { wilsonInterval } from '#main/stats/wilson-interval.ts';
import { compareCodePoints } from '../exposure/person-frame.ts';
import { maySplit } from './counts.ts';
import type { StartedCourse } from './courses.ts';
import type { SupportGrouping } from './spec.ts';

/**
 * Which rows of a table of counts may be shown whole, beside the totals of its columns, so that no small count can be worked out.
 */
export type RowsToShow = (rows: readonly string[], counts: readonly (readonly number[])[]) => readonly boolean[];

export type UptakeOfGroup = {
  readonly group: string;
  /** Null with all that follows where few, or where it would give away another group. */
  readonly people: number | null;
  readonly uptake: { readonly share: number; readonly low: number; readonly high: number } | null;
  /** Uptake in the group over that in those compared with; limits by Katz on the logarithm, none where all or nobody took it up. */
  readonly ratio: { readonly estimate: number; readonly low: number | null; readonly high: number | null } | null;
  /** Wald's on the logarithm, or Fisher's where all or nobody took it up. */
  readonly p: number | null;
  /** Adjusted over the groups of the grouping by Holm. */
  readonly pHolm: number | null;
  readonly reason: 'few' | null;
};

export type UptakeByGroup = {
  readonly by: SupportGrouping;
  /** The group that the others are compared with; null for the rest of the force. */
  readonly reference: string | null;
  readonly groups: readonly UptakeOfGroup[];
  readonly withheldGroups: number;
  /** Named as reference, but withheld or not there: the rest is compared with instead. */
  readonly missingReference: string | null;
};

type Count = { readonly group: string; people: number; took: number };

/** How groups differ in taking up the first offer within the days that all are followed. */
export function uptakeByGroup(
  started: readonly StartedCourse[],
  options: {
    readonly by: SupportGrouping;
    readonly groupOf: (course: StartedCourse) => string;
    readonly wanted: string | null;
    readonly followDays: number;
    readonly minimum: number;
    readonly rowsToShow: RowsToShow;
  },
): UptakeByGroup {
  const { by, groupOf, wanted, followDays, minimum, rowsToShow } = options;
  const counts = countsOf(started, groupOf, followDays);
  const all = { people: sum(counts, 'people'), took: sum(counts, 'took') };
  const allowed =
    counts.length > 0 && maySplit(all.took, all.people, minimum)
      ? rowsToShow(
          counts.map(({ group }) => group),
          counts.map(({ people, took }) => [took, people - took]),
        )
      : [];
  const shown = counts.filter(({ people }, at) => allowed[at] === true && people >= minimum);
  const base = shown.find(({ group }) => group === wanted) ?? null;
  const compared = shown.map((own) => ratioOf(own, base ?? restOf(all, own), own === base, minimum));
  const adjusted = holm(compared.map(({ p }) => p));
  return {
    by,
    reference: base?.group ?? null,
    groups: counts.map(({ group }): UptakeOfGroup => {
      const at = shown.findIndex((own) => own.group === group);
      const own = shown[at];
      const found = compared[at];
      if (!own || !found)
        return { group, people: null, uptake: null, ratio: null, p: null, pHolm: null, reason: 'few' };
      const uptake = { share: own.took / own.people, ...wilsonInterval(own.took, own.people) };
      return { group, people: own.people, uptake, ...found, pHolm: adjusted[at] ?? null, reason: null };
    }),
    withheldGroups: counts.length - shown.length,
    missingReference: wanted !== null && base === null ? wanted : null,
  };
}

/** The groups that are shown: those that may be told apart elsewhere too. */
export function groupsShown({ groups }: UptakeByGroup): ReadonlySet<string> {
  return new Set(groups.flatMap(({ group, people }) => (people === null ? [] : [group])));
}

function countsOf(
  started: readonly StartedCourse[],
  groupOf: (course: StartedCourse) => string,
  followDays: number,
): Count[] {
  const counts = new Map<string, Count>();
  for (const course of started) {
    const group = groupOf(course);
    const count = counts.get(group) ?? { group, people: 0, took: 0 };
    counts.set(group, count);
    count.people += 1;
    if (tookUp(course, followDays)) count.took += 1;
  }
  return [...counts.values()].sort((a, b) => compareCodePoints(a.group, b.group));
}

/** Whether a first contact came within so many days of the start. */
export function tookUp({ startDay, contactDay }: StartedCourse, withinDays: number): boolean {
  return contactDay !== null && contactDay - startDay <= withinDays;
}

function sum(counts: readonly Count[], key: 'people' | 'took'): number {
  return counts.reduce((total, count) => total + count[key], 0);
}

function restOf(all: Omit<Count, 'group'>, own: Count): Omit<Count, 'group'> {
  return { people: all.people - own.people, took: all.took - own.took };
}

function ratioOf(own: Count, base: Omit<Count, 'group'>, isReference: boolean, minimum: number) {
  if (isReference || base.people < minimum) return { ratio: null, p: null };
  const cells = { a: own.took, b: own.people - own.took, c: base.took, d: base.people - base.took };
  const { estimate, se, low, high } = riskRatio(cells, 0.95);
  if (estimate === null) return { ratio: null, p: null };
  // With nobody in one of the four cells the error on the logarithm leaves that group's own chance out.
  if (se === null || Object.values(cells).includes(0)) {
    return { ratio: { estimate, low: null, high: null }, p: fisherTest(cells, 0.95).p };
  }
  return { ratio: { estimate, low, high }, p: twoSidedNormal(Math.log(estimate) / se) };
}

function holm(values: readonly (number | null)[]): (number | null)[] {
  const known = values.flatMap((p, at) => (p === null ? [] : [{ p, at }]));
  const adjusted = adjustP(
    known.map(({ p }) => p),
    'holm',
  );
  const places = new Map(known.map(({ at }, place) => [at, adjusted[place] ?? null]));
  return values.map((_, at) => places.get(at) ?? null);
}
