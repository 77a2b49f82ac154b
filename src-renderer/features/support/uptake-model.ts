import type { BarsSpec, ForestSpec, TrendSpec } from '#shared/charts/chart-spec.ts';
import type { CurvesSpec } from '#shared/charts/curves-spec.ts';
import { formatCount, formatDate, formatMonth, formatNumber, formatShare, plural } from '../../ui/format.ts';
import type { Change, Effect, FunnelStep, ServiceUptake, UptakeByGroup, UptakeOfGroup, Wait } from './results.ts';
import { text } from './text.ts';

/** Why a number of the funnel is not given, in words. */
export function reasonWords(reason: FunnelStep['reason'], minimum: number): string {
  if (reason === 'not-recorded') return text.notRecorded;
  return reason === 'few' ? text.few(minimum) : text.noDenominator;
}

const drawnSteps = ['eligible', 'started', 'contacted', 'engaged', 'completed', 'declined', 'missed'];

/** Bars of people by step; a step that the extract never names has none. */
export function funnelSpec(funnel: readonly FunnelStep[]): BarsSpec {
  const steps = drawnSteps.flatMap((name) => funnel.filter(({ step }) => step === name));
  return {
    kind: 'bars',
    measure: 'people',
    decimals: 0,
    bars: steps
      .filter(({ reason }) => reason !== 'not-recorded')
      .map(({ step, people }) => ({ label: text.steps[step] ?? step, value: people ?? 'withheld' })),
  };
}

export function funnelFinding({ service, funnel, people }: ServiceUptake): string {
  const contacted = funnel.find(({ step }) => step === 'contacted');
  if (people === null) return `${service}: too few people were offered it to show`;
  if (!contacted || contacted.share === null)
    return `${service}: ${formatCount(people)} were offered it or referred to it`;
  return `${service}: ${formatShare(contacted.share)} of ${formatCount(people)} offered it or referred to it were contacted`;
}

/** Whole weeks up to the last day on which the curve still rises. */
function longestWait(curve: Wait['curve']): number {
  const rises = curve.filter(({ contacted }, at) => (contacted ?? 0) > (curve[at - 1]?.contacted ?? 0));
  return Math.max(28, 7 * Math.ceil((rises.at(-1)?.day ?? 0) / 7));
}

/** The curve as a line between the days that may be shown, from nobody on the first day. */
export function waitSpec({ curve, medianDays }: Wait): CurvesSpec {
  const longest = longestWait(curve);
  const line = (read: (point: Wait['curve'][number]) => number | null) =>
    curve
      .filter(({ day }) => day <= longest)
      .flatMap((point): (readonly [number, number])[] => {
        const share = read(point);
        return share === null ? [] : [[point.day, share]];
      });
  const start: readonly [number, number][] = curve[0]?.day === 0 ? [] : [[0, 0]];
  return {
    kind: 'curves',
    x: { measure: 'days since the offer or referral', share: false, from: 0, to: longest },
    y: { measure: 'contacted', share: true, from: 0, to: 1 },
    lines: [
      { name: 'Contacted', points: [...start, ...line(({ contacted }) => contacted)] },
      { name: 'Upper limit', points: line(({ high }) => high), dashed: true },
      { name: 'Lower limit', points: line(({ low }) => low), dashed: true },
    ],
    ...(medianDays === null ? {} : { mark: { x: medianDays, label: `half by day ${formatNumber(medianDays, 0)}` } }),
  };
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

export function missedSpec({ reference }: UptakeByGroup, rows: readonly UptakeOfGroup[]): ForestSpec {
  return {
    kind: 'forest',
    measure: `uptake over that in ${reference ?? 'the rest'}`,
    decimals: 2,
    rows: rows
      .filter(({ people }) => people !== null)
      .map(({ group, ratio }) => ({
        label: group,
        estimate: ratio?.estimate ?? null,
        low: ratio?.low ?? null,
        high: ratio?.high ?? null,
        ...(group === reference ? { reference: true } : {}),
      })),
  };
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
