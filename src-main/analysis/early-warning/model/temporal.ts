import type { OutcomeCounts, Performance } from '#shared/domain/early-warning.ts';
import { type LandmarkTable, outcomeUnknown } from '../landmark-table.ts';
import type { EarlyWarningSpec } from '../spec.ts';
import { type FittedModel, fitModel, knownOf, landmarksWhere } from './fit-model.ts';
import { type Predictions, singlePerformance } from './performance.ts';
import { pointLogits, type RulesBaseline } from './rules-baseline.ts';
import { scoreLandmarks } from './score.ts';

/** One wave tested by a model that knew nothing later than its first day. */
export type Fold = {
  readonly wave: number;
  readonly model: FittedModel;
  readonly predictions: Predictions;
  /** The rules with the chances they had in training. */
  readonly rules: Predictions;
};

/** Predictions of some landmarks whose outcome is known. */
export function predictionsOf(
  table: LandmarkTable,
  landmarks: Uint32Array,
  logits: (row: number) => number,
): Predictions {
  const known = knownOf(table, landmarks);
  return {
    landmarks: known,
    person: known.map((row) => table.person[row] ?? 0),
    logits: Float64Array.from(known, logits),
    y: Uint8Array.from(known, (row) => (table.outcome[row] === 1 ? 1 : 0)),
  };
}

export function joined(parts: readonly Predictions[]): Predictions {
  return {
    landmarks: Uint32Array.from(parts.flatMap(({ landmarks }) => [...landmarks])),
    person: Uint32Array.from(parts.flatMap(({ person }) => [...person])),
    logits: Float64Array.from(parts.flatMap(({ logits }) => [...logits])),
    y: Uint8Array.from(parts.flatMap(({ y }) => [...y])),
  };
}

/** Landmarks whose outcome had passed by a day: what a model made on that day could have learnt from. */
export function learntBy(table: LandmarkTable, spec: EarlyWarningSpec, day: number): Uint32Array {
  const days = spec.horizonDays + spec.spellDays;
  return landmarksWhere(table, (row) => (table.day[row] ?? 0) + days <= day);
}

/** First day of a landmark of each wave; infinite where it has none. */
export function firstDays(table: LandmarkTable): number[] {
  const first = table.waves.map(() => Number.POSITIVE_INFINITY);
  for (let row = 0; row < table.count; row += 1) {
    const wave = table.wave[row] ?? 0;
    first[wave] = Math.min(first[wave] ?? Number.POSITIVE_INFINITY, table.day[row] ?? 0);
  }
  return first;
}

/**
 * Temporal validation: each of the last waves whose outcomes have passed is tested by a model trained on landmarks t with t + horizon + spell
 * days ≤ the first landmark of the wave. Waves before which there is too little to learn from are left out.
 */
export function temporalFolds(table: LandmarkTable, spec: EarlyWarningSpec, baseline: RulesBaseline): Fold[] {
  const first = firstDays(table);
  const testable = table.waves
    .map((_, wave) => wave)
    .filter(
      (wave) =>
        landmarksWhere(table, (row) => table.wave[row] === wave && table.outcome[row] !== outcomeUnknown).length > 0,
    );
  const folds: Fold[] = [];
  for (const wave of testable.slice(-spec.folds)) {
    const learnt = learntBy(table, spec, first[wave] ?? 0);
    const model = fitModel(table, learnt, folds.at(-1)?.model ?? null);
    if (!model) continue;
    const logits = scoreLandmarks(model, table);
    const tested = landmarksWhere(table, (row) => table.wave[row] === wave);
    const byPoints = pointLogits(baseline.points, knownOf(table, learnt), table.outcome, baseline.words.length);
    folds.push({
      wave,
      model,
      predictions: predictionsOf(table, tested, (row) => logits[row] ?? 0),
      rules: predictionsOf(table, tested, (row) => byPoints[baseline.points[row] ?? 0] ?? 0),
    });
  }
  return folds;
}

export function foldPerformance(
  table: LandmarkTable,
  { wave, model, predictions }: Fold,
): Performance & { readonly testWave: string; readonly trainedOn: OutcomeCounts } {
  return {
    testWave: table.waves[wave]?.name ?? '',
    trainedOn: model.trainedOn,
    ...singlePerformance(predictions),
  };
}
