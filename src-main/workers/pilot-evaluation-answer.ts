import type { LockedPlan } from '#main/analysis/pilots/join/records.ts';
import type { PilotEvaluationSpec } from '#main/analysis/pilots/join/spec.ts';
import { evaluateLocked } from '#main/analysis/pilots/locked/evaluate-locked.ts';
import { pilotEvaluationScript } from '#main/analysis/pilots/locked/r-script.ts';
import { readPilotEvaluation } from '#main/analysis/pilots/locked/reading.ts';
import type { Connection } from '#main/store/connection.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { listToShow, tableToShow } from './counts-to-show.ts';
import { readPilotRecords } from './pilot-records-source.ts';

export type PilotEvaluationQuestion = { readonly spec: PilotEvaluationSpec; readonly locked: LockedPlan };

/** Whoever asks sees to it that the plan is locked. */
export function pilotEvaluationAnswer(
  connection: Connection,
  { spec, locked }: PilotEvaluationQuestion,
): AnalysisAnswer {
  const shown = { mayShow: listToShow, mayShowTable: tableToShow };
  const { result, scripts, warnings } = connection.transaction(() =>
    evaluateLocked(readPilotRecords(connection, spec), locked, spec, shown),
  )();
  return {
    asOf: result.to,
    result,
    reading: readPilotEvaluation(result),
    warnings,
    coverage: null,
    r: pilotEvaluationScript(result, scripts),
  };
}
