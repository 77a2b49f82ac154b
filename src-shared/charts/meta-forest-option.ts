import { formatNumber } from '../report/format.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { MetaForestSpec } from './evidence-specs.ts';
import {
  axisDecimals,
  base,
  type ChartOption,
  type ChartSize,
  closeAxis,
  type OptionValue,
  rowAxis,
  rowAxisWidthPx,
  type ValueRange,
  valueAxis,
} from './option-parts.ts';
import { textWidth } from './text-width.ts';

type Row = MetaForestSpec['rows'][number];

/** Ratios further out are drawn at the edge; the words beside them have their value. */
const widestRatio = 16;
const gapPx = 16;

function rangeOf({ rows, ratio, none }: MetaForestSpec): ValueRange {
  const values = rows.flatMap(({ estimate, low, high }) => [estimate, low, high]).filter((value) => value !== null);
  const all = none === null ? values : [...values, none];
  if (all.length === 0) return { min: 0, max: 1, interval: 0.5 };
  if (!ratio) return closeAxis(all);
  const logs = all.filter((value) => value > 0).map((value) => Math.log2(value));
  const reach = Math.log2(widestRatio);
  return {
    min: 2 ** Math.max(-reach, Math.floor(Math.min(-1, ...logs))),
    max: 2 ** Math.min(reach, Math.ceil(Math.max(1, ...logs))),
    interval: 1,
  };
}

function held(value: number, { min, max }: ValueRange): number {
  return Math.min(max, Math.max(min, value));
}

/** Words of a column right of the plot, all beginning at one place. */
function column(texts: readonly string[], range: ValueRange, offsetPx: number, theme: ChartTheme): ChartOption {
  return {
    type: 'scatter',
    silent: true,
    symbolSize: 1,
    itemStyle: { color: 'transparent' },
    clip: false,
    z: 6,
    data: texts.map((text, index) => ({
      value: [range.max, index],
      label: {
        show: text !== '',
        position: 'right',
        offset: [offsetPx, 0],
        color: index === 0 ? theme.muted : theme.ink,
        fontSize: theme.fontSizePx,
        formatter: () => text,
      },
    })),
  };
}

function intervalLines(rows: readonly Row[], range: ValueRange, theme: ChartTheme): OptionValue[] {
  return rows.flatMap(({ kind, low, high }, index) =>
    low === null || high === null || kind === 'pooled'
      ? []
      : [
          [
            {
              coord: [held(low, range), index + 1],
              lineStyle: {
                color: kind === 'prediction' ? theme.accent : theme.ink,
                width: kind === 'prediction' ? 3 : 1.25,
                type: kind === 'review' ? [4, 3] : 'solid',
              },
            },
            { coord: [held(high, range), index + 1] },
          ],
        ],
  );
}

/** A diamond from limit to limit with its corners at the estimate, drawn to the pixel. */
function diamond(row: Row, index: number, range: ValueRange, ratio: boolean, plotPx: number): ChartOption {
  const scale = ratio ? Math.log : (value: number) => value;
  const back = ratio ? Math.exp : (value: number) => value;
  const [low, estimate, high] = [row.low ?? row.estimate, row.estimate, row.high ?? row.estimate].map((value) =>
    scale(held(value ?? 1, range)),
  ) as [number, number, number];
  const widthPx = Math.max(6, ((high - low) / (scale(range.max) - scale(range.min))) * plotPx);
  const corner = high === low ? 50 : (100 * (estimate - low)) / (high - low);
  return {
    value: [back((low + high) / 2), index + 1],
    symbol: `path://M0 5L${corner} 0L100 5L${corner} 10Z`,
    symbolSize: [widthPx, 14],
  };
}

function marks(spec: MetaForestSpec, range: ValueRange, theme: ChartTheme, plotPx: number): OptionValue[] {
  const heaviest = Math.max(1, ...spec.rows.map(({ weight }) => weight ?? 0));
  return spec.rows.map((row, index): OptionValue => {
    if (row.estimate === null || row.kind === 'prediction') return ['-', index + 1];
    const words = `${row.label}\n${row.text}`;
    if (row.kind === 'pooled') return { ...diamond(row, index, range, spec.ratio, plotPx), words };
    const sidePx = row.weight === null ? 8 : 5 + 11 * Math.sqrt(row.weight / heaviest);
    return {
      value: [held(row.estimate, range), index + 1],
      words,
      symbol: 'rect',
      symbolSize: sidePx,
      itemStyle:
        row.kind === 'review'
          ? { color: theme.surface, borderColor: theme.accent, borderWidth: 1.5 }
          : { color: theme.accent },
    };
  });
}

/** Squares as large as their weight, lines for limits, a diamond for the pooled effect, and the numbers beside them. */
export function metaForestOption(spec: MetaForestSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const range = rangeOf(spec);
  const labels = ['', ...spec.rows.map(({ label }) => label)];
  const effects = [spec.heads.effect, ...spec.rows.map(({ text }) => text)];
  const weights = [
    spec.heads.weight,
    ...spec.rows.map(({ weight }) => (weight === null ? '' : `${formatNumber(weight, 1)}%`)),
  ];
  const widest = (texts: readonly string[]) =>
    Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, theme.fontSizePx))));
  const leftPx = rowAxisWidthPx(theme, labels, size);
  const rightPx = widest(effects) + gapPx + widest(weights) + 12;
  const plotPx = size.widthPx - leftPx - rightPx;
  const lines: OptionValue[] = [
    ...intervalLines(spec.rows, range, theme),
    ...(spec.none === null
      ? []
      : [{ xAxis: spec.none, lineStyle: { color: theme.muted, type: [4, 3], width: 1 } } as OptionValue]),
  ];
  const measure =
    spec.sides === null ? spec.measure : `← ${spec.sides.left}      ${spec.measure}      ${spec.sides.right} →`;
  const axis = valueAxis(theme, range, measure);
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: leftPx, right: rightPx, top: 6, bottom: 46 },
    xAxis: {
      ...axis,
      ...(spec.ratio ? { type: 'log', logBase: 2 } : {}),
      nameLocation: 'middle',
      nameGap: 28,
      axisLine: { show: true, lineStyle: { color: theme.axis } },
      axisLabel: {
        color: theme.muted,
        fontSize: theme.fontSizePx,
        formatter: (value: number) =>
          formatNumber(value, spec.ratio ? (value >= 1 ? 0 : value >= 0.5 ? 1 : 3) : axisDecimals(range.interval)),
      },
    },
    yAxis: rowAxis(theme, labels, size),
    series: [
      {
        type: 'scatter',
        z: 5,
        itemStyle: { color: theme.accent },
        data: [['-', 0], ...marks(spec, range, theme, plotPx)],
        markLine: {
          silent: true,
          animation: false,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: theme.ink, width: 1.25, type: 'solid' },
          data: lines,
        },
      },
      column(effects, range, 0, theme),
      column(weights, range, widest(effects) + gapPx, theme),
    ],
  };
}
