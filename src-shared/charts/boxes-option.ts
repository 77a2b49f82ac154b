import { formatNumber } from '../report/format.ts';
import { type BoxesSpec, withheldMarker } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import {
  base,
  type ChartOption,
  type ChartSize,
  roundAxis,
  rowAxis,
  rowAxisWidthPx,
  textSeries,
  valueAxis,
} from './option-parts.ts';

/** Box and whiskers per group, lying down, with the median in words at the end of each. */
export function boxesOption(spec: BoxesSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const names = spec.groups.map(
    (group) => `${group.label}  (n ${group.n === 'withheld' ? withheldMarker : formatNumber(group.n)})`,
  );
  const reach = spec.groups.flatMap((group) => group.five ?? []);
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: rowAxisWidthPx(theme, names, size), right: 84, top: 16, bottom: 40 },
    xAxis: {
      ...valueAxis(theme, roundAxis(reach), `${spec.measure} (box: middle half; whiskers: ${spec.whiskers})`),
      nameLocation: 'middle',
      nameGap: 24,
    },
    yAxis: rowAxis(theme, names, size),
    series: [
      {
        type: 'boxplot',
        boxWidth: [8, 14],
        itemStyle: { color: theme.band, borderColor: theme.accent, borderWidth: 1.5 },
        data: spec.groups.map((group) => group.five ?? ['-', '-', '-', '-', '-']),
      },
      textSeries(
        theme,
        spec.groups.map((group, index) =>
          group.five === null
            ? { at: [0, index] as const, text: `${withheldMarker} withheld`, color: theme.muted }
            : { at: [group.five[4], index] as const, text: `median ${formatNumber(group.five[2], spec.decimals)}` },
        ),
        'right',
      ),
    ],
  };
}
