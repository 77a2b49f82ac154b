import type { RunSpec } from '#shared/charts/chart-spec.ts';
import { runSeries } from '#shared/charts/run-series.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { Indicator } from '../../bridge/indicators.ts';
import { formatMonth, formatNumber, plural } from '../../ui/format.ts';
import { indicatorValue, latestPoint, variationOf } from '../../ui/indicator-words.ts';
import { variationWords } from '../../ui/variation.tsx';
import { domains, text } from './text.ts';

type Freshness = OutputOf<'overview.get'>['freshness'];

export type DomainGroup = { readonly id: string; readonly title: string; readonly indicators: readonly Indicator[] };

/** Measured indicators by what they are about, in the order of the list; those that no domain names come last. */
export function byDomain(indicators: readonly Indicator[]): readonly DomainGroup[] {
  const named = new Set(domains.flatMap(({ ids }) => ids));
  const groups = domains.map(({ id, title, ids }) => ({
    id,
    title,
    indicators: indicators.filter((indicator) => ids.includes(indicator.id)),
  }));
  const others = indicators.filter(({ id }) => !named.has(id));
  return [...groups, { id: 'other', title: 'Others', indicators: others }].filter(
    (group) => group.indicators.length > 0,
  );
}

export function domainTitle(indicator: Indicator): string {
  return domains.find(({ ids }) => ids.includes(indicator.id))?.title ?? 'Others';
}

/** True where at least one month has a value that may be shown. */
export function isMeasured(indicator: Indicator): boolean {
  return latestPoint(indicator) !== null;
}

/** Why an indicator has no value in any month. */
export function whyNot({ notMeasurable, definition, chart }: Indicator): string {
  if (notMeasurable !== null) return notMeasurable;
  if (chart.points.some(({ state }) => state === 'withheld')) return text.withheldAll(definition.threshold);
  return chart.points.findLast(({ reason }) => reason !== null)?.reason ?? text.noExtract;
}

/** Extracts that an indicator is made from and that are not held, by their plain names. */
export function lacking({ definition }: Indicator, freshness: Freshness): readonly string[] {
  const held = new Set(freshness.filter(({ rows }) => rows > 0).map(({ kind }) => kind));
  // Exposures come as such or as incidents with who attended them: one of the two is enough.
  const exposures = ['exposures', 'incidents', 'attendances'];
  const wanted = exposures.some((kind) => held.has(kind))
    ? definition.kinds.filter((kind) => !exposures.includes(kind))
    : definition.kinds.filter((kind) => kind !== 'incidents' && kind !== 'attendances');
  return wanted
    .filter((kind) => kind !== 'postings' && !held.has(kind))
    .map((kind) => (freshness.find((one) => one.kind === kind)?.label ?? kind.replaceAll('_', ' ')).toLowerCase());
}

/** An extract that ends a month or more before the newest month does, so that its last months stand on nothing. */
export function staleExtract(
  { definition, chart }: Indicator,
  freshness: Freshness,
): { readonly label: string; readonly to: string } | null {
  const newest = chart.points.at(-1)?.month ?? '';
  const found = freshness.find(
    ({ kind, rows, to }) =>
      rows > 0 &&
      to !== null &&
      kind !== 'people' &&
      kind !== 'postings' &&
      definition.kinds.includes(kind) &&
      to.slice(0, 7) < newest,
  );
  return found?.to == null ? null : { label: found.label, to: found.to };
}

/** The last value beside what is usual, in a sentence. */
export function indicatorFinding(indicator: Indicator): string {
  const latest = latestPoint(indicator);
  const { definition, chart } = indicator;
  if (latest === null || latest.value === null) return `${definition.title}: ${whyNot(indicator)}`;
  const unit = definition.kind === 'rate' ? ` ${definition.unit}` : '';
  const words = `${formatMonth(latest.month)}: ${indicatorValue(definition, latest.value)}${unit}`;
  const state = variationOf(indicator);
  if (chart.centre === null) return words;
  const mean = `with a mean of ${indicatorValue(definition, chart.centre)}`;
  if (state === 'unknown') return `${words}, ${mean} of ${monthsShown(indicator)}; too few to say what is usual`;
  if (state === 'usual') return `${words}, ${mean}; nothing out of the ordinary`;
  return `${words}, ${mean}. ${variationWords(state)} than usual`;
}

/** The chart as it is drawn. */
export function indicatorRunSpec({ definition, target, chart }: Indicator): RunSpec {
  return {
    kind: 'run',
    measure: definition.unit,
    decimals: 1,
    ...runSeries(chart),
    ...(target === null ? {} : { target: { value: target.value, label: 'Target' } }),
  };
}

/** `8.1 to 12.4%`, or null without limits to rely on. */
export function usualRange(indicator: Indicator): string | null {
  const { definition, chart } = indicator;
  if (chart.lower === null || chart.upper === null || variationOf(indicator) === 'unknown') return null;
  // Nothing lies below zero, nor a share above the whole, whatever the arithmetic of the limits.
  const lower = Math.max(0, chart.lower);
  const upper = definition.kind === 'share' ? Math.min(100, chart.upper) : chart.upper;
  return `${formatNumber(lower, 1)} to ${formatNumber(upper, 1)}${definition.kind === 'share' ? '%' : ''}`;
}

export function monthsShown({ chart }: Indicator): string {
  const measured = chart.points.filter(({ state }) => state === 'measured').length;
  return `${measured} of ${plural(chart.points.length, 'month')}`;
}
