import { formatNumber } from '../report/format.ts';
import { type HistogramSpec, withheldMarker } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import {
  axisDecimals,
  base,
  type ChartOption,
  type ChartSize,
  numberOf,
  numbersIn,
  roundAxis,
  textSeries,
  valueAxis,
} from './option-parts.ts';
import { textWidth } from './text-width.ts';

/** Columns that touch, one per bin, the count over each. */
export function histogramOption(spec: HistogramSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const counts = numbersIn(spec.bins.map((bin) => bin.count));
  const axis = roundAxis(counts, 4);
  const widest = textWidth(formatNumber(axis.max, axisDecimals(axis.interval)), theme.fontSizePx);
  const leftPx = Math.ceil(widest) + 14;
  const columnPx = (size.widthPx - leftPx - 12) / Math.max(1, spec.bins.length);
  const fits = (text: string): boolean => textWidth(text, theme.fontSizePx) <= columnPx - 2;
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: leftPx, right: 12, top: 44, bottom: 42 },
    xAxis: [
      {
        type: 'category',
        data: spec.bins.map((bin) => bin.label),
        name: spec.measure,
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: theme.muted, fontSize: theme.fontSizePx },
        axisLine: { lineStyle: { color: theme.axis } },
        axisTick: { show: false },
        axisLabel: {
          color: theme.muted,
          fontSize: theme.fontSizePx,
          ...(spec.bins.every((bin) => fits(bin.label)) ? { interval: 0 } : { hideOverlap: true }),
        },
      },
      { type: 'value', show: false, min: 0, max: spec.bins.length },
    ],
    yAxis: {
      ...valueAxis(theme, axis, spec.counted),
      nameGap: 26,
      nameTextStyle: { color: theme.muted, fontSize: theme.fontSizePx, align: 'left', padding: [0, 0, 0, 4 - leftPx] },
    },
    series: [
      {
        type: 'bar',
        barCategoryGap: '4%',
        itemStyle: { color: theme.accentSoft },
        data: spec.bins.map((bin) => numberOf(bin.count) ?? '-'),
      },
      {
        type: 'line',
        xAxisIndex: 1,
        data: [],
        markLine: {
          silent: true,
          symbol: 'none',
          data: (spec.marks ?? []).map((mark) => ({
            xAxis: mark.position,
            lineStyle: { color: theme.ink, type: 'solid', width: 1.25 },
            label: {
              show: true,
              position: 'end',
              color: theme.ink,
              fontSize: theme.fontSizePx,
              formatter: () => mark.label,
            },
          })),
        },
      },
      textSeries(
        theme,
        spec.bins.flatMap((bin, index) => {
          if (bin.count === 'withheld') return [{ at: [index, 0] as const, text: withheldMarker, color: theme.muted }];
          const text = bin.count === null ? '' : formatNumber(bin.count);
          return fits(text) ? [{ at: [index, bin.count ?? 0] as const, text }] : [];
        }),
        'top',
      ),
    ],
  };
}
