import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { normal } from '../distributions.ts';
import type { SyntheticPerson } from '../people.ts';
import { costsOf } from './costs.ts';
import { type LeftOutPilot, type MadePilot, type PersonsPart, type PilotForce, together } from './made-pilot.ts';
import { outcomeWords, scales } from './outcome-scale.ts';
import { pilotPlanOf } from './pilot-plan.ts';
import { plantedPilots } from './planted-pilots.ts';
import { adverseEvents, answerOf, enrolled, inPostOn, notEnrolled, withdrawal } from './taking-part.ts';

/** A room for everybody of the contact centre and the control room, before and after, compared with nobody. */

const daysBeforeEnd = 250;
const mostPeople = 400;
const fewestPeople = 20;
const declinedOneIn = 6;
const daysAsking = 40;
const scale = scales.stress;
const { pilot, points } = plantedPilots.quietRoom;

/** One person before and after the room was opened. */
function personAtRoom(random: RandomStream, force: PilotForce, person: number, startDay: number): PersonsPart {
  const eligibleDay = startDay - daysAsking;
  if (random.nextBelow(declinedOneIn) === 0) return notEnrolled(random, person, eligibleDay);
  const trait = normal(random);
  const withdrawnDay = withdrawal(random, startDay + 20, 60);
  const before = { wave: 'baseline', fromDay: startDay - 30, days: 28, usualShare: 0.97 };
  const after = { wave: '12 weeks', fromDay: startDay + 84, days: 30, usualShare: 0.86 };
  return {
    enrolment: enrolled(random, person, eligibleDay, { allocatedDay: startDay, withdrawnDay }),
    sessions: [],
    answers: [
      answerOf(random, force, { person, trait }, before, scale, 0),
      answerOf(random, force, { person, trait, withdrawnDay }, after, scale, points),
    ],
  };
}

export function prePostPilot(force: PilotForce, lastDay: number): MadePilot | LeftOutPilot {
  const random = randomStream(force.options.seed, `pilot ${pilot}`);
  const startDay = lastDay - daysBeforeEnd;
  const days = { from: startDay - daysAsking, to: startDay };
  const isAsked = ({ role }: SyntheticPerson) => role === 'Call handling' || role === 'Dispatch';
  const asked = inPostOn(random, force, days, isAsked).slice(0, mostPeople);
  if (asked.length < fewestPeople) {
    return { pilot, design: 'pre-post', because: `fewer than ${fewestPeople} people work where the room would be` };
  }
  const people = asked.map((person) => personAtRoom(random, force, person, startDay));
  const taking = people.flatMap(({ enrolment, answers }) => (answers.length === 0 ? [] : [enrolment.person]));
  return {
    ...together(people),
    ...{ clusters: [], sessionPlan: [] },
    events: adverseEvents(random, taking, startDay, 84),
    costs: costsOf(random, pilot, { from: startDay, to: startDay + 84 }, { first: 6_500, monthly: 400 }),
    plan: plan(taking.length),
    truth: {
      ...{ pilot, design: 'pre-post', outcome: outcomeWords(scale) },
      effectPoints: points,
      figures: { timeAlone: 0 },
      recover:
        'Paired difference. Nobody was chosen by the score, and nothing but the room changes it, so that regression to the mean and time add nothing; in a real pilot without a comparison both would be in the difference. Who is worse off answers less often at both times.',
    },
  };
}

function plan(people: number): MadePilot['plan'] {
  return pilotPlanOf({
    ...{ pilot, title: 'Quiet room in the contact centre', design: 'pre-post', scale },
    logicModel: {
      problem: 'After a hard call the next one comes within the minute.',
      activities: 'A quiet room, and ten minutes in it after a hard call.',
      outcomes: 'Less perceived stress after three months.',
      assumptions: 'Somebody covers, and using the room is not remarked on.',
    },
    eligibility: 'Everybody of the contact centre and the control room who has consented.',
    treatments: 'After the room was opened, against before, in the same people.',
    baseline: { fromDay: -35, toDay: 0 },
    followUp: { fromDay: 80, toDay: 120 },
    sampleSize: {
      by: 'power',
      spec: { design: 'pre-post', people, sd: scale.deviation, correlation: 0.6, lost: 0.15 },
    },
    deltas: [0, 1, 2],
  });
}
