import { formatNumber } from '../report/format.ts';
import { type SurvivalSpec, withheldMarker } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import { base, type ChartOption, type ChartSize, textSeries, valueAxis } from './option-parts.ts';
import { textWidth } from './text-width.ts';

type Curve = SurvivalSpec['curves'][number];
type Corner = readonly [number, number];

const dashes = ['solid', [7, 3], [2, 3], [8, 3, 2, 3]] as const;

/** A step curve: level to the time of a fall, then down. */
function stepsOf(curve: Curve, value: (step: Curve['steps'][number]) => number | null): Corner[] {
  const corners: Corner[] = [[0, 1]];
  for (const step of curve.steps) {
    const next = value(step);
    if (next === null) break;
    corners.push([step.time, corners.at(-1)?.[1] ?? 1], [step.time, next]);
  }
  return corners;
}

function lineOf(curve: Curve, theme: ChartTheme, at: number): ChartOption[] {
  const color = theme.series[at % theme.series.length] ?? theme.accent;
  const limit = (side: 'low' | 'high'): ChartOption => ({
    type: 'line',
    silent: true,
    symbol: 'none',
    z: 2,
    lineStyle: { color, width: 1, type: [1, 2], opacity: 0.8 },
    data: stepsOf(curve, (step) => step[side]),
  });
  return [
    limit('low'),
    limit('high'),
    {
      type: 'line',
      name: curve.name,
      symbol: 'none',
      z: 4,
      lineStyle: { color, width: 2, type: dashes[at % dashes.length] },
      itemStyle: { color },
      data: stepsOf(curve, ({ share }) => share),
    },
  ];
}

/** Where each curve crosses one half, with the time in words. */
function medians(spec: SurvivalSpec, theme: ChartTheme): ChartOption[] {
  const marked = spec.curves.filter(({ median }) => median !== null && median <= spec.longest);
  if (marked.length === 0) return [];
  return [
    {
      type: 'line',
      silent: true,
      symbol: 'none',
      z: 1,
      lineStyle: { color: theme.muted, width: 1, type: [4, 3] },
      data: [
        [0, 0.5],
        [Math.max(...marked.map(({ median }) => median ?? 0)), 0.5],
      ],
    },
    {
      type: 'scatter',
      silent: true,
      symbol: 'circle',
      symbolSize: 8,
      z: 6,
      itemStyle: { color: theme.ink, borderColor: theme.surface, borderWidth: 1 },
      data: marked.map(({ median }) => [median, 0.5]),
    },
  ];
}

/** How many are at risk, a line for each curve under the axis. */
function atRisk(spec: SurvivalSpec, theme: ChartTheme, linePx: number, plotPx: number): ChartOption[] {
  const perPx = 1 / plotPx;
  const place = (row: number) => -(58 + row * linePx) * perPx;
  return [
    textSeries(
      theme,
      spec.curves.flatMap((curve, row) =>
        curve.atRisk
          .filter(({ time }) => time <= spec.longest)
          .map(({ time, count }) => ({
            at: [time, place(row)] as const,
            text: count === null ? withheldMarker : formatNumber(count),
            color: theme.ink,
          })),
      ),
      'inside',
    ),
    textSeries(
      theme,
      spec.curves.map((curve, row) => ({ at: [0, place(row)] as const, text: `${curve.name}  `, color: theme.muted })),
      'left',
    ),
  ];
}

/** Curves that fall in steps, dotted intervals, medians marked on the half, numbers at risk in a table below. */
export function survivalOption(spec: SurvivalSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const linePx = 18;
  const names = spec.curves.map(({ name }) => name);
  const leftPx = 26 + Math.ceil(Math.max(40, ...names.map((name) => textWidth(name, theme.fontSizePx))));
  const bottomPx = 66 + linePx * spec.curves.length;
  const topPx = 40;
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: leftPx, right: 24, top: topPx, bottom: bottomPx },
    legend: {
      show: names.length > 1,
      right: 0,
      top: 0,
      itemWidth: 26,
      itemStyle: { opacity: 0 },
      selectedMode: false,
      textStyle: { color: theme.muted, fontSize: theme.fontSizePx },
      data: names,
    },
    xAxis: {
      ...valueAxis(
        theme,
        { min: 0, max: spec.longest, interval: spec.longest <= 60 ? 7 : 30 },
        `${spec.time}; below, how many are at risk`,
      ),
      nameLocation: 'middle',
      nameGap: 24,
      axisLine: { show: true, lineStyle: { color: theme.axis } },
      splitLine: { show: false },
    },
    yAxis: {
      ...valueAxis(theme, { min: 0, max: 1, interval: 0.25 }, spec.measure),
      nameGap: 18,
      nameTextStyle: { color: theme.muted, fontSize: theme.fontSizePx, align: 'left', padding: [0, 0, 0, -34] },
      axisLabel: {
        color: theme.muted,
        fontSize: theme.fontSizePx,
        formatter: (value: number) => `${formatNumber(100 * value)}%`,
      },
    },
    series: [
      ...spec.curves.flatMap((curve, at) => lineOf(curve, theme, at)),
      ...medians(spec, theme),
      ...atRisk(spec, theme, linePx, size.heightPx - topPx - bottomPx),
    ],
  };
}
