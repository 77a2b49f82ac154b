import { quantileOfSorted } from '#main/stats/numeric/quantile.ts';
import { aucInterval } from '#main/stats/prediction/auc-inference.ts';
import { type Agreement, agreementOfBins, binLogits } from '#main/stats/prediction/binned-agreement.ts';
import { calibrationIntercept, calibrationSlope } from '#main/stats/prediction/calibration-line.ts';
import { precisionRecallAreas } from '#main/stats/prediction/curve-summaries.ts';
import { delongCovariance, placements, type SplitScores } from '#main/stats/prediction/delong.ts';
import { probabilityScores } from '#main/stats/prediction/probability-scores.ts';
import { rocCurve, spreadPlaces } from '#main/stats/prediction/roc-curve.ts';
import type { Estimate, Performance } from '#shared/domain/early-warning.ts';
import { resamplePeople } from './people-resamples.ts';
import { chanceOf } from './score.ts';
import { mayTell, smallCell } from './small-cells.ts';

/** Predictions of people who did not train the model that made them, with what came after. */
export type Predictions = {
  /** Landmarks they are of. */
  readonly landmarks: Uint32Array;
  readonly person: Uint32Array;
  readonly logits: Float64Array;
  readonly y: Uint8Array;
};

export type Resampling = { readonly resamples: number; readonly seed: number; readonly label: string };

const confidence = 0.95;

/** An estimate with the 2.5th and 97.5th centile of its resamples; no limits where a tenth of them is undefined. */
export function percentileEstimate(estimate: number | null, resampled: readonly (number | null)[]): Estimate | null {
  if (estimate === null || !Number.isFinite(estimate)) return null;
  const finite = resampled.filter((value): value is number => value !== null && Number.isFinite(value));
  if (finite.length < 0.9 * resampled.length || finite.length < 20) return { estimate, low: null, high: null };
  const sorted = Float64Array.from(finite).sort();
  return { estimate, low: quantileOfSorted(sorted, 0.025), high: quantileOfSorted(sorted, 0.975) };
}

export function splitScores({ logits, y }: Pick<Predictions, 'logits' | 'y'>): SplitScores {
  return { cases: logits.filter((_, row) => y[row] === 1), controls: logits.filter((_, row) => y[row] === 0) };
}

/** Figures that need no resampling: counts, the exact area, average precision. Null where everybody has one outcome. */
function plainFigures(predictions: Predictions) {
  const scores = splitScores(predictions);
  const both = scores.cases.length > 0 && scores.controls.length > 0;
  const placed = both ? placements(scores) : null;
  return {
    landmarks: predictions.y.length,
    people: new Set(predictions.person).size,
    events: scores.cases.length,
    nonEvents: scores.controls.length,
    placed,
    averagePrecision: both ? precisionRecallAreas(rocCurve(scores)).step : null,
    prevalence: predictions.y.length === 0 ? null : scores.cases.length / predictions.y.length,
  };
}

/** Calibration and Brier score without resampling; null where everybody has one outcome, or the logits separate them. */
function exactAgreement({ logits, y }: Predictions): Omit<Agreement, 'auc'> {
  const events = Float64Array.from(y);
  const observed = events.reduce((sum, event) => sum + event, 0);
  const chances = logits.map(chanceOf);
  const expected = chances.reduce((sum, chance) => sum + chance, 0);
  const both = observed > 0 && observed < y.length;
  return {
    intercept: both ? calibrationIntercept(logits, events, confidence).estimate : null,
    slope: both ? (calibrationSlope(logits, events, confidence)?.slope.estimate ?? null) : null,
    observedExpected: expected > 0 ? observed / expected : null,
    brier: y.length === 0 ? null : probabilityScores(chances, y).brier,
  };
}

function scaledBrier(brier: number | null, share: number | null): number | null {
  return brier === null || share === null || share === 0 || share === 1 ? null : 1 - brier / (share * (1 - share));
}

/** Performance with limits from resamples of people, who may be in the predictions several times. */
export function performanceOf(predictions: Predictions, resampling: Resampling): Performance {
  const { placed, ...plain } = plainFigures(predictions);
  const found = exactAgreement(predictions);
  const drawn: Agreement[] = [];
  const binned = binLogits(predictions.logits);
  resamplePeople(predictions.person, resampling, (weights) => {
    drawn.push(agreementOfBins(binned, predictions.y, weights));
  });
  return {
    ...plain,
    auc: percentileEstimate(
      placed?.auc ?? null,
      drawn.map(({ auc }) => auc),
    ),
    intercept: percentileEstimate(
      found.intercept,
      drawn.map(({ intercept }) => intercept),
    ),
    slope: percentileEstimate(
      found.slope,
      drawn.map(({ slope }) => slope),
    ),
    observedExpected: percentileEstimate(
      found.observedExpected,
      drawn.map(({ observedExpected }) => observedExpected),
    ),
    brier: found.brier,
    scaledBrier: scaledBrier(found.brier, plain.prevalence),
  };
}

/** Performance in which everybody stands once: the area with DeLong's limits, the rest as estimates. */
export function singlePerformance(predictions: Predictions): Performance {
  const { placed, ...plain } = plainFigures(predictions);
  const found = exactAgreement(predictions);
  const bare = (estimate: number | null): Estimate | null =>
    estimate === null ? null : { estimate, low: null, high: null };
  return {
    ...plain,
    auc: placed ? delongEstimate(placed) : null,
    intercept: bare(found.intercept),
    slope: bare(found.slope),
    observedExpected: bare(found.observedExpected),
    brier: found.brier,
    scaledBrier: scaledBrier(found.brier, plain.prevalence),
  };
}

function delongEstimate(placed: ReturnType<typeof placements>): Estimate {
  const variance = delongCovariance([placed]).data[0] ?? Number.NaN;
  if (!Number.isFinite(variance)) return { estimate: placed.auc, low: null, high: null };
  const { low, high } = aucInterval(placed.auc, variance, confidence);
  return { estimate: placed.auc, low, high };
}

const mostPoints = 60;

/** Precision against recall, spread along the curve where counts may be told; none where everybody has one outcome. */
export function precisionRecallPoints(
  predictions: Predictions,
): { readonly recall: number; readonly precision: number }[] {
  const scores = splitScores(predictions);
  if (scores.cases.length === 0 || scores.controls.length === 0) return [];
  const curve = rocCurve(scores);
  let signalsBefore = Number.NEGATIVE_INFINITY;
  return Array.from(spreadPlaces(curve, mostPoints)).flatMap((place) => {
    const [hits, others] = [curve.truePositives[place] ?? 0, curve.falsePositives[place] ?? 0];
    const signals = hits + others;
    if (Math.abs(signals - signalsBefore) < smallCell || !mayTell(hits, others, curve.cases - hits)) return [];
    signalsBefore = signals;
    return [{ recall: hits / curve.cases, precision: hits / signals }];
  });
}
