import { formatNumber } from '../report/format.ts';
import { type BarsSpec, withheldMarker } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import {
  base,
  type ChartOption,
  type ChartSize,
  numberOf,
  type OptionValue,
  roundAxis,
  rowAxis,
  rowAxisWidthPx,
  textSeries,
  valueAxis,
} from './option-parts.ts';
import { textWidth } from './text-width.ts';

type Bar = BarsSpec['bars'][number];

function nameOf(bar: Bar): string {
  if (bar.n === undefined) return bar.label;
  return `${bar.label}  (n ${bar.n === 'withheld' ? withheldMarker : formatNumber(bar.n)})`;
}

function valueText(spec: BarsSpec, bar: Bar): string {
  if (bar.value === 'withheld') return `${withheldMarker} withheld`;
  return bar.value === null ? 'not assessable' : formatNumber(bar.value, spec.decimals);
}

/** Intervals as thin lines with ends over the bars. */
function intervals(spec: BarsSpec, theme: ChartTheme): ChartOption {
  const data: OptionValue[] = spec.bars.flatMap((bar, index) =>
    bar.low === undefined || bar.high === undefined
      ? []
      : [[{ coord: [bar.low, index] }, { coord: [bar.high, index] }]],
  );
  if (spec.reference) {
    const { value, label } = spec.reference;
    data.push({
      xAxis: value,
      lineStyle: { color: theme.ink, type: [4, 3], width: 1 },
      label: {
        show: true,
        position: 'start',
        distance: 4,
        color: theme.ink,
        fontSize: theme.fontSizePx,
        formatter: () => `${label} ${formatNumber(value, spec.decimals)}`,
      },
    });
  }
  return {
    silent: true,
    animation: false,
    symbol: 'none',
    lineStyle: { color: theme.ink, type: 'solid', width: 1.25 },
    label: { show: false },
    data,
  };
}

/** Horizontal bars, longest names cut, the number of people beside each name and the value at each end. */
export function barsOption(spec: BarsSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const names = spec.bars.map(nameOf);
  const reach = spec.bars.flatMap((bar) => [numberOf(bar.value) ?? 0, bar.high ?? 0, bar.low ?? 0]);
  const shown = [...reach, spec.reference?.value ?? 0];
  const texts = spec.bars.map((bar) => valueText(spec, bar));
  const widestText = Math.max(0, ...texts.map((text) => textWidth(text, theme.fontSizePx)));
  const atTop = spec.reference ? 38 : 22;
  return {
    ...base(theme),
    grid: {
      outerBoundsMode: 'none',
      left: rowAxisWidthPx(theme, names, size),
      right: Math.ceil(widestText) + 16,
      top: atTop,
      bottom: 36,
    },
    xAxis: {
      ...valueAxis(theme, roundAxis(shown), spec.measure),
      nameLocation: 'middle',
      nameGap: 24,
    },
    yAxis: rowAxis(theme, names, size),
    series: [
      {
        type: 'bar',
        barWidth: '62%',
        itemStyle: { color: spec.bars.some((bar) => bar.low !== undefined) ? theme.accentSoft : theme.accent },
        data: spec.bars.map((bar) => numberOf(bar.value) ?? '-'),
        markLine: intervals(spec, theme),
      },
      textSeries(
        theme,
        spec.bars.map((bar, index) => ({
          at: [Math.max(0, numberOf(bar.value) ?? 0, bar.high ?? 0), index],
          text: texts[index] ?? '',
          color: typeof bar.value === 'number' ? theme.ink : theme.muted,
        })),
        'right',
      ),
    ],
  };
}
