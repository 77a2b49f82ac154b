import { formatNumber } from '../report/format.ts';
import type { BarsSpec, ForestSpec } from './chart-spec.ts';
import type { CurvesSpec } from './curves-spec.ts';

/** The steps of support as they are called wherever people read. */
export const supportSteps: Readonly<Record<string, string>> = {
  eligible: 'Eligible',
  started: 'Started',
  offered: 'Offered',
  referred: 'Referred',
  contacted: 'First contact',
  engaged: 'Engaged',
  completed: 'Completed',
  declined: 'Declined',
  missed: 'Missed an appointment',
};

type Step = { readonly step: string; readonly people: number | null; readonly reason: string | null };
type Point = {
  readonly day: number;
  readonly contacted: number | null;
  readonly low: number | null;
  readonly high: number | null;
};
type Wait = { readonly curve: readonly Point[]; readonly medianDays: number | null };
type Group = {
  readonly group: string;
  readonly people: number | null;
  readonly ratio: { readonly estimate: number; readonly low: number | null; readonly high: number | null } | null;
};

const drawnSteps = ['eligible', 'started', 'contacted', 'engaged', 'completed', 'declined', 'missed'];

/** Bars of people by step; a step that the extract never names has none. */
export function funnelSpec(funnel: readonly Step[]): BarsSpec {
  const steps = drawnSteps.flatMap((name) => funnel.filter(({ step }) => step === name));
  return {
    kind: 'bars',
    measure: 'people',
    decimals: 0,
    bars: steps
      .filter(({ reason }) => reason !== 'not-recorded')
      .map(({ step, people }) => ({ label: supportSteps[step] ?? step, value: people ?? 'withheld' })),
  };
}

/** Whole weeks up to the last day on which the curve still rises. */
function longestWait(curve: Wait['curve']): number {
  const rises = curve.filter(({ contacted }, at) => (contacted ?? 0) > (curve[at - 1]?.contacted ?? 0));
  return Math.max(28, 7 * Math.ceil((rises.at(-1)?.day ?? 0) / 7));
}

/** The curve as a line between the days that may be shown, from nobody on the first day. */
export function waitSpec({ curve, medianDays }: Wait): CurvesSpec {
  const longest = longestWait(curve);
  const line = (read: (point: Point) => number | null) =>
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

export function missedSpec(reference: string | null, rows: readonly Group[]): ForestSpec {
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
