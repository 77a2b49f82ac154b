import { unknownPost } from '#main/analysis/exposure/exposure-totals.ts';
import {
  type CountedAs,
  type CountsToRelease,
  type CountToRelease,
  type KeyedSum,
  keyOf,
} from '#main/disclosure/released-counts.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import type { ReportFacts } from './report-facts.ts';
import { screenCounts } from './screen-counts.ts';
import { spreadCounts } from './spread-bins.ts';

/** Which group of events or people; the whole force where nothing is named. */
export type Group = {
  readonly unit?: string | null;
  readonly month?: string | null;
  readonly role?: string | null;
  readonly category?: string | null;
};

type Period = Pick<ReportFacts['spec'], 'from' | 'to'>;

/** When, and under which scheme, exposures are counted. */
type CountedPeriod = Pick<ReportFacts['spec'], 'from' | 'to' | 'scheme'>;

export type Response = 'invited' | 'answered' | 'not answered';

/** The days of a month (`2026-03` or its first day) that lie in the report's period. */
function daysOf(month: string | null | undefined, { from, to }: CountedPeriod): { from: string; to: string } {
  if (month === undefined || month === null) return { from, to };
  const first = `${month.slice(0, 7)}-01`;
  // The day before the first of the month that begins within 32 days.
  const next = isoOfDay((dayOfIso(first) ?? 0) + 31).slice(0, 7);
  const last = isoOfDay((dayOfIso(`${next}-01`) ?? 0) - 1);
  return { from: first < from ? from : first, to: last > to ? to : last };
}

function groupName(measure: string, { unit, role, category }: Group): string {
  const parts = Object.entries({ unit, role, category }).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [`${name}=${value}`],
  );
  return [measure, ...parts].join('|');
}

export function eventsAs(group: Group, spec: CountedPeriod): CountedAs {
  return { group: groupName(`events by ${spec.scheme}`, group), ...daysOf(group.month, spec) };
}

/** People are counted on one day, the period's last. */
export function peopleAs(group: Group, { to }: Pick<CountedPeriod, 'to'>): CountedAs {
  return { group: groupName('people in post', group), from: to, to };
}

export function screenedAs(instrument: string, response: Response, { from, to }: Period): CountedAs {
  return { group: `screened|${instrument}|${response}`, from, to };
}

function sumOf(total: CountedAs, parts: readonly CountedAs[]): KeyedSum[] {
  return parts.length === 0 ? [] : [{ total: keyOf(total), parts: parts.map(keyOf) }];
}

/** Everything a report counts of exposures and of people in post, as one system: its tables share their totals. */
export function workforceCounts(facts: ReportFacts, withSides: boolean): CountsToRelease {
  const { exposure, spec } = facts;
  const { units, months, unitMonths, byCategory, events, peopleInPost } = exposure;
  const roles = exposure.roles.filter((role) => role !== unknownPost);
  const cells: CountToRelease[] = [];
  const add = (as: CountedAs, value: number, margin: number, more: Partial<CountToRelease> = {}): void => {
    cells.push({ ...as, value, loss: 1 + value + margin, kept: false, shown: true, ...more });
  };
  const event = (group: Group): CountedAs => eventsAs(group, spec);
  const person = (group: Group): CountedAs => peopleAs(group, spec);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  add(event({}), events, 10 * events, { kept: true });
  add(person({}), peopleInPost, 10 * peopleInPost, { kept: true });
  units.forEach((unit, row) => {
    const counts = unitMonths[row] ?? [];
    add(event({ unit }), sum(counts), events);
    add(person({ unit }), exposure.peopleByUnit[row] ?? 0, 0);
    months.forEach((month, column) => {
      add(event({ unit, month }), counts[column] ?? 0, 0);
    });
  });
  months.forEach((month, column) => {
    add(event({ month }), sum(unitMonths.map((counts) => counts[column] ?? 0)), events);
  });
  roles.forEach((role, index) => {
    add(event({ role }), exposure.byRole[index] ?? 0, 0);
    add(person({ role }), exposure.peopleByRole[index] ?? 0, 0);
  });
  for (const [category, count] of Object.entries(byCategory)) add(event({ category }), count, 0);
  // Exposures in no post are a row of the units; the roles add up to the rest, which nothing prints.
  const inAnyRole: CountedAs = { ...event({}), group: `${event({}).group}|in any role` };
  if (roles.length > 0) add(inAnyRole, sum(roles.map((_, index) => exposure.byRole[index] ?? 0)), 0, { shown: false });
  const spread = withSides ? spreadCounts(facts, person({})) : { cells: [], sums: [] };
  const categories = Object.keys(byCategory).map((category) => event({ category }));
  return {
    cells: [...cells, ...spread.cells],
    threshold: spec.threshold,
    sums: [
      ...spread.sums,
      ...units.flatMap((unit) =>
        sumOf(
          event({ unit }),
          months.map((month) => event({ unit, month })),
        ),
      ),
      ...months.flatMap((month) =>
        sumOf(
          event({ month }),
          units.map((unit) => event({ unit, month })),
        ),
      ),
      ...sumOf(
        event({}),
        months.map((month) => event({ month })),
      ),
      ...sumOf(
        event({}),
        units.map((unit) => event({ unit })),
      ),
      ...sumOf(event({}), categories),
      ...sumOf(
        inAnyRole,
        roles.map((role) => event({ role })),
      ),
      ...(roles.length > 0 && units.includes(unknownPost)
        ? sumOf(event({}), [inAnyRole, event({ unit: unknownPost })])
        : []),
      ...sumOf(
        person({}),
        units.map((unit) => person({ unit })),
      ),
      ...sumOf(
        person({}),
        roles.map((role) => person({ role })),
      ),
    ],
  };
}

/** Screening of a period, and the least count that is shown of it. */
export type ScreenedPeriod = Pick<ReportFacts, 'screening'> & {
  readonly spec: Pick<ReportFacts['spec'], 'from' | 'to' | 'clinicalThreshold'>;
};

/** Who was invited to be screened, who answered, and who was assessed and positive, by instrument. */
export function clinicalCounts({ screening, spec }: ScreenedPeriod, withSides: boolean): CountsToRelease {
  const parts = ['answered', 'not answered'] as const;
  const screens = (withSides ? screening : []).map((summary) =>
    screenCounts(summary, screenedAs(summary.instrument, 'answered', spec), spec),
  );
  return {
    threshold: spec.clinicalThreshold,
    cells: [
      ...screening.flatMap(({ instrument, invited, completed }) => {
        const values = { invited, answered: completed, 'not answered': invited - completed };
        return (['invited', ...parts] as const).map((response) => ({
          ...screenedAs(instrument, response, spec),
          value: values[response],
          // Every share rests on it, so that it goes last.
          loss: 1 + values[response] + (response === 'invited' ? 10 * invited : 0),
          kept: false,
          shown: true,
        }));
      }),
      ...screens.flatMap(({ cells }) => cells),
    ],
    sums: [
      ...screening.flatMap(({ instrument }) =>
        sumOf(
          screenedAs(instrument, 'invited', spec),
          parts.map((part) => screenedAs(instrument, part, spec)),
        ),
      ),
      ...screens.flatMap(({ sums }) => sums),
    ],
  };
}
