import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EvaluationInput, evaluatePilot } from '#main/analysis/pilots/evaluation/evaluate-pilot.ts';
import type { PilotPerson, PilotScores } from '#main/analysis/pilots/evaluation/people.ts';
import type { WedgeScore } from '#main/analysis/pilots/evaluation/stepped-wedge.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import type { PilotEvaluationResult, PilotEvaluationTold } from '#shared/domain/pilot-evaluation-result.ts';
import { randomStream } from '#shared/domain/random.ts';
import { formatInterval, formatNumber } from '#shared/report/format.ts';
import {
  drawAreas,
  drawChosenPilot,
  drawClusterPilot,
  drawRandomisedPilot,
  drawSeries,
  drawSteppedWedge,
} from '../fixtures/drawn-pilots.ts';
import { answer, enrol, headerOf, inWholePoints, noExtracts, type PilotExtracts } from '../fixtures/pilot-extracts.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { csvFile, newSession, passphrase, type Session, temporaryFolder, user } from './test-vault.ts';

const folder = temporaryFolder('pilot-evaluation');
const vault = join(folder, 'vault');
const first = dayOfIso('2026-01-12') ?? 0;
const allocatedOn = isoOfDay(first);
const started = isoOfDay(first);

const rule = {
  name: 'PCL-5',
  unit: 'points',
  better: 'low',
  norms: { points: 5, source: '5 points', reliability: 0.82 },
} as const;
const measure = { of: 'score' as const, instrument: 'PCL-5' };
const primary = {
  measure,
  better: 'low' as const,
  baseline: { fromDay: -30, toDay: 0 },
  followUp: { fromDay: 70, toDay: 100 },
};
const options = { minimum: 10, minimumTakingPart: 5, deltas: [0, 1, 2, 3], subgroups: [] };
const analysis = { covariates: [], smallSample: 'none' as const, tippingPointDeltas: [0, 1, 2, 3] };

type Made = { readonly plan: Parameters<typeof pilotPlan>[0]; readonly input: EvaluationInput };

/** People of two arms with a score at baseline and one after 84 days. */
function ofPeople(
  extracts: PilotExtracts,
  pilot: string,
  people: readonly PilotPerson[],
  scores: PilotScores,
  row: (person: PilotPerson) => { readonly arm?: string },
): { readonly people: readonly PilotPerson[]; readonly scores: PilotScores } {
  const after = scores.waves.find(({ wave }) => wave === scores.primaryWave)?.scores ?? [];
  people.forEach((person, at) => {
    const ref = `${pilot} ${at}`;
    const { stratum, cluster } = person;
    enrol(extracts, pilot, ref, { stratum, cluster, allocatedOn, ...row(person) });
    answer(extracts, ref, first - 3, scores.baseline[at] ?? null);
    answer(extracts, ref, first + 84, after[at] ?? null);
  });
  return {
    people,
    scores: {
      ...rule,
      baseline: scores.baseline,
      waves: [{ wave: 'day 70 to 100', scores: after }],
      primaryWave: 'day 70 to 100',
    },
  };
}

const armOf = ({ offered }: PilotPerson) => ({ arm: offered ? 'sessions' : 'as usual' });

