import { its } from '#main/stats/procedures/its/its.ts';
import type { TermResult } from '#main/stats/procedures/term.ts';
import type { PilotEstimate, PilotEvaluation, PilotFurther, PilotPoint } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { numbers, runOn, tableOf } from '../../absence/model-table.ts';
import { effectWith } from './absolute-effect.ts';
import { estimateOf, termOf } from './estimate.ts';
import { otherDesigns } from './other-designs.ts';
import type { EvaluationOptions, Found, OutcomeNamed } from './people.ts';
import { type ToldEvaluation, withScript } from './r-script.ts';
import { secondaryOutcomes } from './secondaries.ts';
import { standardsOf } from './standards.ts';

/** A point of a series: the mean, share or rate of so many people in one period. */
export type SeriesPoint = { readonly time: number; readonly value: number; readonly people: number };

export type SeriesOutcome = OutcomeNamed & { readonly points: readonly SeriesPoint[] };

export type SeriesPlan = {
  /** First time under the pilot. */
  readonly start: number;
  /** Points into the pilot at which its effect is asked; null for the last one. */
  readonly horizon: number | null;
  /** Points a season: 12 for months; null without seasons. */
  readonly seasonPoints: number | null;
  /** As the procedure's `errors`; null for AR(1) by REML under 120 points, Newey–West from there on. */
  readonly errors: Readonly<Record<string, unknown>> | null;
};

/** Under it, intervals take an uncertain likeness of neighbouring points as known. */
const longSeries = 120;
const file = 'series.csv';

const limits = [
  'There is no comparison: whatever else changed when the pilot began is in the difference.',
  'What would have happened is read from the trend before. A trend that would have bent anyway looks like an effect.',
];

type Row = Omit<TermResult, 'term'>;
type Expected = {
  readonly time: number;
  readonly fitted: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
};

export type SeriesFound = Found<PilotEstimate> & {
  readonly level: PilotEstimate;
  readonly trend: PilotEstimate;
  readonly points: readonly PilotPoint[];
};

/**
 * A line before and another from the start on, with errors that follow one another: the difference from what the points before lead one to
 * expect, at the horizon of the plan.
 * @throws ExpectedError REFUSED_MODEL
 */
export function seriesEffect(points: readonly SeriesPoint[], plan: SeriesPlan): SeriesFound {
  const table = tableOf(points.length, [
    numbers(
      'time',
      points.map(({ time }) => time),
    ),
    numbers(
      'value',
      points.map(({ value }) => value),
    ),
  ]);
  const spec = {
    ...{ y: 'value', time: 'time', start: plan.start },
    ...(plan.seasonPoints === null ? {} : { seasonality: { period: plan.seasonPoints } }),
    ...(plan.errors === null ? {} : { errors: plan.errors }),
    ...(plan.horizon === null ? {} : { horizons: [plan.horizon] }),
  };
  const found = runOn(its, spec, table, file);
  const effects = found['effects'] as readonly (Row & { readonly horizon: number })[];
  const effect = effects.at(-1);
  const { kind } = found['errors'] as { readonly kind: 'ar1' | 'newey-west' | 'model' };
  const errors = { ar1: 'AR(1) errors by REML', 'newey-west': 'Newey–West errors', model: 'independent errors' }[kind];
  const model = `segmented regression of ${points.length} points with ${errors}${plan.seasonPoints === null ? '' : ' and seasons'}`;
  return {
    estimate: estimateOf(
      effect,
      `Difference from what the points before lead one to expect, ${effect?.horizon ?? 0} points into the pilot: ${model}.`,
    ),
    level: estimateOf(termOf(found, 'level'), `Change at once: ${model}.`),
    trend: estimateOf(termOf(found, 'after'), `Change of trend, by point: ${model}.`),
    points: pointsOf(found['series'] as never, found['counterfactual'] as never),
    warnings: found.warnings,
    r: found.r,
  };
}

function shortWords(points: number): string {
  return `With ${points} points the interval covers the truth less often than it says: how alike neighbouring points are is itself uncertain. In simulated series of 48 points, 95% intervals held it 90 to 96 times in 100.`;
}

function pointsOf(
  series: readonly { readonly time: number; readonly observed: number; readonly fitted: number }[],
  counterfactual: readonly Expected[],
): PilotPoint[] {
  const expected = new Map(counterfactual.map((point) => [Number(point.time), point]));
  return series.map(({ time, observed, fitted }) => {
    const point = expected.get(Number(time));
    return {
      ...{ time: Number(time), observed, fitted },
      expected: point?.expected ?? null,
      low: point ? point.fitted - point.high : null,
      high: point ? point.fitted - point.low : null,
    };
  });
}

/**
 * A pilot that began at one time, with many points before and after. Points of few people are left out.
 * @throws ExpectedError REFUSED_MODEL where the estimate cannot be had
 */
export function evaluateSeries(
  outcome: SeriesOutcome,
  plan: SeriesPlan,
  secondaries: readonly SeriesOutcome[],
  { minimum }: Pick<EvaluationOptions, 'minimum'>,
): PilotEvaluation {
  const tellable = ({ name, points }: SeriesOutcome): readonly SeriesPoint[] => {
    const kept = points.filter(({ people }) => people >= minimum);
    if (kept.length > 0) return kept;
    throw new ExpectedError(
      'REFUSED_MODEL',
      `No point of ${name} is of ${minimum} people or more.`,
      'Nothing was computed.',
    );
  };
  const points = tellable(outcome);
  const main = seriesEffect(points, plan);
  const primary = effectWith(main.estimate, outcome, null);
  const further: PilotFurther[] = [
    { name: 'Change at once', question: 'Did the series step when the pilot began?', found: main.level },
    {
      name: 'Change of trend',
      question: 'Did the series rise or fall faster from then on, by point?',
      found: main.trend,
    },
  ];
  const told: ToldEvaluation = {
    outcome: outcome.name,
    flow: [],
    ...{ primary, further },
    ...otherDesigns,
    series: main.points,
    change: { refused: 'People are not followed from before to after, so nobody can be called changed.' },
    missing: { refused: 'Points that are missing, or of few people, leave a gap in the series.' },
    secondaries: secondaryOutcomes(secondaries, (other) => seriesEffect(tellable(other), plan).estimate),
    subgroups: [],
    standards: standardsOf('interrupted-time-series', {
      effect: primary.absolute.words,
      ...{ subgroups: 0, fidelityRecorded: false },
    }),
    limits: points.length < longSeries ? [...limits, shortWords(points.length)] : limits,
    warnings: [
      ...main.warnings,
      ...(points.length < outcome.points.length
        ? [`Points of fewer than ${minimum} people are left out of the series.`]
        : []),
    ],
  };
  return withScript(told, [main]);
}
