import { baseOption, type ChartOption, valueAxis } from './base-option.ts';
import type { ChartPalette } from './palette.ts';

export type Bar = {
  readonly label: string;
  /** Null where it is withheld or cannot be worked out. */
  readonly value: number | null;
  /** What stands at the end of the bar. */
  readonly words: string;
  /** An earlier period's value, drawn as a line across. */
  readonly before?: number | null;
};

export type BarChart = { readonly bars: readonly Bar[]; readonly unit: string; readonly beforeLabel?: string };

export const barHeightPx = 26;

/** Room that a bar chart of so many bars wants. */
export function barChartHeightPx(bars: number): number {
  return Math.max(120, bars * barHeightPx + 52);
}

/** Horizontal bars of counts with their values written at the end, longest first as given. */
export function barChartOption({ bars, unit, beforeLabel }: BarChart, palette: ChartPalette): ChartOption {
  const base = baseOption(palette);
  const labels = bars.map((bar) => bar.label);
  const hasBefore = beforeLabel !== undefined;
  return {
    ...base,
    grid: { left: 8, right: 72, top: hasBefore ? 30 : 8, bottom: 4, containLabel: true },
    legend: hasBefore
      ? {
          top: 0,
          left: 0,
          itemWidth: 14,
          itemHeight: 10,
          selectedMode: false,
          textStyle: { color: palette.muted },
          data: [unit, beforeLabel],
        }
      : { show: false },
    tooltip: {
      ...(base.tooltip as object),
      trigger: 'item',
      formatter: (point: { dataIndex: number }) => barWords(bars[point.dataIndex], unit, beforeLabel),
    },
    xAxis: { ...valueAxis(palette), min: 0, minInterval: 1 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: labels,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: palette.ink, width: 220, overflow: 'truncate' },
    },
    series: [
      {
        name: unit,
        type: 'bar',
        data: bars.map((bar) => bar.value ?? 0),
        barWidth: 14,
        itemStyle: { color: palette.accent, borderRadius: [0, 2, 2, 0] },
        label: {
          show: true,
          position: 'right',
          color: palette.ink,
          formatter: (point: { dataIndex: number }) => bars[point.dataIndex]?.words ?? '',
        },
      },
      ...(hasBefore
        ? [
            {
              name: beforeLabel,
              type: 'scatter',
              symbol: 'rect',
              symbolSize: [3, 18],
              itemStyle: { color: palette.series[1] },
              data: bars.map((bar) => bar.before ?? '-'),
            },
          ]
        : []),
    ],
  };
}

function barWords(bar: Bar | undefined, unit: string, beforeLabel: string | undefined): string {
  if (!bar) return '';
  const before =
    bar.before === undefined || bar.before === null ? '' : `\n${beforeLabel}: ${bar.before.toLocaleString('en-GB')}`;
  return `${bar.label}\n${unit}: ${bar.words}${before}`;
}