/** What each design is made from: the extracts, the plan, and the rows that its estimators are to see. */
const designs: Readonly<Record<string, (extracts: PilotExtracts, pilot: string) => Made>> = {
  'pre-post': (extracts, pilot) => {
    const drawn = inWholePoints(drawRandomisedPilot(randomStream(21, pilot), 60, -4));
    const everybody = drawn.people.map((person) => ({ ...person, offered: true, adhered: null }));
    const { people, scores } = ofPeople(extracts, pilot, everybody, drawn.scores, () => ({}));
    return {
      plan: { design: 'pre-post', arms: [], allocation: null },
      input: { design: 'pre-post', people, primary: scores, secondaries: [], normMean: null },
    };
  },
  randomised: (extracts, pilot) => {
    const drawn = inWholePoints(drawRandomisedPilot(randomStream(22, pilot), 160, -4));
    const { people, scores } = ofPeople(extracts, pilot, drawn.people, drawn.scores, armOf);
    people.forEach((person, at) => {
      if (!person.adhered) return;
      for (let week = 0; week < 8; week += 1) {
        extracts.pilot_sessions.push(`${pilot},${pilot} ${at},${isoOfDay(first + 7 * week)}T10:00,15`);
      }
      const [category, seriousness] = at % 3 === 0 ? ['tiredness', 'mild'] : ['worry', 'mild'];
      if (at < 100)
        extracts.adverse_events.push(`${pilot},${pilot} ${at},${isoOfDay(first + 9)},${category},${seriousness}`);
    });
    extracts.costs.push(`Trainer,2026-01,5000,${pilot}`, `Room,2026-01,1000,${pilot}`);
    return { plan: {}, input: { design: 'randomised', people, primary: scores, secondaries: [] } };
  },
  'cluster-randomised': (extracts, pilot) => {
    const drawn = inWholePoints(drawClusterPilot(randomStream(23, pilot), 12, -4));
    const { people, scores } = ofPeople(extracts, pilot, drawn.people, drawn.scores, armOf);
    return {
      plan: { design: 'cluster-randomised', analysis: { ...analysis, smallSample: 'CR2' } },
      input: { design: 'cluster-randomised', people, primary: scores, secondaries: [], main: 'CR2' },
    };
  },
  'stepped-wedge': (extracts, pilot) => {
    const rows = drawSteppedWedge(randomStream(24, pilot), { teams: 6, periods: 4, people: 6 }, -4);
    const step = 60;
    const begins = (team: string): number =>
      Math.min(...rows.flatMap((row) => (row.cluster === team && row.exposed ? row.period : [])));
    for (const team of new Set(rows.map(({ cluster }) => cluster))) {
      extracts.pilot_clusters.push(`${pilot},${pilot} ${team},sequence ${begins(team) - 1},`);
    }
    const whole = rows.map((row, at): WedgeScore => {
      const score = Math.max(0, Math.round(row.score));
      const ref = `${pilot} ${at}`;
      enrol(extracts, pilot, ref, { cluster: `${pilot} ${row.cluster}`, allocatedOn });
      answer(extracts, ref, first + (row.period - 2) * step + 20, score);
      return { ...row, score, person: ref };
    });
    const rollout = [1, 2, 3].map((sequence) => ({
      group: `sequence ${sequence}`,
      from: isoOfDay(first + (sequence - 1) * step),
    }));
    return {
      plan: {
        ...{ design: 'stepped-wedge', arms: [], rollout, allocation: { blockSizes: [3] } },
        primary: { ...primary, baseline: null, followUp: { fromDay: 0, toDay: step - 1 } },
      },
      input: { design: 'stepped-wedge', primary: { ...rule, rows: whole }, secondaries: [] },
    };
  },
  'difference-in-differences': (extracts, pilot) => {
    const { rows, begins } = drawAreas(randomStream(25, pilot), { areas: 10, periods: 2, people: 10 }, -4);
    const whole = rows.map((row, at) => {
      const score = Math.max(0, Math.round(row.score));
      const ref = `${pilot} ${at}`;
      enrol(extracts, pilot, ref, { cluster: row.unit, allocatedOn });
      answer(extracts, ref, first + (row.period === 1 ? -10 : 84), score);
      return { ...row, score };
    });
    const rollout = [...begins].flatMap(([group, from]) => (from === null ? [] : [{ group, from: started }]));
    return {
      plan: { design: 'difference-in-differences', arms: [], allocation: null, rollout },
      input: { design: 'difference-in-differences', primary: { ...rule, rows: whole }, secondaries: [], begins },
    };
  },
  'interrupted-time-series': (extracts, pilot) => {
    const people = 10;
    const points = drawSeries(randomStream(26, pilot), 40, -4).map(({ time, value }) => {
      const scores = Array.from({ length: people }, (_, at) => Math.max(0, Math.round(value + (at % 5) - 2)));
      for (const [at, score] of scores.entries()) {
        answer(extracts, `${pilot} ${at}`, first + (time - 21) * 28 + 27, score);
      }
      return { time: time - 20, value: scores.reduce((sum, score) => sum + score, 0) / people, people };
    });
    for (let at = 0; at < people; at += 1)
      enrol(extracts, pilot, `${pilot} ${at}`, { cluster: 'Harbour', allocatedOn });
    return {
      plan: {
        ...{ design: 'interrupted-time-series', arms: [], allocation: null },
        rollout: [{ group: 'Harbour', from: started }],
        primary: { ...primary, baseline: { fromDay: -560, toDay: -1 }, followUp: { fromDay: 0, toDay: 559 } },
      },
      input: {
        ...{ design: 'interrupted-time-series', primary: { ...rule, points }, secondaries: [] },
        plan: { start: 1, horizon: null, seasonPoints: null, errors: null },
      },
    };
  },
  weighting: (extracts, pilot) => {
    const drawn = inWholePoints(drawChosenPilot(randomStream(27, pilot), 200, -4));
    const aged = drawn.people.map((person, at) => {
      const age = Math.round(Number(person.covariates['age']));
      extracts.people.push(`${pilot} ${at},Response,North,${2026 - age},2015-01-01`);
      return { ...person, covariates: { age } };
    });
    const { people, scores } = ofPeople(extracts, pilot, aged, drawn.scores, armOf);
    return {
      plan: { design: 'weighting', allocation: null, analysis: { ...analysis, covariates: ['age'] } },
      input: { design: 'weighting', people, primary: scores, secondaries: [], to: 'ATT' },
    };
  },
};

