import { formatNumber } from '../report/format.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { IntervalsSpec } from './intervals-spec.ts';
import {
  base,
  type ChartOption,
  type ChartSize,
  closeAxis,
  type OptionValue,
  rowAxis,
  rowAxisWidthPx,
  textSeries,
  type ValueRange,
  valueAxis,
} from './option-parts.ts';
import { textWidth } from './text-width.ts';

/** Ratios beyond these are drawn at the edge; the text beside them has their value. */
const widestRatio = 8;

function rangeOf(spec: IntervalsSpec): ValueRange {
  const values = [
    ...spec.rows.flatMap((row) => [row.estimate, row.low, row.high]).filter((value) => value !== null),
    ...(spec.bounds ? [spec.bounds.low, spec.bounds.high] : []),
    ...(spec.reference === undefined ? [] : [spec.reference]),
  ];
  if (!spec.ratio) return values.length === 0 ? { min: 0, max: 1, interval: 0.5 } : closeAxis(values);
  const positive = values.filter((value) => value > 0);
  const least = Math.max(1 / widestRatio, Math.min(0.5, ...positive));
  const most = Math.min(widestRatio, Math.max(2, ...positive));
  return { min: 2 ** Math.floor(Math.log2(least)), max: 2 ** Math.ceil(Math.log2(most)), interval: 1 };
}

function held(value: number, range: ValueRange): number {
  return Math.min(range.max, Math.max(range.min, value));
}

function lines(spec: IntervalsSpec, theme: ChartTheme, range: ValueRange): ChartOption {
  const data: OptionValue[] = spec.rows.flatMap((row, index) =>
    row.low === null || row.high === null
      ? []
      : [
          [
            { coord: [held(row.low, range), index], lineStyle: { color: row.flagged ? theme.flag : theme.ink } },
            { coord: [held(row.high, range), index] },
          ],
        ],
  );
  if (spec.reference !== undefined) {
    data.push({ xAxis: spec.reference, lineStyle: { color: theme.muted, type: [4, 3], width: 1 } });
  }
  return {
    silent: true,
    animation: false,
    symbol: 'none',
    lineStyle: { color: theme.ink, type: 'solid', width: 1.5 },
    label: { show: false },
    data,
  };
}

/** Rows of estimates with their intervals, the bounds as a band, each value in words at the right. */
export function intervalsOption(spec: IntervalsSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const range = rangeOf(spec);
  const labels = spec.rows.map((row) => row.label);
  const widestText = Math.max(0, ...spec.rows.map((row) => textWidth(row.text, theme.fontSizePx)));
  const axis = valueAxis(theme, range, spec.measure);
  const tick = (value: number): string => formatNumber(value, value < 1 && spec.ratio ? (value < 0.25 ? 3 : 2) : 0);
  return {
    ...base(theme),
    grid: {
      outerBoundsMode: 'none',
      left: rowAxisWidthPx(theme, labels, size),
      right: Math.ceil(widestText) + 20,
      top: spec.bounds ? 28 : 14,
      bottom: 44,
    },
    xAxis: {
      ...axis,
      ...(spec.ratio
        ? {
            type: 'log',
            logBase: 2,
            axisLabel: { color: theme.muted, fontSize: theme.fontSizePx, formatter: tick },
          }
        : {}),
      nameLocation: 'middle',
      nameGap: 28,
    },
    yAxis: rowAxis(theme, labels, size),
    series: [
      {
        type: 'scatter',
        z: 5,
        symbol: 'rect',
        symbolSize: 9,
        itemStyle: { color: theme.accent },
        data: spec.rows.map((row, index) =>
          row.estimate === null
            ? ['-', index]
            : {
                value: [held(row.estimate, range), index],
                ...(row.flagged ? { symbol: 'diamond', symbolSize: 12, itemStyle: { color: theme.flag } } : {}),
              },
        ),
        markLine: lines(spec, theme, range),
        ...(spec.bounds ? { markArea: band(spec.bounds, theme) } : {}),
      },
      textSeries(
        theme,
        spec.rows.map((row, index) => ({
          at: [range.max, index],
          text: row.text,
          color: row.estimate === null ? theme.muted : theme.ink,
        })),
        'right',
      ),
    ],
  };
}

function band(bounds: NonNullable<IntervalsSpec['bounds']>, theme: ChartTheme): ChartOption {
  return {
    silent: true,
    itemStyle: { color: theme.band },
    label: { show: true, position: 'top', color: theme.muted, fontSize: theme.fontSizePx },
    data: [[{ name: bounds.label, xAxis: bounds.low }, { xAxis: bounds.high }]],
  };
}
