import type { EChartsCoreOption } from 'echarts/core';
import type { ChartPalette } from './palette.ts';

export type ChartOption = EChartsCoreOption;
export type ChartSize = { readonly widthPx: number; readonly heightPx: number };
/** Makes what ECharts draws, for the colours of the theme and the room there is. */
export type MakeOption = (palette: ChartPalette, size: ChartSize) => ChartOption;

/** A tooltip drawn on the canvas: the content policy allows no HTML one. */
export function tooltip(palette: ChartPalette): ChartOption {
  return {
    renderMode: 'richText',
    confine: true,
    backgroundColor: palette.surface,
    borderColor: palette.axis,
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: palette.ink, fontFamily: palette.fontFamily, fontSize: 12 },
  };
}

/** What every chart of the screen has in common. */
export function baseOption(palette: ChartPalette): ChartOption {
  return {
    animation: false,
    backgroundColor: palette.surface,
    textStyle: { fontFamily: palette.fontFamily, color: palette.ink, fontSize: palette.fontSizePx },
    tooltip: tooltip(palette),
  };
}

export function valueAxis(palette: ChartPalette, name?: string) {
  return {
    type: 'value',
    name,
    nameTextStyle: { color: palette.muted, fontSize: 11 },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: palette.muted, formatter: (value: number) => value.toLocaleString('en-GB') },
    splitLine: { lineStyle: { color: palette.grid } },
  };
}

export function categoryAxis(palette: ChartPalette, data: readonly string[]) {
  return {
    type: 'category',
    data: [...data],
    axisLine: { lineStyle: { color: palette.axis } },
    axisTick: { show: false },
    axisLabel: { color: palette.muted, hideOverlap: true },
  };
}
