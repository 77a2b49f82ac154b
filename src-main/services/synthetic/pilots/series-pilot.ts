import { isoOfDay } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { normal } from '../distributions.ts';
import { periodOf } from '../options.ts';
import { costsOf } from './costs.ts';
import type { LeftOutPilot, MadePilot, PilotAnswer, PilotForce } from './made-pilot.ts';
import { outcomeWords, scales } from './outcome-scale.ts';
import { pilotPlanOf } from './pilot-plan.ts';
import { plantedPilots } from './planted-pilots.ts';
import { answerOf, inPostOn } from './taking-part.ts';

/** The whole force from one day on; other people are asked in every round of four weeks, and the rounds follow one another. */

const roundDays = 28;
/** From so many rounds on, half of them before the pilot, a trend before can be told. */
const fewestRounds = 24;
const mostRounds = 66;
const fewestARound = 30;
const mostARound = 300;
const askedShare = 0.16;
const usualShare = 0.7;
const scale = scales.operationalStress;
const { pilot, points, pointsPerRound, roundDeviation, autocorrelation } = plantedPilots.rostering;

/** What moves each round as a whole. */
function roundShifts(random: RandomStream, rounds: number): readonly number[] {
  const shifts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const own = roundDeviation * Math.sqrt(1 - autocorrelation ** 2) * normal(random);
    const before = shifts[round - 1];
    shifts.push(before === undefined ? roundDeviation * normal(random) : autocorrelation * before + own);
  }
  return shifts;
}

export function seriesPilot(force: PilotForce, lastDay: number): MadePilot | LeftOutPilot {
  const design = 'interrupted-time-series';
  const random = randomStream(force.options.seed, `pilot ${pilot}`);
  const rounds = Math.min(mostRounds, Math.floor(periodOf(force.options).days / roundDays));
  if (rounds < fewestRounds)
    return { pilot, design, because: `fewer than ${fewestRounds} rounds of four weeks are there` };
  const before = Math.floor(rounds / 2);
  const firstDay = lastDay + 1 - rounds * roundDays;
  const startDay = firstDay + before * roundDays;
  const answers: PilotAnswer[] = [];
  for (const [round, shift] of roundShifts(random, rounds).entries()) {
    const fromDay = firstDay + round * roundDays;
    const wave = { wave: `round ${round + 1}`, fromDay, usualShare, days: roundDays };
    const inPost = inPostOn(random, force, { from: fromDay, to: fromDay + roundDays - 1 }, () => true);
    const asked = inPost.slice(0, Math.min(mostARound, Math.round(inPost.length * askedShare)));
    if (asked.length < fewestARound) return { pilot, design, because: 'too few people can be asked in every round' };
    const moved = shift + pointsPerRound * round + (round >= before ? points : 0);
    for (const person of asked) {
      answers.push(answerOf(random, force, { person, trait: normal(random) }, wave, scale, moved));
    }
  }
  const units = [...new Set(force.people.map(({ unitName }) => unitName))].sort();
  return {
    ...{ answers, enrolments: [], sessionPlan: [], sessions: [], events: [] },
    clusters: units.map((cluster) => ({ cluster, sequence: '', exposedDay: startDay })),
    costs: costsOf(random, pilot, { from: startDay, to: lastDay }, { first: 8_000, monthly: 900 }),
    plan: plan(units, startDay, { before, after: rounds - before }),
    truth: {
      ...{ pilot, design, outcome: outcomeWords(scale) },
      effectPoints: points,
      figures: { pointsPerRound, roundDeviation, autocorrelation, rounds, roundsBefore: before },
      recover:
        'Segmented regression of the mean of each round of four weeks: a step at the first round of the pilot, no change of trend, so that the difference from what the rounds before foretell is the same at every round since. Other people are asked in every round.',
    },
  };
}

function plan(
  units: readonly string[],
  startDay: number,
  rounds: { readonly before: number; readonly after: number },
): MadePilot['plan'] {
  return pilotPlanOf({
    ...{ pilot, title: 'Trauma-aware rostering', design: 'interrupted-time-series', scale },
    logicModel: {
      problem: 'Rosters give the hardest jobs to whoever is nearest, again and again.',
      activities: 'Rosters show who had hard jobs lately, and share them.',
      outcomes: 'Less operational stress across the force.',
      assumptions: 'Nothing else of the kind begins in the same weeks.',
    },
    eligibility: 'Everybody in post; a random part of them is asked every four weeks.',
    treatments: 'Rounds with the new rosters, against what the rounds before lead one to expect.',
    rollout: units.map((group) => ({ group, from: isoOfDay(startDay) })),
    baseline: { fromDay: -rounds.before * roundDays, toDay: -1 },
    followUp: { fromDay: 0, toDay: rounds.after * roundDays - 1 },
    deltas: [0],
  });
}
