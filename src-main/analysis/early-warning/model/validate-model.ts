import type { ChosenRidge } from '#main/stats/regression/ridge-logistic.ts';
import { linearPredictor } from '#main/stats/regression/ridge-logistic.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { CaseDefinition } from '../case-definition.ts';
import type { LandmarkTable } from '../landmark-table.ts';
import type { EarlyWarningSpec } from '../spec.ts';
import { calibrationGroups } from './calibration-groups.ts';
import { assessedAWeek, capacityRows, netBenefits } from './capacity.ts';
import { driftRows } from './drift.ts';
import { fairnessRows, type LevelsToShow } from './fairness.ts';
import type { Training } from './fit-model.ts';
import { fitForUse } from './gate.ts';
import { bootstrapOptimism } from './optimism.ts';
import { performanceOf, precisionRecallPoints, type Resampling } from './performance.ts';
import { rulesBaseline } from './rules-baseline.ts';
import { foldPerformance, joined, temporalFolds } from './temporal.ts';
import { leaveOneUnitOut } from './unit-out.ts';

export type Step = (stage: string) => void;

/** All that is found out about a model on people who did not train it. */
export type Validated = Pick<
  EarlyWarningResult,
  | 'validation'
  | 'calibrationCurve'
  | 'precisionRecall'
  | 'netBenefit'
  | 'capacity'
  | 'rules'
  | 'fairness'
  | 'gate'
  | 'drift'
>;

export type Fitted = { readonly training: Training; readonly fit: ChosenRidge };

export type ValidationTerms = {
  readonly spec: EarlyWarningSpec;
  readonly definition: CaseDefinition;
  readonly levelsToShow: LevelsToShow;
};

export function validateModel(
  table: LandmarkTable,
  { training, fit }: Fitted,
  { spec, definition, levelsToShow }: ValidationTerms,
  step: Step,
): Validated {
  const resampling = (label: string): Resampling => ({ resamples: spec.resamples, seed: spec.seed, label });
  step('Testing on later screenings');
  const baseline = rulesBaseline(table, definition);
  const folds = temporalFolds(table, spec, baseline);
  const tested = joined(folds.map(({ predictions }) => predictions));
  const byRules = joined(folds.map(({ rules }) => rules));
  const isTested = tested.y.length > 0;
  const temporal = isTested ? performanceOf(tested, resampling('temporal')) : null;
  const aWeek = assessedAWeek(
    table,
    folds.map(({ wave }) => wave),
  );
  const rows = isTested && aWeek !== null ? capacityRows(tested, aWeek, spec.capacityPerWeek) : [];
  const threshold = rows.find(({ signalsAWeek }) => signalsAWeek === spec.capacityPerWeek)?.threshold ?? null;
  const netBenefit = netBenefits(tested, byRules, threshold);
  step('Testing group by group');
  const fairness = isTested
    ? fairnessRows(table, tested, { threshold, levelsToShow, resampling: resampling('groups') })
    : [];
  step('Testing unit by unit');
  const unitOut = leaveOneUnitOut(table, training, fit, resampling('units'));
  step('Fitting again to resamples of people');
  const apparent = performanceOf(
    {
      landmarks: training.landmarks,
      person: training.landmarks.map((row) => table.person[row] ?? 0),
      logits: linearPredictor(training.data, fit.coefficients),
      y: training.data.y,
    },
    { ...resampling('apparent'), resamples: Math.min(spec.resamples, 50) },
  );
  const optimism = bootstrapOptimism(table, training, fit, resampling('optimism'));
  return {
    validation: {
      temporal,
      folds: folds.map((fold) => foldPerformance(table, fold)),
      leaveOneUnitOut: unitOut,
      apparent,
      optimism,
    },
    calibrationCurve: calibrationGroups(tested),
    precisionRecall: precisionRecallPoints(tested),
    netBenefit: netBenefit.flatMap(({ told, ...point }) => (told ? [point] : [])),
    capacity: { signalsAWeek: spec.capacityPerWeek, threshold, rows },
    rules: { words: baseline.words, performance: isTested ? performanceOf(byRules, resampling('rules')) : null },
    fairness,
    gate: fitForUse({ temporal, fairness, netBenefit, threshold }),
    drift: driftRows(table, spec, folds, resampling('drift')),
  };
}
