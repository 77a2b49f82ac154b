import { describe, expect, it } from 'vitest';
import {
  draftProblems,
  gapIn,
  gapsOf,
  newOutcome,
  numberIn,
  numbersIn,
  replacedAt,
  withoutAt,
} from '../../src-renderer/features/pilots/plan/draft.ts';
import { outcomeWords } from '../../src-renderer/features/pilots/plan/plan-words.ts';
import { gapsOfStep, planSteps } from '../../src-renderer/features/pilots/plan/steps.ts';
import { type PilotPlan, pilotPlanSchema } from '../../src-shared/domain/pilot.ts';
import { planGaps } from '../../src-shared/domain/pilot-gaps.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';

const idea = pilotPlanSchema.parse({ pilot: 'Walks', title: 'Walks with a peer' });
const whole = pilotPlanSchema.parse(pilotPlan());
const named = (plan: PilotPlan): readonly string[] => draftProblems(plan).map(({ field }) => field);

describe('a plan that is written on screen', () => {
  it('has a step for everything that a plan can lack, and names it in one step only', () => {
    const withChance = { ...idea, design: 'cluster-randomised' as const };
    const wedge = { ...idea, design: 'stepped-wedge' as const, primary: newOutcome };
    const change = { ...idea, design: 'difference-in-differences' as const, primary: newOutcome };
    for (const plan of [idea, withChance, wedge, change]) {
      const gaps = planGaps(plan);
      expect(planSteps.flatMap((step) => gapsOfStep(gaps, step)).length).toBe(gaps.length);
    }
    expect(gapsOfStep(planGaps(withChance), 'design').map(({ field }) => field)).toEqual([
      'arms',
      'arms',
      'allocation',
    ]);
    expect(gapIn(planGaps(withChance), 'arms')).toBe(
      'at least two arms; the one arm that the others are compared with',
    );
    expect(gapIn(planGaps(whole), 'arms')).toBeUndefined();
  });

  it('tells what the engine found in it only for as long as it is as it was saved', () => {
    const found = [{ field: 'primary', words: 'there is no instrument “NONE”' }];
    expect(gapsOf(whole, { plan: whole, gaps: found })).toEqual(found);
    expect(gapsOf({ ...whole, title: 'Other' }, { plan: whole, gaps: found })).toEqual([]);
  });

  it('can be saved while parts are silent, and not while a field holds what no plan may hold', () => {
    expect(draftProblems(idea)).toEqual([]);
    expect(draftProblems(whole)).toEqual([]);
    expect(named({ ...idea, title: ' ' })).toEqual(['title']);
    expect(named({ ...idea, primary: newOutcome })).toEqual([
      'primary.measure.instrument',
      'primary.followUp.fromDay',
      'primary.followUp.toDay',
    ]);
    const [first, second] = whole.arms;
    expect(named({ ...whole, arms: replacedAt(whole.arms, 1, { arm: first!.arm }) })).toEqual(['arms']);
    expect(
      named({
        ...whole,
        arms: [
          { ...first!, arm: '' },
          { ...second!, share: Number.NaN },
        ],
      }),
    ).toEqual(['arms.arm', 'arms.share']);
    expect(named({ ...idea, rollout: [{ group: 'North', from: '' }] })).toEqual(['rollout.from']);
    expect(named({ ...idea, allocation: { blockSizes: [4, Number.NaN], byStratum: true } })).toEqual([
      'allocation.blockSizes',
    ]);
    const turned = { ...whole.primary!, followUp: { fromDay: 90, toDay: 80 } };
    expect(named({ ...whole, primary: turned })).toEqual(['primary.followUp.toDay']);
    expect(named({ ...whole, sampleSize: { by: 'reason', reason: 'x' } })).toEqual(['sampleSize.reason']);
    expect(draftProblems({ ...idea, rollout: [{ group: '', from: '2026-01-05' }] })[0]?.words).toBe(
      'A sequence, team or area has no name.',
    );
  });

  it('reads numbers as they are typed', () => {
    expect([numberIn(''), numberIn('12'), numberIn(0)]).toEqual([Number.NaN, 12, 0]);
    expect(numbersIn(' 4, 6;8 ')).toEqual([4, 6, 8]);
    expect(numbersIn('')).toEqual([]);
    expect(numbersIn('4, x')).toEqual([4, Number.NaN]);
    expect(withoutAt(['a', 'b', 'c'], 1)).toEqual(['a', 'c']);
  });

  it('says an outcome in words, with its days counted from the allocation', () => {
    expect(outcomeWords(whole.primary!)).toBe(
      'GHQ-12, likert, screenings; lower is better; follow-up day 80 to day 120; baseline day −42 to day 0',
    );
    expect(outcomeWords(whole.secondaries[0]!)).toBe('Days absent; lower is better; follow-up day 1 to day 180');
  });
});
