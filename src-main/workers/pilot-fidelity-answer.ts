import { pilotFidelity } from '#main/analysis/pilots/fidelity/fidelity.ts';
import { deliveryOf } from '#main/analysis/pilots/fidelity/person-dose.ts';
import { pilotFidelityScript } from '#main/analysis/pilots/fidelity/r-script.ts';
import { pilotFidelityWarnings, readPilotFidelity } from '#main/analysis/pilots/fidelity/reading.ts';
import type { FidelityRecords } from '#main/analysis/pilots/fidelity/records.ts';
import type { PilotFidelitySpec } from '#main/analysis/pilots/fidelity/spec.ts';
import type { Connection } from '#main/store/connection.ts';
import { readPilotPeople, readPilotSessions, readSessionPlan } from '#main/store/pilot-session-records.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { listToShow, tableToShow } from './counts-to-show.ts';

/** It reads no outcome, so that it can be asked before the plan of a pilot is locked. */
export function pilotFidelityAnswer(connection: Connection, spec: PilotFidelitySpec): AnalysisAnswer {
  const read = connection.transaction((): FidelityRecords => {
    const people = readPilotPeople(connection, spec.pilot);
    const enrolled = people.filter(({ isDataUsed }) => isDataUsed);
    return {
      enrolled,
      leftOut: people.length - enrolled.length,
      planned: readSessionPlan(connection, spec.pilot),
      attended: readPilotSessions(connection, spec.pilot),
    };
  });
  const records = read();
  const delivery = deliveryOf(records, spec);
  const result = pilotFidelity(delivery, spec, { mayShow: listToShow, mayShowTable: tableToShow });
  return {
    asOf: spec.asOf,
    result,
    reading: readPilotFidelity(result),
    warnings: pilotFidelityWarnings(records, delivery, spec.minimum),
    coverage: null,
    r: pilotFidelityScript(spec),
  };
}
