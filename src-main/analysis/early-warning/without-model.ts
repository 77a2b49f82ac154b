import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { CaseDefinition } from './case-definition.ts';
import type { CurrentLandmarks, LandmarkTable } from './landmark-table.ts';
import { resultFrame } from './result-frame.ts';
import type { EarlyWarningSpec } from './spec.ts';

/** The result where no model is fitted: it is not fit for use, says why, and raises no signals. */
export function withoutModel(
  table: LandmarkTable,
  current: CurrentLandmarks,
  spec: EarlyWarningSpec,
  definition: CaseDefinition,
): EarlyWarningResult {
  const words = 'No model was fitted, so nothing is fit for use and no signal is raised.';
  return {
    ...resultFrame(table, current, spec, definition),
    model: null,
    sampleSize: { needed: null, held: table.count, criteria: [] },
    validation: {
      temporal: null,
      folds: [],
      leaveOneUnitOut: { overall: null, units: [] },
      apparent: null,
      optimism: null,
    },
    calibrationCurve: [],
    precisionRecall: [],
    netBenefit: [],
    capacity: { signalsAWeek: spec.capacityPerWeek, threshold: null, rows: [] },
    rules: { words: [], performance: null },
    fairness: [],
    gate: {
      fit: false,
      words,
      checks: [{ code: 'model', words: 'A model was fitted.', found: words, passed: null }],
    },
    drift: [],
    modelCard: [],
    tripod: [],
    signals: 0,
  };
}
