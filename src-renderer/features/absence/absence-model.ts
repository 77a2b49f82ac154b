import type { BarsSpec, ForestSpec, SurvivalSpec } from '#shared/charts/chart-spec.ts';
import { ruleWords } from '#shared/charts/run-series.ts';
import { leastMonthsForLimits } from '#shared/domain/indicators.ts';
import { formatCount, formatMonth, formatNumber, formatShare, plural } from '../../ui/format.ts';
import type { Absence, AbsenceMonths, GroupFigures, GroupRate, ReturnCurve } from './results.ts';

/** Groups with the highest rate first, those withheld last. */
export function byRate(groups: readonly GroupFigures[]): readonly GroupFigures[] {
  const rate = ({ figures }: GroupFigures) => figures?.ratePercent ?? -1;
  return [...groups].sort((left, right) => rate(right) - rate(left) || (left.group < right.group ? -1 : 1));
}

export function rateSpec(groups: readonly GroupFigures[], all: Absence['all']): BarsSpec {
  const reference = all?.ratePercent ?? null;
  return {
    kind: 'bars',
    measure: 'FTE days lost per 100',
    decimals: 1,
    bars: groups.map(({ group, figures }) => ({
      label: group,
      value: figures === null ? 'withheld' : figures.ratePercent,
      n: figures === null ? 'withheld' : figures.people,
    })),
    ...(reference === null ? {} : { reference: { value: reference, label: 'Force' } }),
  };
}

export function rateFinding(groups: readonly GroupFigures[], all: Absence['all'], by: string): string {
  const first = groups[0];
  const rate = first?.figures?.ratePercent ?? null;
  if (!first || rate === null) return `By ${by}: no group is large enough to show`;
  const force = all?.ratePercent ?? null;
  const beside = force === null ? '' : `; the force loses ${formatNumber(force)}`;
  return `By ${by}: ${first.group} loses most, ${formatNumber(rate)} of 100 FTE days${beside}`;
}

/** The newest month beside what is usual, and what the rules say of it. */
export function monthsFinding({ points, centre }: AbsenceMonths): string {
  const latest = points.findLast(({ state }) => state === 'measured');
  if (latest?.value == null) return 'By month: nothing may be shown';
  const measured = points.filter(({ state }) => state === 'measured').length;
  const words = `${formatMonth(latest.month)}: ${formatNumber(latest.value)} of 100 FTE days lost`;
  if (centre === null) return words;
  const mean = `with a mean of ${formatNumber(centre)}`;
  if (measured < leastMonthsForLimits) return `${words}, ${mean}; too few months to say what is usual`;
  const rule = ruleWords(latest);
  return `${words}, ${mean}; ${rule === null ? 'nothing out of the ordinary' : rule.toLowerCase()}`;
}

/** The reference first, then the groups with the highest ratio. */
export function byRatio(rates: readonly GroupRate[], reference: string | null): readonly GroupRate[] {
  const place = ({ group, ratio }: GroupRate) =>
    group === reference ? Number.POSITIVE_INFINITY : (ratio?.estimate ?? -1);
  return [...rates].sort((left, right) => place(right) - place(left));
}

export function ratioSpec(rates: readonly GroupRate[], reference: string | null): ForestSpec {
  return {
    kind: 'forest',
    measure: `ratio of spells a full-time year, against ${reference ?? 'the reference'}`,
    decimals: 2,
    rows: rates.map(({ group, ratio }) => ({
      label: group,
      estimate: ratio?.estimate ?? null,
      low: ratio?.low ?? null,
      high: ratio?.high ?? null,
      ...(group === reference ? { reference: true } : {}),
    })),
  };
}

export function ratioFinding(rates: readonly GroupRate[], reference: string | null): string {
  const differ = rates.filter(({ pHolm }) => pHolm !== null && pHolm < 0.05);
  if (differ.length === 0)
    return `No group’s spells differ from ${reference ?? 'the reference'} by more than chance makes likely`;
  const names = differ
    .slice(0, 3)
    .map(({ group, ratio }) => `${group} (${formatNumber(ratio?.estimate ?? Number.NaN, 2)} times)`);
  const left = differ.length - names.length;
  return `${plural(differ.length, 'group differs', 'groups differ')} from ${reference ?? 'the reference'} in spells: ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

const mostDays = 360;
/** Days at which the result tells how many are at risk, thinned to what fits under an axis. */
const riskDays = { short: [7, 14, 21, 28, 42, 56], long: [28, 56, 90, 120, 180, 270] } as const;

/** Curves as far as they are known, with the spells still absent and under observation at each mark. */
export function returnSpec(curves: readonly ReturnCurve[]): SurvivalSpec {
  const last = Math.max(28, ...curves.map(({ steps }) => steps.at(-1)?.day ?? 0));
  const longest = last <= 56 ? Math.ceil(last / 7) * 7 : Math.min(mostDays, Math.ceil(last / 30) * 30);
  const marks: readonly number[] = longest <= 60 ? riskDays.short : riskDays.long;
  return {
    kind: 'survival',
    measure: 'still absent',
    time: 'days since the first day absent',
    longest,
    curves: curves.map((curve) => ({
      name: curve.group === 'All' ? 'All spells' : `${curve.group[0]?.toUpperCase() ?? ''}${curve.group.slice(1)}`,
      steps: curve.steps
        .filter(({ day }) => day <= longest)
        .map(({ day, stillAbsent, low, high }) => ({ time: day, share: stillAbsent, low, high })),
      median: curve.medianDays,
      atRisk: curve.points
        .filter(({ day }) => day <= longest && marks.includes(day))
        .map(({ day, atRisk }) => ({ time: day, count: atRisk })),
    })),
  };
}

export function returnFinding({ medianDays, low, high, points }: ReturnCurve): string {
  const late = points.find(({ day }) => day === 28)?.stillAbsent ?? null;
  const tail = late === null ? '' : `; ${formatShare(late)} are still absent after 28 days`;
  if (medianDays === null) return `Fewer than half have returned by the end of what is known${tail}`;
  const interval =
    low === null ? '' : ` (95% interval ${formatCount(low)} to ${high === null ? 'not reached' : formatCount(high)})`;
  return `Half have returned by day ${formatCount(medianDays)}${interval}${tail}`;
}
