import type { FunnelSpec, RunSignal, RunSpec } from '#shared/charts/chart-spec.ts';
import { ruleLabels } from '#shared/charts/run-series.ts';
import { formatMonth, formatNumber, formatShare, plural } from '../../ui/format.ts';
import type { Funnel, TrendChart, TrendPoint } from './results.ts';
import { categoryLabel } from './timeline-model.ts';

export function nameOfChart({ group, category }: TrendChart): string {
  const name = group === 'force' ? 'The force' : group;
  return category === null ? name : `${name}, ${categoryLabel(category).toLowerCase()}`;
}

export function chartKey({ group, category }: TrendChart): string {
  return `${group}\u0000${category ?? ''}`;
}

export function monthsSignalled({ points }: TrendChart): number {
  return points.filter(({ signals }) => signals.length > 0).length;
}

/** Charts with most months in signals first, then by name. */
export function bySignals(charts: readonly TrendChart[]): readonly TrendChart[] {
  return [...charts].sort(
    (left, right) => monthsSignalled(right) - monthsSignalled(left) || (chartKey(left) < chartKey(right) ? -1 : 1),
  );
}

/** Which way the signal of a month points. More exposures are neither good nor bad in themselves. */
function signalAt({ signals }: TrendChart, point: TrendPoint): RunSignal | null {
  if (point.signals.length === 0) return null;
  const found = signals.find(
    ({ rule, from, to }) => point.signals.includes(rule) && from <= point.month && point.month <= to,
  );
  return { kind: 'neutral', direction: found?.direction ?? null };
}

function decimalsFor(values: readonly number[]): number {
  const top = Math.max(0, ...values);
  return top >= 20 ? 1 : top >= 1 ? 2 : 3;
}

/** A chart of the result as it is drawn. */
export function runSpecOf(chart: TrendChart, basis: string): RunSpec {
  const months = chart.points.map(({ month }) => month);
  const labels = new Map<number, string>();
  for (const { rule, direction, from } of chart.signals) {
    const index = months.indexOf(from);
    const text = direction === null ? undefined : ruleLabels[rule]?.[direction];
    if (index >= 0 && text !== undefined && !labels.has(index)) labels.set(index, text);
  }
  return {
    kind: 'run',
    measure: `per 100 ${basis}`,
    decimals: decimalsFor(chart.points.flatMap(({ value }) => value ?? [])),
    months,
    points: chart.points.map((point) => ({
      value: point.value,
      centre: point.value === null ? null : chart.centre,
      lower: point.lower,
      upper: point.upper,
      signal: signalAt(chart, point),
    })),
    labels: [...labels].map(([index, text]) => ({ index, text })),
  };
}

/** What the chart shows, in a sentence. */
export function runFinding(chart: TrendChart, basis: string): string {
  const name = nameOfChart(chart);
  const last = chart.signals.at(-1);
  if (chart.centre === null) return `${name}: too few months with data for limits, so no rule is applied`;
  if (last) {
    const more = chart.signals.length - 1;
    return `${name}: ${last.words.replace(/\.$/, '')}${more > 0 ? `; ${plural(more, 'signal')} before it` : ''}`;
  }
  return `${name}: no signal in ${plural(chart.charted, 'month')}; the mean is ${formatNumber(chart.centre, 2)} per 100 ${basis}`;
}

/** "16% of stable charts of 24 points show a signal by chance." */
export function chanceWords(chart: TrendChart): string | null {
  if (chart.chanceIfStable === null) return null;
  return `${formatShare(Math.round(chart.chanceIfStable * 100) / 100).replace('.0%', '%')} of stable charts of ${chart.charted} points show a signal by chance.`;
}

/** What an odd month was, for the table behind a chart. */
export function signalWords(chart: TrendChart, point: TrendPoint): string {
  const found = chart.signals.filter(
    ({ rule, from, to }) => point.signals.includes(rule) && from <= point.month && point.month <= to,
  );
  return found
    .map(({ rule, direction }) => (direction === null ? rule : (ruleLabels[rule]?.[direction] ?? rule)))
    .join('; ');
}

const quantiles = { inner: 1.959_963_984_540_054, outer: 3.090_232_306_167_813 } as const;
const curvePoints = 60;

/**
 * Limits of a funnel on the square-root scale at a number of events to be expected, as the engine has them for each unit
 * (conventions.md › spc).
 */
export function funnelLimits(rate: number, expected: number, quantile: keyof typeof quantiles, tau2: number) {
  const width = quantiles[quantile] * Math.sqrt(1 / (4 * expected) + tau2);
  return { low: rate * Math.max(0, 1 - width) ** 2, high: rate * (1 + width) ** 2 };
}

/**
 * A funnel as it is drawn, with limits as smooth curves.
 * @param alike true where units are compared with the same roles: the size then is what was to be expected
 */
export function funnelSpecOf(funnel: Funnel, basis: string, alike: boolean): FunnelSpec {
  const sizeOf = ({ denominator, expected }: Funnel['points'][number]) => (alike ? expected : denominator);
  const sizes = funnel.points.map(sizeOf);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const from = Math.max(least * 0.6, most / 400);
  const expectedOf = (size: number) => (alike ? size : (size * funnel.rate) / 100);
  const limits = Array.from({ length: curvePoints }, (_, at) => {
    const size = from * (most / from) ** (at / (curvePoints - 1));
    const limit = (quantile: keyof typeof quantiles, tau2: number) =>
      funnelLimits(funnel.rate, expectedOf(size), quantile, tau2);
    return { size, inner: limit('inner', funnel.tau2), outer: limit('outer', funnel.tau2), chance: limit('outer', 0) };
  });
  return {
    kind: 'funnel',
    measure: `exposures per 100 ${basis}`,
    size: alike ? 'exposures to be expected' : basis,
    decimals: decimalsFor(funnel.points.map(({ rate }) => rate)),
    centre: { value: funnel.rate, label: alike ? 'As expected' : 'All units' },
    points: funnel.points.map((point) => ({
      label: point.group,
      size: sizeOf(point),
      value: point.rate,
      outside: point.outside,
    })),
    limits,
  };
}

export function funnelFinding({ points, rate }: Funnel, basis: string): string {
  const outside = points.filter((point) => point.outside !== null);
  if (outside.length === 0) {
    return `All ${points.length} units lie within the 99.8% limits of the funnel, around ${formatNumber(rate, 2)} exposures per 100 ${basis}`;
  }
  const names = outside
    .slice(0, 3)
    .map(({ group, outside: side }) => `${group} (${side === 'high' ? 'higher' : 'lower'})`);
  const left = outside.length - names.length;
  return `${plural(outside.length, 'unit lies', 'units lie')} outside the 99.8% limits: ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

export function periodWords(months: readonly { readonly month: string; readonly state: string }[]): string {
  const held = months.filter(({ state }) => state === 'held');
  const [first, last] = [held[0], held.at(-1)];
  return first && last ? `${formatMonth(first.month)} to ${formatMonth(last.month)}` : '';
}
