import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { evaluateClusterRandomised } from '#main/analysis/pilots/evaluation/cluster-randomised.ts';
import { evaluateSeries } from '#main/analysis/pilots/evaluation/interrupted-series.ts';
import { evaluatePrePost } from '#main/analysis/pilots/evaluation/pre-post.ts';
import { evaluateRandomised } from '#main/analysis/pilots/evaluation/randomised.ts';
import type { PilotEvaluation, PilotRisk } from '#shared/domain/pilot-evaluation.ts';
import { randomStream } from '#shared/domain/random.ts';
import { drawClusterPilot, drawRandomisedPilot, drawSeries } from '#tests/fixtures/drawn-pilots.ts';
import { startNativeR } from './native-r-session.ts';

/** The script of each evaluation, alone in an R that has no file to read. */
const native = startNativeR();
afterAll(() => native?.close());

type Limits = Readonly<Record<'estimate' | 'low' | 'high' | 'p', number>>;
type InR = {
  readonly primary: readonly Limits[];
  readonly standardised?: number;
  readonly further: readonly Limits[];
  readonly deltas?: readonly Limits[];
  readonly adjustedP?: number | readonly number[];
  readonly improvement?: Pick<PilotRisk, 'difference' | 'low' | 'high' | 'numberNeeded'>;
};

async function inR(context: TestContext, evaluation: PilotEvaluation): Promise<InR> {
  if (!native) return context.skip('the system has no R');
  return (await native.run(evaluation.r, {})) as InR;
}

function same(ours: Limits | { readonly refused: string } | undefined, theirs: Limits | undefined): void {
  if (!ours || 'refused' in ours || !theirs) throw new Error('one of the two is missing');
  for (const key of ['estimate', 'low', 'high', 'p'] as const) expect(ours[key], key).toBeCloseTo(theirs[key], 9);
}

const options = { minimum: 10, minimumTakingPart: 5, deltas: [1, 3], subgroups: [] };

describe('evaluations of pilots, in R', () => {
  it('people allocated by chance: intervals, missing scores, Holm, and how many have to be offered it', async (context) => {
    const { people, scores } = drawRandomisedPilot(randomStream(11, 'in R'), 300, -4);
    const others = [0, 2].map((place) => ({ ...scores, primaryWave: scores.waves[place]?.wave ?? '' }));
    const evaluation = evaluateRandomised(people, scores, others, options);
    const theirs = await inR(context, evaluation);
    same(evaluation.primary, theirs.primary[0]);
    evaluation.further.forEach(({ found }, at) => {
      same(found, theirs.further[at]);
    });
    if ('refused' in evaluation.missing || 'refused' in evaluation.change) throw new Error('a part is missing');
    evaluation.missing.deltas.forEach(({ found }, at) => {
      same(found, theirs.deltas?.[at]);
    });
    expect(evaluation.missing.deltas).toHaveLength(4);
    expect(evaluation.secondaries.map(({ adjustedP }) => adjustedP)).toEqual(theirs.adjustedP);
    const { improvement } = evaluation.change;
    for (const key of ['difference', 'low', 'high', 'numberNeeded'] as const) {
      expect(improvement?.[key], key).toBeCloseTo(theirs.improvement?.[key] ?? Number.NaN, 9);
    }
    expect(evaluation.primary.standardised?.estimate).toBeCloseTo(theirs.standardised ?? Number.NaN, 9);
  });

  it('teams: counts for what they are worth', async (context) => {
    const { people, scores } = drawClusterPilot(randomStream(3, 'teams'), 40, -3);
    const evaluation = evaluateClusterRandomised(people, scores, [], options);
    const theirs = await inR(context, evaluation);
    same(evaluation.primary, theirs.primary[0]);
    if ('refused' in evaluation.change) throw new Error(evaluation.change.refused);
    expect(evaluation.change.improvement?.low).toBeCloseTo(theirs.improvement?.low ?? Number.NaN, 9);
    expect(evaluation.change.improvement?.high).toBeCloseTo(theirs.improvement?.high ?? Number.NaN, 9);
  });

  it('one group: the change over its deviation', async (context) => {
    const drawn = drawRandomisedPilot(randomStream(12, 'in R'), 120, 0);
    const people = drawn.people.map((person) => ({ ...person, offered: true }));
    const evaluation = evaluatePrePost(people, drawn.scores, [], options, 15);
    const theirs = await inR(context, evaluation);
    same(evaluation.primary, theirs.primary[0]);
    expect(evaluation.primary.standardised?.estimate).toBeCloseTo(theirs.standardised ?? Number.NaN, 9);
  });

  it('a series: the script carries its points, and the recipe fits the same to them', async (context) => {
    const points = drawSeries(randomStream(13, 'in R'), 60, -3);
    const rule = { name: 'distress', unit: 'points', better: 'low', norms: null } as const;
    const plan = { start: 31, horizon: null, seasonPoints: null, errors: null };
    const evaluation = evaluateSeries({ ...rule, points }, plan, [], { minimum: 10 });
    const theirs = await inR(context, evaluation);
    same(evaluation.primary, theirs.primary[0]);
    if (!native || (await native.missing(['nlme'])).length > 0) return context.skip('the system has no nlme');
    const recipe = evaluation.r.slice(evaluation.r.indexOf('From the rows:')).split('\n').slice(1);
    const script = recipe.map((line) => line.replace(/^# {3}/, '').replace(/^#$/, '')).join('\n');
    const csv = ['time,value', ...points.map(({ time, value }) => `${time},${value}`)].join('\n');
    const fitted = (await native.run(script, { 'series.csv': `${csv}\n` })) as { readonly effects: readonly Limits[] };
    const last = fitted.effects.at(-1);
    expect(evaluation.primary.estimate).toBeCloseTo(last?.estimate ?? Number.NaN, 4);
    expect(evaluation.primary.low).toBeCloseTo(last?.low ?? Number.NaN, 3);
  });
});
