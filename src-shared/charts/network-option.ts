import { formatNumber } from '../report/format.ts';
import type { ChartTheme } from './chart-theme.ts';
import { networkKey, volunteerMark } from './network-key.ts';
import { type NetworkLayout, networkLayout } from './network-layout.ts';
import type { PlacedLink } from './network-links.ts';
import type { NetworkPlace, NetworkSpec } from './network-spec.ts';
import { base, type ChartOption, type ChartSize, type OptionValue } from './option-parts.ts';
import type { Box } from './path-layout.ts';
import { shortened } from './text-width.ts';

const faint = 0.12;

/** What stands out; everything does while nothing is looked at closer. */
type Emphasis = {
  readonly link: (area: string, base: string) => boolean;
  readonly area: (name: string) => boolean;
  readonly base: (name: string) => boolean;
};

function emphasisOf({ focus, links }: NetworkSpec): Emphasis {
  if (focus === null) return { link: () => true, area: () => true, base: () => true };
  const isOf = (area: string, base: string) => (focus.side === 'area' ? area : base) === focus.name;
  const linked = links.filter(({ area, base }) => isOf(area, base));
  const isIn = (side: 'area' | 'base', name: string) =>
    (focus.side === side && focus.name === name) || linked.some((link) => link[side] === name);
  return { link: isOf, area: (name) => isIn('area', name), base: (name) => isIn('base', name) };
}

function lines(placed: readonly PlacedLink[], theme: ChartTheme, emphasis: Emphasis): ChartOption {
  return {
    type: 'lines',
    coordinateSystem: 'cartesian2d',
    polyline: true,
    z: 2,
    data: placed.map(({ link, points, width }) => ({
      coords: points,
      words: link.words,
      lineStyle: {
        color: link.people === null ? theme.muted : theme.accentSoft,
        width,
        type: link.people === null ? [4, 4] : 'solid',
        opacity: emphasis.link(link.area, link.base) ? 0.85 : faint,
        cap: 'butt',
      },
    })),
  };
}

/** On the lines, each on a ground of its own. */
function numbers(placed: readonly PlacedLink[], theme: ChartTheme, emphasis: Emphasis): ChartOption {
  return {
    type: 'scatter',
    silent: true,
    symbol: 'circle',
    symbolSize: 1,
    itemStyle: { color: 'transparent', opacity: 1 },
    z: 4,
    data: placed.flatMap(({ link, label }) =>
      label === null || !emphasis.link(link.area, link.base)
        ? []
        : [
            {
              value: [label.x, label.y],
              label: {
                show: true,
                position: 'inside',
                color: theme.ink,
                backgroundColor: theme.surface,
                borderRadius: 3,
                padding: [1, 4],
                fontSize: theme.fontSizePx,
                formatter: () => formatNumber(link.people ?? 0),
              },
            },
          ],
    ),
  };
}

/** A box with a name and what is known of it at its top left. */
function placeMark(
  { name, words }: NetworkPlace,
  box: Box,
  theme: ChartTheme,
  { isNowhere, isFaint }: { readonly isNowhere: boolean; readonly isFaint: boolean },
): OptionValue {
  const roomPx = box.width - 18;
  const text = (line: string) => shortened(line, theme.fontSizePx, roomPx);
  return {
    value: [box.x, box.y],
    symbolSize: [box.width, box.height],
    itemStyle: { color: isNowhere ? theme.surface : theme.band, opacity: 1 },
    label: {
      show: true,
      position: 'insideTopLeft',
      distance: 8,
      color: isFaint ? theme.muted : theme.ink,
      lineHeight: Math.round(theme.fontSizePx * 1.3),
      formatter: () => `{name|${text(name)}}\n{words|${text(words)}}`,
      rich: {
        name: { fontWeight: 'bold', fontSize: theme.fontSizePx, color: isFaint ? theme.muted : theme.ink },
        words: { fontSize: theme.fontSizePx, color: theme.muted },
      },
    },
  };
}

function places({ areas, bases }: NetworkLayout, theme: ChartTheme, emphasis: Emphasis): ChartOption {
  return {
    type: 'scatter',
    silent: true,
    symbol: 'rect',
    z: 3,
    data: [
      ...areas.map(({ place: area, box }) =>
        placeMark(area, box, theme, { isNowhere: false, isFaint: !emphasis.area(area.name) }),
      ),
      ...bases.map(({ place: base, box }) =>
        placeMark(base, box, theme, { isNowhere: base.isNowhere, isFaint: !emphasis.base(base.name) }),
      ),
    ],
  };
}

/** As lines, since the border of a mark is drawn out with it. */
function borders({ areas, bases }: NetworkLayout, theme: ChartTheme): ChartOption {
  const border = ({ x, y, width, height }: Box, isDashed: boolean): OptionValue => {
    const [left, right, top, bottom] = [x - width / 2, x + width / 2, y - height / 2, y + height / 2];
    return {
      coords: [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
        [left, top],
      ],
      lineStyle: { color: theme.axis, width: 1, type: isDashed ? [4, 3] : 'solid', opacity: 1 },
    };
  };
  return {
    type: 'lines',
    coordinateSystem: 'cartesian2d',
    polyline: true,
    silent: true,
    z: 4,
    data: [
      ...areas.map(({ box }) => border(box, false)),
      ...bases.map(({ place: { isNowhere }, box }) => border(box, isNowhere)),
    ],
  };
}

function dots({ volunteers }: NetworkLayout, theme: ChartTheme): ChartOption {
  return {
    type: 'scatter',
    z: 5,
    data: volunteers.map(({ volunteer, x, y, diameter }) => ({
      value: [x, y],
      ...volunteerMark(volunteer.state, theme),
      symbolSize: diameter,
      words: volunteer.words,
    })),
  };
}

/** Areas at the left, bases with their volunteers at the right, lines between; the axes are the pixels of the frame. */
export function networkOption(spec: NetworkSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const layout = networkLayout(spec, theme.fontSizePx, size);
  const emphasis = emphasisOf(spec);
  const axis = (max: number): ChartOption => ({ type: 'value', min: 0, max, show: false });
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: axis(size.widthPx),
    yAxis: { ...axis(size.heightPx), inverse: true },
    series: [
      lines(layout.links, theme, emphasis),
      places(layout, theme, emphasis),
      borders(layout, theme),
      dots(layout, theme),
      numbers(layout.links, theme, emphasis),
      ...networkKey(theme, size, layout.volunteers.length > 0),
    ],
  };
}
