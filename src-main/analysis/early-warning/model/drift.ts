import { adjustP } from '#main/stats/multiplicity/adjust-p-values.ts';
import { quantileOfSorted } from '#main/stats/numeric/quantile.ts';
import type { DriftRow } from '#shared/domain/early-warning.ts';
import type { LandmarkTable } from '../landmark-table.ts';
import type { EarlyWarningSpec } from '../spec.ts';
import { calibrationTest, smallCell } from './fairness.ts';
import { landmarksWhere } from './fit-model.ts';
import { type Predictions, performanceOf, type Resampling } from './performance.ts';
import { scoreLandmarks } from './score.ts';
import { type Fold, learntBy, predictionsOf } from './temporal.ts';

/** Population stability index: under 0.1 stable, 0.25 and more shifted (Siddiqi 2006, Credit Risk Scorecards, ch. 9). */
const shifted = 0.25;
const bounds = { low: 0.8, high: 1.25 } as const;
/** Over all waves together, the chance of a false call of miscalibration. */
const alpha = 0.01;
const bins = 10;

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
  const training = Float64Array.from(learntBy(table, spec, start), (row) => logits[row] ?? 0).sort();
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

function rowFor(look: {
  readonly name: string;
  readonly count: number;
  readonly stability: number | null;
  readonly predictions: Predictions;
  readonly events: number;
  readonly p: number | null;
  readonly resampling: Resampling;
}): DriftRow {
  const { name, count, stability, predictions, events, p, resampling } = look;
  const found = p === null ? null : performanceOf(predictions, resampling);
  const ratio = found?.observedExpected?.estimate ?? null;
  const miscalibrated = ratio !== null && p !== null && p < alpha && (ratio < bounds.low || ratio > bounds.high);
  const changed = stability !== null && stability >= shifted;
  const drifted = stability === null && ratio === null ? null : miscalibrated || changed;
  return {
    wave: name,
    landmarks: count,
    events: p === null ? null : events,
    stability,
    intercept: found?.intercept ?? null,
    observedExpected: found?.observedExpected ?? null,
    drifted,
    words: driftWords({ miscalibrated, changed, ratio, stability }),
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
  return look.ratio === null ? 'The people are much as before; what came after is not known yet.' : 'Much as before.';
}

/** Σ (share now − share then) · ln(share now / share then) over tenths of what the model said in training; half a person in each. */
export function stabilityIndex(training: Float64Array, now: readonly number[]): number {
  const edges = Array.from({ length: bins - 1 }, (_, at) => quantileOfSorted(training, (at + 1) / bins));
  const share = (values: ArrayLike<number>): number[] => {
    const counts = new Float64Array(bins).fill(0.5);
    for (let at = 0; at < values.length; at += 1) {
      const bin = edges.findIndex((edge) => (values[at] ?? 0) <= edge);
      const place = bin < 0 ? bins - 1 : bin;
      counts[place] = (counts[place] ?? 0) + 1;
    }
    return Array.from(counts, (count) => count / (values.length + bins / 2));
  };
  const [then, here] = [share(training), share(now)];
  return here.reduce((sum, value, at) => sum + (value - (then[at] ?? 0)) * Math.log(value / (then[at] ?? 1)), 0);
}
