import { isoOfDay } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { normal, shuffled } from '../distributions.ts';
import { costsOf } from './costs.ts';
import { type LeftOutPilot, type MadePilot, type PersonsPart, type PilotForce, together } from './made-pilot.ts';
import { outcomeWords, scales } from './outcome-scale.ts';
import { pilotPlanOf } from './pilot-plan.ts';
import { plantedPilots } from './planted-pilots.ts';
import { attendedBy, heldOf, plannedSessions, shareAttended } from './sessions.ts';
import { adverseEvents, answerOf, enrolled, inPostOn } from './taking-part.ts';

/** Response teams that begin one after the other, in an order that chance gave; the same people answer in every period. */

const daysBeforeEnd = 480;
const periodDays = 84;
const steps = 4;
const periods = steps + 1;
const answeringDays = 30;
const daysToNextDebrief = 14;
/** A debrief reaches who is on a late turn that day. */
const onLateTurnShare = 0.6;
const mostTeams = 40;
const fewestTeams = 8;
const fewestInTeam = 8;
const mostInTeam = 25;
const scale = scales.secondaryTrauma;
const { pilot, points, pointsPerPeriod, teamDeviation, periodDeviation } = plantedPilots.debrief;

type Team = { readonly cluster: string; readonly people: readonly number[]; readonly step: number };

function startOfStep(startDay: number, step: number): number {
  return startDay + step * periodDays;
}

function teamsOf(random: RandomStream, force: PilotForce, startDay: number): readonly Team[] {
  const days = { from: startDay, to: startDay + periodDays };
  const asked = inPostOn(random, force, days, ({ role }) => role === 'Response');
  const teams = [...Map.groupBy(asked, (place) => force.people[place]?.unitName ?? '')]
    .filter(([, people]) => people.length >= fewestInTeam)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, mostTeams);
  const order = shuffled(
    random,
    teams.map((_, at) => 1 + (at % steps)),
  );
  return teams.map(([cluster, people], at) => ({
    ...{ cluster, people: people.slice(0, mostInTeam) },
    step: order[at] ?? 1,
  }));
}

/** A team through all periods: what it was offered from its step on, and what its people answered in each. */
function throughPeriods(random: RandomStream, force: PilotForce, { cluster, people, step }: Team, startDay: number) {
  const exposedDay = startOfStep(startDay, step);
  const planned = plannedSessions(random, {
    ...{ cluster, firstDay: exposedDay + 3, everyDays: daysToNextDebrief, startHour: 22, minutes: 20 },
    count: Math.floor((startOfStep(startDay, periods) - exposedDay) / daysToNextDebrief),
  });
  const held = heldOf(random, planned);
  const ofTeam = teamDeviation * normal(random);
  const shifts = Array.from(
    { length: periods },
    (_, at) => ofTeam + periodDeviation * normal(random) + pointsPerPeriod * at + (at >= step ? points : 0),
  );
  const parts = people.map((person): PersonsPart => {
    const trait = normal(random);
    return {
      enrolment: enrolled(random, person, startDay, { cluster, arm: sequenceOf(step) }),
      sessions: attendedBy(random, person, held, onLateTurnShare * shareAttended(random)),
      answers: shifts.map((shift, at) => {
        const fromDay = startOfStep(startDay, at) + periodDays - answeringDays - 6;
        const wave = { wave: `period ${at + 1}`, fromDay, usualShare: 0.82, days: answeringDays };
        return answerOf(random, force, { person, trait }, wave, scale, shift);
      }),
    };
  });
  return { planned, parts };
}

export function steppedWedgePilot(force: PilotForce, lastDay: number): MadePilot | LeftOutPilot {
  const random = randomStream(force.options.seed, `pilot ${pilot}`);
  const startDay = lastDay - daysBeforeEnd;
  const teams = teamsOf(random, force, startDay);
  if (teams.length < fewestTeams) {
    return { pilot, design: 'stepped-wedge', because: 'response has too few teams of a size to begin one by one' };
  }
  const filled = teams.map((team) => throughPeriods(random, force, team, startDay));
  const everybody = teams.flatMap(({ people }) => people);
  const lastSession = startOfStep(startDay, periods) - 1;
  return {
    ...together(filled.flatMap(({ parts }) => parts)),
    sessionPlan: filled.flatMap(({ planned }) => planned),
    clusters: teams.map(({ cluster, step }) => ({
      ...{ cluster, sequence: sequenceOf(step), exposedDay: startOfStep(startDay, step) },
    })),
    events: adverseEvents(random, everybody, startOfStep(startDay, steps), periodDays),
    costs: costsOf(
      random,
      pilot,
      { from: startOfStep(startDay, 1), to: lastSession },
      { first: 3_500, monthly: 1_200 },
    ),
    plan: plan(startDay, teams.length, everybody.length),
    truth: {
      ...{ pilot, design: 'stepped-wedge', outcome: outcomeWords(scale) },
      effectPoints: points,
      figures: { pointsPerPeriod, teamDeviation, periodDeviation, periods },
      recover:
        'Mixed model with an effect of each period, and random effects of teams, of teams in a period and of people. The effect is there at once and stays; scores rise for everybody from period to period.',
    },
  };
}

function sequenceOf(step: number): string {
  return `sequence ${step}`;
}

function plan(startDay: number, teams: number, people: number): MadePilot['plan'] {
  return pilotPlanOf({
    ...{ pilot, title: 'Late-turn debrief', design: 'stepped-wedge', scale },
    logicModel: {
      problem: 'People drive home from a late turn with the worst of it in their head.',
      activities: 'Twenty minutes together at the end of a late turn, once a fortnight.',
      outcomes: 'Less secondary traumatic stress.',
      assumptions: 'The next turn is there in time to take over.',
    },
    eligibility: 'Everybody of the response teams named.',
    treatments: 'Debriefs in the team, against before they began there.',
    rollout: Array.from({ length: steps }, (_, at) => ({
      group: sequenceOf(at + 1),
      from: isoOfDay(startOfStep(startDay, at + 1)),
    })),
    allocation: { blockSizes: [steps], byStratum: false },
    baseline: null,
    followUp: { fromDay: 0, toDay: periodDays - 1 },
    sampleSize: {
      by: 'power',
      spec: {
        ...{
          design: 'stepped-wedge',
          people,
          clusterSize: Math.max(1, Math.round(people / teams)),
          icc: 0.05,
          periods,
        },
        ...{ sd: scale.deviation, lost: 0.2 },
      },
    },
    sessions: { planned: 6, minutes: 20, withinShift: true },
    ...{ smallSample: 'kenward-roger', deltas: [0, 1, 2] },
  });
}
