import type { Indicator } from '../../../bridge/indicators.ts';
import { formatMonth } from '../../../ui/format.ts';
import { indicatorValue, latestPoint } from '../../../ui/indicator-words.ts';
import { loopText as text } from './text.ts';

export type Standing = {
  readonly now: string;
  /** Where it came from over the months shown; null with one value. */
  readonly moved: string | null;
  /** Null without a target, or where neither way is better. */
  readonly isMet: boolean | null;
};

/** How an indicator stands against a target, in words; what is withheld is said, never shown as nothing. */
export function standingOf(indicator: Indicator, target: number | null): Standing {
  const { definition, chart } = indicator;
  const latest = latestPoint(indicator);
  if (latest === null || latest.value === null) return { now: text.noValue, moved: null, isMet: null };
  const first = chart.points.find(({ state }) => state === 'measured') ?? latest;
  const show = (value: number): string => indicatorValue(definition, value);
  const isOne = first.month === latest.month || first.value === null;
  return {
    now: text.at(show(latest.value), formatMonth(latest.month)),
    moved: isOne ? null : text.moved(show(first.value ?? 0), show(latest.value), formatMonth(first.month)),
    isMet:
      target === null || definition.better === 'neither'
        ? null
        : definition.better === 'high'
          ? latest.value >= target
          : latest.value <= target,
  };
}
