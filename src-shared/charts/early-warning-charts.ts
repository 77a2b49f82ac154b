import type { EarlyWarningResult } from '../domain/early-warning.ts';
import { cannotAssess, estimateWords } from '../domain/early-warning-words.ts';
import { formatNumber, formatShare } from '../report/format.ts';
import type { CurvesSpec } from './curves-spec.ts';
import type { IntervalsSpec } from './intervals-spec.ts';

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
    ...(threshold === null ? {} : { mark: { x: threshold, label: `capacity: ${formatShare(threshold, 1)}` } }),
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
      text: auc === null ? cannotAssess : estimateWords(auc),
    })),
  };
}
