import { adjustP } from '#main/stats/multiplicity/adjust-p-values.ts';
import type { DriftRow, PredictorDrift } from '#shared/domain/early-warning.ts';
import type { LandmarkTable } from '../landmark-table.ts';
import type { EarlyWarningSpec } from '../spec.ts';
import { calibrationTest } from './fairness.ts';
import { landmarksWhere } from './fit-model.ts';
import { type Predictions, performanceOf, type Resampling } from './performance.ts';
import { scoreLandmarks } from './score.ts';
import { smallCell } from './small-cells.ts';
import { shiftedFrom, someChangeFrom, stabilityIndex } from './stability-index.ts';
import { type Fold, learntBy, predictionsOf } from './temporal.ts';

const bounds = { low: 0.8, high: 1.25 } as const;
/** Over all waves together, the chance of a false call of miscalibration. */
const alpha = 0.01;

/**
 * The model of the first wave tested, kept as it was, at that and every later wave: have the people it scores changed, and does it still foretell
 * how many become cases? A wave has drifted where the stability index is 0.25 or more, or where O:E lies outside 0.8–1.25 with Holm-adjusted
 * p < 0.01 over the waves.
 */
export function driftRows(
  table: LandmarkTable,
  spec: EarlyWarningSpec,
  folds: readonly Fold[],
  resampling: Resampling,
): DriftRow[] {
  const [first] = folds;
  if (!first) return [];
  const logits = scoreLandmarks(first.model, table);
  const start = table.waves[first.wave]?.firstDay ?? 0;
  const learnt = learntBy(table, spec, start);
  const training = Float64Array.from(learnt, (row) => logits[row] ?? 0).sort();
  const byPredictor = table.values.map((values) => Float64Array.from(learnt, (row) => values[row] ?? 0).sort());
  const waves = table.waves.map((_, wave) => wave).slice(first.wave);
  const looks = waves.map((wave) => {
    const all = rowsOf(table, wave);
    const followed = landmarksWhere(table, (row) => table.wave[row] === wave);
    const predictions = predictionsOf(table, followed, (row) => logits[row] ?? 0);
    const events = predictions.y.reduce((sum, event) => sum + event, 0);
    const judged = Math.min(events, predictions.y.length - events) >= smallCell;
    return { wave, all, predictions, events, judged };
  });
  const judged = looks.filter((look) => look.judged);
  const adjusted = adjustP(
    judged.map(({ predictions }) => calibrationTest(predictions, Uint32Array.from(predictions.y.keys())).p),
    'holm',
  );
  return looks.map(({ wave, all, predictions, events, judged: isJudged }): DriftRow => {
    const stability =
      all.length < smallCell
        ? null
        : stabilityIndex(
            training,
            all.map((row) => logits[row] ?? 0),
          );
    const p = isJudged ? (adjusted[judged.findIndex((look) => look.wave === wave)] ?? 1) : null;
    return rowFor({
      name: table.waves[wave]?.name ?? '',
      count: all.length,
      stability,
      predictors: stability === null ? [] : predictorDrift(table, byPredictor, all),
      predictions,
      events,
      p,
      resampling,
    });
  });
}

function rowsOf(table: LandmarkTable, wave: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < table.count; row += 1) if (table.wave[row] === wave) rows.push(row);
  return rows;
}

/** What each predictor counted then and now, the most changed first. @param training sorted, by predictor */
function predictorDrift(
  table: LandmarkTable,
  training: readonly Float64Array[],
  rows: readonly number[],
): PredictorDrift[] {
  return table.predictors
    .map(({ code, words }, column) => {
      const now = rows.map((row) => table.values[column]?.[row] ?? 0);
      return { code, words, stability: stabilityIndex(training[column] ?? new Float64Array(0), now) };
    })
    .sort((a, b) => b.stability - a.stability);
}

const predictorsNamed = 3;

function predictorWords(predictors: readonly PredictorDrift[]): string {
  const changed = predictors.filter(({ stability }) => stability >= someChangeFrom).slice(0, predictorsNamed);
  if (changed.length === 0) return '';
  return ` Most changed since training: ${changed.map(({ words, stability }) => `${words} (${stability.toFixed(2)})`).join(', ')}.`;
}

function rowFor(look: {
  readonly name: string;
  readonly count: number;
  readonly stability: number | null;
  readonly predictors: readonly PredictorDrift[];
  readonly predictions: Predictions;
  readonly events: number;
  readonly p: number | null;
  readonly resampling: Resampling;
}): DriftRow {
  const { name, count, stability, predictors, predictions, events, p, resampling } = look;
  const found = p === null ? null : performanceOf(predictions, resampling);
  const ratio = found?.observedExpected?.estimate ?? null;
  const miscalibrated = ratio !== null && p !== null && p < alpha && (ratio < bounds.low || ratio > bounds.high);
  const changed = stability !== null && stability >= shiftedFrom;
  const drifted = stability === null && ratio === null ? null : miscalibrated || changed;
  return {
    wave: name,
    landmarks: count,
    events: p === null ? null : events,
    stability,
    predictors,
    intercept: found?.intercept ?? null,
    observedExpected: found?.observedExpected ?? null,
    drifted,
    words: `${driftWords({ miscalibrated, changed, ratio, stability })}${predictorWords(predictors)}`,
  };
}

function driftWords(look: {
  readonly miscalibrated: boolean;
  readonly changed: boolean;
  readonly ratio: number | null;
  readonly stability: number | null;
}): string {
  const parts = [
    ...(look.miscalibrated && look.ratio !== null
      ? [
          `${look.ratio > 1 ? 'More' : 'Fewer'} people became cases than the model foretold (${look.ratio.toFixed(2)} times as many)`,
        ]
      : []),
    ...(look.changed ? ['the people screened are no longer like those it learnt from'] : []),
  ];
  if (parts.length > 0) return `${parts.join('; and ')}.`.replace(/^./, (letter) => letter.toUpperCase());
  if (look.stability === null && look.ratio === null) return 'Too few to judge.';
  return look.ratio === null
    ? 'The chances foretold are much as before; what came after is not known yet.'
    : 'The chances foretold are much as before.';
}
