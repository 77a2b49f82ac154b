import { useComputedColorScheme } from '@mantine/core';
import { BarChart, BoxplotChart, HeatmapChart, LineChart, LinesChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { type RefObject, useEffect, useRef } from 'react';
import type { MakeOption } from './base-option.ts';
import { type ChartPalette, darkPalette, lightPalette } from './palette.ts';

echarts.use([
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
  TooltipComponent,
  VisualMapComponent,
  LabelLayout,
  CanvasRenderer,
]);

type Props = {
  readonly option: MakeOption;
  readonly heightPx: number;
  /** What the chart shows, for people who do not see it. */
  readonly description: string;
  /** Filled with a function that gives the chart as a PNG data address. */
  /** Colours other than the theme's, such as those of paper. */
  readonly colours?: ChartPalette;
  readonly picture?: RefObject<(() => string) | null>;
};

/** A chart on a canvas; the content policy allows neither the SVG renderer nor an HTML tooltip. */
export function CanvasChart({ option, heightPx, description, colours, picture }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const palette = colours ?? (scheme === 'dark' ? darkPalette : lightPalette);

  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const chart = echarts.init(element, null, { renderer: 'canvas' });
    let drawnWidthPx = 0;
    const draw = () => {
      if (element.clientWidth === drawnWidthPx || element.clientWidth === 0) return;
      drawnWidthPx = element.clientWidth;
      chart.resize();
      chart.setOption(option(palette, { widthPx: drawnWidthPx, heightPx }), { notMerge: true });
    };
    draw();
    if (picture)
      picture.current = () => chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: palette.surface });
    const watcher = new ResizeObserver(draw);
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      chart.dispose();
      if (picture) picture.current = null;
    };
  }, [option, palette, heightPx, picture]);

  return <div ref={holder} role="img" aria-label={description} style={{ width: '100%', height: heightPx }} />;
}
