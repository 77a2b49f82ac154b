import { mean } from '#main/stats/numeric/sums.ts';
import type { SeriesOutcome, SeriesPoint } from '../evaluation/interrupted-series.ts';
import { fewestToTell, type Joined, type ToJoin } from './joined.ts';
import type { MeasuredOutcome } from './measured-outcome.ts';
import { noStart, nothingKnown, periodsAround } from './periods.ts';
import { startsOf, unitsOf } from './units.ts';

/** Points four weeks apart have the same days of the week. */
const fourWeeks = 28;

/** Means of the people of the areas where the pilot began, period by period, before and since the day on which the first of them did. */
export function joinSeries({ records, plan, spec, primary, secondaries }: ToJoin): Joined {
  const units = unitsOf(records, plan);
  const starts = startsOf(units);
  const [start] = starts;
  if (start === undefined) throw noStart(spec.pilot);
  const people = units.people.flatMap(({ person, unit }) =>
    (units.begins.get(unit) ?? null) === null ? [] : [person],
  );
  const lengthDays = spec.periodDays ?? fourWeeks;
  const series = (outcome: MeasuredOutcome): SeriesOutcome => ({
    ...{ name: outcome.name, unit: outcome.unit, better: outcome.better, norms: null },
    points: pointsOf(outcome, people, start, lengthDays),
  });
  return {
    ...{ arm: null, comparison: null, offered: units.offered },
    input: {
      design: 'interrupted-time-series',
      primary: series(primary),
      secondaries: secondaries.map(series),
      plan: { start: 1, horizon: null, seasonPoints: spec.seasonPoints, errors: null },
    },
    warnings:
      starts.length === 1
        ? []
        : [`The pilot began on ${starts.length} days: the series counts as interrupted from the first of them on.`],
  };
}

function periodsFor(
  { name, planned: { baseline, followUp }, knownFrom, knownTo }: MeasuredOutcome,
  start: number,
  lengthDays: number,
) {
  if (knownFrom === null || knownTo === null) throw nothingKnown(name);
  return periodsAround(start, lengthDays, {
    firstDay: baseline === null ? knownFrom : start + baseline.fromDay,
    lastDay: Math.min(start + followUp.toDay, knownTo),
  });
}

function pointsOf(
  outcome: MeasuredOutcome,
  people: readonly number[],
  start: number,
  lengthDays: number,
): SeriesPoint[] {
  return periodsFor(outcome, start, lengthDays).flatMap(({ period, fromDay, toDay }) => {
    const values = people.flatMap((person) => outcome.valueOf(person, fromDay, toDay, 'last') ?? []);
    return values.length < fewestToTell
      ? []
      : [{ time: period, value: mean(Float64Array.from(values)), people: values.length }];
  });
}
