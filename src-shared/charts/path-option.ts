import type { ChartTheme } from './chart-theme.ts';
import { base, type ChartOption, type ChartSize, type OptionValue } from './option-parts.ts';
import { type PathLayout, type PlacedArrow, pathLayout } from './path-layout.ts';
import type { PathSpec } from './path-spec.ts';

const thinnestPx = 1.25;
const thickestPx = 5;

function lineOf({ arrow, from, to, curveness }: PlacedArrow, theme: ChartTheme): OptionValue {
  const strength = Math.min(1, Math.max(0, arrow.strength));
  return {
    coords: [from, to],
    symbol: [arrow.ends === 'both' ? 'arrow' : 'none', 'arrow'],
    lineStyle: {
      color: arrow.uncertain ? theme.muted : theme.accent,
      width: thinnestPx + strength * (thickestPx - thinnestPx),
      type: arrow.uncertain ? [5, 4] : 'solid',
      curveness,
      opacity: 1,
    },
  };
}

function boxes({ nodes }: PathLayout, theme: ChartTheme): ChartOption {
  return {
    type: 'scatter',
    silent: true,
    symbol: 'roundRect',
    z: 4,
    data: nodes.map(({ node, box, lines }) => ({
      value: [box.x, box.y],
      symbolSize: [box.width, box.height],
      itemStyle: {
        color: theme.band,
        borderColor: node.second ? (theme.series[1] ?? theme.accent) : theme.accent,
        borderWidth: 1.5,
        opacity: 1,
      },
      label: {
        show: true,
        position: 'inside',
        align: 'center',
        color: theme.ink,
        fontSize: theme.fontSizePx,
        lineHeight: Math.round(theme.fontSizePx * 1.3),
        formatter: () => lines.join('\n'),
      },
    })),
  };
}

function labels({ arrows }: PathLayout, theme: ChartTheme): ChartOption {
  return {
    type: 'scatter',
    silent: true,
    symbol: 'circle',
    symbolSize: 1,
    itemStyle: { color: 'transparent', opacity: 1 },
    z: 6,
    data: arrows.map(({ arrow, label }) => ({
      value: [label.x, label.y],
      label: {
        show: true,
        position: 'inside',
        align: 'center',
        color: arrow.uncertain ? theme.muted : theme.ink,
        backgroundColor: theme.surface,
        padding: [1, 3],
        fontSize: theme.fontSizePx,
        lineHeight: Math.round(theme.fontSizePx * 1.3),
        formatter: () => (arrow.interval === null ? arrow.text : `${arrow.text}\n${arrow.interval}`),
      },
    })),
  };
}

/** How to read the lines, under the diagram. */
function key(spec: PathSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  return {
    type: 'scatter',
    silent: true,
    symbol: 'circle',
    symbolSize: 1,
    itemStyle: { color: 'transparent', opacity: 1 },
    data: [
      {
        value: [size.widthPx / 2, size.heightPx - 9],
        label: {
          show: true,
          position: 'inside',
          color: theme.muted,
          fontSize: theme.fontSizePx,
          formatter: () => `${spec.measure}. Thicker: stronger. Dashed: the interval holds zero.`,
        },
      },
    ],
  };
}

/** Boxes joined by arrows that carry their estimates; the axes are the pixels of the frame. */
export function pathOption(spec: PathSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const layout = pathLayout(spec, theme.fontSizePx, size);
  const axis = (max: number): ChartOption => ({ type: 'value', min: 0, max, show: false });
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: axis(size.widthPx),
    yAxis: { ...axis(size.heightPx), inverse: true },
    series: [
      {
        type: 'lines',
        coordinateSystem: 'cartesian2d',
        symbolSize: 11,
        z: 3,
        silent: true,
        data: layout.arrows.map((placed) => lineOf(placed, theme)),
      },
      boxes(layout, theme),
      labels(layout, theme),
      key(spec, theme, size),
    ],
  };
}