let session: Session;
let today = '2026-01-12';
const made = new Map<string, Made>();

async function load(extracts: PilotExtracts): Promise<void> {
  for (const [kind, lines] of Object.entries(extracts)) {
    if (lines.length === 0) continue;
    const file = csvFile(folder, `${kind}.csv`, headerOf(kind as keyof PilotExtracts), lines);
    const { rows } = await session.call('imports.load', { file, kind, mapping: null });
    expect([kind, rows.rejected]).toEqual([kind, 0]);
  }
}

async function lock(parts: Parameters<typeof pilotPlan>[0]): Promise<void> {
  const { pilot, hash } = await session.call('pilots.save', {
    plan: pilotPlan({ primary, secondaries: [], analysis, ...parts }),
  });
  await session.call('pilots.lock', { pilot, hash });
}

async function evaluate(pilot: string, given: Readonly<Record<string, unknown>> = {}) {
  const answered = await session.call('analyses.run', { method: 'pilot-evaluation', spec: { pilot, ...given } });
  const result = answered.result as unknown as PilotEvaluationResult;
  const [only] = result.comparisons;
  if (!only || 'refused' in only.evaluation) throw new Error(only === undefined ? 'nothing' : 'refused');
  return { answered, result, comparison: only, evaluation: only.evaluation as PilotEvaluationTold };
}

beforeAll(async () => {
  session = newSession(() => Date.parse(`${today}T09:00:00Z`));
  await session.call('vault.create', { folder: vault, user, roles: ['analyst', 'evaluator'], passphrase });
  const extracts = noExtracts();
  for (const [design, make] of Object.entries(designs)) made.set(design, make(extracts, design));
  await load(extracts);
  for (const [pilot, { plan }] of made) await lock({ ...plan, pilot });
}, 120_000);
afterAll(() => session.engine.close());

