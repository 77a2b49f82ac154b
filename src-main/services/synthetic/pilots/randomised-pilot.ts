import { drawPlaces } from '#main/analysis/pilots/permuted-blocks.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { normal } from '../distributions.ts';
import type { SyntheticPerson } from '../people.ts';
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
import { adverseEvents, answerOf, enrolled, inPostOn, notEnrolled, type WaveOf, withdrawal } from './taking-part.ts';

/** People of many units, each allocated by chance within officers and staff; calls that some take and others do not. */

const daysBeforeEnd = 320;
const mostPeople = 400;
const fewestPeople = 40;
const declinedOneIn = 5;
const daysAsking = 40;
const officers = 'officers';
const scale = scales.wellbeing;
const { pilot, points, sessions: callCount, takeShare, stratumPoints } = plantedPilots.calls;
const blockSizes = [4, 6];
const calledArm = { arm: 'calls', what: 'Six calls by a trained peer, one a week.', share: 1, isComparison: false };
const armsOfPlan: MadePilot['plan']['arms'] = [
  calledArm,
  { arm: 'as usual', what: 'What is on offer already.', share: 1, isComparison: true },
];

function wavesFrom(startDay: number): readonly [WaveOf, WaveOf, WaveOf] {
  return [
    { wave: 'baseline', fromDay: startDay - 30, days: 28, usualShare: 0.97 },
    { wave: '12 weeks', fromDay: startDay + 84, days: 30, usualShare: 0.85 },
    { wave: '26 weeks', fromDay: startDay + 182, days: 30, usualShare: 0.78 },
  ];
}

function isAsked({ role }: SyntheticPerson): boolean {
  return role !== 'Response' && role !== 'Call handling' && role !== 'Dispatch';
}

type PersonOfArm = PersonsPart & { readonly isOffered: boolean; readonly takes: boolean };

/** One person in the arm that chance gave them. */
function personOfArm(
  random: RandomStream,
  force: PilotForce,
  person: number,
  of: {
    readonly startDay: number;
    readonly stratum: string;
    readonly arm: string;
    readonly calls: readonly PlannedSession[];
  },
): PersonOfArm {
  const { startDay, stratum, arm, calls } = of;
  const trait = normal(random);
  const withdrawnDay = withdrawal(random, startDay + 50, 60);
  const takes = random.nextUniform() < takeShare;
  const missed = random.nextBelow(2 * calls.length);
  const answered = takes ? calls.filter((_, call) => call !== missed) : calls.slice(0, missed % 2);
  const isOffered = arm === calledArm.arm;
  const ofStratum = stratum === officers ? 0 : stratumPoints;
  const moved = ofStratum + (isOffered && takes ? points : 0);
  const [baseline, ...after] = wavesFrom(startDay);
  const more = { stratum, arm, allocatedDay: startDay, withdrawnDay };
  return {
    ...{ isOffered, takes },
    enrolment: enrolled(random, person, startDay - daysAsking, more),
    sessions: isOffered ? attendedBy(random, person, answered, 1) : [],
    answers: [
      answerOf(random, force, { person, trait }, baseline, scale, ofStratum),
      ...after.map((wave) => answerOf(random, force, { person, trait, withdrawnDay }, wave, scale, moved)),
    ],
  };
}

/** Everybody who says yes, each in the arm that is drawn for them. */
function inArms(random: RandomStream, force: PilotForce, taking: readonly number[], startDay: number) {
  const strata = taking.map((person) =>
    force.people[person]?.workforceType === 'officer' ? officers : 'staff and others',
  );
  const stream = randomStream(force.options.seed, `allocation ${pilot}`);
  const places = drawPlaces({ strata, arms: armsOfPlan, blockSizes, before: [], stream });
  const calls = plannedSessions(random, {
    ...{ cluster: '', firstDay: startDay + 3, count: callCount, everyDays: 7, startHour: 14, minutes: 20 },
  });
  const people = taking.map((person, at) => {
    const of = { startDay, calls, stratum: strata[at] ?? officers, arm: places[at]?.arm ?? '' };
    return personOfArm(random, force, person, of);
  });
  return { calls, people };
}

export function randomisedPilot(force: PilotForce, lastDay: number): MadePilot | LeftOutPilot {
  const random = randomStream(force.options.seed, `pilot ${pilot}`);
  const startDay = lastDay - daysBeforeEnd;
  const asked = inPostOn(random, force, { from: startDay - daysAsking, to: startDay }, isAsked).slice(0, mostPeople);
  if (asked.length < fewestPeople) {
    return { pilot, design: 'randomised', because: `fewer than ${fewestPeople} people can be asked` };
  }
  const saysNo = asked.map(() => random.nextBelow(declinedOneIn) === 0);
  const declined = asked.filter((_, at) => saysNo[at]);
  const taking = asked.filter((_, at) => !saysNo[at]);
  const { calls, people } = inArms(random, force, taking, startDay);
  const offered = people.filter(({ isOffered }) => isOffered);
  const callDays = callCount * 7;
  const everybodyOffered = offered.map(({ enrolment }) => enrolment.person);
  return {
    ...together([...declined.map((person) => notEnrolled(random, person, startDay - daysAsking)), ...people]),
    ...{ sessionPlan: calls, clusters: [] },
    events: adverseEvents(random, everybodyOffered, startDay + 3, callDays),
    costs: costsOf(random, pilot, { from: startDay, to: startDay + callDays }, { first: 2_800, monthly: 1_900 }),
    plan: plan(taking.length),
    truth: truthOf(offered.filter(({ takes }) => takes).length / offered.length),
  };
}

function truthOf(takingShare: number): MadePilot['truth'] {
  return {
    ...{ pilot, design: 'randomised', outcome: outcomeWords(scale) },
    effectPoints: Number((points * takingShare).toFixed(3)),
    figures: { pointsOfThoseWhoTakePart: points, shareWhoTakePart: Number(takingShare.toFixed(3)), stratumPoints },
    recover:
      'By allocation: the points of those who take the calls, times their share of everybody offered them. In those who took part because they were offered it: the points themselves; whoever takes the calls has five of six or more, whoever does not one at most. It is the same at both waves.',
  };
}

function plan(people: number): MadePilot['plan'] {
  return pilotPlanOf({
    ...{ pilot, title: 'Peer check-in calls', design: 'randomised', scale },
    logicModel: {
      problem: 'People who work on their own are asked last how they are.',
      activities: 'Six calls of twenty minutes by a trained peer, one a week.',
      outcomes: 'Higher wellbeing after three months, and after six.',
      assumptions: 'Peers have the time, and calls are private.',
    },
    eligibility: 'Officers and staff outside response and the control room who have consented.',
    treatments: 'Calls offered, against support as usual.',
    arms: armsOfPlan,
    allocation: { blockSizes, byStratum: true },
    baseline: { fromDay: -35, toDay: 0 },
    followUp: { fromDay: 80, toDay: 120 },
    later: [{ fromDay: 178, toDay: 216 }],
    secondaries: [
      {
        measure: { of: 'absence', count: 'days', reason: 'all' },
        better: 'low',
        baseline: null,
        followUp: { fromDay: 1, toDay: 180 },
      },
    ],
    sampleSize: {
      by: 'power',
      spec: { design: 'randomised', people, sd: scale.deviation, correlation: 0.6, lost: 0.15 },
    },
    sessions: { planned: callCount, minutes: 20, withinShift: true },
    deltas: [0, 1, 2, 4],
  });
}
