import type { AbsenceFigures } from '#main/analysis/absence/figures.ts';
import type { SupportUptake } from '#main/analysis/support/support-uptake.ts';
import {
  type CountedAs,
  type CountsToRelease,
  type CountToRelease,
  type KeyedSum,
  keyOf,
} from '#main/disclosure/released-counts.ts';
import { absenceCounts } from '../added/absence-part.ts';
import { printed } from '../added/added-part.ts';
import { eventsAs, type Group, peopleAs } from '../counts-to-release.ts';
import type { UnitFacts } from './unit-facts.ts';

export const scheme = 'count-v1';

/** What can be counted of exposures by one unit or by all, by month and by kind. */
export function unitEvents(group: Group, { spec }: Pick<UnitFacts, 'spec'>): CountedAs {
  return eventsAs(group, { from: spec.from, to: spec.to, scheme });
}

function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Events of a unit by kind; those of people in no post are what the other units leave of all. */
function kindsByUnit({ exposure, kinds }: UnitFacts): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const found = new Map(exposure.units.map((unit) => [unit, new Map<string, number>()]));
  const left = new Map(Object.entries(exposure.byCategory));
  for (const { group, category, points } of kinds.charts) {
    const count = sumOf(points.map((point) => point.count));
    if (category === null || count === 0) continue;
    found.get(group)?.set(category, count);
    left.set(category, (left.get(category) ?? 0) - count);
  }
  const last = exposure.units.at(-1) ?? '';
  for (const [category, count] of left) if (count > 0) found.get(last)?.set(category, count);
  return found;
}

/**
 * Exposures and people of every unit as one system, of which one unit and the force are printed: a small unit that no briefing is
 * made of must not follow from briefings of all the others.
 */
export function unitWorkforce(facts: UnitFacts): CountsToRelease {
  const { exposure, spec } = facts;
  const cells: CountToRelease[] = [];
  const sums: KeyedSum[] = [];
  const add = (as: CountedAs, value: number, shown: boolean, kept = false): CountedAs => {
    cells.push({ ...as, value, loss: shown ? 1 + value : 0, kept: kept || !shown, shown });
    return as;
  };
  const adds = (total: CountedAs, parts: readonly CountedAs[]): void => {
    if (parts.length > 0) sums.push({ total: keyOf(total), parts: parts.map(keyOf) });
  };
  const events = (group: Group): CountedAs => unitEvents(group, facts);
  const force = add(events({}), exposure.events, true, true);
  const everybody = add(peopleAs({}, spec), exposure.peopleInPost, true, true);
  const kinds = kindsByUnit(facts);
  const byMonth = new Map(exposure.months.map((month) => [month, [] as CountedAs[]]));
  const byKind = new Map(Object.keys(exposure.byCategory).map((category) => [category, [] as CountedAs[]]));
  const units = exposure.units.map((unit, row) => {
    const own = row === facts.row;
    const counts = exposure.unitMonths[row] ?? [];
    const total = add(events({ unit }), sumOf(counts), own, own);
    const months = exposure.months.map((month, at) => add(events({ unit, month }), counts[at] ?? 0, own));
    for (const [at, as] of months.entries()) byMonth.get(exposure.months[at] ?? '')?.push(as);
    const ofKinds = [...(kinds.get(unit) ?? [])].map(([category, count]) => {
      const as = add(events({ unit, category }), count, own);
      byKind.get(category)?.push(as);
      return as;
    });
    // A period of one month has one part, which is the period itself.
    if (months.length > 1) adds(total, months);
    adds(total, ofKinds);
    return total;
  });
  adds(force, units);
  const people = exposure.units.map((unit, row) =>
    add(peopleAs({ unit }, spec), exposure.peopleByUnit[row] ?? 0, row === facts.row, row === facts.row),
  );
  adds(everybody, people);
  if (byMonth.size > 1) {
    for (const [month, parts] of byMonth) {
      const at = exposure.months.indexOf(month);
      const value = sumOf(exposure.unitMonths.map((counts) => counts[at] ?? 0));
      adds(add(events({ month }), value, false), parts);
    }
  }
  for (const [category, parts] of byKind) {
    adds(add(events({ category }), exposure.byCategory[category] ?? 0, true), parts);
  }
  return { cells, sums, threshold: spec.threshold };
}

/** What is printed of absence and support, as the analyses withhold it. */
export function unitClinical(facts: UnitFacts): readonly CountToRelease[] {
  const { spec, absence, support } = facts;
  return [
    ...absenceCounts(absence.all, spec),
    ...absenceCounts(absenceOfUnit(facts), spec, `|unit=${spec.unit}`),
    ...(support === null ? [] : uptakeCounts(facts, support)),
  ];
}

function uptakeCounts(facts: UnitFacts, { period, lastStart, followDays }: SupportUptake): readonly CountToRelease[] {
  const unit = `unit=${facts.spec.unit}`;
  return uptakeOfUnit(facts).flatMap(({ service, people, share, all }) => {
    const count = (of: string, value: number | null): CountToRelease[] =>
      value === null
        ? []
        : [printed(`support|${service}|${of} in ${followDays} days`, { from: period.from, to: lastStart }, value)];
    const contacted = people === null || share === null ? null : Math.round(people * share);
    return [...count('people', all), ...count(unit, people), ...count(`${unit} contacted`, contacted)];
  });
}

/** Null where too few people are in the unit, or absent, or another unit would follow. */
export function absenceOfUnit({ absence, spec }: UnitFacts): AbsenceFigures | null {
  return absence.groups.find(({ group }) => group === spec.unit)?.figures ?? null;
}

export type UptakeOfUnit = {
  readonly service: string;
  /** Offered or referred in the unit, and in the force; null where few. */
  readonly people: number | null;
  readonly all: number | null;
  /** Of 1, who had a first contact; with its interval. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly shareOfForce: number | null;
};

/** How each service was taken up in the unit beside the force; nothing where no support is held. */
export function uptakeOfUnit({ support, spec }: UnitFacts): readonly UptakeOfUnit[] {
  return (support?.services ?? []).map(({ service, people: all, funnel, groups }) => {
    const own = groups.flatMap((grouping) => grouping.groups).find(({ group }) => group === spec.unit);
    const uptake = own?.uptake ?? null;
    return {
      service,
      all,
      people: own?.people ?? null,
      ...{ share: uptake?.share ?? null, low: uptake?.low ?? null, high: uptake?.high ?? null },
      shareOfForce: funnel.find(({ step }) => step === 'contacted')?.share ?? null,
    };
  });
}
