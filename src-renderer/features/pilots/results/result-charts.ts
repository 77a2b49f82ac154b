import type { CurvesSpec } from '#shared/charts/curves-spec.ts';
import type { IntervalsSpec } from '#shared/charts/intervals-spec.ts';
import type { PilotBalance, PilotEvent, PilotPoint } from '#shared/domain/pilot-evaluation.ts';
import { formatNumber } from '../../../ui/format.ts';
import { type EstimateRow, intervalWords } from './evaluation-model.ts';
import { resultText as text } from './text.ts';

/** Estimates one a row; where one person’s threshold is known, a band of what is less than it. */
export function estimatesSpec(rows: readonly EstimateRow[], measure: string, threshold: number | null): IntervalsSpec {
  return {
    kind: 'intervals',
    ...{ measure, ratio: false, reference: 0 },
    rows: rows.map((row) => ({
      ...{ label: row.name, estimate: row.estimate, low: row.low, high: row.high },
      text: intervalWords(row),
    })),
    ...(threshold === null ? {} : { bounds: { low: -threshold, high: threshold, label: text.threshold(threshold) } }),
  };
}

export function seriesSpec(points: readonly PilotPoint[], measure: string): CurvesSpec {
  const expected = points.flatMap(({ time, expected: value }) => (value === null ? [] : [[time, value] as const]));
  return {
    kind: 'curves',
    x: { measure: text.point, share: false },
    y: { measure, share: false },
    lines: [
      { name: text.observed, points: points.map(({ time, observed }) => [time, observed] as const) },
      { name: text.expected, points: expected, dashed: true },
    ],
    mark: { x: 0.5, label: '' },
  };
}

export function eventsSpec(events: readonly PilotEvent[], measure: string): CurvesSpec {
  const points = events.flatMap(({ event, estimate, low, high }) =>
    estimate === null || low === null || high === null ? [] : [{ x: event, y: estimate, low, high }],
  );
  const times = events.map(({ event }) => event);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return {
    kind: 'curves',
    x: { measure: text.event, share: false },
    y: { measure, share: false },
    lines: [
      {
        ...{ name: text.noDifference, dashed: true },
        points: [
          [first, 0],
          [last, 0],
        ],
      },
    ],
    points,
    mark: { x: -0.5, label: '' },
  };
}

/** `sex: Female` of a term that R would call `sexFemale`. */
export function covariateName(term: string): string {
  return term.replace(/(?<=[a-z])(?=[A-Z])/, ': ');
}

/** Within a tenth of a standard deviation arms are taken to be alike (Austin 2009, Statistics in Medicine 28:3083). */
const alike = 0.1;

export function balanceSpec(rows: readonly PilotBalance[]): IntervalsSpec {
  const row = (label: string, value: number | null) => ({
    ...{ label, estimate: value, low: null, high: null },
    text: value === null ? 'not told' : formatNumber(value, 2),
    flagged: value !== null && Math.abs(value) > alike,
  });
  return {
    kind: 'intervals',
    ...{ measure: text.inDeviations, ratio: false, reference: 0 },
    bounds: { low: -alike, high: alike, label: text.alike },
    rows: rows.flatMap(({ covariate, before, after }) => [
      row(text.before(covariateName(covariate)), before),
      row(text.after(covariateName(covariate)), after),
    ]),
  };
}
