import { caseDefinition } from '#main/analysis/early-warning/case-definition.ts';
import { earlyWarning } from '#main/analysis/early-warning/early-warning.ts';
import { earlyWarningWarnings, readLandmarks } from '#main/analysis/early-warning/early-warning-words.ts';
import { buildLandmarks, currentLandmarks } from '#main/analysis/early-warning/landmarks/build-landmarks.ts';
import { earlyWarningScript } from '#main/analysis/early-warning/model/model-script.ts';
import type { EarlyWarningSpec } from '#main/analysis/early-warning/spec.ts';
import type { Connection } from '#main/store/connection.ts';
import type { AnalysisAnswer } from '../analysis-answer.ts';
import type { ExposureDaySource } from '../exposure-source.ts';
import { disclosedResult, levelsToShow } from './disclosed-result.ts';
import { landmarkRules } from './landmark-rules.ts';
import { readHistory } from './read-history.ts';

type Step = (step: { readonly stage: string; readonly done: number; readonly total: number }) => void;

/** Steps of reading, building, and fitting. */
const steps = 6;

/** Reads, builds the landmarks and makes the result; it takes long, so it runs on a thread that answers nothing else. */
export async function earlyWarningAnswer(
  connection: Connection,
  exposures: () => ExposureDaySource,
  spec: EarlyWarningSpec,
  tell: Step,
): Promise<AnalysisAnswer> {
  const step = (stage: string, done: number): void => tell({ stage, done, total: steps });
  const { history, held } = readHistory(connection, exposures, spec, step);
  step('Following people from each screening', 4);
  const definition = caseDefinition(spec);
  const rules = landmarkRules(spec, definition);
  const table = buildLandmarks(history, rules);
  const current = currentLandmarks(history, rules);
  step('Fitting and checking', 5);
  const run = earlyWarning({ table, current, spec, definition, levelsToShow }, (stage) => step(stage, 5));
  const result = await disclosedResult(run.result, { table, spec, definition });
  return {
    asOf: spec.asOf,
    result,
    reading: readLandmarks(result, spec),
    warnings: earlyWarningWarnings(
      { ...held, firstLandmarkDay: table.day[0] ?? null, lastHeldDay: history.lastHeldDay },
      definition,
    ),
    coverage: null,
    r: earlyWarningScript(result),
  };
}