describe('a pilot evaluated from what the vault holds', () => {
  for (const design of Object.keys(designs)) {
    it(`${design}: the same as its estimators find from the rows that were loaded`, async () => {
      const { input } = made.get(design) as Made;
      const theirs = evaluatePilot(input, options);
      const { evaluation } = await evaluate(design);
      for (const key of ['estimate', 'se', 'p', 'low', 'high'] as const) {
        expect(evaluation.primary[key], key).toBeCloseTo(theirs.primary[key], 7);
      }
      expect(evaluation.primary.absolute.words).toContain(evaluation.outcome);
      expect(evaluation.further.map(({ name }) => name)).toEqual(theirs.further.map(({ name }) => name));
      expect(evaluation.flow).toEqual(theirs.flow);
    }, 60_000);
  }

  it('says the plan, its lock and its deviations, and where a report is still to say something', async () => {
    await session.call('pilots.deviate', { pilot: 'randomised', what: 'Eight sessions', reason: 'no room in May' });
    const { result, answered } = await evaluate('randomised');
    const { lock: held } = await session.call('pilots.show', { pilot: 'randomised' });
    expect(result.plan).toMatchObject({ hash: held?.hash, lockedAt: held?.at });
    expect(result.plan.deviations).toMatchObject([{ what: 'Eight sessions', reason: 'no room in May' }]);
    expect(result.plan.couldSeeOutcomes).toEqual([{ roles: ['analyst'], why: 'by role', users: 1 }]);
    expect(JSON.stringify(answered)).not.toContain(user);
    expect(result.guideline.items).toHaveLength(30);
    expect(answered.reading[1]).toBe('Done otherwise than planned: Eight sessions. Because: no room in May.');
  });

  it('says what was delivered, what went wrong, what it cost, and how the outcome goes with sessions', async () => {
    const { result, comparison, evaluation } = await evaluate('randomised', { dayGbp: 180 });
    const { people } = (made.get('randomised') as Made).input as { readonly people: readonly PilotPerson[] };
    const offered = people.filter((person) => person.offered).length;
    expect(evaluation.economics).toMatchObject({ costGbp: 6_000, perPersonGbp: 6_000 / offered });
    expect(evaluation.standards.emmie.at(-1)?.words).toContain('£6,000');
    expect(comparison.delivery?.byDose.enough).toBe(people.filter(({ adhered }) => adhered).length);
    expect(comparison.doseResponse).toMatchObject({
      exploratory: true,
      found: { method: expect.stringContaining('no effect') },
    });
    const { adverseEvents } = result;
    if ('refused' in adverseEvents) throw new Error(adverseEvents.refused);
    expect(adverseEvents).toMatchObject({ categories: ['tiredness', 'worry'], seriousness: ['mild'] });
    expect(adverseEvents.people).toEqual([{ what: 'sessions', count: expect.any(Number) }]);
    for (const count of adverseEvents.counts.flat()) expect(count ?? 10).toBeGreaterThanOrEqual(10);
  });

  it.each(Object.keys(designs))(
    '%s: becomes a report with its main figure and every deviation, which verifies as equal',
    async (pilot) => {
      const isDeviated = pilot === 'randomised';
      if (isDeviated)
        await session.call('pilots.deviate', { pilot, what: 'Calls by video', reason: 'the line was down' });
      const to = join(folder, `report of ${pilot}`);
      await session.call('reports.build', { spec: { template: 'pilot-evaluation', pilot }, folder: to });
      const facts = JSON.parse(readFileSync(join(to, 'facts.json'), 'utf8')) as { where: string; says: string }[];
      const said = facts.map(({ says }) => says);
      if (isDeviated) expect(said).toEqual(expect.arrayContaining(['Calls by video', 'the line was down']));
      else expect(said).toContain('No deviation from the locked plan is recorded.');
      const { evaluation } = await evaluate(pilot);
      const { estimate, low, high } = evaluation.primary;
      const main = facts.find(({ where }) => where.endsWith('Main estimate › Difference'));
      expect(main?.says).toBe(formatNumber(estimate, 2));
      expect(said).toContain(formatInterval(low, high, 2));
      if (!isDeviated) return;
      expect(await session.call('reports.verify', { folder: to })).toMatchObject({ equal: true, differences: [] });
    },
    60_000,
  );

  it('is the same bytes from the same snapshot and spec, and another snapshot after a deviation', async () => {
    const [one, other] = [await evaluate('pre-post'), await evaluate('pre-post')];
    expect(JSON.stringify(one.answered)).toBe(JSON.stringify(other.answered));
    await session.call('pilots.deviate', { pilot: 'pre-post', what: 'Later', reason: 'the extract came late' });
    expect((await evaluate('pre-post')).answered.provenance.snapshot).not.toBe(one.answered.provenance.snapshot);
  });

  it('takes arm and day from what chance gave here, and leaves what somebody answered once they had withdrawn', async () => {
    const pilot = 'By chance';
    const refs = Array.from({ length: 60 }, (_, at) => `${pilot} ${at}`);
    const waiting = noExtracts();
    refs.forEach((ref, at) => {
      enrol(waiting, pilot, ref, { consentedOn: '2026-01-02', withdrawnOn: at < 10 ? '2026-02-01' : '' });
    });
    await load(waiting);
    await lock({ pilot });
    today = '2026-01-13';
    expect((await session.call('pilots.allocate', { pilot })).allocated).toBe(60);
    const answered = noExtracts();
    refs.forEach((ref, at) => {
      answer(answered, ref, first + 1, 20 + (at % 7));
      // The last day of the follow-up, counted from the draw and not from the consent.
      answer(answered, ref, first + 101, 18 + (at % 5));
    });
    await load(answered);
    const { evaluation, result } = await evaluate(pilot);
    const last = evaluation.flow.map(({ steps }) => steps.at(-1)?.count ?? 0);
    expect(last.reduce((sum, count) => sum + count, 0)).toBe(50);
    expect(result.recruitment.arms.map(({ what }) => what)).toEqual(['as usual', 'sessions']);
  });
});

