import { attributeChart } from '#main/stats/control-charts/attribute-charts.ts';
import type { ChartLimits } from '#main/stats/control-charts/control-limits.ts';
import { individualsChart } from '#main/stats/control-charts/individuals-chart.ts';
import { findSignals, type RuleName, type RuleSet } from '#main/stats/control-charts/rules.ts';
import { sum } from '#main/stats/numeric/sums.ts';
import { plainMonth } from '../words.ts';
import type { MonthState } from './month-states.ts';
import { signalsOf, type TrendSignal } from './trend-signals.ts';
import { leastPoints } from './trend-spec.ts';

/** One group, and category, month by month. */
export type MonthSeries = {
  readonly months: readonly string[];
  readonly states: readonly MonthState[];
  readonly counts: Float64Array;
  readonly loads: Float64Array;
  /** Duty days or full-time days in post. */
  readonly denominators: Float64Array;
};

export type TrendChartOptions = {
  readonly chart: 'xmr' | 'u';
  readonly baseline: number | null;
  readonly rules: RuleSet;
};

export type TrendPoint = {
  readonly month: string;
  /** Per 100 days of the denominator; null where the month has no data, which is no zero. */
  readonly value: number | null;
  readonly count: number;
  readonly denominator: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly signals: readonly RuleName[];
};

export type TrendChart = {
  /** `u′` is u with Laney's correction: the months vary more than counts by chance. */
  readonly chart: 'xmr' | 'u' | 'u′';
  /** Null where there are too few months for limits. */
  readonly centre: number | null;
  /** Laney's σz of a u chart. */
  readonly sigmaZ: number | null;
  /** Months with data, and those of them that the limits come from. */
  readonly charted: number;
  readonly baseline: number | null;
  readonly points: readonly TrendPoint[];
  readonly signals: readonly TrendSignal[];
  /** What a reader must know of this chart. */
  readonly notes: readonly string[];
};

/** Rates are per so many days of the denominator. */
export const perDays = 100;
/** Below it the limits of a Poisson count are rough. */
const leastExpected = 5;
/** With so many expected, none at all has a chance under one in a million. */
const surelySome = 14;

/** A run chart of a group's rate, with limits and signals where there are at least 12 months with data. */
export function trendChart(series: MonthSeries, options: TrendChartOptions): TrendChart {
  const held = series.months.flatMap((_month, at) =>
    series.states[at] === 'held' && (series.denominators[at] ?? 0) > 0 ? [at] : [],
  );
  const take = (values: Float64Array): Float64Array => Float64Array.from(held, (at) => values[at] ?? 0);
  const units = take(series.denominators).map((days) => days / perDays);
  const [counts, loads] = [take(series.counts), take(series.loads)];
  const baseline = options.baseline ?? held.length;
  const refusal = whyNoLimits(held.length, baseline, options.chart === 'u' ? counts : loads);
  if (refusal !== null) {
    const values = (options.chart === 'u' ? counts : loads).map((value, i) => value / (units[i] as number));
    return {
      chart: options.chart,
      centre: null,
      sigmaZ: null,
      charted: held.length,
      baseline: null,
      points: pointsOf(series, held, values, null, new Map()),
      signals: [],
      notes: [refusal],
    };
  }
  const built = options.chart === 'u' ? countsChart(counts, units, baseline) : loadsChart(loads, units, baseline);
  const findings = findSignals(built.limits, options.rules);
  const months = held.map((at) => series.months[at] as string);
  const rules = new Map(
    held.map((at, i) => [at, findings.flatMap(({ rule, flagged }) => (flagged.has(i) ? [rule] : []))] as const),
  );
  return {
    chart: built.chart,
    centre: built.centre,
    sigmaZ: built.sigmaZ,
    charted: held.length,
    baseline,
    points: pointsOf(series, held, built.limits.values, built.limits, rules),
    signals: signalsOf(findings, built.limits, months),
    notes: notesOf(series, held, counts, units, built.centre, options.chart),
  };
}

