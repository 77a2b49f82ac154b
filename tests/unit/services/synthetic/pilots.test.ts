import { describe, expect, test } from 'vitest';
import { evaluatePilot } from '#main/analysis/pilots/evaluation/evaluate-pilot.ts';
import type { PilotPerson } from '#main/analysis/pilots/evaluation/people.ts';
import { planFaults } from '#main/services/pilots/plan-faults.ts';
import { generateForce } from '#main/services/synthetic/index.ts';
import type { MadePilot } from '#main/services/synthetic/pilots/made-pilot.ts';
import { pilotAnswerRows } from '#main/services/synthetic/pilots/pilot-rows.ts';
import { screeningHeader, screeningRows } from '#main/services/synthetic/screenings.ts';
import { pilotDesigns } from '#shared/domain/pilot.ts';
import { planGaps } from '#shared/domain/pilot-gaps.ts';
import { evaluationOptions, inputOfPilot } from '../../../fixtures/planted-pilot-input.ts';

const force = generateForce();
const { made, leftOut } = force.pilots();
/** Fixed beforehand: the default force, and twenty others as large. */
const others = Array.from({ length: 20 }, (_, at) => generateForce({ seed: at + 1 }));

function primaryOf(pilot: MadePilot, people: (typeof force)['people']) {
  return evaluatePilot(inputOfPilot(pilot, people), evaluationOptions).primary;
}

function isCovered(pilot: MadePilot, people: (typeof force)['people']): boolean {
  const { low, high } = primaryOf(pilot, people);
  return low <= pilot.truth.effectPoints && pilot.truth.effectPoints <= high;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** As somebody would who looks at the scores after alone. */
function plainDifference(pilot: MadePilot): number {
  const input = inputOfPilot(pilot, force.people);
  if (!('people' in input)) throw new Error('not of people');
  const scores = (arm: boolean) =>
    input.primary.waves[0]!.scores.filter(
      (score, at): score is number => score !== null && (input.people[at] as PilotPerson).offered === arm,
    );
  return meanOf(scores(true)) - meanOf(scores(false));
}

describe('the pilots of a synthetic force', () => {
  test('are one of each design, and none is left out of a force of the usual size', () => {
    expect(made.map(({ truth }) => truth.design).sort()).toEqual([...pilotDesigns].sort());
    expect(leftOut).toEqual([]);
  });

  test('have plans that lack nothing, and truths that are of the plan', () => {
    for (const { plan, truth } of made) {
      expect([...planGaps(plan), ...planFaults(plan)]).toEqual([]);
      expect({ pilot: plan.pilot, design: plan.design }).toEqual({ pilot: truth.pilot, design: truth.design });
    }
  });

  test('have their planted effect in the interval of every design in the default force', () => {
    for (const pilot of made) {
      expect([pilot.plan.pilot, isCovered(pilot, force.people)]).toEqual([pilot.plan.pilot, true]);
    }
  });

  test('have it there nearly always in other forces, whatever the design', () => {
    const covered = new Map(pilotDesigns.map((design) => [design, 0]));
    for (const other of others) {
      for (const pilot of other.pilots().made) {
        if (isCovered(pilot, other.people)) covered.set(pilot.truth.design, covered.get(pilot.truth.design)! + 1);
      }
    }
    // Of 20 intervals at 95%, 15 or more in 999.7 of 1,000 runs; of all 140 together, 124 or more in 999 of 1,000.
    for (const [design, count] of covered) expect([design, count >= 15]).toEqual([design, true]);
    expect([...covered.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(124);
  });

  test('hide what a plain look gets wrong: who chose coaching was worse off before', () => {
    const found = others.map((other) =>
      plainDifference(other.pilots().made.find(({ truth }) => truth.design === 'weighting')!),
    );
    expect(meanOf(found)).toBeGreaterThan(-3 + 1);
  });

  test('measure with instruments that nothing else in the force asks, so that no other effect moves', () => {
    const instrument = screeningHeader.indexOf('instrument');
    const elsewhere = new Set(['CBI', 'GHQ-12', 'WFC-FWC', 'RAS', 'SDQ-P']);
    for (const invitation of force.screenings()) {
      for (const row of screeningRows(invitation, force.people[invitation.person]!)) elsewhere.add(row[instrument]!);
      break;
    }
    const asked = new Set(made.flatMap((pilot) => pilotAnswerRows(pilot, force.people).map((row) => row[instrument]!)));
    expect([...asked].filter((code) => elsewhere.has(code))).toEqual([]);
    expect(asked.size).toBe(6);
  });

  test('are the same again from the same seed, and each other from another', () => {
    expect(generateForce().pilots()).toEqual(force.pilots());
    const other = others[0]!.pilots().made;
    for (const [at, { answers }] of made.entries()) expect(other[at]!.answers).not.toEqual(answers);
  });

  test('are left out of a force that is too small or too young, each with the reason', () => {
    const small = generateForce({ people: 30, years: 1 });
    expect(small.pilots().made).toEqual([]);
    expect(small.truth().planted.pilots.leftOut.map(({ design, because }) => [design, because.length > 10])).toEqual(
      small.pilots().leftOut.map(({ design }) => [design, true]),
    );
    expect(small.pilots().leftOut.length).toBe(7);
    const young = generateForce({ years: 1 }).pilots();
    expect(young.made.map(({ truth }) => truth.design)).toEqual([
      'randomised',
      'pre-post',
      'difference-in-differences',
      'weighting',
    ]);
  });
});
