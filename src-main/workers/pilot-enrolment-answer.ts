import { pilotEnrolment } from '#main/analysis/pilots/enrolment/enrolment.ts';
import { pilotEnrolmentScript } from '#main/analysis/pilots/enrolment/r-script.ts';
import { readPilotEnrolment } from '#main/analysis/pilots/enrolment/reading.ts';
import type { PilotEnrolmentSpec } from '#main/analysis/pilots/enrolment/spec.ts';
import { peopleCountsToGive } from '#main/disclosure/overlapping-counts.ts';
import type { Connection } from '#main/store/connection.ts';
import { readPilotStandings } from '#main/store/pilot-standing-records.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';

/** It reads no outcome, so that it can be asked before the plan of a pilot is locked. */
export async function pilotEnrolmentAnswer(connection: Connection, spec: PilotEnrolmentSpec): Promise<AnalysisAnswer> {
  const standings = connection.transaction(() => readPilotStandings(connection, spec.pilot))();
  const result = await pilotEnrolment(standings, spec, peopleCountsToGive);
  const noConsent = standings.every(({ consentedDay }) => consentedDay === null);
  return {
    asOf: spec.asOf,
    result,
    reading: readPilotEnrolment(result),
    warnings:
      standings.length > 0 && noConsent
        ? ['No consent of anybody is held: record it here, or import it with the enrolments (consented_on).']
        : [],
    coverage: null,
    r: pilotEnrolmentScript(),
  };
}