function whyNoLimits(points: number, baseline: number, amounts: Float64Array): string | null {
  if (points < leastPoints) {
    return `${points === 1 ? 'One month has' : `${points} months have`} data; limits need ${leastPoints}, so no rule is applied.`;
  }
  if (baseline > points) {
    return `The baseline of ${baseline} months is longer than the ${points} months with data, so there are no limits.`;
  }
  if (sum(amounts.subarray(0, baseline)) === 0) return 'Nothing was recorded in the months of the baseline.';
  return null;
}

type Built = {
  readonly chart: TrendChart['chart'];
  readonly centre: number;
  readonly sigmaZ: number | null;
  readonly limits: ChartLimits;
};

function countsChart(counts: Float64Array, units: Float64Array, to: number): Built {
  const { centre, plain, laney, overdispersion } = attributeChart('u', counts, units, { from: 0, to });
  const wider = overdispersion.overdispersed;
  return { chart: wider ? 'u′' : 'u', centre, sigmaZ: overdispersion.sigmaZ, limits: wider ? laney : plain };
}

function loadsChart(loads: Float64Array, units: Float64Array, to: number): Built {
  const values = loads.map((load, i) => load / (units[i] as number));
  const chart = individualsChart(values, { baseline: { from: 0, to }, exact: false, screen: false });
  // A rate cannot be below 0, so neither can its limit; no value can lie under a limit that is cut off there.
  const limits = { ...chart, lower: chart.lower.map((limit) => Math.max(0, limit)) };
  return { chart: 'xmr', centre: chart.centre[0] as number, sigmaZ: null, limits };
}

function pointsOf(
  { months, counts, denominators }: MonthSeries,
  held: readonly number[],
  values: Float64Array,
  limits: ChartLimits | null,
  rules: ReadonlyMap<number, readonly RuleName[]>,
): TrendPoint[] {
  const place = new Map(held.map((at, i) => [at, i]));
  return months.map((month, at) => {
    const i = place.get(at) ?? -1;
    return {
      month,
      value: i < 0 ? null : (values[i] as number),
      count: counts[at] ?? 0,
      denominator: denominators[at] ?? 0,
      lower: i < 0 ? null : (limits?.lower[i] ?? null),
      upper: i < 0 ? null : (limits?.upper[i] ?? null),
      signals: rules.get(at) ?? [],
    };
  });
}

function notesOf(
  { months }: MonthSeries,
  held: readonly number[],
  counts: Float64Array,
  units: Float64Array,
  centre: number,
  chart: TrendChartOptions['chart'],
): string[] {
  const first = held[0] as number;
  const gaps = (held.at(-1) as number) - first + 1 - held.length;
  // Under an XmR chart of weighted loads the counts have a mean of their own.
  const rate = chart === 'u' ? centre : sum(counts) / sum(units);
  const expected = units.map((unit) => unit * rate);
  const silent = held.filter((_at, i) => counts[i] === 0 && (expected[i] as number) >= surelySome);
  const named = silent.slice(0, 3).map((at) => plainMonth(months[at] as string));
  return [
    ...(gaps > 0
      ? [
          `${gaps} ${gaps === 1 ? 'month' : 'months'} between the first and the last have no data; “in a row” passes over them.`,
        ]
      : []),
    ...(chart === 'u' && sum(expected) / expected.length < leastExpected
      ? ['Fewer than 5 events a month are to be expected; the limits are rough.']
      : []),
    ...(silent.length > 0
      ? [
          `Nothing was recorded in ${named.join(', ')}${silent.length > named.length ? ' and other months' : ''}, where ${Math.round(expected[held.indexOf(silent[0] as number)] as number)} were to be expected: see whether the extract holds ${silent.length === 1 ? 'it' : 'them'}.`,
        ]
      : []),
  ];
}
