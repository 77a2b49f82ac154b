import type { Assurance } from '#main/stats/control-charts/assurance.ts';
import { spc } from '#main/stats/procedures/spc/spc.ts';
import { withOwnNumbers } from '#main/stats/r/script.ts';
import { leastMonthsForLimits } from '#shared/domain/indicators.ts';
import { numbers, runOn, tableOf } from '../absence/model-table.ts';
import type { IndicatorDefinition } from './definition.ts';
import type { RawPoint } from './point.ts';

export type IndicatorPoint = {
  readonly month: string;
  readonly state: 'measured' | 'withheld' | 'not measurable';
  /** Null, with the value, unless it is measured. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly reason: string | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Rules of the chart that the point is part of. */
  readonly signals: readonly string[];
  /** What the weightiest of the rules says; null without a signal. */
  readonly signal: PointSignal | null;
};

export type PointSignal = {
  readonly kind: 'improvement' | 'concern' | 'neutral';
  readonly direction: 'high' | 'low' | null;
};

export type RunChart = {
  readonly points: readonly IndicatorPoint[];
  readonly centre: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** The NHS icons: how it varies now, and whether the target is met every time, never or now and then; null with too few months. */
  readonly variation: string | null;
  readonly assurance: Assurance | null;
  readonly warnings: readonly string[];
  readonly r: string;
};

type SpcPoint = {
  readonly lower: number;
  readonly upper: number;
  readonly signals: readonly {
    readonly rule: string;
    readonly type: PointSignal['kind'];
    readonly direction: PointSignal['direction'];
  }[];
};

const least = 2;

/** What a chart has to know of an indicator. */
type Charted = Pick<IndicatorDefinition, 'id' | 'threshold' | 'better'>;

/**
 * Months as they may be shown, with the XmR chart of those that have a value.
 * @param target in the unit of the indicator; null where there is none
 */
export function runChart(
  definition: Charted,
  months: readonly string[],
  raw: readonly RawPoint[],
  target: number | null,
): RunChart {
  const shown = raw.map((point, at): IndicatorPoint => shownPoint(definition, months[at] ?? '', point));
  const measured = shown.filter(({ state }) => state === 'measured');
  if (measured.length < least) {
    return {
      points: shown,
      centre: null,
      lower: null,
      upper: null,
      variation: null,
      assurance: null,
      warnings: [],
      r: '',
    };
  }
  const values = measured.map(({ value }) => value ?? 0);
  const file = `${definition.id}.csv`;
  const found = runOn(
    spc,
    {
      y: 'value',
      chart: 'xmr',
      rules: 'nhs',
      better: definition.better,
      ...(target === null || definition.better === 'neither' ? {} : { target }),
    },
    tableOf(values.length, [numbers('value', values)]),
    file,
  );
  const chart = found['points'] as readonly SpcPoint[];
  const latest = found['latest'] as { readonly variation: string; readonly assurance?: Assurance };
  const placeOf = new Map(measured.map(({ month }, at) => [month, at]));
  return {
    points: shown.map((point) => {
      const place = chart[placeOf.get(point.month) ?? -1];
      if (!place) return point;
      return { ...point, lower: place.lower, upper: place.upper, ...signalsOf(place) };
    }),
    centre: found['centre'] as number,
    lower: chart[0]?.lower ?? null,
    upper: chart[0]?.upper ?? null,
    variation: latest.variation,
    assurance: measured.length < leastMonthsForLimits ? null : (latest.assurance ?? null),
    warnings: found.warnings,
    r: withOwnNumbers(found.r, file, 'value', values),
  };
}

/** The rules come in order of their weight; the first that speaks for or against decides. */
function signalsOf({ signals }: SpcPoint): Pick<IndicatorPoint, 'signals' | 'signal'> {
  const telling = signals.find(({ type }) => type !== 'neutral') ?? signals[0];
  return {
    signals: signals.map(({ rule }) => rule),
    signal: telling === undefined ? null : { kind: telling.type, direction: telling.direction },
  };
}

function shownPoint({ threshold }: Charted, month: string, point: RawPoint): IndicatorPoint {
  const nothing = {
    numerator: null,
    denominator: null,
    value: null,
    lower: null,
    upper: null,
    signals: [],
    signal: null,
  };
  if (point.value === null) {
    return { month, state: 'not measurable', ...nothing, reason: point.reason ?? 'It cannot be measured.' };
  }
  if (point.withheld !== undefined) return { month, state: 'withheld', ...nothing, reason: point.withheld };
  if (point.people.some((count) => count > 0 && count < threshold)) {
    return { month, state: 'withheld', ...nothing, reason: `Fewer than ${threshold} people stand behind it.` };
  }
  const { numerator, denominator, value } = point;
  return { month, state: 'measured', ...nothing, numerator, denominator, value, reason: null };
}
