import { exposureOutcome } from '#main/analysis/exposure/outcome/exposure-outcome.ts';
import { outcomeInstrument } from '#main/analysis/exposure/outcome/outcome-instrument.ts';
import { outcomeWarnings, readExposureOutcome } from '#main/analysis/exposure/outcome/outcome-reading.ts';
import { exposureOutcomeScript } from '#main/analysis/exposure/outcome/outcome-script.ts';
import type { ExposureOutcomeSpec } from '#main/analysis/exposure/outcome/outcome-spec.ts';
import type { ScoredScreening } from '#main/analysis/exposure/outcome/screening-pairs.ts';
import { coverageOfRows } from '#main/analysis/exposure/packed-exposures.ts';
import { compileScheme } from '#main/analysis/exposure/scheme-weights.ts';
import { recordedDays } from '#main/analysis/exposure/trend/month-states.ts';
import { meetsCutOff } from '#main/analysis/instruments/score.ts';
import type { Connection } from '#main/store/connection.ts';
import { readPeople } from '#main/store/people-records.ts';
import { readScreeningsOf } from '#main/store/screening-records.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { indexById } from './attended-source.ts';
import { eventsUpTo, rowsUpToDay } from './exposure-rows.ts';
import type { ExposureSource } from './exposure-source.ts';
import { scoreOf } from './kept-scores.ts';
import { taken } from './task-failure.ts';

export type OutcomeQuestion = {
  readonly spec: ExposureOutcomeSpec;
  readonly scheme: Scheme;
  /** Those whose exposures are compared. */
  readonly compared: readonly [Scheme, Scheme];
};

/** A later score, or caseness, on the exposure since the screening before. */
export function outcomeAnswer(
  connection: Connection,
  source: ExposureSource,
  { spec, scheme, compared }: OutcomeQuestion,
): AnalysisAnswer {
  const { exposures, people, uncountedUpTo } = source;
  const instrument = taken(outcomeInstrument(spec));
  const { definition, scale, cutOff } = instrument;
  const [fromDay, toDay] = [dayOfIso(spec.from) ?? 0, dayOfIso(spec.to) ?? 0];
  const stored = readPeople(connection);
  const personIndex = indexById(stored);
  const screenings = readScreeningsOf(connection, definition.code, toDay).map(
    (row): ScoredScreening => ({
      person: personIndex[row.person] as number,
      day: row.day,
      completed: row.completed,
      score: scoreOf(row.scores, scale),
    }),
  );
  const result = taken(
    exposureOutcome({
      exposures,
      people,
      screenings,
      serviceStart: stored.map(({ serviceStart }) => serviceStart),
      recorded: recordedDays(rowsUpToDay(source)),
      spec,
      fromDay,
      toDay,
      compiled: taken(compileScheme(scheme)),
      compared: [taken(compileScheme(compared[0])), taken(compileScheme(compared[1]))],
      isCase: cutOff === null ? null : (score) => meetsCutOff(cutOff, score),
    }),
  );
  return {
    asOf: spec.to,
    result: { instrument: definition.code, scale, cutOff: cutOff?.name ?? null, ...result },
    reading: readExposureOutcome(result, spec, instrument),
    warnings: outcomeWarnings(result, spec, scheme),
    coverage: coverageOfRows(eventsUpTo(exposures, toDay), uncountedUpTo(toDay)),
    r: exposureOutcomeScript(spec, result),
  };
}
