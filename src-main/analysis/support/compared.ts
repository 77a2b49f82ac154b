import { did } from '#main/stats/procedures/did/did.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, numbers, runOn, tableOf } from '../absence/model-table.ts';
import type { StaffMember } from '../absence/staff-timeline.ts';
import { maySplit } from './counts.ts';
import type { StartedCourse } from './courses.ts';
import type { Effect } from './effect.ts';
import { groupOfCourse } from './groups.ts';
import { tookUp } from './missed.ts';
import type { MonthOfOffers } from './monthly-uptake.ts';
import type { ChangeSpec } from './spec.ts';

/** The change against what it did not touch: a difference of differences, in shares. */
export type Compared = {
  readonly with: 'service' | 'units';
  readonly names: readonly string[];
  readonly shares: readonly { readonly touched: boolean; readonly after: boolean; readonly share: number }[];
  readonly difference: Effect;
  /** Whose rows belong together: those of a person, or of a unit. */
  readonly clusters: 'person' | 'unit';
  readonly warnings: readonly string[];
  readonly r: string;
};

type Row = {
  readonly member: number;
  readonly unit: string;
  readonly touched: boolean;
  readonly after: boolean;
  readonly took: boolean;
};

const fewestUnits = 6;

export type ComparedInput = {
  readonly change: ChangeSpec;
  readonly months: readonly MonthOfOffers[];
  readonly monthsOf: (service: string) => readonly MonthOfOffers[];
  readonly members: readonly StaffMember[];
  readonly firstMonth: string;
  readonly minimum: number;
};

/** One row for each person and month of offers, on either side; errors allow for people, or units, with several. */
export function comparedWith(input: ComparedInput): Compared | { readonly omitted: string } {
  const { change, minimum } = input;
  const { comparison } = change;
  if (comparison === null) return { omitted: 'Nothing to compare with was named.' };
  const rows = rowsOf(input);
  const cells = [true, false].flatMap((touched) =>
    [false, true].map((after) => {
      const own = rows.filter((row) => row.touched === touched && row.after === after);
      return { touched, after, people: own.length, took: own.filter(({ took }) => took).length };
    }),
  );
  if (!cells.every(({ people, took }) => people >= minimum && maySplit(took, people, minimum))) {
    return {
      omitted: `On one side, before or after, fewer than ${minimum} people were offered it, took it up or did not, so there is no comparison.`,
    };
  }
  const clusters = clustersOf(rows, 'units' in comparison);
  try {
    const found = runOn(
      did,
      { y: 'took', treated: 'touched', post: 'after', cluster: clusters },
      tableOfRows(rows),
      'compared.csv',
    );
    const { estimate, low, high, p } = found['att'] as Effect;
    return {
      with: 'units' in comparison ? 'units' : 'service',
      names: 'units' in comparison ? comparison.units : [comparison.service],
      shares: cells.map(({ touched, after, people, took }) => ({ touched, after, share: took / people })),
      difference: { estimate, low, high, p },
      clusters,
      warnings: found.warnings,
      r: found.r,
    };
  } catch (error) {
    if (error instanceof ExpectedError) return { omitted: `The comparison was refused: ${error.message}` };
    throw error;
  }
}

function rowsOf({ change, months, monthsOf, members, firstMonth }: ComparedInput): Row[] {
  const { comparison, withinDays } = change;
  const unitOf = groupOfCourse('unit', members, 0);
  const untouched = new Set(comparison !== null && 'units' in comparison ? comparison.units : []);
  const row = (course: StartedCourse, month: string, touched: boolean): Row => ({
    member: course.member,
    unit: unitOf(course),
    touched,
    after: month >= firstMonth,
    took: tookUp(course, withinDays),
  });
  const own = months.flatMap(({ month, started }) =>
    started.map((course) => row(course, month, !untouched.has(unitOf(course)))),
  );
  if (comparison === null || !('service' in comparison)) return own;
  const others = monthsOf(comparison.service).flatMap(({ month, started }) =>
    started.map((course) => row(course, month, false)),
  );
  return [...own, ...others];
}

/** Units where there are enough on both sides to tell how they differ, else people. */
function clustersOf(rows: readonly Row[], byUnits: boolean): Compared['clusters'] {
  const units = (touched: boolean): number =>
    new Set(rows.filter((row) => row.touched === touched).map(({ unit }) => unit)).size;
  return byUnits && units(true) >= fewestUnits && units(false) >= fewestUnits ? 'unit' : 'person';
}

function tableOfRows(rows: readonly Row[]) {
  const flag = (value: boolean): number => (value ? 1 : 0);
  return tableOf(rows.length, [
    // Numbers, not categories: the script would list the levels of those.
    numbers(
      'person',
      rows.map(({ member }) => member),
    ),
    categories(
      'unit',
      rows.map(({ unit }) => unit),
    ),
    numbers(
      'touched',
      rows.map(({ touched }) => flag(touched)),
    ),
    numbers(
      'after',
      rows.map(({ after }) => flag(after)),
    ),
    numbers(
      'took',
      rows.map(({ took }) => flag(took)),
    ),
  ]);
}
