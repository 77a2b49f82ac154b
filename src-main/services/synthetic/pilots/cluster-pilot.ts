import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { normal, shuffled } from '../distributions.ts';
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
import { attendedBy, heldOf, plannedSessions, shareAttended } from './sessions.ts';
import { adverseEvents, answerOf, enrolled, inPostOn, notEnrolled, withdrawal } from './taking-part.ts';

/** Teams of response by shift, allocated by chance; sessions within the shift, each worth so many points. */

const daysBeforeEnd = 660;
const daysBeforeStart = 56;
const lastFollowUpDay = 126;
const mostShifts = 40;
const fewestShifts = 8;
const fewestInShift = 6;
const declinedOneIn = 10;
const scale = scales.stress;
const { pilot, pointsPerSession, sessions: sessionCount, icc } = plantedPilots.mindfulness;
const sessionMinutes = 15;
const arms = { offered: 'sessions', comparison: 'as usual' } as const;

type Shift = { readonly cluster: string; readonly isLate: boolean; readonly people: readonly number[] };

/** Each team has two shifts, filled in turn. */
function shiftsOf(random: RandomStream, force: PilotForce, startDay: number): readonly Shift[] {
  const days = { from: startDay - daysBeforeStart, to: startDay };
  const asked = inPostOn(random, force, days, ({ role }) => role === 'Response');
  const byTeam = Map.groupBy(asked, (place) => force.people[place]?.unitName ?? '');
  return [...byTeam]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([team, people]) => [
      { cluster: `${team}, early turn`, isLate: false, people: people.filter((_, at) => at % 2 === 0) },
      { cluster: `${team}, late turn`, isLate: true, people: people.filter((_, at) => at % 2 === 1) },
    ])
    .filter(({ people }) => people.length >= fewestInShift)
    .slice(0, mostShifts);
}

type PersonOfShift = PersonsPart & { readonly points: number | null };

/** One person of a shift: asked, perhaps enrolled, and then before and after. */
function personOfShift(
  random: RandomStream,
  force: PilotForce,
  person: number,
  of: {
    readonly cluster: string;
    readonly startDay: number;
    readonly held: readonly PlannedSession[] | null;
    readonly ofTeam: number;
  },
): PersonOfShift {
  const { cluster, startDay, held, ofTeam } = of;
  const eligibleDay = startDay - daysBeforeStart;
  if (random.nextBelow(declinedOneIn) === 0) {
    return { ...notEnrolled(random, person, eligibleDay, cluster), points: null };
  }
  const trait = normal(random);
  const withdrawnDay = withdrawal(random, startDay + 60, 60);
  const arm = held === null ? arms.comparison : arms.offered;
  const sessions = attendedBy(random, person, held ?? [], shareAttended(random));
  const points = pointsPerSession * sessions.length;
  const before = { wave: 'baseline', fromDay: startDay - 36, days: 34, usualShare: 0.97 };
  const after = { wave: '12 weeks', fromDay: startDay + 84, days: 34, usualShare: 0.86 };
  return {
    enrolment: enrolled(random, person, eligibleDay, { cluster, arm, allocatedDay: startDay, withdrawnDay }),
    sessions,
    answers: [
      answerOf(random, force, { person, trait }, before, scale, ofTeam),
      answerOf(random, force, { person, trait, withdrawnDay }, after, scale, ofTeam + points),
    ],
    points: held === null ? null : points,
  };
}

/** @param offered whether chance gave the shift the sessions */
function peopleOfShift(
  random: RandomStream,
  force: PilotForce,
  { cluster, isLate, people }: Shift,
  startDay: number,
  offered: boolean,
): { readonly planned: readonly PlannedSession[]; readonly people: readonly PersonOfShift[] } {
  const ofTeam = Math.sqrt(icc) * scale.deviation * normal(random);
  const planned = offered
    ? plannedSessions(random, {
        ...{ cluster, firstDay: startDay + 4, count: sessionCount, everyDays: 7 },
        ...{ startHour: isLate ? 17 : 10, minutes: sessionMinutes },
      })
    : [];
  const held = offered ? heldOf(random, planned) : null;
  const of = { cluster, startDay, held, ofTeam };
  return { planned, people: people.map((person) => personOfShift(random, force, person, of)) };
}

