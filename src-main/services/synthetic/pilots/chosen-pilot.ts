import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { normal } from '../distributions.ts';
import { costsOf } from './costs.ts';
import {
  type LeftOutPilot,
  type MadePilot,
  type PersonsPart,
  type PilotForce,
  type PlannedSession,
  together,
} from './made-pilot.ts';
import { outcomeWords, scales } from './outcome-scale.ts';
import { pilotPlanOf } from './pilot-plan.ts';
import { plantedPilots } from './planted-pilots.ts';
import { attendedBy, plannedSessions } from './sessions.ts';
import { adverseEvents, answerOf, enrolled, inPostOn, withdrawal } from './taking-part.ts';

/** Coaching that people chose, the more the worse they were; the others are who it is compared with. */

const daysBeforeEnd = 230;
const askedShare = 0.85;
const mostPeople = 1_000;
const fewestPeople = 80;
const fewestChoosing = 20;
const daysAsking = 40;
const scale = scales.functioning;
const { pilot, points, sessions: sessionCount, choice, womenPoints } = plantedPilots.coaching;
const arms = { offered: 'coaching', comparison: 'did not choose it' } as const;

/** By what is seen of people, and by nothing that is not. */
function chooses(random: RandomStream, score: number, isWoman: boolean): boolean {
  const deviations = (score - scale.mean) / scale.deviation;
  const logOdds = choice.intercept + choice.perDeviation * deviations + (isWoman ? choice.women : 0);
  return random.nextUniform() < 1 / (1 + Math.exp(-logOdds));
}

/** One person, who chooses once they have answered; null who did not answer, and was not asked whether they want it. */
function personAsked(
  random: RandomStream,
  force: PilotForce,
  person: number,
  planned: readonly PlannedSession[],
  startDay: number,
): PersonsPart | null {
  const isWoman = force.people[person]?.sex === 'Female';
  const trait = normal(random);
  const withdrawnDay = withdrawal(random, startDay + 80, 30);
  const ofWomen = isWoman ? womenPoints : 0;
  const before = { wave: 'baseline', fromDay: startDay - 30, days: 28, usualShare: 0.97 };
  const after = { wave: '16 weeks', fromDay: startDay + 112, days: 30, usualShare: 0.86 };
  const first = answerOf(random, force, { person, trait }, before, scale, ofWomen);
  if (first.score === null) return null;
  const isChosen = chooses(random, first.score, isWoman);
  const arm = isChosen ? arms.offered : arms.comparison;
  const moved = ofWomen + (isChosen ? points : 0);
  return {
    enrolment: enrolled(random, person, startDay - daysAsking, { arm, allocatedDay: startDay, withdrawnDay }),
    sessions: isChosen ? attendedBy(random, person, planned, 0.85) : [],
    answers: [first, answerOf(random, force, { person, trait, withdrawnDay }, after, scale, moved)],
  };
}

export function chosenPilot(force: PilotForce, lastDay: number): MadePilot | LeftOutPilot {
  const random = randomStream(force.options.seed, `pilot ${pilot}`);
  const startDay = lastDay - daysBeforeEnd;
  const inPost = inPostOn(random, force, { from: startDay - daysAsking, to: startDay }, ({ fte }) => fte >= 0.5);
  const asked = inPost.slice(0, Math.min(mostPeople, Math.round(inPost.length * askedShare)));
  const planned = plannedSessions(random, {
    ...{ cluster: '', firstDay: startDay + 7, count: sessionCount, everyDays: 21, startHour: 13, minutes: 50 },
  });
  const people = asked.flatMap((person) => personAsked(random, force, person, planned, startDay) ?? []);
  const choosing = people.flatMap(({ enrolment }) => (enrolment.arm === arms.offered ? [enrolment.person] : []));
  if (asked.length < fewestPeople || choosing.length < fewestChoosing) {
    return { pilot, design: 'weighting', because: 'too few people choose it, or do not, to be made alike' };
  }
  return {
    ...together(people),
    ...{ sessionPlan: planned, clusters: [] },
    events: adverseEvents(random, choosing, startDay + 7, sessionCount * 21),
    costs: costsOf(random, pilot, { from: startDay, to: startDay + 84 }, { first: 1_000, monthly: 5_400 }),
    plan: plan(),
    truth: {
      ...{ pilot, design: 'weighting', outcome: outcomeWords(scale) },
      effectPoints: points,
      figures: { ...choice, womenPoints, chosen: choosing.length, notChosen: people.length - choosing.length },
      recover:
        'Arms made alike in the score before and in sex, by any of the weights: the effect is the same in everybody. Those who choose coaching were worse off before, so that a plain difference of the scores after shows too little. Nothing that is not in the extracts moves the choice.',
    },
  };
}

function plan(): MadePilot['plan'] {
  return pilotPlanOf({
    ...{ pilot, title: 'Coaching for whoever asks', design: 'weighting', scale },
    logicModel: {
      problem: 'People carry on until work and home both suffer.',
      activities: `${sessionCount} hours with a coach, three weeks apart.`,
      outcomes: 'Work and home less impaired after four months.',
      assumptions: 'Whoever asks for it is not on the way up already.',
    },
    eligibility: 'Everybody asked who works half time or more and answered before.',
    treatments: 'Coaching, against people alike who did not choose it.',
    arms: [
      { arm: arms.offered, what: 'Coaching.', share: 1, isComparison: false },
      { arm: arms.comparison, what: 'What is on offer already.', share: 1, isComparison: true },
    ],
    covariates: ['sex'],
    baseline: { fromDay: -35, toDay: 0 },
    followUp: { fromDay: 108, toDay: 150 },
    sessions: { planned: sessionCount, minutes: 50, withinShift: false },
    deltas: [0, 1, 2, 3],
  });
}
