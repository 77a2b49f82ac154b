import { formatNumber } from '../report/format.ts';
import type { ChartValue } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import { shortened, textWidth } from './text-width.ts';

/** What an ECharts option is made of; the library itself is not known here. */
export type OptionValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | ((argument: never, index: number) => string)
  | readonly OptionValue[]
  | { readonly [key: string]: OptionValue };

export type ChartOption = { readonly [key: string]: OptionValue };

export type ChartSize = { readonly widthPx: number; readonly heightPx: number };

export function base(theme: ChartTheme): ChartOption {
  return {
    animation: false,
    backgroundColor: 'transparent',
    color: theme.series,
    textStyle: { fontFamily: theme.fontFamily, fontSize: theme.fontSizePx, color: theme.ink },
  };
}

export function numberOf(value: ChartValue): number | null {
  return typeof value === 'number' ? value : null;
}

export function numbersIn(values: readonly ChartValue[]): readonly number[] {
  return values.flatMap((value) => (typeof value === 'number' ? [value] : []));
}

export type ValueRange = { readonly min: number; readonly max: number; readonly interval: number };

/** An axis from 0 (or below, where values are) to a round number, in steps of 1, 2 or 5 times a power of ten. */
export function roundAxis(values: readonly number[], wantedSteps = 5): ValueRange {
  const top = Math.max(0, ...values);
  const bottom = Math.min(0, ...values);
  const span = top - bottom || 1;
  const raw = span / wantedSteps;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10;
  const interval = step * power;
  return {
    min: Math.floor(bottom / interval + 1e-9) * interval,
    max: Math.max(interval, Math.ceil(top / interval - 1e-9) * interval),
    interval,
  };
}

/** Decimals the steps of an axis need. */
export function axisDecimals(interval: number): number {
  return interval >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(interval) - 1e-9));
}

/** The same, from a round number under the least value: for lines, whose height is not what is compared. */
export function closeAxis(values: readonly number[], wantedSteps = 5): ValueRange {
  const least = Math.min(...values);
  const { interval } = roundAxis([Math.max(...values) - least], wantedSteps);
  return {
    min: Math.floor(least / interval + 1e-9) * interval,
    max: Math.ceil(Math.max(...values) / interval - 1e-9) * interval,
    interval,
  };
}

export function valueAxis(theme: ChartTheme, axis: ValueRange, name: string): ChartOption {
  const decimals = axisDecimals(axis.interval);
  return {
    type: 'value',
    ...axis,
    name,
    nameTextStyle: { color: theme.muted, fontSize: theme.fontSizePx },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: theme.muted,
      fontSize: theme.fontSizePx,
      formatter: (value: number) => formatNumber(value, decimals),
    },
    splitLine: { lineStyle: { color: theme.grid, width: 1 } },
  };
}

const rowAxisMarginPx = 8;

/** Named rows down the left side, the first at the top, cut to at most a third of the width. */
export function rowAxis(theme: ChartTheme, labels: readonly string[], size: ChartSize): ChartOption {
  const most = size.widthPx * 0.34;
  return {
    type: 'category',
    inverse: true,
    data: labels.map((label) => shortened(label, theme.fontSizePx, most)),
    axisLine: { lineStyle: { color: theme.axis } },
    axisTick: { show: false },
    axisLabel: {
      color: theme.ink,
      fontSize: theme.fontSizePx,
      interval: 0,
      margin: rowAxisMarginPx,
      // A font wider than the one that widths are reckoned for loses the end of a long name, not its beginning.
      width: rowAxisWidthPx(theme, labels, size) - rowAxisMarginPx,
      overflow: 'truncate',
    },
  };
}

export function rowAxisWidthPx(theme: ChartTheme, labels: readonly string[], size: ChartSize): number {
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, theme.fontSizePx)));
  return Math.ceil(Math.min(widest, size.widthPx * 0.34)) + 14;
}

/** Words set at places of a plot without a mark of their own. */
export function textSeries(
  theme: ChartTheme,
  points: readonly { readonly at: readonly [number, number]; readonly text: string; readonly color?: string }[],
  position: 'right' | 'top' | 'inside' | 'left',
): ChartOption {
  return {
    type: 'scatter',
    silent: true,
    symbol: 'circle',
    symbolSize: 1,
    itemStyle: { color: 'transparent' },
    z: 6,
    clip: false,
    data: points.map((point) => ({
      value: point.at,
      label: {
        show: true,
        position,
        distance: position === 'inside' ? 0 : 4,
        color: point.color ?? theme.ink,
        fontSize: theme.fontSizePx,
        // Keeps grid and reference lines from running through the words.
        ...(position === 'inside' ? {} : { backgroundColor: theme.surface, padding: [1, 2] }),
        formatter: () => point.text,
      },
    })),
  };
}
