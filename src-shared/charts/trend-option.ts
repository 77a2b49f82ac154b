import { formatNumber } from '../report/format.ts';
import { type TrendSpec, withheldMarker } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import { monthAxis } from './month-axis.ts';
import {
  axisDecimals,
  base,
  type ChartOption,
  type ChartSize,
  closeAxis,
  numberOf,
  numbersIn,
  type OptionValue,
  roundAxis,
  textSeries,
  type ValueRange,
  valueAxis,
} from './option-parts.ts';
import { shortened, textWidth } from './text-width.ts';

const roomForOneLabelPx = 170;

function sideLabel(theme: ChartTheme, text: string, color: string): ChartOption {
  return {
    show: true,
    position: 'end',
    distance: 6,
    color,
    fontSize: theme.fontSizePx,
    formatter: () => shortened(text, theme.fontSizePx, roomForOneLabelPx),
  };
}

/** Centre line, limits and events, as lines that belong to the first series. */
function referenceLines(spec: TrendSpec, theme: ChartTheme): ChartOption {
  const data: OptionValue[] = [];
  const across = (value: number, label: string, dashed: boolean, decimals = spec.decimals): void => {
    const color = dashed ? theme.muted : theme.ink;
    data.push({
      yAxis: value,
      lineStyle: { color, type: dashed ? [4, 3] : 'solid', width: 1 },
      label: sideLabel(theme, `${label} ${formatNumber(value, decimals)}`, color),
    });
  };
  if (spec.centre) across(spec.centre.value, spec.centre.label, false, spec.centre.decimals);
  if (spec.limits) {
    across(spec.limits.upper, `Upper ${spec.limits.label}`, true);
    if (spec.limits.lower !== null) across(spec.limits.lower, `Lower ${spec.limits.label}`, true);
  }
  for (const event of spec.events ?? []) {
    const index = spec.months.indexOf(event.month);
    if (index < 0) continue;
    data.push({
      xAxis: index,
      lineStyle: { color: theme.muted, type: [2, 2], width: 1 },
      label: {
        show: true,
        position: 'end',
        color: theme.muted,
        fontSize: theme.fontSizePx,
        formatter: () => event.label,
      },
    });
  }
  return { symbol: 'none', silent: true, animation: false, data };
}

function band(spec: TrendSpec, theme: ChartTheme): ChartOption | undefined {
  if (!spec.limits) return undefined;
  const { lower, upper } = spec.limits;
  return {
    silent: true,
    itemStyle: { color: theme.band },
    data: [[{ yAxis: lower ?? 0 }, { yAxis: upper }]],
  };
}

function lineSeries(spec: TrendSpec, theme: ChartTheme, index: number): ChartOption {
  const series = spec.series[index];
  const color = theme.series[index % theme.series.length] ?? theme.accent;
  const flagged = new Set(index === 0 ? (spec.flags ?? []).map((flag) => flag.index) : []);
  const several = spec.series.length > 1;
  return {
    type: 'line',
    name: series?.name,
    z: 4,
    connectNulls: false,
    symbol: 'circle',
    showAllSymbol: true,
    symbolSize: several ? 4 : 5,
    lineStyle: { color, width: 2 },
    itemStyle: { color },
    data: (series?.values ?? []).map((value, month) => ({
      value: numberOf(value) ?? '-',
      ...(flagged.has(month)
        ? { symbolSize: 9, itemStyle: { color: theme.flag, borderColor: theme.surface, borderWidth: 1.5 } }
        : {}),
    })),
    ...(several
      ? {
          endLabel: {
            show: true,
            color: theme.ink,
            fontSize: theme.fontSizePx,
            distance: 8,
            formatter: () => shortened(series?.name ?? '', theme.fontSizePx, roomForOneLabelPx),
          },
          labelLayout: { moveOverlap: 'shiftY' },
        }
      : {}),
    ...(index === 0 ? { markLine: referenceLines(spec, theme), markArea: band(spec, theme) } : {}),
  };
}

function labelsBeside(spec: TrendSpec): readonly string[] {
  const names = spec.series.length > 1 ? spec.series.map((series) => series.name) : [];
  const withValue = (label: string, value: number, decimals = spec.decimals): string =>
    `${label} ${formatNumber(value, decimals)}`;
  if (spec.centre) names.push(withValue(spec.centre.label, spec.centre.value, spec.centre.decimals));
  if (spec.limits) names.push(withValue(`Upper ${spec.limits.label}`, spec.limits.upper));
  return names;
}

/** From zero, except for a run chart far above it, where the limits would be too close together to read. */
function axisFor(spec: TrendSpec, reach: readonly number[]): ValueRange {
  const far = reach.length > 0 && Math.min(...reach) > 0.5 * Math.max(...reach);
  return spec.limits !== undefined && spec.series.length === 1 && far ? closeAxis(reach) : roundAxis(reach);
}

/** A run chart: months along the bottom, the line, its centre and limits, points a rule picked out in another colour. */
export function trendOption(spec: TrendSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const values = spec.series.flatMap((series) => numbersIn(series.values));
  const reach = [
    ...values,
    ...(spec.centre ? [spec.centre.value] : []),
    ...(spec.limits ? [spec.limits.upper, spec.limits.lower ?? 0] : []),
  ];
  const axis = axisFor(spec, reach);
  const widest = Math.max(
    ...[axis.min, axis.max].map((value) =>
      textWidth(formatNumber(value, axisDecimals(axis.interval)), theme.fontSizePx),
    ),
  );
  const beside = labelsBeside(spec).map((label) => textWidth(label, theme.fontSizePx));
  const rightPx = Math.ceil(Math.min(roomForOneLabelPx, Math.max(4, ...beside))) + (beside.length > 0 ? 18 : 8);
  const leftPx = Math.ceil(widest) + 14;
  const withheld = spec.series.flatMap((series) =>
    series.values.flatMap((value, month) => (value === 'withheld' ? [month] : [])),
  );
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: leftPx, right: rightPx, top: 34, bottom: 40 },
    xAxis: monthAxis(theme, spec.months, size.widthPx - leftPx - rightPx),
    yAxis: {
      ...valueAxis(theme, axis, axis.min > 0 ? `${spec.measure} (axis from ${formatNumber(axis.min)})` : spec.measure),
      nameGap: 16,
      nameTextStyle: { color: theme.muted, fontSize: theme.fontSizePx, align: 'left', padding: [0, 0, 0, 4 - leftPx] },
    },
    series: [
      ...spec.series.map((_, index) => lineSeries(spec, theme, index)),
      textSeries(
        theme,
        [...new Set(withheld)].map((month) => ({ at: [month, axis.min], text: withheldMarker, color: theme.muted })),
        'top',
      ),
    ],
  };
}
