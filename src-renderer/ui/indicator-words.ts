import { leastMonthsForLimits } from '#shared/domain/indicators.ts';
import type { Indicator, IndicatorDefinition, IndicatorPoint } from '../bridge/indicators.ts';
import type { AssuranceState } from './assurance.tsx';
import { formatNumber } from './format.ts';
import type { VariationState } from './variation.tsx';

/** `12.3%`, `10 days` or `4.2` with the unit behind it. */
export function indicatorValue({ kind, unit }: IndicatorDefinition, value: number): string {
  const decimals = Number.isInteger(value) ? 0 : 1;
  if (kind === 'share') return `${formatNumber(value, decimals)}%`;
  if (kind === 'median') return `${formatNumber(value, decimals)} ${unit}`;
  return formatNumber(value, value < 1 && value > 0 ? 2 : 1);
}

/** `Exposure events per 1,000 days in post`: a rate says of what. */
export function titleWithUnit({ title, unit }: IndicatorDefinition): string {
  return unit.startsWith('per 1') ? `${title} ${unit}` : title;
}

/** The newest month with a value that may be shown. */
export function latestPoint({ chart }: Indicator): IndicatorPoint | null {
  return chart.points.findLast(({ state }) => state === 'measured') ?? null;
}

/** How it varies at the newest month with a value. */
export function variationOf(indicator: Indicator): VariationState {
  const latest = latestPoint(indicator);
  const measured = indicator.chart.points.filter(({ state }) => state === 'measured').length;
  if (latest === null || indicator.chart.centre === null || measured < leastMonthsForLimits) return 'unknown';
  return latest.signal ?? 'usual';
}

/** Whether the target is met every time, never or by chance. */
export function assuranceOf({ definition, target, chart }: Indicator): AssuranceState {
  if (target === null || definition.better === 'neither') return 'none';
  return chart.assurance ?? 'unknown';
}

/** `90% or more`, `5.5 days or less`. */
export function targetInWords(definition: IndicatorDefinition, target: number): string {
  const value = indicatorValue(definition, target);
  if (definition.better === 'neither') return value;
  return `${value} or ${definition.better === 'high' ? 'more' : 'less'}`;
}