describe('a pilot of several arms', () => {
  it('has each offered arm against the comparison, one that cannot be told beside one that can, and no cost of either', async () => {
    const pilot = 'Two offers';
    const extracts = noExtracts();
    const arms = ['walks', 'calls', 'as usual'].map((arm) => ({ arm, what: arm, isComparison: arm === 'as usual' }));
    for (let at = 0; at < 66; at += 1) {
      const arm = at < 6 ? 'calls' : at % 2 === 0 ? 'walks' : 'as usual';
      const ref = `${pilot} ${at}`;
      enrol(extracts, pilot, ref, { arm, allocatedOn });
      answer(extracts, ref, first - 2, 20 + (at % 7));
      answer(extracts, ref, first + 84, 18 + (at % 5) - (arm === 'walks' ? 4 : 0));
    }
    extracts.costs.push(`Leaflets,2026-02,300,${pilot}`);
    await load(extracts);
    await lock({ pilot, arms, allocation: { blockSizes: [3] } });
    const { result, answered } = await evaluate(pilot);
    expect(result.comparisons.map(({ arm, comparison }) => [arm, comparison])).toEqual([
      ['walks', 'as usual'],
      ['calls', 'as usual'],
    ]);
    const [walks, calls] = result.comparisons.map(({ evaluation }) => evaluation);
    expect(walks).toMatchObject({ primary: { absolute: { direction: 'better' } }, economics: null });
    expect(calls).toEqual({ refused: expect.stringContaining('Fewer than 10 people offered the pilot') });
    expect(answered.warnings).toContainEqual(expect.stringContaining('costs are of all arms together'));
    expect(answered.r).toContain('# "walks" against "as usual"');
  });
});

