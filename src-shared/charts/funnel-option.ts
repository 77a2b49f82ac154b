import { formatNumber } from '../report/format.ts';
import type { ChartRange, FunnelSpec } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import {
  axisDecimals,
  base,
  type ChartOption,
  type ChartSize,
  closeAxis,
  roundAxis,
  textSeries,
  type ValueRange,
  valueAxis,
} from './option-parts.ts';
import { textWidth } from './text-width.ts';

type LimitName = 'inner' | 'outer' | 'chance';

const limitKeys: readonly { readonly name: LimitName; readonly label: string }[] = [
  { name: 'outer', label: '99.8% limits' },
  { name: 'inner', label: '95% limits' },
  { name: 'chance', label: '99.8% by chance alone' },
];

function lineOf(theme: ChartTheme, name: LimitName): ChartOption {
  if (name === 'outer') return { color: theme.ink, width: 1.25, type: 'solid' };
  if (name === 'inner') return { color: theme.muted, width: 1.25, type: [6, 4] };
  return { color: theme.muted, width: 1, type: [1, 3] };
}

function limitSeries(spec: FunnelSpec, theme: ChartTheme): ChartOption[] {
  return limitKeys.flatMap(({ name, label }) =>
    (['high', 'low'] as const).map((side: keyof ChartRange) => ({
      type: 'line',
      name: label,
      silent: true,
      symbol: 'none',
      z: 2,
      lineStyle: lineOf(theme, name),
      itemStyle: { color: theme.muted },
      data: spec.limits.map((limit) => [limit.size, limit[name][side]]),
    })),
  );
}

/** The axis holds every point and the outer limits where units lie; limits of the smallest sizes may leave it. */
function axisOf(spec: FunnelSpec): ValueRange {
  const smallest = Math.min(...spec.points.map(({ size }) => size));
  const shown = spec.limits.filter(({ size }) => size >= smallest).flatMap(({ outer }) => [outer.low, outer.high]);
  const reach = [...spec.points.map(({ value }) => value), ...shown, spec.centre.value];
  return Math.min(...reach) > 0.5 * Math.max(...reach) ? closeAxis(reach) : roundAxis(reach);
}

function pointSeries(spec: FunnelSpec, theme: ChartTheme): ChartOption[] {
  const of = (outside: 'high' | 'low' | null) => spec.points.filter((point) => point.outside === outside);
  const series = (outside: 'high' | 'low' | null, look: ChartOption): ChartOption => ({
    type: 'scatter',
    z: 5,
    ...look,
    data: of(outside).map(({ size, value, label }) => ({
      value: [size, value],
      name: label,
      label: {
        show: outside !== null,
        position: outside === 'low' ? 'bottom' : 'top',
        distance: 5,
        color: theme.ink,
        fontSize: theme.fontSizePx,
        formatter: () => label,
      },
    })),
    labelLayout: { hideOverlap: true },
  });
  const outline = { borderColor: theme.surface, borderWidth: 1 };
  return [
    series(null, { symbol: 'circle', symbolSize: 8, itemStyle: { color: theme.accentSoft, ...outline } }),
    series('high', { symbol: 'triangle', symbolSize: [13, 12], itemStyle: { color: theme.run.neutral, ...outline } }),
    series('low', {
      symbol: 'triangle',
      symbolRotate: 180,
      symbolSize: [13, 12],
      itemStyle: { color: theme.run.neutral, ...outline },
    }),
  ];
}

/** Units by size, their rate up the side, within limits that narrow with size; units outside are named. */
export function funnelOption(spec: FunnelSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const axis = axisOf(spec);
  const across = roundAxis(
    spec.points.map((point) => point.size),
    6,
  );
  const decimals = axisDecimals(axis.interval);
  const leftPx =
    14 +
    Math.ceil(Math.max(...[axis.min, axis.max].map((v) => textWidth(formatNumber(v, decimals), theme.fontSizePx))));
  const mean = `${spec.centre.label} ${formatNumber(spec.centre.value, spec.decimals)}`;
  const rightPx = Math.min(size.widthPx / 4, Math.ceil(textWidth(mean, theme.fontSizePx)) + 18);
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: leftPx, right: rightPx, top: 52, bottom: 46 },
    legend: {
      right: 0,
      top: 0,
      itemWidth: 26,
      itemStyle: { opacity: 0 },
      selectedMode: false,
      textStyle: { color: theme.muted, fontSize: theme.fontSizePx },
      data: limitKeys.map(({ label }) => label),
    },
    xAxis: {
      ...valueAxis(theme, { ...across, min: 0 }, spec.size),
      nameLocation: 'middle',
      nameGap: 26,
      axisLine: { show: true, lineStyle: { color: theme.axis } },
      splitLine: { show: false },
    },
    yAxis: {
      ...valueAxis(theme, axis, axis.min > 0 ? `${spec.measure} (axis from ${formatNumber(axis.min)})` : spec.measure),
      nameGap: 30,
      nameTextStyle: { color: theme.muted, fontSize: theme.fontSizePx, align: 'left', padding: [0, 0, 0, 4 - leftPx] },
    },
    series: [
      ...limitSeries(spec, theme),
      {
        type: 'line',
        silent: true,
        symbol: 'none',
        z: 2,
        lineStyle: { color: theme.accent, width: 1.25 },
        data: [
          [0, spec.centre.value],
          [across.max, spec.centre.value],
        ],
      },
      ...pointSeries(spec, theme),
      textSeries(theme, [{ at: [across.max, spec.centre.value], text: mean }], 'right'),
    ],
  };
}
