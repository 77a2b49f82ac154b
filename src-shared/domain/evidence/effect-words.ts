import { formatNumber } from '../../report/format.ts';
import type { EffectMeasure } from './numbers.ts';

/** One way to write an effect, so that a plot, a table and a sentence have the same digits. */

/** Decimals in which a measure is written; shares are per cent. */
export function decimalsOf(measure: EffectMeasure): number {
  return measure === 'PLO' ? 1 : 2;
}

export type WrittenEffect = {
  /** Null where only the limits are told. */
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** `−0.47 (−0.73 to −0.22)`; `−0.73 to −0.22` without an estimate; the estimate alone without limits. */
export function spelledLimits({ estimate, low, high }: WrittenEffect, decimals: number, unit = ''): string {
  const number = (value: number): string => `${formatNumber(value, decimals)}${unit}`;
  const limits = low === null || high === null ? null : `${formatNumber(low, decimals)} to ${number(high)}`;
  if (estimate === null) return limits ?? 'not known';
  return limits === null ? number(estimate) : `${number(estimate)} (${limits})`;
}

/** An effect with its limits as everybody is to write it: shares in per cent, everything else as it is. */
export function spelledEffect(measure: EffectMeasure, effect: WrittenEffect): string {
  if (measure !== 'PLO') return spelledLimits(effect, decimalsOf(measure));
  const percent = (value: number | null): number | null => (value === null ? null : 100 * value);
  const { estimate, low, high } = effect;
  return spelledLimits(
    { estimate: percent(estimate), low: percent(low), high: percent(high) },
    decimalsOf(measure),
    '%',
  );
}
