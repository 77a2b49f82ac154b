import type { AreaOutcome } from '../evaluation/compared-areas.ts';
import type { Joined, ToJoin } from './joined.ts';
import type { MeasuredOutcome } from './measured-outcome.ts';
import { noStart, nothingKnown, type Period, periodsAround } from './periods.ts';
import { begunOtherwise, startsOf, type Units, unitsOf } from './units.ts';

const quarterDays = 91;

/**
 * Scores of teams and areas with and without the pilot. Where all began on one day the plan's baseline and follow-up are the two periods; where they
 * began one after the other, or periods of a length are asked for, every period of it between the two.
 */
export function joinAreas(join: ToJoin): Joined {
  const { records, plan, spec, primary, secondaries } = join;
  const units = unitsOf(records, plan);
  const starts = startsOf(units);
  const [first] = starts;
  if (first === undefined) throw noStart(spec.pilot);
  const inTwo = starts.length === 1 && spec.periodDays === null;
  const lengthDays = spec.periodDays ?? quarterDays;
  const periodsOf = (outcome: MeasuredOutcome): Period[] =>
    inTwo ? twoPeriods(outcome, first) : manyPeriods(outcome, starts, lengthDays);
  const beginsIn = (day: number): number => (inTwo ? 2 : Math.floor((day - first) / lengthDays) + 1);
  const begins = new Map([...units.begins].map(([unit, day]) => [unit, day === null ? null : beginsIn(day)]));
  const area = (outcome: MeasuredOutcome): AreaOutcome => ({
    ...{ name: outcome.name, unit: outcome.unit, better: outcome.better, norms: outcome.norms },
    rows: rowsOf(outcome, periodsOf(outcome), units),
  });
  return {
    ...{ arm: null, comparison: null, offered: units.offered },
    input: {
      design: 'difference-in-differences',
      primary: area(primary),
      secondaries: secondaries.map(area),
      begins,
      fewUnits: plan.analysis.smallSample === 'CR2',
    },
    warnings: begunOtherwise(records, units),
  };
}

function rowsOf(outcome: MeasuredOutcome, periods: readonly Period[], { people }: Units): AreaOutcome['rows'] {
  return people.flatMap(({ person, unit }) =>
    periods.flatMap(({ period, fromDay, toDay }) => {
      const score = outcome.valueOf(person, fromDay, toDay, 'last');
      return score === null ? [] : [{ unit, period, score }];
    }),
  );
}

function twoPeriods({ planned: { baseline, followUp } }: MeasuredOutcome, start: number): Period[] {
  return [baseline, followUp].flatMap((days, at) =>
    days === null ? [] : [{ period: at + 1, fromDay: start + days.fromDay, toDay: start + days.toDay }],
  );
}

function manyPeriods(
  { name, planned: { baseline, followUp }, knownFrom, knownTo }: MeasuredOutcome,
  starts: readonly number[],
  lengthDays: number,
): Period[] {
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined || knownFrom === null || knownTo === null) throw nothingKnown(name);
  return periodsAround(first, lengthDays, {
    firstDay: baseline === null ? knownFrom : first + baseline.fromDay,
    lastDay: Math.min(last + followUp.toDay, knownTo),
  });
}
