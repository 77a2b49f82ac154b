import { isoOfDay } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { normal } from '../distributions.ts';
import { costsOf } from './costs.ts';
import { type LeftOutPilot, type MadePilot, type PersonsPart, type PilotForce, together } from './made-pilot.ts';
import { outcomeWords, scales } from './outcome-scale.ts';
import { pilotPlanOf } from './pilot-plan.ts';
import { plantedPilots } from './planted-pilots.ts';
import { answerOf, enrolled, inPostOn, type WaveOf } from './taking-part.ts';

/** Units that have the pilot and units that have not, before and after; nobody drew which. */

const daysBeforeEnd = 200;
const mostUnits = 40;
const fewestUnits = 6;
/** So many that ten or more answer each time. */
const fewestInUnit = 17;
const mostInUnit = 60;
const scale = scales.sleep;
const { pilot, points, commonTrend, unlikeAnyway, unitDeviation, periodDeviation } = plantedPilots.restDays;

type AreaUnit = { readonly cluster: string; readonly people: readonly number[] };

function unitsOfPilot(random: RandomStream, force: PilotForce, startDay: number): readonly AreaUnit[] {
  const days = { from: startDay - 50, to: startDay + 182 };
  const isAsked = ({ role }: PilotForce['people'][number]) =>
    role !== 'Response' && role !== 'Call handling' && role !== 'Dispatch';
  const asked = inPostOn(random, force, days, isAsked);
  return [...Map.groupBy(asked, (place) => force.people[place]?.unitName ?? '')]
    .filter(([, people]) => people.length >= fewestInUnit)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, mostUnits)
    .map(([cluster, people]) => ({ cluster, people: people.slice(0, mostInUnit) }));
}

function peopleOfUnit(
  random: RandomStream,
  force: PilotForce,
  { cluster, people }: AreaUnit,
  { begins, startDay }: { readonly begins: boolean; readonly startDay: number },
): readonly PersonsPart[] {
  const waves: readonly WaveOf[] = [
    { wave: 'before', fromDay: startDay - 48, days: 42, usualShare: 0.92 },
    { wave: 'after', fromDay: startDay + 146, days: 36, usualShare: 0.9 },
  ];
  const ofUnit = unitDeviation * normal(random) + (begins ? unlikeAnyway : 0);
  const moved = waves.map((wave, at) => ({
    wave,
    shift: ofUnit + periodDeviation * normal(random) + at * (commonTrend + (begins ? points : 0)),
  }));
  return people.map((person) => {
    const trait = normal(random);
    return {
      enrolment: enrolled(random, person, startDay - 50, { cluster }),
      sessions: [],
      answers: moved.map(({ wave, shift }) => answerOf(random, force, { person, trait }, wave, scale, shift)),
    };
  });
}

export function areasPilot(force: PilotForce, lastDay: number): MadePilot | LeftOutPilot {
  const random = randomStream(force.options.seed, `pilot ${pilot}`);
  const startDay = lastDay - daysBeforeEnd;
  const units = unitsOfPilot(random, force, startDay);
  if (units.length < fewestUnits) {
    return { pilot, design: 'difference-in-differences', because: `fewer than ${fewestUnits} units are large enough` };
  }
  const people = units.flatMap((unit, at) => peopleOfUnit(random, force, unit, { begins: at % 2 === 0, startDay }));
  const begun = units.filter((_, at) => at % 2 === 0).map(({ cluster }) => cluster);
  return {
    ...together(people),
    ...{ sessionPlan: [], events: [] },
    clusters: units.map(({ cluster }) => ({
      ...{ cluster, sequence: '', exposedDay: begun.includes(cluster) ? startDay : null },
    })),
    costs: costsOf(random, pilot, { from: startDay, to: startDay + 181 }, { first: 1_500, monthly: 3_100 }),
    plan: plan(startDay, begun),
    truth: {
      ...{ pilot, design: 'difference-in-differences', outcome: outcomeWords(scale) },
      effectPoints: points,
      figures: { commonTrend, unlikeAnyway, unitDeviation, periodDeviation, units: units.length, begun: begun.length },
      recover:
        'Difference-in-differences of units before and after. Units with the pilot score higher anyway, and all change by the common trend; comparing after alone, or before with after alone, finds another number.',
    },
  };
}

function plan(startDay: number, begun: readonly string[]): MadePilot['plan'] {
  return pilotPlanOf({
    ...{ pilot, title: 'Rest-day protection', design: 'difference-in-differences', scale },
    logicModel: {
      problem: 'Rest days are cancelled at short notice, and sleep goes with them.',
      activities: 'No rest day is cancelled within seven days but by a superintendent.',
      outcomes: 'Better sleep after six months.',
      assumptions: 'Cover is found without asking the same people.',
    },
    eligibility: 'Everybody in post in the units named, before and after.',
    treatments: 'Units where rest days are protected, against units where they are not.',
    rollout: begun.map((group) => ({ group, from: isoOfDay(startDay) })),
    baseline: { fromDay: -56, toDay: -1 },
    followUp: { fromDay: 140, toDay: 190 },
    ...{ smallSample: 'CR2', deltas: [0, 1, 2] },
  });
}
