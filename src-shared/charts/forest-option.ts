import { formatNumber } from '../report/format.ts';
import type { ForestSpec } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import {
  base,
  type ChartOption,
  type ChartSize,
  type OptionValue,
  rowAxis,
  rowAxisWidthPx,
  textSeries,
} from './option-parts.ts';
import { textWidth } from './text-width.ts';

type Row = ForestSpec['rows'][number];

function wordsOf({ estimate, low, high, reference }: Row, decimals: number): string {
  if (reference) return 'reference';
  if (estimate === null) return 'no ratio';
  const number = (value: number) => formatNumber(value, decimals);
  return low === null || high === null ? number(estimate) : `${number(estimate)} (${number(low)} to ${number(high)})`;
}

/** Powers of two that hold the intervals; those far out are cut, so that one wide interval does not hide the others. */
function reachOf(rows: readonly Row[]): { readonly min: number; readonly max: number } {
  const inside = rows.flatMap(({ estimate, low, high }) => [estimate, low, high]).filter((v) => v !== null && v > 0);
  const logs = (inside as number[]).map((value) => Math.log2(value));
  return {
    min: 2 ** Math.max(-4, Math.floor(Math.min(-1, ...logs))),
    max: 2 ** Math.min(4, Math.ceil(Math.max(1, ...logs))),
  };
}

function intervalLines(rows: readonly Row[], min: number, max: number): OptionValue[] {
  return rows.flatMap(({ low, high }, index) =>
    low === null || high === null
      ? []
      : [[{ coord: [Math.max(low, min), index] }, { coord: [Math.min(high, max), index] }]],
  );
}

/** Squares at the ratios, lines for their intervals, the line of no difference, and the numbers at the right. */
export function forestOption(spec: ForestSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const { rows } = spec;
  const labels = rows.map(({ label }) => label);
  const { min, max } = reachOf(rows);
  const words = rows.map((row) => wordsOf(row, spec.decimals));
  const rightPx = 20 + Math.ceil(Math.max(0, ...words.map((text) => textWidth(text, theme.fontSizePx))));
  const line: OptionValue = {
    xAxis: 1,
    lineStyle: { color: theme.ink, width: 1, type: [4, 3] },
  };
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: rowAxisWidthPx(theme, labels, size), right: rightPx, top: 8, bottom: 48 },
    xAxis: {
      type: 'log',
      logBase: 2,
      min,
      max,
      name: spec.measure,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { color: theme.muted, fontSize: theme.fontSizePx },
      axisLine: { show: true, lineStyle: { color: theme.axis } },
      axisLabel: {
        color: theme.muted,
        fontSize: theme.fontSizePx,
        formatter: (value: number) => formatNumber(value, value >= 1 ? 0 : value >= 0.5 ? 1 : 2),
      },
      splitLine: { lineStyle: { color: theme.grid } },
    },
    yAxis: rowAxis(theme, labels, size),
    series: [
      {
        type: 'scatter',
        symbol: 'rect',
        symbolSize: 9,
        z: 5,
        itemStyle: { color: theme.accent },
        data: rows.map(({ estimate, reference }, index) =>
          reference ? [1, index] : estimate === null || estimate <= 0 ? ['-', index] : [estimate, index],
        ),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: theme.accent, width: 1.75, type: 'solid' },
          data: [...intervalLines(rows, min, max), line],
        },
      },
      textSeries(
        theme,
        words.map((text, index) => ({
          at: [max, index],
          text,
          color: rows[index]?.reference ? theme.muted : theme.ink,
        })),
        'right',
      ),
    ],
  };
}
