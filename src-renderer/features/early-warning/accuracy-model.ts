import type { CurvesSpec } from '#shared/charts/curves-spec.ts';
import type { IntervalsSpec } from '#shared/charts/intervals-spec.ts';
import type { EarlyWarningResult, Estimate, Performance } from '#shared/domain/early-warning.ts';
import { formatNumber, formatShare } from '../../ui/format.ts';
import { text } from './text.ts';
import { countWords, estimateWords, numberWords } from './words.ts';

export type MeasureRow = {
  readonly measure: string;
  readonly later: string;
  readonly rules: string;
  readonly apparent: string;
  readonly corrected: string;
  readonly units: string;
};

/** Every measure beside each other: later waves, rules, the same data, less the optimism, units left out. */
export function measureRows({ validation, rules }: EarlyWarningResult): readonly MeasureRow[] {
  const { temporal, apparent, optimism, leaveOneUnitOut } = validation;
  const row = (measure: string, of: (performance: Performance) => string, corrected: string = '–'): MeasureRow => ({
    measure,
    later: temporal ? of(temporal) : text.cannotAssess,
    rules: rules.performance ? of(rules.performance) : text.cannotAssess,
    apparent: apparent ? of(apparent) : text.cannotAssess,
    corrected,
    units: leaveOneUnitOut.overall ? of(leaveOneUnitOut.overall) : text.cannotAssess,
  });
  const estimate = (pick: (performance: Performance) => Estimate | null) => (performance: Performance) =>
    estimateWords(pick(performance));
  const corrected = (value: number | undefined, decimals = 2): string =>
    value === undefined ? '–' : formatNumber(value, decimals);
  return [
    row('Screenings tested', ({ landmarks }) => countWords(landmarks)),
    row('Followed by a case', ({ events }) => countWords(events)),
    row(
      'Tells apart (AUC)',
      estimate(({ auc }) => auc),
      corrected(optimism?.correctedAuc),
    ),
    row(
      'Calibration slope',
      estimate(({ slope }) => slope),
      corrected(optimism?.correctedSlope),
    ),
    row(
      'Calibration intercept',
      estimate(({ intercept }) => intercept),
    ),
    row(
      'Observed over expected',
      estimate(({ observedExpected }) => observedExpected),
    ),
    row('Brier score', ({ brier }) => numberWords(brier, 3), corrected(optimism?.correctedBrier, 3)),
    row('Scaled Brier score', ({ scaledBrier }) => numberWords(scaledBrier, 3)),
    row('Average precision', ({ averagePrecision }) => numberWords(averagePrecision, 3)),
    row('Share followed by a case', ({ prevalence }) =>
      prevalence === null ? 'not assessable' : formatShare(prevalence),
    ),
  ];
}

const share = true as const;

/** Null where there is nothing to draw. */
export function calibrationSpec(result: EarlyWarningResult): CurvesSpec | null {
  const points = result.calibrationCurve;
  if (points.length === 0) return null;
  const top = Math.min(1, Math.max(...points.flatMap(({ predicted, high }) => [predicted, high])) * 1.05);
  const to = Math.ceil(top * 20) / 20;
  return {
    kind: 'curves',
    x: { measure: 'Predicted chance', share, from: 0, to },
    y: { measure: 'Observed', share, from: 0, to },
    lines: [],
    points: points.map(({ predicted, observed, low, high }) => ({ x: predicted, y: observed, low, high })),
    diagonal: 'Agreement',
  };
}

export function calibrationTitle({ validation: { temporal } }: EarlyWarningResult): string {
  const ratio = temporal?.observedExpected?.estimate;
  if (ratio === undefined) return 'Predicted and observed, by tenths';
  if (ratio > 1.25) return `More cases than predicted: ${formatNumber(ratio, 2)} observed for each one expected`;
  if (ratio < 0.8) return `Fewer cases than predicted: ${formatNumber(ratio, 2)} observed for each one expected`;
  return `Chances are about right: ${formatNumber(ratio, 2)} observed for each one expected`;
}

export function netBenefitSpec(result: EarlyWarningResult): CurvesSpec | null {
  const points = result.netBenefit;
  if (points.length === 0) return null;
  const top = Math.max(...points.flatMap(({ model, rules, treatAll }) => [model, rules, treatAll]), 0.01);
  const line = (name: string, of: (point: (typeof points)[number]) => number, dashed = false) => ({
    name,
    dashed,
    points: points.map((point) => [point.threshold, of(point)] as const),
  });
  const threshold = result.capacity.threshold;
  return {
    kind: 'curves',
    x: { measure: 'Chance from which support is offered', share, from: 0, to: points.at(-1)?.threshold ?? 1 },
    y: { measure: 'Net benefit', share: false, from: -top / 6 },
    lines: [
      line('Model', ({ model }) => model),
      line('Rules', ({ rules }) => rules),
      line('Offer to all', ({ treatAll }) => treatAll, true),
      line('Offer to none', ({ treatNone }) => treatNone, true),
    ],
    ...(threshold === null ? {} : { mark: { x: threshold, label: `capacity: ${formatShare(threshold)}` } }),
  };
}

/** What the curves say at the threshold that capacity sets. */
export function netBenefitTitle(result: EarlyWarningResult): string {
  const threshold = result.capacity.threshold;
  const nearest = threshold === null ? undefined : nearestTo(result.netBenefit, threshold);
  if (!nearest) return 'Net benefit by the chance from which support is offered';
  const others = Math.max(nearest.rules, nearest.treatAll, nearest.treatNone);
  return nearest.model > others
    ? 'At the threshold that capacity sets, the model does more good than rules, all or none'
    : 'At the threshold that capacity sets, the model does no more good than what is simpler';
}

function nearestTo<Point extends { readonly threshold: number }>(
  points: readonly Point[],
  threshold: number,
): Point | undefined {
  return [...points].sort((a, b) => Math.abs(a.threshold - threshold) - Math.abs(b.threshold - threshold))[0];
}

export function precisionRecallSpec(result: EarlyWarningResult): CurvesSpec | null {
  const points = result.precisionRecall;
  if (points.length === 0) return null;
  const prevalence = result.validation.temporal?.prevalence ?? null;
  return {
    kind: 'curves',
    x: { measure: 'Share of cases found', share, from: 0, to: 1 },
    y: { measure: 'Share of signals that are right', share, from: 0, to: 1 },
    lines: [
      { name: 'Model', points: points.map(({ recall, precision }) => [recall, precision] as const) },
      ...(prevalence === null
        ? []
        : [
            {
              name: 'At random',
              dashed: true,
              points: [
                [0, prevalence],
                [1, prevalence],
              ] as const,
            },
          ]),
    ],
  };
}

export function precisionRecallTitle(result: EarlyWarningResult): string {
  const half = result.precisionRecall.find(({ recall }) => recall >= 0.5);
  return half
    ? `To find half of the cases, ${formatShare(half.precision)} of the signals would be right`
    : 'Signals that are right, by the share of cases found';
}

/** Units left out in turn: how well each is told apart by a model that never saw it. */
export function unitsSpec(result: EarlyWarningResult): IntervalsSpec | null {
  const { units } = result.validation.leaveOneUnitOut;
  if (units.length === 0) return null;
  return {
    kind: 'intervals',
    measure: 'AUC (0.5 is chance)',
    ratio: false,
    reference: 0.5,
    rows: units.map(({ unit, auc }) => ({
      label: unit,
      estimate: auc?.estimate ?? null,
      low: auc?.low ?? null,
      high: auc?.high ?? null,
      text: auc === null ? text.cannotAssess : estimateWords(auc),
    })),
  };
}
