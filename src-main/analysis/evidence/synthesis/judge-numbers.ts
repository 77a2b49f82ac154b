import {
  isRatioMeasure,
  isRefused,
  noDifferenceOf,
  type Pooled,
  type SynthesisRefused,
} from '#shared/domain/evidence/synthesis.ts';
import { counted, plainNumber } from '../../exposure/words.ts';
import { informationSize } from './information-size.ts';
import { holds } from './leave-one-out.ts';
import type { ReviewSynthesisSpec } from './spec.ts';

/** `levels` null: the numbers cannot say. */
export type Judged = { readonly levels: number | null; readonly words: string };

type PooledOrNot = Pooled | SynthesisRefused;

const muchInconsistency = 75;
const someInconsistency = 50;

/** By I², and by whether the next study may find otherwise where the mean is clear. */
export function inconsistency(pooled: PooledOrNot, { measure }: ReviewSynthesisSpec, studies: number): Judged {
  if (isRefused(pooled)) return { levels: studies === 1 ? 0 : null, words: 'There is no second study to differ from.' };
  const none = noDifferenceOf(measure);
  const { i2, predictionLow, predictionHigh } = pooled;
  const next = { low: predictionLow, high: predictionHigh };
  const isOpen = none !== null && predictionLow !== null && !holds(pooled, none) && holds(next, none);
  const words = `I² is ${plainNumber(Math.round(i2))}%${isOpen ? '; the mean is clear, but the next study may find no difference or the opposite' : ''}.`;
  if (i2 >= muchInconsistency && isOpen) return { levels: -2, words };
  return { levels: i2 >= someInconsistency || isOpen ? -1 : 0, words };
}

/**
 * By how many of the ranges “matters for the better”, “too small to matter” and “matters for the worse” the interval reaches, and by the optimal
 * information size (Zeng et al. 2021, GRADE guidelines 34, Journal of Clinical Epidemiology 137:163).
 */
export function imprecision(pooled: PooledOrNot, spec: ReviewSynthesisSpec, people: number | null): Judged {
  if (isRefused(pooled) || pooled.low === null || pooled.high === null) {
    return { levels: null, words: 'There is no pooled interval to judge.' };
  }
  const none = noDifferenceOf(spec.measure);
  if (none === null) return { levels: null, words: 'How narrow a share has to be is for those who use it to say.' };
  const { levels, words } = byRanges(pooled, spec, none);
  const size = informationSize(spec);
  if (size === null || people === null || people >= size) return { levels, words };
  return {
    levels: Math.min(levels, -1),
    words: `${words} ${counted(people, 'person', 'people')} took part, fewer than the ${plainNumber(size)} that one trial would need.`,
  };
}

function byRanges(
  { low, high }: { readonly low: number | null; readonly high: number | null },
  { importantDifference, measure }: ReviewSynthesisSpec,
  none: number,
): { readonly levels: number; readonly words: string } {
  if (importantDifference === null) {
    return holds({ low, high }, none)
      ? { levels: -1, words: 'The interval holds no difference; no important difference is stated to judge it by.' }
      : { levels: 0, words: 'The interval does not hold no difference; no important difference is stated.' };
  }
  const [less, more] = isRatioMeasure(measure)
    ? [1 / importantDifference, importantDifference]
    : [-importantDifference, importantDifference];
  const reached = [(low ?? less) <= less, (low ?? less) < more && (high ?? more) > less, (high ?? more) >= more];
  const ranges = reached.filter(Boolean).length;
  const words = [
    'The interval stays in one range: it tells whether the difference matters.',
    'The interval reaches from a difference that matters to one that is too small to.',
    'The interval reaches from a difference that matters one way to one that matters the other way.',
  ][ranges - 1];
  return { levels: 1 - Math.max(1, ranges), words: words ?? '' };
}

const large = 2;
const veryLarge = 5;

/** By how far the whole interval of a ratio lies from 1. */
export function largeEffect(pooled: PooledOrNot, { measure }: ReviewSynthesisSpec): Judged {
  if (!isRatioMeasure(measure)) return { levels: null, words: 'Whether an effect is large is judged of ratios.' };
  if (isRefused(pooled) || pooled.low === null || pooled.high === null) {
    return { levels: null, words: 'There is no pooled interval to judge.' };
  }
  const nearest = pooled.low > 1 ? pooled.low : pooled.high < 1 ? 1 / pooled.high : 1;
  if (nearest > veryLarge) return { levels: 2, words: 'The whole interval lies beyond five times, or a fifth.' };
  return nearest > large
    ? { levels: 1, words: 'The whole interval lies beyond twice, or half.' }
    : { levels: 0, words: 'The interval reaches within twice and half.' };
}
