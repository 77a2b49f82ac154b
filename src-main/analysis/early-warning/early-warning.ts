import { fitChosenRidge } from '#main/stats/regression/ridge-logistic.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import type { EarlyWarningResult, EarlyWarningRow } from '#shared/domain/early-warning.ts';
import type { CaseDefinition } from './case-definition.ts';
import type { CurrentLandmarks, LandmarkTable } from './landmark-table.ts';
import type { LevelsToShow } from './model/fairness.ts';
import { type FittedModel, landmarksWhere, modelOf, trainingOf } from './model/fit-model.ts';
import { type MeasuredResult, modelCard } from './model/model-card.ts';
import { modelSection, unpenalisedTerms } from './model/model-terms.ts';
import { sampleSize } from './model/sample-size.ts';
import { chanceOf, chanceWords, contributionsOf, scoreLandmarks } from './model/score.ts';
import { tripodItems } from './model/tripod.ts';
import { type Step, validateModel } from './model/validate-model.ts';
import { resultFrame } from './result-frame.ts';
import type { EarlyWarningSpec } from './spec.ts';
import { withoutModel } from './without-model.ts';

export type EarlyWarningInput = {
  readonly table: LandmarkTable;
  readonly current: CurrentLandmarks;
  readonly spec: EarlyWarningSpec;
  readonly definition: CaseDefinition;
  readonly levelsToShow: LevelsToShow;
};

/** The result with every count that it has, and the model behind it for scoring; null where none was fitted. */
export type EarlyWarningRun = { readonly result: EarlyWarningResult; readonly model: FittedModel | null };

const reasonsShown = 3;

/**
 * Trains on every landmark whose outcome has passed, validates, and judges whether the model may raise signals. The same input gives the same
 * bytes. Where there is too little to learn from, the result says so and raises nothing.
 * @param step told what is being done
 */
export function earlyWarning(input: EarlyWarningInput, step: Step = () => undefined): EarlyWarningRun {
  const { table, current, spec, definition } = input;
  step('Fitting the model');
  const training = trainingOf(
    table,
    landmarksWhere(table, () => true),
  );
  if (!training) return { result: withoutModel(table, current, spec, definition), model: null };
  const fit = fitChosenRidge(training.data, training.weights);
  const model = modelOf(training, fit);
  const validated = validateModel(table, { training, fit }, input, step);
  const { threshold } = validated.capacity;
  const logits = scoreLandmarks(model, current.table);
  const flagged =
    validated.gate.fit && threshold !== null
      ? [...logits.keys()].filter((row) => chanceOf(logits[row] ?? 0) >= threshold)
      : [];
  const measured = {
    ...resultFrame(table, current, spec, definition),
    model: modelSection(table, model, unpenalisedTerms(table, training)),
    sampleSize: sampleSize(model, table.predictors.length),
    ...validated,
    signals: flagged.length,
  };
  const result: EarlyWarningResult = {
    ...documented(measured, spec, definition),
    ...(spec.rows && validated.gate.fit ? { rows: rowsOf(model, current.table, flagged, logits) } : {}),
  };
  return { result, model };
}

/** A result with its model card and its reporting items, written from the figures that it gives. */
export function documented<Measured extends MeasuredResult>(
  measured: Measured,
  spec: EarlyWarningSpec,
  definition: CaseDefinition,
): Measured & Pick<EarlyWarningResult, 'modelCard' | 'tripod'> {
  return {
    ...measured,
    modelCard: modelCard(measured, spec, definition),
    tripod: tripodItems(measured, spec, definition),
  };
}

/** People to whom support would be offered now, the likeliest first, each with the reasons in words. */
function rowsOf(
  model: FittedModel,
  table: LandmarkTable,
  flagged: readonly number[],
  logits: Float64Array,
): EarlyWarningRow[] {
  const name = (row: number): string => table.pseudonyms[table.person[row] ?? 0] ?? '';
  return [...flagged]
    .sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || (name(a) < name(b) ? -1 : 1))
    .map((row) => ({
      person: name(row),
      unit: table.units[table.unit[row] ?? 0] ?? '',
      screenedOn: isoOfDay(table.day[row] ?? 0),
      chance: chanceWords(chanceOf(logits[row] ?? 0)),
      contributions: contributionsOf(model, table, row, reasonsShown),
    }));
}
