import { civilOfDay, dayOfCivil, daysInMonth } from '#shared/domain/dates.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { cumulate, drawIndex } from './distributions.ts';
import { type CategoryRate, categoryRates, incidentsPerOfficerDay } from './exposure-rates.ts';
import { type RoleName, roleNames, type Unit } from './force-shape.ts';
import { inService, type SyntheticPerson } from './people.ts';
import { planted } from './planted.ts';

/** People who can be sent, with the chance of each in proportion to hours worked and personal rate. */
type Roster = { readonly members: readonly number[]; readonly cumulative: Float64Array };

type UnitPlan = {
  readonly roster: Roster;
  /** Running totals over `categoryRates` of the events that start with this unit, per average day. */
  readonly perDay: Float64Array;
};

export type MonthPlan = {
  readonly lastDay: number;
  readonly officers: number;
  readonly units: readonly UnitPlan[];
  readonly byRole: ReadonlyMap<RoleName, Roster>;
};

function rosterOf(people: readonly SyntheticPerson[], members: readonly number[]): Roster {
  const weights = members.map((index) => (people[index]?.fte ?? 0) * (people[index]?.frailty ?? 0));
  return { members, cumulative: cumulate(weights) };
}

/**
 * Different members of a roster who serve on the day, `wanted` of them or as many as can be found.
 * @param taken people already there; the ones found are added to it.
 */
export function drawMembers(
  random: RandomStream,
  roster: Roster,
  people: readonly SyntheticPerson[],
  day: number,
  wanted: number,
  taken: Set<number>,
): readonly number[] {
  const found: number[] = [];
  for (let tries = 0; found.length < wanted && tries < 20 + 5 * wanted && roster.members.length > 0; tries++) {
    const index = roster.members[drawIndex(random, roster.cumulative)] ?? -1;
    const person = people[index];
    if (!person || taken.has(index) || !inService(person, day)) continue;
    taken.add(index);
    found.push(index);
  }
  return found;
}

function shareServed(person: SyntheticPerson, firstDay: number, lastDay: number): number {
  const from = Math.max(firstDay, person.serviceStartDay);
  const to = Math.min(lastDay, person.serviceEndDay ?? lastDay);
  return Math.max(0, to - from + 1) / (lastDay - firstDay + 1);
}

function seasonFactor({ season }: CategoryRate, dayOfYear: number): number {
  return 1 + season.amplitude * Math.cos((2 * Math.PI * (dayOfYear - season.crestDay)) / 365.25);
}

/** Events a day of one category for each unit, before the planted step. */
function perDayByUnit(
  rate: CategoryRate,
  units: readonly Unit[],
  strength: ArrayLike<number>,
  officers: number,
): readonly number[] {
  if (rate.kind === 'personal') {
    return units.map((unit, index) => ((rate.perYear[unit.role] ?? 0) / 365.25) * (strength[index] ?? 0));
  }
  const pulls = units.map((unit, index) => (rate.leads[unit.role] ?? 0) * (strength[index] ?? 0));
  const total = pulls.reduce((sum, pull) => sum + pull, 0);
  const perDay = (incidentsPerOfficerDay * officers * rate.sharePercent) / 100;
  return pulls.map((pull) => (total > 0 ? (perDay * pull) / total : 0));
}

/** First day of the planted step. */
export function stepFirstDay(lastDay: number): number {
  return monthsBefore(lastDay, planted.step.months);
}

/** The first of the month, so many months before the day after the period. */
export function monthsBefore(lastDay: number, months: number): number {
  const { year, month } = civilOfDay(lastDay + 1);
  const index = year * 12 + month - 1 - months;
  return dayOfCivil(Math.floor(index / 12), (index % 12) + 1, 1);
}

/** Who can be sent and what happens on an average day of the month that holds `day`; a new plan is due after `lastDay`. */
export function planMonth(
  people: readonly SyntheticPerson[],
  units: readonly Unit[],
  day: number,
  stepDay: number,
): MonthPlan {
  const { year, month } = civilOfDay(day);
  const firstDay = dayOfCivil(year, month, 1);
  const lastDay = firstDay + daysInMonth(year, month) - 1;
  const members = units.map((): number[] => []);
  const strength = new Float64Array(units.length);
  let officers = 0;
  people.forEach((person, index) => {
    const served = shareServed(person, firstDay, lastDay);
    if (served === 0) return;
    members[person.unit]?.push(index);
    strength[person.unit] = (strength[person.unit] ?? 0) + person.fte * person.frailty * served;
    if (person.workforceType === 'officer') officers += served;
  });
  const dayOfYear = firstDay + 14 - dayOfCivil(year, 1, 1);
  const table = categoryRates.map((rate) => {
    const season = seasonFactor(rate, dayOfYear);
    return perDayByUnit(rate, units, strength, officers).map((perDay) => perDay * season);
  });
  return {
    lastDay,
    officers,
    units: units.map((unit, index) => {
      const raised = unit.name === planted.step.unit && firstDay >= stepDay ? planted.step.rateRatio : 1;
      return {
        roster: rosterOf(people, members[index] ?? []),
        perDay: cumulate(table.map((byUnit) => (byUnit[index] ?? 0) * raised)),
      };
    }),
    byRole: new Map(
      roleNames.map((role) => [
        role,
        rosterOf(
          people,
          units.flatMap((unit, index) => (unit.role === role ? (members[index] ?? []) : [])),
        ),
      ]),
    ),
  };
}
