import type { ChartTheme } from './chart-theme.ts';
import type { TrafficLightsSpec } from './evidence-specs.ts';
import { base, type ChartOption, type ChartSize, rowAxis, rowAxisWidthPx } from './option-parts.ts';
import { shortened } from './text-width.ts';

type Light = 'low' | 'some' | 'high';

/** A sign tells lights apart where colours do not. */
const signs: Readonly<Record<Light, string>> = { low: '+', some: '!', high: '×' };

function colourOf(light: Light, theme: ChartTheme): string | undefined {
  return { low: theme.series[2], some: theme.series[1], high: theme.series[3] }[light];
}

/** Rows of studies, columns of domains, a light where they meet; empty where nobody has judged. */
export function trafficLightsOption(spec: TrafficLightsSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  const labels = spec.studies.map(({ label }) => label);
  const leftPx = rowAxisWidthPx(theme, labels, size);
  const columnPx = (size.widthPx - leftPx - 8) / Math.max(1, spec.domains.length);
  const series = (['low', 'some', 'high'] as const).map(
    (light): ChartOption => ({
      type: 'scatter',
      name: `${signs[light]} ${spec.names[light]}`,
      symbol: 'circle',
      symbolSize: 18,
      itemStyle: { color: colourOf(light, theme) },
      data: spec.studies.flatMap(({ label, lights }, row) =>
        lights.flatMap((own, column) =>
          own === light
            ? [
                {
                  value: [column, row],
                  words: `${label}\n${spec.domains[column] ?? ''}: ${spec.names[light]}`,
                  label: {
                    show: true,
                    position: 'inside',
                    color: theme.surface,
                    fontSize: theme.fontSizePx + 2,
                    fontWeight: 600,
                    formatter: () => signs[light],
                  },
                },
              ]
            : [],
        ),
      ),
    }),
  );
  return {
    ...base(theme),
    grid: { outerBoundsMode: 'none', left: leftPx, right: 8, top: 52, bottom: 8 },
    legend: {
      right: 0,
      top: 0,
      selectedMode: false,
      textStyle: { color: theme.muted, fontSize: theme.fontSizePx },
    },
    xAxis: {
      type: 'category',
      position: 'top',
      data: spec.domains.map((domain) => shortened(domain, theme.fontSizePx, columnPx - 6)),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: theme.ink, fontSize: theme.fontSizePx, interval: 0 },
      splitLine: { show: true, lineStyle: { color: theme.grid } },
    },
    yAxis: { ...rowAxis(theme, labels, size), splitLine: { show: true, lineStyle: { color: theme.grid } } },
    series,
  };
}
