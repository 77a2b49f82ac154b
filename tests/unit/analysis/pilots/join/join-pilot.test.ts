import { describe, expect, it } from 'vitest';
import { covariateNamed, groupNamed } from '#main/analysis/pilots/join/characteristics.ts';
import { joinPilot, outcomesToJoin, pairsOf } from '#main/analysis/pilots/join/join-pilot.ts';
import type { PilotRecords, ScoredAnswer } from '#main/analysis/pilots/join/records.ts';
import { parsePilotEvaluationSpec } from '#main/analysis/pilots/join/spec.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { type PilotDesign, type PilotPlan, pilotPlanSchema } from '#shared/domain/pilot.ts';
import { pilotPlan } from '#tests/fixtures/pilot-plan.ts';
import { participant, pilotRecords, staffMember } from '#tests/fixtures/pilot-records.ts';

const start = dayOfIso('2026-01-05') ?? 0;
const oneOnly = { arm: null, comparison: null };

function specOf(given: Readonly<Record<string, unknown>> = {}) {
  const parsed = parsePilotEvaluationSpec({ pilot: 'p', ...given });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function planOf(parts: Parameters<typeof pilotPlan>[0]): PilotPlan {
  return pilotPlanSchema.parse(pilotPlan({ secondaries: [], ...parts }));
}

function join(records: PilotRecords, plan: PilotPlan, design: PilotDesign, given = {}, pair = oneOnly) {
  return joinPilot(outcomesToJoin(records, plan, specOf(given)), design, pair as never);
}

/** One person in each of several teams, with a score every ten days from 100 days before the start. */
function teams(count: number) {
  const answers = Array.from({ length: count * 40 }, (_, at): ScoredAnswer => {
    return { person: at % count, day: start - 100 + 10 * Math.floor(at / count), score: Math.floor(at / count) };
  });
  const participants = Array.from({ length: count }, (_, at) => participant(at, { cluster: `team ${at}` }));
  return pilotRecords({ participants, answersOf: () => answers });
}

const measure = { of: 'score' as const, instrument: 'GHQ-12', scale: 'likert' };

describe('people in arms', () => {
  const people = [
    participant(1, { arm: 'sessions', allocatedDay: start, stratum: 'nights' }),
    participant(2, { arm: 'as usual', consentedDay: start + 10 }),
    participant(3, { arm: 'another', allocatedDay: start }),
    participant(4, { arm: 'sessions', allocatedDay: start, notEnrolledReason: 'declined' }),
    participant(5, { arm: 'sessions' }),
  ];
  const records = pilotRecords({
    participants: people,
    attended: Array.from({ length: 8 }, (_, week) => ({
      ...{ person: 1, at: (start + 7 * week) * 86_400 + 36_000, minutes: 15, withinShift: true },
    })),
    answersOf: () => [
      { person: 1, day: start + 100, score: 11 },
      { person: 2, day: start + 110, score: 12 },
      { person: 2, day: start - 50, score: 99 },
    ],
  });
  const plan = planOf({ analysis: { covariates: ['shoe size'], smallSample: 'none', tippingPointDeltas: [0] } });
  const { input, offered, warnings } = join(records, plan, 'randomised', {}, {
    arm: 'sessions',
    comparison: 'as usual',
  } as never);

  it('are those of two arms, each from their own day on, with the stratum that chance was drawn in', () => {
    if (input.design !== 'randomised') throw new Error(input.design);
    expect(input.people.map((one) => [one.offered, one.stratum, one.adhered])).toEqual([
      [true, 'nights', true],
      [false, null, false],
    ]);
    expect(input.primary.waves.map(({ scores }) => scores)).toEqual([[11, 12]]);
    expect(input.primary.baseline).toEqual([null, null]);
    expect(offered.map(({ person }) => person)).toEqual([1]);
  });

  it('are told of where they have no day, and where the plan names what nothing tells of', () => {
    expect(warnings).toEqual([
      'The plan names “shoe size”, of which no extract tells: it is not adjusted for.',
      'Fewer than 5 people are left out: neither a day of allocation nor of consent is held of them.',
    ]);
  });

  it('of several arms are compared two at a time', () => {
    const arms = ['a', 'b', 'c'].map((arm) => ({ arm, what: '', isComparison: arm === 'b' }));
    expect(pairsOf(planOf({ arms }), 'weighting')).toEqual([
      { arm: 'a', comparison: 'b' },
      { arm: 'c', comparison: 'b' },
    ]);
    expect(pairsOf(planOf({ arms }), 'pre-post')).toEqual([oneOnly]);
  });

  it('are known by HR on that day', () => {
    const member = staffMember({
      ...{ birthYear: 1986, serviceStart: start - 3_653 },
      postings: [{ fromDay: start - 5, toDay: null, unit: 'South', role: 'Response', fte: 0.8 }],
    });
    const on = { participant: people[0]!, member, day: start };
    expect(covariateNamed('age')?.(on)).toBe(40);
    expect(groupNamed('Age')?.(on)).toBe('35 to 44');
    expect(covariateNamed('service')?.(on)).toBeCloseTo(10, 2);
    expect(groupNamed('service')?.(on)).toBe('5 to 14 years');
    expect(covariateNamed('unit')?.(on)).toBe('South');
    expect(covariateNamed('fte')?.(on)).toBe(0.8);
    expect(covariateNamed('Ethnicity group')?.(on)).toBeNull();
    expect(covariateNamed('stratum')?.(on)).toBe('nights');
    expect(covariateNamed('shoe size')).toBeNull();
  });
});

describe('teams and areas', () => {
  const from = (days: number): string => isoOfDay(start + days);

  it('of a stepped wedge count in the periods between the starts, and not while they settle', () => {
    const rollout = [0, 60].map((days, at) => ({ group: `team ${at}`, from: from(days) }));
    const plan = planOf({
      ...{ design: 'stepped-wedge', arms: [], rollout },
      primary: { measure, better: 'low', followUp: { fromDay: 30, toDay: 59 } },
    });
    const { input } = join(teams(2), plan, 'stepped-wedge');
    if (input.design !== 'stepped-wedge') throw new Error(input.design);
    const told = input.primary.rows.map(({ cluster, period, exposed, score }) => [cluster, period, exposed, score]);
    // Scores are numbered from 100 days before the start: the last before it has the number 9.
    expect(told).toEqual([
      ['team 0', 1, false, 9],
      ['team 0', 2, true, 15],
      ['team 0', 3, true, 21],
      ['team 1', 1, false, 9],
      ['team 1', 2, false, 15],
      ['team 1', 3, true, 21],
    ]);
  });

  it('that begin on one day have the two periods of the plan, and more where a length is asked for', () => {
    const plan = planOf({
      ...{ design: 'difference-in-differences', arms: [], rollout: [{ group: 'team 0', from: from(0) }] },
      primary: {
        ...{ measure, better: 'low' },
        baseline: { fromDay: -60, toDay: -1 },
        followUp: { fromDay: 30, toDay: 119 },
      },
    });
    const two = join(teams(2), plan, 'difference-in-differences').input;
    if (two.design !== 'difference-in-differences') throw new Error(two.design);
    expect([...two.begins]).toEqual([
      ['team 0', 2],
      ['team 1', null],
    ]);
    expect(two.primary.rows.map(({ period, score }) => [period, score])).toEqual([
      [1, 9],
      [2, 21],
      [1, 9],
      [2, 21],
    ]);
    const more = join(teams(2), plan, 'difference-in-differences', { periodDays: 30 }).input;
    if (more.design !== 'difference-in-differences') throw new Error(more.design);
    expect(more.begins.get('team 0')).toBe(1);
    expect([...new Set(more.primary.rows.map(({ period }) => period))]).toEqual([-1, 0, 1, 2, 3, 4]);
  });

  it('that begin one after the other begin in the period that holds their day', () => {
    const rollout = [0, 91, 200].map((days, at) => ({ group: `team ${at}`, from: from(days) }));
    const plan = planOf({
      ...{ design: 'difference-in-differences', arms: [], rollout },
      primary: {
        ...{ measure, better: 'low' },
        baseline: { fromDay: -91, toDay: -1 },
        followUp: { fromDay: 0, toDay: 90 },
      },
    });
    const { input } = join(teams(4), plan, 'difference-in-differences');
    if (input.design !== 'difference-in-differences') throw new Error(input.design);
    expect([...input.begins.values()]).toEqual([1, 2, 3, null]);
  });

  it('are the units of HR where the enrolments name none, and begin as the extract says where the plan does not', () => {
    const members = new Map(
      Array.from({ length: 12 }, (_, person) => [person, staffMember({ unit: person < 6 ? 'North' : 'South' })]),
    );
    const answers = [...members.keys()].flatMap((person) =>
      [-5, 5, 33].map((days) => ({ person, day: start + days, score: person < 6 ? days : 1_000 })),
    );
    const records = pilotRecords({
      ...{ members, clusters: [{ cluster: 'North', sequence: null, exposedFrom: start }] },
      answersOf: () => answers,
    });
    const plan = planOf({
      ...{ design: 'interrupted-time-series', arms: [], rollout: [{ group: 'elsewhere', from: from(7) }] },
      primary: {
        ...{ measure, better: 'low' },
        baseline: { fromDay: -28, toDay: -1 },
        followUp: { fromDay: 0, toDay: 83 },
      },
    });
    // The third period goes on beyond the last day that is held.
    const { input } = join(records, plan, 'interrupted-time-series', { asOf: from(60) });
    if (input.design !== 'interrupted-time-series') throw new Error(input.design);
    expect(input.plan.start).toBe(1);
    expect(input.primary.points).toEqual([
      { time: 0, value: -5, people: 6 },
      { time: 1, value: 5, people: 6 },
      { time: 2, value: 33, people: 6 },
    ]);
  });

  it('are refused where it is not known that any of them began', () => {
    const plan = planOf({ design: 'stepped-wedge', arms: [], rollout: [{ group: 'elsewhere', from: from(0) }] });
    expect(() => join(teams(2), plan, 'stepped-wedge')).toThrow(/It is not known where p began/);
  });
});
