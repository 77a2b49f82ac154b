import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { CaseDefinition } from './case-definition.ts';
import { type CurrentLandmarks, type LandmarkTable, outcomeUnknown } from './landmark-table.ts';
import { resultFrame } from './result-frame.ts';
import type { EarlyWarningSpec } from './spec.ts';

/** Fewer of either cannot teach anything. */
const fewest = 10;

/** What is lacking for a model, as a sentence. */
function whyNoModel({ count, outcome, complete }: LandmarkTable): string {
  let [cases, others] = [0, 0];
  for (let row = 0; row < count; row += 1) {
    if (complete[row] !== 1 || outcome[row] === outcomeUnknown) continue;
    if (outcome[row] === 1) cases += 1;
    else others += 1;
  }
  if (count === 0) return 'There is no screening of anybody at risk.';
  if (cases + others === 0) return 'Of no screening is it known yet what followed.';
  return `${cases < fewest ? `Fewer than ${fewest} screenings were followed by a case` : `Fewer than ${fewest} screenings were followed by none`}; a model needs at least ${fewest} of each.`;
}

/** The result where no model is fitted: it is not fit for use, says why, and raises no signals. */
export function withoutModel(
  table: LandmarkTable,
  current: CurrentLandmarks,
  spec: EarlyWarningSpec,
  definition: CaseDefinition,
): EarlyWarningResult {
  const why = whyNoModel(table);
  const words = `No model was fitted, so nothing is fit for use and no signal is raised. ${why}`;
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
      checks: [{ code: 'model', words: 'A model was fitted.', found: why, passed: null }],
    },
    drift: [],
    modelCard: [],
    tripod: [],
    signals: 0,
  };
}
