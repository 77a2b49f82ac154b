import type { TrendSpec } from '#shared/charts/chart-spec.ts';
import { formatCount, formatDate, formatMonth, formatNumber, formatShare, plural } from '../../ui/format.ts';
import type { Change, Effect, FunnelStep, ServiceUptake, UptakeByGroup, UptakeOfGroup, Wait } from './results.ts';
import { text } from './text.ts';

/** Why a number of the funnel is not given, in words. */
export function reasonWords(reason: FunnelStep['reason'], minimum: number): string {
  if (reason === 'not-recorded') return text.notRecorded;
  return reason === 'few' ? text.few(minimum) : text.noDenominator;
}

export function funnelFinding({ service, funnel, people }: ServiceUptake): string {
  const contacted = funnel.find(({ step }) => step === 'contacted');
  if (people === null) return `${service}: too few people were offered it to show`;
  if (!contacted || contacted.share === null)
    return `${service}: ${formatCount(people)} were offered it or referred to it`;
  return `${service}: ${formatShare(contacted.share)} of ${formatCount(people)} offered it or referred to it were contacted`;
}

export function waitFinding({ medianDays, low, high, marks }: Wait): string {
  const late = marks.findLast(({ contacted }) => contacted !== null);
  const tail = late ? `; ${formatShare(late.contacted)} within ${late.day} days` : '';
  if (medianDays === null) return `Fewer than half had a first contact by the newest day held${tail}`;
  const span = low === null || high === null ? '' : ` (95% interval ${formatCount(low)} to ${formatCount(high)})`;
  return `Half had a first contact by day ${formatCount(medianDays)}${span}${tail}`;
}

/** Groups that are shown, the lowest ratio first; the reference leads. */
export function byRatio({ groups, reference }: UptakeByGroup): readonly UptakeOfGroup[] {
  const place = ({ group, ratio }: UptakeOfGroup) =>
    group === reference ? Number.NEGATIVE_INFINITY : (ratio?.estimate ?? Number.POSITIVE_INFINITY);
  return [...groups].sort((left, right) => place(left) - place(right));
}

export function missedFinding({ groups, reference }: UptakeByGroup): string {
  const against = reference ?? 'the rest';
  const apart = groups.filter(({ ratio, pHolm }) => ratio !== null && pHolm !== null && pHolm < 0.05);
  if (apart.length === 0)
    return `No group took an offer up more or less often than ${against} by more than chance makes likely`;
  const [first] = [...apart].sort((a, b) => (a.ratio?.estimate ?? 1) - (b.ratio?.estimate ?? 1));
  const others = apart.length - 1;
  return `${first?.group ?? ''} took an offer up ${formatNumber(first?.ratio?.estimate ?? Number.NaN, 2)} times as often as ${against}${others > 0 ? `; ${plural(others, 'other group differs', 'other groups differ')}` : ''}`;
}

const percent = (share: number | null): number | null => (share === null ? null : 100 * share);

export function changeSpec({ months, firstMonth }: Change): TrendSpec {
  const expected = months.some((month) => month.expected !== null);
  const line = (name: string, read: (month: Change['months'][number]) => number | null) => ({
    name,
    values: months.map((month) => percent(read(month))),
  });
  return {
    kind: 'trend',
    measure: 'per cent taken up',
    decimals: 0,
    months: months.map(({ month }) => month),
    series: [
      { name: 'Taken up', values: months.map(({ share }) => percent(share) ?? 'withheld') },
      ...(expected
        ? [
            line('Expected', (month) => month.expected),
            line('Upper limit', (month) => month.high),
            line('Lower limit', (month) => month.low),
          ]
        : []),
    ],
    events: [{ month: firstMonth, label: 'changed' }],
  };
}

/** `+12.0 points (+4.0 to +20.0)`. */
export function pointWords({ estimate, low, high }: Effect): string {
  const signed = (share: number) => `${share > 0 ? '+' : share < 0 ? '−' : ''}${formatNumber(Math.abs(100 * share))}`;
  return `${signed(estimate)} points${low === null || high === null ? '' : ` (${signed(low)} to ${signed(high)})`}`;
}

export function changeFinding({ on, firstMonth, series, seriesOmitted }: Change): string {
  if (series === null) return seriesOmitted ?? `Nothing can be said of ${formatDate(on)}`;
  const step = series.level === null ? '' : `a step of ${pointWords(series.level)} in ${formatMonth(firstMonth)}, and `;
  return `Against the months before: ${step}${pointWords(series.last)} in the newest month`;
}
