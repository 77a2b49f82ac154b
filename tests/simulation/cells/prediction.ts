import { normalCdf } from '#main/stats/distributions/normal.ts';
import { aucInterval, correlatedDifference } from '#main/stats/prediction/auc-inference.ts';
import { calibrationIntercept, calibrationSlope } from '#main/stats/prediction/calibration-line.ts';
import { delongCovariance, placements } from '#main/stats/prediction/delong.ts';
import { hosmerLemeshow } from '#main/stats/prediction/hosmer-lemeshow.ts';
import { observedExpected, probabilityScores } from '#main/stats/prediction/probability-scores.ts';
import { sortByProbability } from '#main/stats/prediction/read-probabilities.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { SimulationCell } from '../cell.ts';

/** Two normal scores of cases and of controls, correlated 0.5, each `shift` standard deviations higher in cases. */
function scores(stream: RandomStream, n: number, shifts: readonly [number, number]): [Float64Array, Float64Array] {
  const common = normalDraws(stream, n);
  const of = (shift: number): Float64Array =>
    Float64Array.from(normalDraws(stream, n), (own, i) => shift + Math.SQRT1_2 * (own + common[i]!));
  return [of(shifts[0]), of(shifts[1])];
}

/** The area of a score that is normal with one variance in both groups: Φ(shift/√2). */
const areaOf = (shift: number): number => normalCdf(shift / Math.SQRT2);

function areas(cases: number, controls: number, shifts: readonly [number, number]): SimulationCell {
  return {
    name: `roc: areas of ${areaOf(shifts[0]).toFixed(2)} and ${areaOf(shifts[1]).toFixed(2)}, ${cases} cases and ${controls} controls`,
    replicate: (stream) => {
      const ill = scores(stream, cases, shifts);
      const well = scores(stream, controls, [0, 0]);
      const placed = [0, 1].map((k) => placements({ cases: ill[k]!, controls: well[k]! }));
      const { data } = delongCovariance(placed);
      const [first, second] = placed as [(typeof placed)[0], (typeof placed)[0]];
      const limits = [first, second].map(({ auc }, k) => aucInterval(auc, data[3 * k]!, 0.95));
      const difference = correlatedDifference([first.auc, second.auc], [data[0]!, data[3]!], data[1]!, 0.95);
      const truth = areaOf(shifts[0]) - areaOf(shifts[1]);
      if (difference.p === null) return null;
      return [
        { parameter: 'first area', low: limits[0]!.low, high: limits[0]!.high, truth: areaOf(shifts[0]) },
        { parameter: 'second area', low: limits[1]!.low, high: limits[1]!.high, truth: areaOf(shifts[1]) },
        ...(limits[0]!.logit
          ? [{ parameter: 'first area, logit', ...limits[0]!.logit, truth: areaOf(shifts[0]) }]
          : []),
        { parameter: 'difference', low: difference.low, high: difference.high, truth },
        ...(truth === 0 ? [{ parameter: 'difference', p: difference.p }] : []),
      ];
    },
  };
}

/** People whose log odds are intercept + slope · those predicted. */
function people(stream: RandomStream, n: number, intercept: number, slope: number) {
  const logits = Float64Array.from(normalDraws(stream, n), (value) => 1.1 * value - 1);
  const truth = logits.map((logit) => 1 / (1 + Math.exp(-intercept - slope * logit)));
  const events = truth.map((p) => (stream.nextUniform() < p ? 1 : 0));
  return { logits, truth, events, predicted: logits.map((logit) => 1 / (1 + Math.exp(-logit))) };
}

const total = (list: Float64Array): number => list.reduce((sum, value) => sum + value, 0);

function calibrated(n: number, intercept: number, slope: number): SimulationCell {
  return {
    name: `calibration: intercept ${intercept} and slope ${slope}, ${n} people`,
    replicate: (stream) => {
      const { logits, truth, events, predicted } = people(stream, n, intercept, slope);
      const line = calibrationSlope(logits, events, 0.95);
      if (!line) return null;
      const large = calibrationIntercept(logits, events, 0.95);
      const ratio = observedExpected(total(events), total(predicted), n, 0.95);
      return [
        { parameter: 'slope', low: line.slope.low, high: line.slope.high, truth: slope },
        {
          parameter: 'intercept beside the slope',
          low: line.intercept.low,
          high: line.intercept.high,
          truth: intercept,
        },
        ...(slope === 1 ? [{ parameter: 'intercept', low: large.low, high: large.high, truth: intercept }] : []),
        {
          parameter: 'observed over expected',
          low: ratio.low,
          high: ratio.high,
          truth: total(truth) / total(predicted),
        },
      ];
    },
    bars: {
      covered: [0.93, 0.985],
      why: 'limits of observed over expected take the events as binomial with one probability, which is somewhat too wide',
    },
  };
}

const perfect: SimulationCell = {
  name: 'calibration: tests of true probabilities, 800 people',
  replicate: (stream) => {
    const { truth, events, logits } = people(stream, 800, 0, 1);
    const line = calibrationSlope(logits, events, 0.95);
    if (!line) return null;
    const ordered = sortByProbability(truth, Uint8Array.from(events));
    return [
      { parameter: 'Hosmer and Lemeshow, external', p: hosmerLemeshow(ordered.sorted, ordered.events, 10, true).p },
      { parameter: 'Spiegelhalter', p: probabilityScores(truth, events).spiegelhalter.p },
      { parameter: 'intercept', p: calibrationIntercept(logits, events, 0.95).p },
      { parameter: 'slope', p: line.slope.p },
    ];
  },
};

export const predictionCells: readonly SimulationCell[] = [
  areas(60, 90, [1, 1]),
  areas(80, 200, [1.2, 0.5]),
  calibrated(400, 0.3, 1),
  calibrated(600, -0.2, 0.7),
  perfect,
];
