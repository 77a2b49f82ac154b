import { formatDate } from '../format.ts';
import { baseOption, type ChartOption, valueAxis } from './base-option.ts';
import type { ChartPalette } from './palette.ts';
import { kindColours } from './stacked-months.ts';

export type ScoreLine = {
  readonly name: string;
  readonly points: readonly { readonly day: string; readonly score: number; readonly band: string | null }[];
};

const symbols = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'] as const;

/** Scores over time: one line for each scale, told apart by colour and mark. */
export function scoreLinesOption(lines: readonly ScoreLine[], palette: ChartPalette): ChartOption {
  const base = baseOption(palette);
  const colours = kindColours(palette);
  return {
    ...base,
    color: [...colours],
    grid: { left: 8, right: 24, top: 40, bottom: 4, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 16,
      itemHeight: 8,
      itemGap: 14,
      selectedMode: false,
      textStyle: { color: palette.muted, fontSize: 11 },
    },
    tooltip: {
      ...(base.tooltip as object),
      trigger: 'item',
      formatter: (point: { seriesName: string; value: readonly [string, number, string | null] }) =>
        `${point.seriesName}, ${formatDate(point.value[0])}\n${point.value[1]}${point.value[2] === null ? '' : ` (${point.value[2]})`}`,
    },
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: palette.axis } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        color: palette.muted,
        hideOverlap: true,
        formatter: { year: '{yyyy}', month: '{MMM} {yyyy}', day: '{d} {MMM}' },
      },
    },
    yAxis: { ...valueAxis(palette), min: 0 },
    series: lines.map((line, index) => ({
      name: line.name,
      type: 'line',
      symbol: symbols[index % symbols.length],
      symbolSize: 8,
      lineStyle: { width: 1.5 },
      data: line.points.map((point) => [point.day, point.score, point.band]),
    })),
  };
}
