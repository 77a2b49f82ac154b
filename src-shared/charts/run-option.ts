import { formatNumber } from '../report/format.ts';
import { type RunSignal, type RunSpec, withheldMarker } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import { monthAxis } from './month-axis.ts';
import {
  axisDecimals,
  base,
  type ChartOption,
  type ChartSize,
  closeAxis,
  numberOf,
  roundAxis,
  textSeries,
  type ValueRange,
  valueAxis,
} from './option-parts.ts';
import { textWidth } from './text-width.ts';

type Side = { readonly value: number; readonly text: string; readonly color: string };

/** Colour and shape of a signal, and what the key says of it: no signal is told by its colour alone. */
const signalKeys = [
  { kind: 'improvement', direction: null, symbol: 'diamond', turn: 0, name: 'Signal: improvement' },
  { kind: 'concern', direction: null, symbol: 'rect', turn: 0, name: 'Signal: concern' },
  { kind: 'neutral', direction: 'high', symbol: 'triangle', turn: 0, name: 'Signal: higher' },
  { kind: 'neutral', direction: 'low', symbol: 'triangle', turn: 180, name: 'Signal: lower' },
  { kind: 'neutral', direction: null, symbol: 'roundRect', turn: 0, name: 'Signal' },
] as const;
type SignalKey = (typeof signalKeys)[number];

function belongs(key: SignalKey, signal: RunSignal | null): boolean {
  return signal?.kind === key.kind && (key.kind !== 'neutral' || signal.direction === key.direction);
}

/** A line across that may step from month to month. */
function steps(values: readonly (number | null)[], color: string, type: 'solid' | readonly number[]): ChartOption {
  return {
    type: 'line',
    silent: true,
    step: 'middle',
    symbol: 'none',
    connectNulls: true,
    z: 2,
    lineStyle: { color, width: 1.25, type },
    data: values.map((value) => value ?? '-'),
  };
}

function signalSeries(spec: RunSpec, theme: ChartTheme): ChartOption[] {
  return signalKeys.flatMap((key) => {
    const data = spec.points.map(({ value, signal }) => (belongs(key, signal) ? (numberOf(value) ?? '-') : '-'));
    if (data.every((value) => value === '-')) return [];
    return [
      {
        type: 'scatter',
        name: key.name,
        silent: true,
        symbol: key.symbol,
        symbolRotate: key.turn,
        symbolSize: key.symbol === 'triangle' ? [11, 10] : 10,
        z: 5,
        itemStyle: { color: theme.run[key.kind], borderColor: theme.surface, borderWidth: 1 },
        data,
      },
    ];
  });
}

/** From zero, except for a line far above it, where the limits would be too close together to read. */
function axisFor(reach: readonly number[]): ValueRange {
  const far = reach.length > 0 && Math.min(...reach) > 0.5 * Math.max(...reach);
  return far ? closeAxis(reach) : roundAxis(reach);
}

/** Words at the right end of the lines, kept apart where the lines are close. */
function sidesOf(spec: RunSpec, theme: ChartTheme): readonly Side[] {
  const last = spec.points.findLast(({ centre }) => centre !== null);
  const side = (label: string, value: number | null | undefined, color: string): readonly Side[] =>
    value == null ? [] : [{ value, text: `${label} ${formatNumber(value, spec.decimals)}`, color }];
  const lines = [
    ...side('Upper limit', last?.upper, theme.muted),
    ...side('Mean', last?.centre, theme.ink),
    ...side('Lower limit', last?.lower, theme.muted),
  ];
  const { target } = spec;
  if (!target) return lines;
  // Where the target reads the same as a line, one label says both: two would lie on each other.
  const shown = formatNumber(target.value, spec.decimals);
  const same = lines.find(({ value }) => formatNumber(value, spec.decimals) === shown);
  if (!same) return [...lines, ...side(target.label, target.value, theme.accent)];
  const both = `${same.text.slice(0, -shown.length)}and ${target.label.toLowerCase()} ${shown}`;
  return lines.map((line) => (line === same ? { ...line, text: both } : line));
}

