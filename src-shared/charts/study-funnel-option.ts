import { formatNumber } from '../report/format.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { StudyFunnelSpec } from './evidence-specs.ts';
import {
  axisDecimals,
  base,
  type ChartOption,
  type ChartSize,
  closeAxis,
  roundAxis,
  type ValueRange,
  valueAxis,
} from './option-parts.ts';
import { textWidth } from './text-width.ts';

/** Half of a normal 95% interval. */
const halfWidth = 1.959963984540054;

/** Effects up to these, and the axis that holds them: ratios in powers of 2. */
function alongAxis(ratio: boolean, effects: readonly number[]): ValueRange {
  if (!ratio) return closeAxis(effects);
  const logs = effects.map((effect) => Math.log2(effect));
  return { min: 2 ** Math.floor(Math.min(...logs)), max: 2 ** Math.ceil(Math.max(...logs)), interval: 1 };
}

/** Studies by effect and standard error, the most precise at the top, within the lines that chance alone would keep to. */
export function studyFunnelOption(spec: StudyFunnelSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const up = roundAxis(spec.points.map(({ se }) => se));
  const edges = [-1, 1].map((side) => {
    const reach = side * halfWidth * up.max;
    return spec.ratio ? spec.pooled * Math.exp(reach) : spec.pooled + reach;
  });
  const along = alongAxis(spec.ratio, [...spec.points.map(({ effect }) => effect), ...edges]);
  const leftPx = 34 + Math.ceil(textWidth(formatNumber(up.max, axisDecimals(up.interval)), theme.fontSizePx));
  const line = (to: readonly [number, number], look: ChartOption): ChartOption => ({
    ...{ type: 'line', silent: true, symbol: 'none', z: 2, lineStyle: look },
    data: [[spec.pooled, 0], to],
  });
  const dashed = { color: theme.muted, width: 1.25, type: [6, 4] };
  const axis = valueAxis(theme, along, spec.measure);
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: leftPx, right: Math.min(24, size.widthPx / 20), top: 14, bottom: 46 },
    xAxis: {
      ...axis,
      ...(spec.ratio
        ? {
            type: 'log',
            logBase: 2,
            axisLabel: {
              color: theme.muted,
              fontSize: theme.fontSizePx,
              formatter: (value: number) => formatNumber(value, value >= 1 ? 0 : value >= 0.5 ? 1 : 3),
            },
          }
        : {}),
      nameLocation: 'middle',
      nameGap: 28,
      axisLine: { show: true, lineStyle: { color: theme.axis } },
    },
    yAxis: {
      ...valueAxis(theme, { ...up, min: 0 }, 'Standard error'),
      inverse: true,
      nameLocation: 'middle',
      nameGap: leftPx - 12,
    },
    series: [
      ...edges.map((edge) => line([edge, up.max], dashed)),
      line([spec.pooled, up.max], { color: theme.accent, width: 1.25 }),
      {
        type: 'scatter',
        z: 5,
        symbol: 'circle',
        symbolSize: 9,
        itemStyle: { color: theme.accent, borderColor: theme.surface, borderWidth: 1 },
        data: spec.points.map(({ label, effect, se }) => ({ value: [effect, se], words: label })),
      },
    ],
  };
}
