import { formatNumber } from '../report/format.ts';
import { type HeatMapSpec, withheldMarker } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import { monthAxis } from './month-axis.ts';
import {
  axisDecimals,
  base,
  type ChartOption,
  type ChartSize,
  numbersIn,
  rowAxis,
  rowAxisWidthPx,
  textSeries,
} from './option-parts.ts';
import { textWidth } from './text-width.ts';

type Class = {
  readonly from: number;
  readonly to: number;
  readonly color: string;
  readonly ink: string;
  readonly label: string;
};

/** Least round width with which `most` classes reach the top; whole where the values are. */
function classWidth(top: number, most: number, decimals: number): number {
  const raw = (top || 1) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * power >= raw * 0.999_999) ?? 10;
  return decimals === 0 ? Math.max(1, Math.ceil(factor * power)) : factor * power;
}

/** Equal classes from 0 to a round number, at most one per colour. */
export function heatClasses(values: readonly number[], theme: ChartTheme, decimals: number): readonly Class[] {
  const interval = classWidth(Math.max(0, ...values), theme.heat.length, decimals);
  const count = Math.max(1, Math.ceil(Math.max(0, ...values) / interval - 1e-9));
  const max = count * interval;
  const shown = Math.max(decimals, axisDecimals(interval));
  return Array.from({ length: count }, (_, index) => {
    const from = index * interval;
    const last = index === count - 1;
    // Spread over the whole range of colours, so that the highest class is always the darkest.
    const step = count === 1 ? 0 : Math.round((index * (theme.heat.length - 1)) / (count - 1));
    const to = last ? max : from + interval;
    const top = decimals === 0 && !last ? to - 1 : to;
    const label =
      decimals === 0 && from >= top
        ? formatNumber(from, shown)
        : `${formatNumber(from, shown)}${decimals === 0 || last ? '\u2013' : ' to under '}${formatNumber(top, shown)}`;
    return {
      from,
      to,
      color: theme.heat[step] ?? theme.accent,
      ink: step < theme.heat.length * 0.6 ? theme.heatInk[0] : theme.heatInk[1],
      label,
    };
  });
}

/** Units down the side, months across, one hue from pale to dark, the number in each cell where it fits. */
export function heatMapOption(spec: HeatMapSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const values = spec.values.flatMap((row) => numbersIn(row));
  const classes = heatClasses(values, theme, spec.decimals);
  const classOf = (value: number): Class | undefined =>
    classes.find((each, index) => value < each.to || index === classes.length - 1);
  const leftPx = rowAxisWidthPx(theme, spec.units, size);
  const cellPx = (size.widthPx - leftPx - 10) / Math.max(1, spec.months.length);
  const fontSizePx = theme.fontSizePx - 1.5;
  const fits = values.every((value) => textWidth(formatNumber(value, spec.decimals), fontSizePx) <= cellPx - 3);
  const cells = spec.values.flatMap((row, unit) => row.map((value, month) => ({ value, month, unit })));
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: leftPx, right: 10, top: 6, bottom: 48 + 2 * theme.fontSizePx },
    xAxis: {
      ...monthAxis(theme, spec.months, size.widthPx - leftPx - 10),
      axisLine: { show: false },
      axisTick: { show: false },
    },
    yAxis: { ...rowAxis(theme, spec.units, size), axisLine: { show: false } },
    visualMap: {
      type: 'piecewise',
      orient: 'horizontal',
      left: leftPx - 4,
      bottom: 0,
      itemWidth: 16,
      itemHeight: 11,
      itemGap: 12,
      seriesIndex: 0,
      hoverLink: false,
      selectedMode: false,
      textStyle: { color: theme.muted, fontSize: theme.fontSizePx },
      pieces: classes.map((each, index) => ({
        ...(index === 0 ? {} : { gte: each.from }),
        ...(index === classes.length - 1 ? {} : { lt: each.to }),
        color: each.color,
        label: each.label,
      })),
    },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: theme.surface, borderWidth: 1.5 },
        data: cells.flatMap(({ value, month, unit }) =>
          typeof value === 'number'
            ? [
                {
                  value: [month, unit, value],
                  label: {
                    show: fits,
                    color: classOf(value)?.ink ?? theme.ink,
                    fontSize: fontSizePx,
                    formatter: () => formatNumber(value, spec.decimals),
                  },
                },
              ]
            : [],
        ),
      },
      textSeries(
        theme,
        cells.flatMap(({ value, month, unit }) =>
          value === 'withheld' ? [{ at: [month, unit] as const, text: withheldMarker, color: theme.muted }] : [],
        ),
        'inside',
      ),
    ],
  };
}