function sideSeries(sides: readonly Side[], spec: RunSpec, theme: ChartTheme): ChartOption {
  const at = spec.months.length - 1;
  return {
    ...textSeries(
      theme,
      sides.map(({ value, text, color }) => ({ at: [at, value], text, color })),
      'right',
    ),
    labelLayout: { moveOverlap: 'shiftY' },
  };
}

function ruleSeries(spec: RunSpec, theme: ChartTheme): ChartOption {
  return {
    ...textSeries(
      theme,
      spec.labels.flatMap(({ index, text }) => {
        const value = numberOf(spec.points[index]?.value ?? null);
        return value === null ? [] : [{ at: [index, value] as const, text }];
      }),
      'top',
    ),
    labelLayout: { hideOverlap: true },
  };
}

/** Points joined, the mean, dashed limits that step, signals in their own colour and shape with the rule in words. */
export function runOption(spec: RunSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const { points, months } = spec;
  const reach = [
    ...points.flatMap(({ value, centre, lower, upper }) =>
      [numberOf(value), centre, lower, upper].filter((each) => each !== null),
    ),
    ...(spec.target ? [spec.target.value] : []),
  ];
  const axis = axisFor(reach);
  const decimals = axisDecimals(axis.interval);
  const widest = Math.max(
    ...[axis.min, axis.max].map((value) => textWidth(formatNumber(value, decimals), theme.fontSizePx)),
  );
  const sides = sidesOf(spec, theme);
  const leftPx = Math.ceil(widest) + 14;
  const rightPx = Math.ceil(Math.max(0, ...sides.map(({ text }) => textWidth(text, theme.fontSizePx)))) + 20;
  const signals = signalSeries(spec, theme);
  const withheld = points.flatMap(({ value }, at) => (value === 'withheld' ? [at] : []));
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: leftPx, right: rightPx, top: 52, bottom: 40 },
    legend: {
      show: signals.length > 0,
      right: 0,
      top: 0,
      itemWidth: 12,
      itemHeight: 11,
      selectedMode: false,
      textStyle: { color: theme.muted, fontSize: theme.fontSizePx },
      data: signals.map(({ name }) => name),
    },
    xAxis: monthAxis(theme, months, size.widthPx - leftPx - rightPx),
    yAxis: {
      ...valueAxis(theme, axis, axis.min > 0 ? `${spec.measure} (axis from ${formatNumber(axis.min)})` : spec.measure),
      nameGap: 30,
      nameTextStyle: { color: theme.muted, fontSize: theme.fontSizePx, align: 'left', padding: [0, 0, 0, 4 - leftPx] },
    },
    series: [
      {
        type: 'line',
        z: 4,
        connectNulls: false,
        symbol: 'circle',
        showAllSymbol: true,
        symbolSize: 6,
        lineStyle: { color: theme.run.line, width: 1.75 },
        itemStyle: { color: theme.run.line },
        data: points.map(({ value }) => numberOf(value) ?? '-'),
      },
      steps(
        points.map(({ centre }) => centre),
        theme.ink,
        'solid',
      ),
      steps(
        points.map(({ upper }) => upper),
        theme.muted,
        [5, 4],
      ),
      steps(
        points.map(({ lower }) => lower),
        theme.muted,
        [5, 4],
      ),
      ...(spec.target
        ? [
            steps(
              months.map(() => spec.target?.value ?? null),
              theme.accent,
              [2, 3],
            ),
          ]
        : []),
      ...signals,
      ruleSeries(spec, theme),
      sideSeries(sides, spec, theme),
      textSeries(
        theme,
        withheld.map((month) => ({ at: [month, axis.min], text: withheldMarker, color: theme.muted })),
        'top',
      ),
    ],
  };
}
