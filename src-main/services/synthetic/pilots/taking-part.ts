import type { RandomStream } from '#shared/domain/random.ts';
import { choiceOf, choose, shuffled } from '../distributions.ts';
import { inService } from '../people.ts';
import type { AdverseEvent, Enrolment, PersonsPart, PilotAnswer, PilotForce } from './made-pilot.ts';
import { doesAnswer, drawScore, type OutcomeScale } from './outcome-scale.ts';

/** Who of a force could be asked on a day, by their place among the people, in random order. */
export function inPostOn(
  random: RandomStream,
  { people }: PilotForce,
  days: { readonly from: number; readonly to: number },
  fits: (person: PilotForce['people'][number]) => boolean,
): readonly number[] {
  const places = people.flatMap((person, index) =>
    fits(person) && inService(person, days.from) && inService(person, days.to) ? [index] : [],
  );
  return shuffled(random, places);
}

const reasons = choiceOf([
  ['declined', 55],
  ['no time in shift', 30],
  ['on long leave', 15],
]);

/** Somebody who was asked, and said no or could not. */
export function notEnrolled(random: RandomStream, person: number, eligibleDay: number, cluster = ''): PersonsPart {
  const enrolment = {
    ...{ person, eligibleDay, cluster, stratum: '', arm: '' },
    ...{ allocatedDay: null, consentedDay: null, withdrawnDay: null },
    notEnrolledReason: choose(random, reasons),
  };
  return { enrolment, sessions: [], answers: [] };
}

/** Somebody who was asked and consented, in no arm and no cluster unless given. */
export function enrolled(
  random: RandomStream,
  person: number,
  eligibleDay: number,
  more: Partial<Enrolment> = {},
): Enrolment {
  return {
    ...{ person, eligibleDay, stratum: '', cluster: '', arm: '', allocatedDay: null, withdrawnDay: null },
    consentedDay: eligibleDay + random.nextBelow(7),
    notEnrolledReason: '',
    ...more,
  };
}

export type WaveOf = {
  readonly wave: string;
  readonly fromDay: number;
  /** Days over which the invitations and answers are spread. */
  readonly days: number;
  /** Of people in the middle of the scale. */
  readonly usualShare: number;
};

/** The answer of one person to one wave, which nobody gives who has left the force or withdrawn. */
export function answerOf(
  random: RandomStream,
  { people }: PilotForce,
  who: { readonly person: number; readonly trait: number; readonly withdrawnDay?: number | null },
  { wave, fromDay, days, usualShare }: WaveOf,
  scale: OutcomeScale,
  points: number,
): PilotAnswer {
  const { person, trait, withdrawnDay } = who;
  const invitedDay = fromDay + random.nextBelow(Math.ceil(days / 3));
  const takenDay = invitedDay + random.nextBelow(Math.ceil((2 * days) / 3));
  const score = drawScore(random, scale, trait, points);
  const answers = doesAnswer(random, trait, usualShare);
  const own = people[person];
  const isThere = own !== undefined && inService(own, takenDay) && takenDay < (withdrawnDay ?? takenDay + 1);
  return { person, wave, invitedDay, takenDay, score: answers && isThere ? score : null };
}

/** Somebody withdraws once in so many, after the sessions, so that what they had does not depend on it. */
const withdrawsOneIn = 40;

export function withdrawal(random: RandomStream, fromDay: number, days: number): number | null {
  const withdraws = random.nextBelow(withdrawsOneIn) === 0;
  const day = fromDay + random.nextBelow(days);
  return withdraws ? day : null;
}

const eventOneIn = 30;
const categories = choiceOf([
  ['distress during a session', 45],
  ['poor sleep after it', 35],
  ['headache', 20],
]);
const seriousness = choiceOf([
  ['mild', 78],
  ['moderate', 19],
  ['serious', 3],
]);

/** Rare events among those who were offered a pilot. */
export function adverseEvents(
  random: RandomStream,
  offered: readonly number[],
  fromDay: number,
  days: number,
): readonly AdverseEvent[] {
  return offered.flatMap((person) => {
    const happens = random.nextBelow(eventOneIn) === 0;
    const day = fromDay + random.nextBelow(days);
    const event = { person, day, category: choose(random, categories), seriousness: choose(random, seriousness) };
    return happens ? [event] : [];
  });
}
