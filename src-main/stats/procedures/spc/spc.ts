import { assuranceOf, signalType } from '../../control-charts/assurance.ts';
import { findSignals, type RuleFinding } from '../../control-charts/rules.ts';
import type { DataTable } from '../../data/table.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { orderedRows } from '../shared/chart-series.ts';
import { spcScript } from '../shared/spc-script.ts';
import { type SpcSpec, spcColumns, spcSchema } from '../shared/spc-spec.ts';
import { type BuiltChart, buildChart } from './charts.ts';
import { runFunnel } from './funnel.ts';

function run(table: DataTable, spec: SpcSpec, context: RunContext): Outcome {
  if (spec.chart === 'funnel') return runFunnel(table, spec, context);
  const order = orderedRows(table, spcColumns(spec), spec.time, spec.factors);
  const chart = buildChart(table, spec, order);
  const { limits, baseline } = chart;
  const findings = findSignals(chart.ruled ?? limits, spec.rules);
  const last = limits.values.length - 1;
  const points = Array.from(limits.values, (value, i) => ({
    index: i + 1,
    ...(order.times && spec.subgroup === undefined ? { time: order.times[i] } : {}),
    value,
    centre: limits.centre[i],
    lower: limits.lower[i],
    upper: limits.upper[i],
    sigma: limits.sigma[i],
    ...chart.pointDetail?.(i),
    signals: signalsAt(findings, i, spec),
  }));
  return {
    n: order.rows.length,
    excluded: order.excluded,
    chart: spec.chart,
    rules: spec.rules,
    centre: chart.centre,
    ...constantLimits(chart),
    baseline: { from: baseline.from + 1, to: baseline.to },
    ...chart.detail,
    signals: byRule(findings),
    latest: latestOf(chart, points[last]?.signals ?? [], spec),
    points,
    warnings: [...order.warnings, ...chart.warnings, ...shortWarning(chart), ...targetWarning(spec)],
    r: spcScript(table, spec, context),
  };
}

type Signal = { readonly rule: string; readonly direction: string | null; readonly type: string };

function signalsAt(findings: readonly RuleFinding[], point: number, { better }: SpcSpec): Signal[] {
  return findings.flatMap(({ rule, flagged }) => {
    const direction = flagged.get(point);
    return direction === undefined ? [] : [{ rule, direction, type: signalType(direction, better) }];
  });
}

/** Points (from 1) that each rule flags, and that any does. */
function byRule(findings: readonly RuleFinding[]): Record<string, number[]> {
  const places = (keys: Iterable<number>): number[] => [...keys].map((key) => key + 1).sort((a, b) => a - b);
  return {
    ...Object.fromEntries(findings.map(({ rule, flagged }) => [rule, places(flagged.keys())])),
    any: places(new Set(findings.flatMap(({ flagged }) => [...flagged.keys()]))),
  };
}

/** Limits that are the same at every point, with the lines at two sigma. */
function constantLimits({ limits }: BuiltChart): Record<string, number | null | undefined> {
  const { centre, sigma, lower, upper } = limits;
  if (sigma.some((value) => value !== sigma[0]) || centre.some((value) => value !== centre[0])) {
    return { lower: null, upper: null };
  }
  return { lower: lower[0], upper: upper[0] };
}

/** Where the process stands now: the NHS's icons of variation and assurance. */
function latestOf({ limits }: BuiltChart, signals: readonly Signal[], { target, better }: SpcSpec) {
  const last = limits.values.length - 1;
  const value = limits.values[last] as number;
  const [lower, upper] = [limits.lower[last] as number, limits.upper[last] as number];
  const types = new Set(signals.map(({ type }) => type));
  // The rules come in order of their weight; the first that speaks for or against decides.
  const telling = signals.find(({ type }) => type !== 'neutral') ?? signals[0];
  return {
    index: last + 1,
    value,
    side: Math.sign(value - (limits.centre[last] as number)),
    outside: value > upper || value < lower,
    variation: telling?.type ?? 'common cause',
    mixed: types.has('concern') && types.has('improvement'),
    ...(target === undefined ? {} : { target, assurance: assuranceOf(target, lower, upper, better) }),
  };
}

function shortWarning({ baseline }: BuiltChart): string[] {
  const points = baseline.to - baseline.from;
  return points < 12
    ? [`The limits come from ${points} points; with fewer than 12 they can move much, and signals mislead.`]
    : [];
}

function targetWarning({ target, better }: SpcSpec): string[] {
  return target !== undefined && better === 'neither'
    ? ['Without “better” (low or high) a target cannot be said to be met or missed.']
    : [];
}

const exampleDays = [46, 52, 49, 44, 51, 47, 50, 45, 53, 48, 46, 50, 43, 45, 42, 44, 40, 41, 39, 38];

export const spc: Procedure<SpcSpec> = {
  name: 'spc',
  summary: 'Statistical process control: whether a series varies as it always did, or something has changed.',
  schema: spcSchema,
  columns: spcColumns,
  run,
  example: {
    question: 'Has monthly sickness absence changed, and does it meet the target of 40 days?',
    data: `month,days\n${exampleDays.map((days, i) => `${i + 1},${days}`).join('\n')}\n`,
    spec: { y: 'days', time: 'month', chart: 'xmr', baseline: 12, target: 40, better: 'low' },
  },
};
