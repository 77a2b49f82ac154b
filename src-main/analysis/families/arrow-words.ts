import type { FamilyMeasure } from '#shared/domain/family-impact.ts';
import { plainRate } from '../exposure/words.ts';

export type Estimated = { readonly estimate: number; readonly low: number | null; readonly high: number | null };

export function holdsNone({ low, high }: Estimated): boolean {
  return low !== null && high !== null && low <= 0 && 0 <= high;
}

export function intervalWords({ low, high }: Estimated): string {
  return low === null || high === null ? 'no interval' : `95% interval ${plainRate(low)} to ${plainRate(high)}`;
}

const unclear = 'The interval holds no difference too, so the data do not tell.';

/** `the officer’s distress (GHQ-12)`. */
export function named(whose: 'officer' | 'partner', what: string, { name }: FamilyMeasure): string {
  return `the ${whose}’s ${what} (${name})`;
}

/** One arrow in words: what goes with what, how much and how sure. No word of it claims a cause. */
export function arrowSentence(from: string, to: string, found: Estimated, among: string): string {
  const { estimate } = found;
  const change = `${plainRate(Math.abs(estimate))} ${estimate < 0 ? 'lower' : 'higher'}`;
  const sentence = `Where ${from} was one higher, ${to} was ${change} on average (${intervalWords(found)})${among === '' ? '' : `, ${among}`}.`;
  return holdsNone(found) ? `${sentence} ${unclear}` : sentence;
}

/** An indirect way in words; `way` names its stations in order. */
export function indirectSentence(way: readonly string[], found: Estimated): string {
  const direction = found.estimate < 0 ? 'lower' : 'higher';
  const sentence = `Along ${way.join(' → ')}: for one exposure more, ${plainRate(Math.abs(found.estimate))} points ${direction} at the end (${intervalWords(found)}), as an association.`;
  return holdsNone(found) ? `${sentence} ${unclear}` : sentence;
}
