import type { RandomStream } from '#shared/domain/random.ts';
import { type Choice, choiceOf, choose, normal } from './distributions.ts';
import { planted } from './planted.ts';

/** Why people are absent, and for how long: assumptions of this generator but for what `planted` names. */

export type ReasonShape = {
  readonly group: 'PSYCHOLOGICAL' | 'OTHER';
  readonly codes: Choice<string>;
  /** Log-normal length in days, rounded up; half of the spells are no longer than the median. */
  readonly medianDays: number;
  readonly spread: number;
};

/** More than this many calendar days is long-term (Home Office). */
export const longTermAfterDays = 28;
const longestDays = 500;

/** Codes that Avon and Somerset disclosed (`domain.md` §7.1). */
export const psychological: ReasonShape = {
  group: 'PSYCHOLOGICAL',
  codes: choiceOf([
    ['1108', 50],
    ['1102', 28],
    ['1103', 22],
  ]),
  medianDays: planted.absence.medianDays.psychological,
  spread: 1.25,
};

function other(code: string, medianDays: number, spread: number): ReasonShape {
  return { group: 'OTHER', codes: choiceOf([[code, 1]]), medianDays, spread };
}

const otherReasons = choiceOf<ReasonShape>([
  [other('Cold, cough, flu', 3, 0.6), 38],
  [other('Stomach upset', 2, 0.5), 20],
  [other('Musculoskeletal', 9, 1.1), 20],
  [other('Injury', 11, 1), 8],
  [other('Operation', 16, 0.9), 4],
  [other('Other', 5, 1.1), 8],
  [other('', 2, 0.6), 2],
]);

export function drawReason(random: RandomStream): ReasonShape {
  return random.nextUniform() < planted.absence.psychologicalShare ? psychological : choose(random, otherReasons);
}

/** Calendar days from the first absent to the last. */
export function drawLength(random: RandomStream, { medianDays, spread }: ReasonShape): number {
  const days = Math.ceil((medianDays - 0.5) * Math.exp(spread * normal(random)));
  return Math.min(Math.max(days, 1), longestDays);
}

/** A length of a reason's distribution, given that it is long-term or that it is not. */
export function drawLengthGiven(random: RandomStream, reason: ReasonShape, long: boolean): number {
  for (;;) {
    const days = drawLength(random, reason);
    if (days > longTermAfterDays === long) return days;
  }
}