export function clusterPilot(force: PilotForce, lastDay: number): MadePilot | LeftOutPilot {
  const random = randomStream(force.options.seed, `pilot ${pilot}`);
  const startDay = lastDay - daysBeforeEnd;
  const shifts = shiftsOf(random, force, startDay);
  if (shifts.length < fewestShifts) {
    return { pilot, design: 'cluster-randomised', because: 'response has too few teams of a size to be allocated' };
  }
  const half = shifts.map((_, at) => at % 2 === 0);
  const isOffered = shuffled(random, half);
  const filled = shifts.map((shift, at) => peopleOfShift(random, force, shift, startDay, isOffered[at] === true));
  const people = filled.flatMap((shift) => shift.people);
  const offered = people.flatMap(({ enrolment, points }) => (points === null ? [] : [enrolment.person]));
  const lastSession = startDay + sessionCount * 7;
  return {
    ...together(people),
    sessionPlan: filled.flatMap(({ planned }) => planned),
    clusters: shifts.map(({ cluster }, at) => ({
      ...{ cluster, sequence: '' },
      exposedDay: isOffered[at] ? startDay : null,
    })),
    events: adverseEvents(random, offered, startDay + 4, sessionCount * 7),
    costs: costsOf(random, pilot, { from: startDay, to: lastSession }, { first: 4_200, monthly: 2_600 }),
    plan: plan(shifts.length, Math.round(people.length / shifts.length)),
    truth: truthOf(people.flatMap(({ points }) => points ?? [])),
  };
}

function truthOf(points: readonly number[]): MadePilot['truth'] {
  const mean = points.reduce((sum, value) => sum + value, 0) / points.length;
  return {
    ...{ pilot, design: 'cluster-randomised', outcome: outcomeWords(scale) },
    effectPoints: Number(mean.toFixed(3)),
    figures: { pointsPerSession, sessionsEach: Number((mean / pointsPerSession).toFixed(2)), icc },
    recover:
      'The mean of the points of everybody who was offered sessions, whether they came or not: mixed model with an effect of each cluster. How many sessions somebody comes to has nothing to do with how they are, so that points per session are found by regression on sessions among those offered.',
  };
}

function plan(clusters: number, clusterSize: number): MadePilot['plan'] {
  return pilotPlanOf({
    ...{ pilot, title: 'Brief mindfulness in shifts', design: 'cluster-randomised', scale },
    logicModel: {
      problem: 'Strain builds up in response over runs of late turns and nights.',
      activities: `${sessionCount} sessions of ${sessionMinutes} minutes, one a week, within the shift.`,
      outcomes: 'Less perceived stress after three months.',
      assumptions: 'Sergeants let people go, and radios are covered.',
    },
    eligibility: 'Everybody of the response teams named who is in post and has consented.',
    treatments: 'Sessions offered to a shift, against support as usual.',
    arms: [
      { arm: arms.offered, what: 'Weekly sessions within the shift.', share: 1, isComparison: false },
      { arm: arms.comparison, what: 'What is on offer already.', share: 1, isComparison: true },
    ],
    allocation: { blockSizes: [4], byStratum: false },
    baseline: { fromDay: -42, toDay: 0 },
    followUp: { fromDay: 80, toDay: lastFollowUpDay },
    sampleSize: {
      by: 'power',
      spec: {
        ...{ design: 'cluster-randomised', people: clusters * clusterSize, clusterSize, icc },
        ...{ sd: scale.deviation, correlation: 0.5, lost: 0.15 },
      },
    },
    sessions: { planned: sessionCount, minutes: sessionMinutes, withinShift: true },
    ...{ smallSample: 'kenward-roger', deltas: [0, 1, 2, 3] },
  });
}
