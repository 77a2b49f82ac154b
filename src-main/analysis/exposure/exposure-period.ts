import { monthOfDay } from '#shared/domain/dates.ts';
import { unknownPost } from './exposure-totals.ts';
import { firstAfter } from './loads-at.ts';
import type { PackedExposures } from './packed-exposures.ts';
import { compareCodePoints, type PersonFrame, spellAt } from './person-frame.ts';

export type ExposurePeriodInput = {
  readonly exposures: PackedExposures;
  /** The same people, by the same indices, as in `exposures`. */
  readonly people: PersonFrame;
  /** First and last local day, both included. */
  readonly fromDay: number;
  readonly toDay: number;
};

export type ExposurePeriodResult = {
  readonly months: readonly string[];
  readonly units: readonly string[];
  readonly roles: readonly string[];
  /** Events by the unit held on their day (one list a unit, one number a month); `UNKNOWN` for people in no post. */
  readonly unitMonths: readonly (readonly number[])[];
  readonly byRole: readonly number[];
  readonly byCategory: Readonly<Record<string, number>>;
  readonly events: number;
  /** People in post on the last day, by unit and role in the same order. */
  readonly peopleInPost: number;
  readonly peopleByUnit: readonly number[];
  readonly peopleByRole: readonly number[];
  /** Events of each person in post on the last day, ascending; how they are spread, not whose they are. */
  readonly perPerson: readonly number[];
};

/** Events of a period by month, unit, role and category, with the people in post at its end. */
export function exposurePeriod(input: ExposurePeriodInput): ExposurePeriodResult {
  const { exposures, people, fromDay, toDay } = input;
  const months = monthsBetween(fromDay, toDay);
  const units = [...people.units].sort(compareCodePoints);
  const roles = [...people.roles].sort(compareCodePoints);
  const unitRow = placesOf(people.units, units);
  const roleRow = placesOf(people.roles, roles);
  const monthOf = new Map(months.map((month, index) => [month, index]));
  const monthColumn = Int32Array.from({ length: toDay - fromDay + 1 }, (_, offset) => {
    return monthOf.get(monthOfDay(fromDay + offset)) ?? 0;
  });
  const unitMonths = [...units, unknownPost].map(() => new Array<number>(months.length).fill(0));
  const byRole = new Array<number>(roles.length + 1).fill(0);
  const byCategory = new Array<number>(exposures.categories.length).fill(0);
  const peopleByUnit = new Array<number>(units.length + 1).fill(0);
  const peopleByRole = new Array<number>(roles.length + 1).fill(0);
  const perPerson: number[] = [];
  let events = 0;
  for (let person = 0; person < people.pseudonyms.length; person += 1) {
    const start = exposures.offsets[person] as number;
    const end = exposures.offsets[person + 1] as number;
    const first = firstAfter(exposures.day, start, end, fromDay - 1);
    const last = firstAfter(exposures.day, first, end, toDay);
    for (let event = first; event < last; event += 1) {
      const day = exposures.day[event] as number;
      const spell = spellAt(people, person, day);
      const unit = spell < 0 ? units.length : (unitRow[people.spells.unit[spell] as number] as number);
      const role = spell < 0 ? roles.length : (roleRow[people.spells.role[spell] as number] as number);
      const row = unitMonths[unit] as number[];
      const column = monthColumn[day - fromDay] as number;
      row[column] = (row[column] as number) + 1;
      byRole[role] = (byRole[role] as number) + 1;
      const code = exposures.category[event] as number;
      byCategory[code] = (byCategory[code] as number) + 1;
    }
    events += last - first;
    const post = spellAt(people, person, toDay);
    if (post < 0) continue;
    const unit = unitRow[people.spells.unit[post] as number] as number;
    const role = roleRow[people.spells.role[post] as number] as number;
    peopleByUnit[unit] = (peopleByUnit[unit] as number) + 1;
    peopleByRole[role] = (peopleByRole[role] as number) + 1;
    perPerson.push(last - first);
  }
  return {
    months,
    units: [...units, unknownPost],
    roles: [...roles, unknownPost],
    unitMonths,
    byRole,
    byCategory: Object.fromEntries(
      exposures.categories
        .map((code, index) => [code, byCategory[index] as number] as const)
        .filter(([, count]) => count > 0)
        .sort(([a], [b]) => compareCodePoints(a, b)),
    ),
    events,
    peopleInPost: perPerson.length,
    peopleByUnit,
    peopleByRole,
    perPerson: perPerson.sort((a, b) => a - b),
  };
}

function monthsBetween(fromDay: number, toDay: number): string[] {
  const months: string[] = [];
  for (let day = fromDay; day <= toDay; day += 1) {
    const month = monthOfDay(day);
    if (months[months.length - 1] !== month) months.push(month);
  }
  return months;
}

function placesOf(names: readonly string[], sorted: readonly string[]): Int32Array {
  const place = new Map(sorted.map((name, index) => [name, index]));
  return Int32Array.from(names, (name) => place.get(name) ?? 0);
}
