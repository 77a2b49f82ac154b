import { coverageOfRows } from '#main/analysis/exposure/packed-exposures.ts';
import type { CompiledScheme } from '#main/analysis/exposure/scheme-weights.ts';
import { type MonthEnds, monthEndsBetween } from '#main/analysis/exposure/specs.ts';
import { exposureTrend } from '#main/analysis/exposure/trend/exposure-trend.ts';
import { firstOfMonth, recordedMonths } from '#main/analysis/exposure/trend/month-states.ts';
import { readExposureTrend, trendWarnings } from '#main/analysis/exposure/trend/trend-reading.ts';
import { exposureTrendScript } from '#main/analysis/exposure/trend/trend-script.ts';
import type { ExposureTrendSpec } from '#main/analysis/exposure/trend/trend-spec.ts';
import type { Connection } from '#main/store/connection.ts';
import { holdsDuties, readFte } from '#main/store/denominator-records.ts';
import { readPeople } from '#main/store/people-records.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { indexById } from './attended-source.ts';
import { eachDutyDay } from './duty-days.ts';
import { eventsUpTo, rowsUpToDay, uncountedBetween } from './exposure-rows.ts';
import type { ExposureSource } from './exposure-source.ts';
import { taken } from './task-failure.ts';

/** Trends of the exposures that are held, with what they are divided by. */
export function trendAnswer(
  connection: Connection,
  source: ExposureSource,
  spec: ExposureTrendSpec,
  compiled: CompiledScheme,
): AnalysisAnswer {
  const { exposures, people, uncountedUpTo } = source;
  const monthEnds = taken(monthEndsBetween(spec.from, spec.to));
  const range = rangeOf(monthEnds);
  const personIndex = indexById(readPeople(connection));
  const result = taken(
    exposureTrend({
      exposures,
      people,
      compiled,
      spec,
      monthEnds,
      states: recordedMonths(monthEnds, rowsUpToDay(source)).states,
      fte: readFte(connection, personIndex, people.pseudonyms.length),
      eachDutyDay: holdsDuties(connection) ? (take) => eachDutyDay(connection, personIndex, range, take) : null,
    }),
  );
  const uncounted = uncountedBetween(uncountedUpTo(range[0] - 1), uncountedUpTo(range[1]));
  const events = eventsUpTo(exposures, range[1]) - eventsUpTo(exposures, range[0] - 1);
  const coverage = coverageOfRows(events, uncounted);
  return {
    asOf: isoOfDay(range[1]),
    result: { ...result, coverage },
    reading: readExposureTrend(result, spec),
    warnings: trendWarnings(result, compiled.scheme, coverage),
    coverage,
    r: exposureTrendScript(spec, result),
  };
}

function rangeOf({ days }: MonthEnds): readonly [number, number] {
  return [firstOfMonth(days[0] ?? 0), days.at(-1) ?? 0];
}
