import { BarChart, BoxplotChart, HeatmapChart, LineChart, LinesChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  VisualMapPiecewiseComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { chartHeightPx, chartOption } from '#shared/charts/chart-option.ts';
import type { ChartSpec } from '#shared/charts/chart-spec.ts';
import { type ChartTheme, lightTheme } from '#shared/charts/chart-theme.ts';
import { cleanText } from '#shared/report/format.ts';
import { tidySvg } from './tidy-svg.ts';

use([
  BarChart,
  BoxplotChart,
  HeatmapChart,
  LineChart,
  LinesChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  VisualMapPiecewiseComponent,
  LabelLayout,
  SVGRenderer,
]);

export type DrawnChart = { readonly svg: string; readonly widthPx: number; readonly heightPx: number };

/** Names that came in with data, made safe to set wherever they stand in a spec. */
function cleanSpec<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T & string;
  if (Array.isArray(value)) return value.map(cleanSpec) as T & unknown[];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, cleanSpec(field)])) as T & object;
}

/**
 * Draws a chart as SVG without a display. The same spec, id and width give the same text.
 *
 * @param id prefix for ids inside the drawing; unique in the document it goes into.
 */
export function drawChart(spec: ChartSpec, id: string, widthPx: number, theme: ChartTheme = lightTheme): DrawnChart {
  const heightPx = chartHeightPx(spec);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: widthPx, height: heightPx });
  try {
    chart.setOption(chartOption(cleanSpec(spec), theme, { widthPx, heightPx }));
    return { svg: tidySvg(chart.renderToSVGString(), id), widthPx, heightPx };
  } finally {
    // Otherwise the library's timers keep the process alive.
    chart.dispose();
  }
}