describe('an outcome of families', () => {
  it('is the answer of one member of each household, without those who withdrew', async () => {
    const pilot = 'Home early';
    const extracts = noExtracts();
    const rows: string[] = [];
    for (let at = 0; at < 40; at += 1) {
      const ref = `${pilot} ${at}`;
      enrol(extracts, pilot, ref, { arm: at % 2 === 0 ? 'sessions' : 'as usual', allocatedOn });
      const withdrawn = at < 8 ? '2026-04-01' : '';
      const answers = [first - 2, first + 84].flatMap((day, wave) => {
        const score = 2 + ((at * 3) % 7) / 4 + (wave === 1 && at % 2 === 0 ? 0.8 : 0);
        const row = (member: string, person: string, value: number) =>
          `${pilot} H${at},${member},${person},${wave + 1},${isoOfDay(day)},2026-01-01,${withdrawn},RAS,mean,${value}`;
        return [row('officer', ref, 1), row('partner', '', score)];
      });
      rows.push(...answers);
    }
    await load(extracts);
    const header = 'household_ref,member,person_ref,wave,taken_on,consented_on,withdrawn_on,instrument,scale,score';
    const file = csvFile(folder, 'families.csv', header, rows);
    const loaded = await session.call('imports.load', { file, kind: 'families', mapping: null });
    expect(loaded.rows.rejected).toBe(0);
    const of = { of: 'score' as const, instrument: 'RAS', scale: 'mean', answeredIn: 'families' as const };
    await lock({ pilot, primary: { ...primary, measure: of, better: 'high' } });
    const { evaluation, result } = await evaluate(pilot);
    expect(evaluation.outcome).toBe('RAS in families');
    expect(evaluation.primary.estimate).toBeCloseTo(0.8, 6);
    // Four of twenty withdrew, which the twenty beside sixteen would tell.
    expect(evaluation.flow.map(({ steps }) => steps.map(({ count }) => count))).toEqual([
      [null, 16, 16, 16],
      [null, 16, 16, 16],
    ]);
    expect(result.recruitment.arms.map(({ count }) => count)).toEqual([null, null]);
  });
});

describe('a pilot that cannot be evaluated', () => {
  const run = (spec: Readonly<Record<string, unknown>>) =>
    session.refused('analyses.run', { method: 'pilot-evaluation', spec });

  it('is refused without a locked plan, whoever asks', async () => {
    await session.call('pilots.save', { plan: pilotPlan({ pilot: 'Open' }) });
    expect(await run({ pilot: 'Open' })).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('not locked'),
    });
    expect(await run({ pilot: 'No such pilot' })).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('names what is wrong with a spec', async () => {
    expect(await run({ pilot: 'randomised', minimum: 5 })).toMatchObject({
      code: 'BAD_SPEC',
      message: expect.stringContaining('"minimum"'),
    });
    expect(await run({ pilot: 'randomised', covariates: [] })).toMatchObject({ code: 'BAD_SPEC' });
  });

  it('says that nobody is enrolled, that no follow-up is due, that nobody is in the comparison', async () => {
    await lock({ pilot: 'Empty' });
    expect((await run({ pilot: 'Empty' })).message).toContain('Nobody is enrolled in Empty');
    expect((await run({ pilot: 'randomised', asOf: '2026-02-01' })).message).toMatch(
      /begins on 23 Mar 2026, and the extracts reach to 1 Feb 2026/,
    );
    const extracts = noExtracts();
    for (let at = 0; at < 20; at += 1) {
      enrol(extracts, 'One arm', `one ${at}`, { arm: 'sessions', allocatedOn });
      answer(extracts, `one ${at}`, first + 84, 20 + (at % 4));
    }
    await load(extracts);
    await lock({ pilot: 'One arm' });
    expect(await run({ pilot: 'One arm' })).toMatchObject({
      code: 'REFUSED_MODEL',
      message: expect.stringContaining('is in the arm “as usual”'),
    });
  });
});
