import { barsOption } from './bars-option.ts';
import { boxesOption } from './boxes-option.ts';
import type { ChartSpec } from './chart-spec.ts';
import type { ChartTheme } from './chart-theme.ts';
import { curvesOption } from './curves-option.ts';
import { doseOption } from './dose-option.ts';
import { forestOption } from './forest-option.ts';
import { funnelOption } from './funnel-option.ts';
import { heatMapOption } from './heat-map-option.ts';
import { histogramOption } from './histogram-option.ts';
import { intervalsOption } from './intervals-option.ts';
import { metaForestOption } from './meta-forest-option.ts';
import { networkHeightPx } from './network-layout.ts';
import { networkOption } from './network-option.ts';
import type { ChartOption, ChartSize } from './option-parts.ts';
import { pathHeightPx } from './path-layout.ts';
import { pathOption } from './path-option.ts';
import { runOption } from './run-option.ts';
import { studyFunnelOption } from './study-funnel-option.ts';
import { survivalOption } from './survival-option.ts';
import { trafficLightsOption } from './traffic-lights-option.ts';
import { trendOption } from './trend-option.ts';

/** What ECharts is to draw for a spec: a plain option object, the same for the screen and for paper. */
export function chartOption(spec: ChartSpec, theme: ChartTheme, size: ChartSize): ChartOption {
  switch (spec.kind) {
    case 'trend':
      return trendOption(spec, theme, size);
    case 'bars':
      return barsOption(spec, theme, size);
    case 'histogram':
      return histogramOption(spec, theme, size);
    case 'boxes':
      return boxesOption(spec, theme, size);
    case 'heat-map':
      return heatMapOption(spec, theme, size);
    case 'run':
      return runOption(spec, theme, size);
    case 'funnel':
      return funnelOption(spec, theme, size);
    case 'forest':
      return forestOption(spec, theme, size);
    case 'survival':
      return survivalOption(spec, theme, size);
    case 'curves':
      return curvesOption(spec, theme, size);
    case 'intervals':
      return intervalsOption(spec, theme, size);
    case 'dose':
      return doseOption(spec, theme, size);
    case 'path':
      return pathOption(spec, theme, size);
    case 'network':
      return networkOption(spec, theme, size);
    case 'meta-forest':
      return metaForestOption(spec, theme, size);
    case 'study-funnel':
      return studyFunnelOption(spec, theme, size);
    case 'traffic-lights':
      return trafficLightsOption(spec, theme, size);
  }
}

/** Height in pixels that suits a spec: charts of named rows grow with them. */
export function chartHeightPx(spec: ChartSpec): number {
  switch (spec.kind) {
    case 'trend':
      return 280;
    case 'run':
      return 320;
    case 'funnel':
      return 380;
    case 'forest':
      return 64 + spec.rows.length * pitchPx(spec.rows.length, 28);
    case 'survival':
      return 350 + 18 * spec.curves.length;
    case 'histogram':
      return 240;
    case 'bars':
      return 58 + spec.bars.length * pitchPx(spec.bars.length, 26) + (spec.reference === undefined ? 0 : 16);
    case 'boxes':
      return 58 + spec.groups.length * pitchPx(spec.groups.length, 30);
    case 'heat-map':
      return 80 + spec.units.length * pitchPx(spec.units.length, 24);
    case 'curves':
      return 320;
    case 'intervals':
      return 72 + spec.rows.length * pitchPx(spec.rows.length, 28);
    case 'dose':
      return 420;
    case 'path':
      return pathHeightPx(spec);
    case 'network':
      return networkHeightPx(spec);
    case 'meta-forest':
      return 80 + spec.rows.length * pitchPx(spec.rows.length, 26);
    case 'study-funnel':
      return 380;
    case 'traffic-lights':
      return 66 + spec.studies.length * pitchPx(spec.studies.length, 28);
  }
}

/** Rows move closer together when there are many, down to what their letters need. */
function pitchPx(rows: number, widest: number): number {
  return Math.max(16, Math.min(widest, Math.floor(620 / Math.max(1, rows))));
}
