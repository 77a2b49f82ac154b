import { describe, expect, it } from 'vitest';
import { economicsOf, withEconomics } from '#main/analysis/pilots/evaluation/economics.ts';
import { readEvaluation } from '#main/analysis/pilots/evaluation/reading.ts';
import { riskFrom } from '#main/analysis/pilots/evaluation/reliable-change-by-arm.ts';
import { evaluateWeighted } from '#main/analysis/pilots/evaluation/weighting.ts';
import { randomStream } from '#shared/domain/random.ts';
import { drawChosenPilot } from '#tests/fixtures/drawn-pilots.ts';

const options = { minimum: 10, minimumTakingPart: 5, deltas: [], subgroups: [] };

describe('a comparison that chance did not make', () => {
  const { people, scores } = drawChosenPilot(randomStream(8, 'chosen'), 600, -3);
  const result = evaluateWeighted(people, scores, [], options);

  it('finds the planted effect where the plain difference of the arms does not', () => {
    const mean = (arm: boolean): number => {
      const own = (scores.waves[0]?.scores ?? []).filter((_, at) => people[at]?.offered === arm) as number[];
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    expect(mean(true) - mean(false)).toBeGreaterThan(result.primary.high);
    expect(result.primary.low).toBeLessThan(-3);
    expect(result.primary.high).toBeGreaterThan(-3);
  });

  it('shows how unlike the arms were, and how alike the weights make them', () => {
    const distress = result.balance?.find(({ covariate }) => covariate === 'baseline');
    expect(Math.abs(distress?.before ?? 0)).toBeGreaterThan(0.4);
    expect(Math.abs(distress?.after ?? 1)).toBeLessThan(0.1);
    expect(result.further[0]).toMatchObject({ name: 'Overlap weights' });
  });

  it('says how much something unmeasured would have to do', () => {
    expect(result.warnings.join(' ')).toContain('E-value');
    expect(result.standards.maryland.level).toBe(3);
  });

  it('weighs the difference of the shares who improved as it weighs the scores', () => {
    if ('refused' in result.change || result.change.improvement === null) throw new Error('no counts');
    const [offered, comparison] = result.change.arms.map(({ n, improved }) => (improved ?? 0) / (n ?? 1));
    // Those who chose it felt worse and had more to gain: unweighted shares differ by more.
    expect(result.change.improvement.difference).toBeLessThan((offered ?? 0) - (comparison ?? 0));
    expect(result.change.improvement.difference).toBeGreaterThan(0);
  });

  it('leaves people out who lack something measured before, and counts them', () => {
    const without = { ...scores, baseline: scores.baseline.map((value, at) => (at < 20 ? null : value)) };
    expect(evaluateWeighted(people, without, [], options).warnings.join(' ')).toContain('20 people lack');
  });
});

describe('what a pilot cost', () => {
  const improvement = riskFrom({ estimate: 0.2, low: 0.1, high: 0.4 }, 'improved reliably');
  const daysLost = { estimate: -1.5, se: 0.5, df: 100, p: 0.01, low: -2.5, high: -0.5, method: '' };

  it('is told for each person, for each one more who improved, and with the days lost that it avoided', () => {
    const found = economicsOf({ costGbp: 30_000, peopleOffered: 100, improvement, daysLost, dayGbp: 200 });
    expect(found.perPersonGbp).toBe(300);
    expect(found.perImprovementGbp).toBeCloseTo(1_500, 9);
    expect(found.perImprovementLowGbp).toBeCloseTo(750, 9);
    expect(found.perImprovementHighGbp).toBeCloseTo(3_000, 9);
    expect(found.daysAvoided).toEqual({ estimate: 150, low: 50, high: 250 });
    expect(found.daysAvoidedGbp?.estimate).toBe(30_000);
  });

  it('stands in the evaluation, and is its word on cost', () => {
    const { people, scores } = drawChosenPilot(randomStream(8, 'chosen'), 200, -3);
    const economics = economicsOf({ costGbp: 30_000, peopleOffered: 100, improvement, daysLost: null, dayGbp: null });
    const result = withEconomics(evaluateWeighted(people, scores, [], options), economics);
    expect(result.standards.emmie.at(-1)?.words).toContain('£30,000');
    expect(readEvaluation(result).join(' ')).toContain('£1,500');
  });

  it('has no upper limit where nobody more may have improved, and none at all where fewer did', () => {
    const open = riskFrom({ estimate: 0.05, low: -0.05, high: 0.15 }, 'improved reliably');
    const found = economicsOf({ costGbp: 30_000, peopleOffered: 100, improvement: open, daysLost: null, dayGbp: null });
    expect(found.perImprovementGbp).toBeCloseTo(6_000, 9);
    expect(found.perImprovementHighGbp).toBeNull();
    expect(found.words.join(' ')).toContain('no upper limit');
    const worse = riskFrom({ estimate: -0.2, low: -0.3, high: -0.1 }, 'improved reliably');
    const none = economicsOf({ costGbp: 30_000, peopleOffered: 100, improvement: worse, daysLost: null, dayGbp: null });
    expect(none.perImprovementGbp).toBeNull();
  });

  it('how many have to be offered it has limits only where the interval leaves 0 out', () => {
    expect(improvement).toMatchObject({ numberNeeded: 5, numberNeededLow: 2.5, numberNeededHigh: 10 });
    expect(riskFrom({ estimate: 0.05, low: -0.05, high: 0.15 }, 'improved reliably').numberNeededHigh).toBeNull();
  });
});
