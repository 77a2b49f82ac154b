import { formatNumber } from '../report/format.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { DoseSpec } from './dose-spec.ts';
import {
  axisDecimals,
  base,
  type ChartOption,
  type ChartSize,
  closeAxis,
  roundAxis,
  type ValueRange,
  valueAxis,
} from './option-parts.ts';

const leftPx = 58;
const rightPx = 24;
const topPx = 34;
const bottomPx = 44;
const barsPx = 66;
const gapPx = 44;
const leastBarPx = 2;

/** Ratios beyond these are cut off; the table behind the chart has their values. */
const widestRatio = 16;

/** A value as it is drawn: ratios by their logarithm to the base of 2. */
function height(spec: DoseSpec, value: number): number {
  if (!spec.ratio) return value;
  return Math.log2(Math.min(widestRatio, Math.max(1 / widestRatio, value)));
}

function outcomeRange(spec: DoseSpec): ValueRange {
  const values = spec.points.flatMap(({ low, high }) => [height(spec, low), height(spec, high)]);
  if (!spec.ratio) return closeAxis([0, ...values, ...(values.every((value) => value === 0) ? [1] : [])]);
  return { min: Math.floor(Math.min(-1, ...values)), max: Math.ceil(Math.max(1, ...values)), interval: 1 };
}

function outcomeAxis(spec: DoseSpec, theme: ChartTheme, range: ValueRange): ChartOption {
  const option = valueAxis(theme, range, spec.measure);
  const words = (value: number): string => {
    const ratio = 2 ** value;
    return formatNumber(ratio, ratio >= 1 ? 0 : Math.min(4, Math.round(-value)));
  };
  return {
    ...option,
    nameGap: 14,
    nameTextStyle: { color: theme.muted, fontSize: theme.fontSizePx, align: 'left', padding: [0, 0, 0, 4 - leftPx] },
    ...(spec.ratio ? { axisLabel: { color: theme.muted, fontSize: theme.fontSizePx, formatter: words } } : {}),
  };
}

/** The interval as the height between two lines that are not seen, the estimate over it. */
function curve(spec: DoseSpec, theme: ChartTheme): readonly ChartOption[] {
  const at = (pick: (point: DoseSpec['points'][number]) => number) =>
    spec.points.map((point) => [point.exposure, pick(point)]);
  const edge = { type: 'line', silent: true, symbol: 'none', stack: 'interval', stackStrategy: 'all', z: 2 };
  return [
    {
      type: 'line',
      name: 'estimate',
      symbol: 'none',
      z: 4,
      lineStyle: { color: theme.accent, width: 2.5 },
      itemStyle: { color: theme.accent },
      data: at(({ estimate }) => height(spec, estimate)),
      markLine: {
        silent: true,
        symbol: 'none',
        lineStyle: { color: theme.muted, type: [4, 3], width: 1 },
        label: {
          show: true,
          position: 'insideEndTop',
          color: theme.muted,
          fontSize: theme.fontSizePx,
          formatter: () => 'no difference',
        },
        data: [{ yAxis: 0 }],
      },
    },
    { ...edge, lineStyle: { opacity: 0 }, data: at(({ low }) => height(spec, low)) },
    {
      ...edge,
      lineStyle: { opacity: 0 },
      areaStyle: { color: theme.accent, opacity: 0.18 },
      data: at(({ low, high }) => height(spec, high) - height(spec, low)),
    },
    {
      type: 'scatter',
      silent: true,
      symbol: 'circle',
      symbolSize: 8,
      z: 5,
      itemStyle: { color: theme.ink, borderColor: theme.surface, borderWidth: 1 },
      data: [[spec.reference, 0]],
    },
  ];
}

/** Columns as one outline: a value axis has no bars whose width is that of their bin. */
function bars(spec: DoseSpec, theme: ChartTheme, most: number): ChartOption {
  // A bar too low to see would be taken for one that is left out.
  const least = (leastBarPx * most) / barsPx;
  const drawn = (count: number | null): number => (count === null || count === 0 ? 0 : Math.max(least, count));
  return {
    type: 'line',
    silent: true,
    symbol: 'none',
    xAxisIndex: 1,
    yAxisIndex: 1,
    tooltip: { show: false },
    lineStyle: { color: theme.surface, width: 1 },
    areaStyle: { color: theme.accentSoft, opacity: 1, origin: 0 },
    data: spec.bins.flatMap(({ from, to, count }) => [
      [from, 0],
      [from, drawn(count)],
      [to, drawn(count)],
      [to, 0],
    ]),
  };
}

/** A curve with the band of its interval, the level it is compared with as a point, and the exposures that were met below. */
export function doseOption(spec: DoseSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const rough = roundAxis([...spec.points.map(({ exposure }) => exposure), ...spec.bins.map(({ to }) => to)], 8);
  const x: ValueRange = { ...rough, interval: Math.max(rough.interval, size.widthPx < 480 ? 2 : rough.interval) };
  const y = outcomeRange(spec);
  const counts = roundAxis(
    spec.bins.map(({ count }) => count ?? 0),
    4,
  );
  const across = { outerBoundsMode: 'none', left: leftPx, right: rightPx };
  const muted = { color: theme.muted, fontSize: theme.fontSizePx };
  const exposures = {
    ...valueAxis(theme, x, ''),
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis } },
    splitLine: { show: false },
  };
  return {
    ...base(theme),
    grid: [
      { ...across, top: topPx, bottom: bottomPx + barsPx + gapPx },
      { ...across, height: barsPx, bottom: bottomPx },
    ],
    xAxis: [
      { ...exposures, gridIndex: 0, axisLabel: { show: false } },
      {
        ...exposures,
        gridIndex: 1,
        name: spec.exposure,
        nameLocation: 'middle',
        nameGap: 26,
        axisLabel: {
          ...muted,
          hideOverlap: true,
          formatter: (value: number) => formatNumber(value, axisDecimals(x.interval)),
        },
      },
    ],
    yAxis: [
      { ...outcomeAxis(spec, theme, y), gridIndex: 0 },
      {
        ...valueAxis(theme, { ...counts, interval: counts.max }, spec.counted),
        gridIndex: 1,
        nameGap: 8,
        nameTextStyle: { ...muted, align: 'left', padding: [0, 0, 0, 4 - leftPx] },
        splitLine: { show: false },
      },
    ],
    series: [...curve(spec, theme), bars(spec, theme, counts.max)],
  };
}
