import { baseOption, type ChartOption, categoryAxis, valueAxis } from './base-option.ts';
import type { ChartPalette } from './palette.ts';

export type StackedMonths = {
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
};

/** At most this many kinds have a colour of their own. */
export const mostKinds = 5;

export function kindColours(palette: ChartPalette): readonly string[] {
  return palette.series;
}

/** Counts by month, split by kind. */
export function stackedMonthsOption({ labels, series }: StackedMonths, palette: ChartPalette): ChartOption {
  const base = baseOption(palette);
  const colours = kindColours(palette);
  return {
    ...base,
    color: [...colours],
    grid: { left: 8, right: 12, top: 64, bottom: 4, containLabel: true },
    legend: {
      type: 'plain',
      top: 0,
      left: 0,
      icon: 'roundRect',
      itemWidth: 10,
      itemHeight: 10,
      itemGap: 14,
      selectedMode: false,
      textStyle: { color: palette.muted, fontSize: 11 },
    },
    tooltip: {
      ...(base.tooltip as object),
      trigger: 'axis',
      formatter: (points: readonly { seriesName: string; value: number; name: string }[]) =>
        [
          points[0]?.name ?? '',
          ...points.filter((point) => point.value > 0).map((point) => `${point.seriesName}: ${point.value}`),
        ].join('\n'),
    },
    xAxis: categoryAxis(palette, labels),
    yAxis: { ...valueAxis(palette), minInterval: 1 },
    series: series.map((kind, index) => ({
      name: kind.name,
      type: 'bar',
      stack: 'months',
      barMaxWidth: 22,
      data: kind.values.map((value) => (value === 0 ? '-' : value)),
      itemStyle: {
        color: colours[Math.min(index, colours.length - 1)],
        borderColor: palette.surface,
        borderWidth: 0.5,
      },
    })),
  };
}
