import { formatNumber } from '../report/format.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { CurvesAxis, CurvesSpec } from './curves-spec.ts';
import {
  axisDecimals,
  base,
  type ChartOption,
  type ChartSize,
  type OptionValue,
  roundAxis,
  textSeries,
  type ValueRange,
  valueAxis,
} from './option-parts.ts';
import { textWidth } from './text-width.ts';

const roomForOneNamePx = 190;
const leftPx = 58;
const topPx = 34;
const bottomPx = 44;

type Point = readonly [x: number, y: number];

function rangeOf(axis: CurvesAxis, values: readonly number[]): ValueRange {
  const inside = values.filter((value) => value >= (axis.from ?? -Infinity) && value <= (axis.to ?? Infinity));
  const ends = [axis.from, axis.to].filter((end) => end !== undefined);
  // Ends that are given lie on a step of the axis or beyond it, so that every step has its line.
  return roundAxis([...inside, ...ends]);
}

function axisOption(theme: ChartTheme, axis: CurvesAxis, range: ValueRange): ChartOption {
  const decimals = axisDecimals(axis.share ? range.interval * 100 : range.interval);
  const words = (value: number): string =>
    axis.share ? `${formatNumber(value * 100, decimals)}%` : formatNumber(value, decimals);
  const option = valueAxis(theme, range, axis.measure);
  return {
    ...option,
    axisLabel: { color: theme.muted, fontSize: theme.fontSizePx, hideOverlap: true, formatter: words },
  };
}

type Name = { readonly at: Point; readonly text: string; readonly color: string };

const lineHeightPx = 15;

/** Names that would lie over each other are moved apart, downwards in the order in which their lines end. */
function movedApart(names: readonly Name[], x: ValueRange, y: ValueRange, plot: ChartSize): readonly Name[] {
  const [perPxX, perPxY] = [(x.max - x.min) / plot.widthPx, (y.max - y.min) / plot.heightPx];
  const placed: Name[] = [];
  for (const name of [...names].sort((a, b) => b.at[1] - a.at[1])) {
    let height = name.at[1];
    for (const { at } of placed) {
      const beside = Math.abs(at[0] - name.at[0]) < 60 * perPxX;
      if (beside && Math.abs(at[1] - height) < lineHeightPx * perPxY) height = at[1] - lineHeightPx * perPxY;
    }
    placed.push({ ...name, at: [name.at[0], height] });
  }
  return placed;
}

/** Where a line's name stands: at its last point that is not cut off. */
function nameAt(points: readonly Point[], x: ValueRange, y: ValueRange): Point | null {
  return points.findLast(([px, py]) => px >= x.min && px <= x.max && py >= y.min && py <= y.max) ?? null;
}

function marks(spec: CurvesSpec, theme: ChartTheme, x: ValueRange, y: ValueRange): ChartOption {
  const data: OptionValue[] = (spec.points ?? []).map((point) => [
    { coord: [point.x, Math.max(y.min, point.low)] },
    { coord: [point.x, Math.min(y.max, point.high)] },
  ]);
  if (spec.diagonal !== undefined) {
    const from = Math.max(x.min, y.min);
    const to = Math.min(x.max, y.max);
    data.push([
      { coord: [from, from], lineStyle: { color: theme.muted, type: [4, 3], width: 1 } },
      { coord: [to, to] },
    ]);
  }
  if (spec.mark) {
    const { label } = spec.mark;
    data.push({
      xAxis: spec.mark.x,
      lineStyle: { color: theme.ink, type: [2, 2], width: 1 },
      label: { show: true, position: 'end', color: theme.ink, fontSize: theme.fontSizePx, formatter: () => label },
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

function observed(spec: CurvesSpec, theme: ChartTheme, x: ValueRange, y: ValueRange): ChartOption {
  return {
    type: 'scatter',
    z: 5,
    symbol: 'circle',
    symbolSize: 8,
    itemStyle: { color: theme.accent, borderColor: theme.surface, borderWidth: 1 },
    data: (spec.points ?? []).map((point) => [point.x, point.y]),
    markLine: marks(spec, theme, x, y),
  };
}

function curve(spec: CurvesSpec, theme: ChartTheme, index: number): ChartOption {
  const line = spec.lines[index];
  const color = theme.series[index % theme.series.length] ?? theme.accent;
  return {
    type: 'line',
    name: line?.name,
    z: 4,
    symbol: 'none',
    silent: true,
    lineStyle: { color, width: index === 0 ? 2.5 : 1.75, type: line?.dashed ? [5, 4] : 'solid' },
    data: (line?.points ?? []).map(([x, y]) => [x, y]),
  };
}

/** Lines named at their ends, points with intervals, the line of agreement and a marked place. */
export function curvesOption(spec: CurvesSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const points = spec.points ?? [];
  const x = rangeOf(spec.x, [
    ...spec.lines.flatMap((line) => line.points.map(([at]) => at)),
    ...points.map((p) => p.x),
  ]);
  const y = rangeOf(spec.y, [
    ...spec.lines.flatMap((line) => line.points.map(([, at]) => at)),
    ...points.flatMap((point) => [point.low, point.y, point.high]),
  ]);
  const widest = Math.max(
    0,
    ...[...spec.lines.map((line) => line.name), spec.diagonal ?? ''].map((name) => textWidth(name, theme.fontSizePx)),
  );
  const rightPx = Math.min(roomForOneNamePx, Math.ceil(widest) + 14, Math.floor(size.widthPx * 0.3));
  const plot = { widthPx: size.widthPx - leftPx - rightPx, heightPx: size.heightPx - topPx - bottomPx };
  const corner = Math.min(x.max, y.max);
  const names: readonly Name[] = [
    ...spec.lines.flatMap((line, index) => {
      const at = nameAt(line.points, x, y);
      return at ? [{ at, text: line.name, color: theme.series[index % theme.series.length] ?? theme.ink }] : [];
    }),
    ...(spec.diagonal === undefined
      ? []
      : [{ at: [corner, corner] as const, text: spec.diagonal, color: theme.muted }]),
  ];
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: leftPx, right: rightPx, top: topPx, bottom: bottomPx },
    xAxis: { ...axisOption(theme, spec.x, x), nameLocation: 'middle', nameGap: 28 },
    yAxis: {
      ...axisOption(theme, spec.y, y),
      nameGap: 14,
      nameTextStyle: { color: theme.muted, fontSize: theme.fontSizePx, align: 'left', padding: [0, 0, 0, -50] },
    },
    series: [
      ...spec.lines.map((_, index) => curve(spec, theme, index)),
      observed(spec, theme, x, y),
      textSeries(theme, movedApart(names, x, y, plot), 'right'),
    ],
  };
}
