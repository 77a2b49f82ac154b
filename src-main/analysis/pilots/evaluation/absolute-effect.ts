import type { PilotEffect, PilotEstimate, PilotStandardised } from '#shared/domain/pilot-evaluation.ts';
import { plainNumber, plainRate, plainShare } from '../../exposure/words.ts';
import { changeThreshold } from './change-norms.ts';
import { isKnown, type OutcomeNamed, type PilotPerson, type PilotScores, signOfBetter } from './people.ts';
import { spreadWithin, standardisedBy } from './standardised.ts';

/** The same difference in standard deviations, and against the change that one person needs. */
export function effectOf(estimate: PilotEstimate, people: readonly PilotPerson[], scores: PilotScores): PilotEffect {
  return effectWith(
    estimate,
    scores,
    standardisedBy(estimate, spreadAtBaseline(people, scores), 'at baseline, pooled over the arms'),
  );
}

export function effectWith(
  estimate: PilotEstimate,
  scores: OutcomeNamed,
  standardised: PilotStandardised | null,
): PilotEffect {
  const threshold = scores.norms === null ? null : changeThreshold(scores.norms);
  const direction = directionOf(estimate, scores);
  return {
    ...estimate,
    standardised,
    absolute: {
      direction,
      threshold,
      shareOfThreshold: threshold === null ? null : Math.abs(estimate.estimate) / threshold,
      words: absoluteWords(estimate, scores, direction, threshold),
    },
  };
}

function directionOf({ low, high }: PilotEstimate, scores: Pick<OutcomeNamed, 'better'>) {
  if (low <= 0 && high >= 0) return 'cannot be told' as const;
  return signOfBetter(scores) * low > 0 ? ('better' as const) : ('worse' as const);
}

function absoluteWords(
  { estimate, low, high }: PilotEstimate,
  { name, unit }: Pick<OutcomeNamed, 'name' | 'unit'>,
  direction: PilotEffect['absolute']['direction'],
  threshold: number | null,
): string {
  const less = unit === 'points' ? 'lower' : 'fewer';
  const more = unit === 'points' ? 'higher' : 'more';
  const difference = `On average, ${name} with the pilot was ${plainRate(Math.abs(estimate))} ${unit} ${estimate < 0 ? less : more} than without it (95% interval of the difference ${plainRate(low)} to ${plainRate(high)})`;
  const meant =
    direction === 'cannot be told' ? ', which leaves open whether it was better or worse' : `, which is ${direction}`;
  if (unit !== 'points') return `${difference}${meant}.`;
  if (threshold === null)
    return `${difference}${meant}. The instrument has no norms here to say how much one person has to change.`;
  return `${difference}${meant}. One person has to change by ${plainNumber(threshold)} points to be called changed; the average difference is ${plainShare(Math.abs(estimate) / threshold)} of that.`;
}

/** Pooled over the arms, because the pilot cannot have changed it. */
function spreadAtBaseline(people: readonly PilotPerson[], { baseline }: PilotScores): number | null {
  return spreadWithin(
    [true, false].map((arm) => baseline.filter((_, person) => people[person]?.offered === arm).filter(isKnown)),
  );
}
