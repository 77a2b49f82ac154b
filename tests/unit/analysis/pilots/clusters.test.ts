import { describe, expect, it } from 'vitest';
import { mixedByCluster, robustByCluster } from '#main/analysis/pilots/evaluation/cluster-estimates.ts';
import { evaluateClusterRandomised } from '#main/analysis/pilots/evaluation/cluster-randomised.ts';
import { clusteringOf } from '#main/analysis/pilots/evaluation/clustering.ts';
import { evaluateSteppedWedge, wedgeEffect } from '#main/analysis/pilots/evaluation/stepped-wedge.ts';
import { wedgeLikeness } from '#main/analysis/pilots/evaluation/wedge-likeness.ts';
import { randomStream } from '#shared/domain/random.ts';
import { drawClusterPilot, drawSteppedWedge } from '#tests/fixtures/drawn-pilots.ts';

const options = { minimum: 10, minimumTakingPart: 5, deltas: [2], subgroups: ['rank'] };

/** What R finds in the same draws: lme4 1.1-31 with pbkrtest 0.5.2, clubSandwich 0.5.8. */
describe('teams allocated by chance', () => {
  const { people, scores } = drawClusterPilot(randomStream(7, 'teams'), 10, -3);

  it('the mixed model is that of lmer with Kenward and Roger’s degrees of freedom', () => {
    const { estimate } = mixedByCluster(people, scores);
    expect(estimate.estimate).toBeCloseTo(-4.2020623415416, 7);
    expect(estimate.se).toBeCloseTo(1.4279558288145, 6);
    expect(estimate.df).toBeCloseTo(8.0165648410519, 5);
    expect(estimate.p).toBeCloseTo(0.0185900133012733, 7);
  });

  it('takes the degrees of freedom that a plan chooses', () => {
    const { estimate } = mixedByCluster(people, scores, 'satterthwaite');
    expect(estimate.method).toContain('Satterthwaite’s degrees of freedom');
    expect(estimate.estimate).toBeCloseTo(-4.2020623415416, 7);
    const wedge = drawSteppedWedge(randomStream(8, 'wedge'), { teams: 6, periods: 4, people: 6 }, -3);
    expect(wedgeEffect(wedge, false, 'satterthwaite').estimate.method).toContain('Satterthwaite’s');
    expect(wedgeEffect(wedge).estimate.method).toContain('Kenward and Roger’s');
  });

  it('robust errors are CR2 with Satterthwaite’s degrees of freedom', () => {
    const { estimate } = robustByCluster(people, scores);
    expect(estimate.estimate).toBeCloseTo(-4.24, 2);
    expect(estimate.se).toBeCloseTo(1.3, 2);
    expect(estimate.df).toBeCloseTo(7.46, 2);
    expect(estimate.p).toBeCloseTo(0.0127, 4);
  });

  it('says how alike people of a team are, from the mean squares between and within', () => {
    const rows = people.flatMap(({ cluster, offered }, at) => {
      const score = scores.waves[0]?.scores[at] ?? null;
      return score === null ? [] : [{ cluster: cluster ?? '', offered, score }];
    });
    const found = clusteringOf(rows);
    const ratio = 75.6387826219 / 17.8366601122;
    const size = ((found?.icc ?? 0) * (ratio - 1) * -1 + ratio - 1) / (found?.icc ?? 1);
    // The size that unequal teams count as lies just below their mean.
    expect(size).toBeGreaterThan(10);
    expect(size).toBeLessThan(found?.averageSize ?? 0);
    expect(found?.iccLow).toBeLessThan(found?.icc ?? 0);
    expect(found?.iccHigh).toBeGreaterThan(found?.icc ?? 0);
    expect(found?.clusters).toEqual({ offered: 5, comparison: 5 });
  });

  it('evaluates by the plan’s choice, with the other beside it, and counts people for what they are worth in teams', () => {
    const result = evaluateClusterRandomised(people, scores, [], options);
    expect(result.primary.method).toContain('mixed model');
    expect(result.further[0]?.found).toMatchObject({ method: expect.stringContaining('CR2') });
    expect(evaluateClusterRandomised(people, scores, [], options, 'CR2').primary.method).toContain('CR2');
    expect(result.clustering?.designEffect).toBeGreaterThan(1);
    expect(result.missing).toMatchObject({ refused: expect.stringContaining('Fewer than 5') });
    expect(result.subgroups[0]).toHaveProperty('levels');
    const wide = drawClusterPilot(randomStream(3, 'teams'), 40, -3);
    const { change, clustering, missing } = evaluateClusterRandomised(wide.people, wide.scores, [], options);
    expect(missing).toMatchObject({ deltas: [{ found: { df: 39 } }, { found: { df: 39 } }] });
    if ('refused' in change || change.improvement === null) throw new Error('no counts');
    const [one, other] = change.arms.map(({ n, improved }) => ({ n: n ?? 0, share: (improved ?? 0) / (n ?? 1) }));
    const alone = (arm: typeof one) => ((arm?.share ?? 0) * (1 - (arm?.share ?? 0))) / (arm?.n ?? 1);
    const wald = 1.96 * Math.sqrt(alone(one) + alone(other));
    const half = (change.improvement.high - change.improvement.low) / 2;
    expect(half / wald).toBeCloseTo(Math.sqrt(clustering?.designEffect ?? 0), 1);
  });

  it('refuses people of no team, and teams of both arms', () => {
    const without = people.map((person, at) => (at === 0 ? { ...person, cluster: null } : person));
    expect(() => mixedByCluster(without, scores)).toThrow(/belong to no cluster/);
    const mixed = people.map((person, at) => (at === 0 ? { ...person, offered: !person.offered } : person));
    expect(() => mixedByCluster(mixed, scores)).toThrow(/both arms/);
  });

  it('warns of fewer than ten teams', () => {
    const few = drawClusterPilot(randomStream(5, 'teams'), 8, -3);
    const { warnings } = evaluateClusterRandomised(few.people, few.scores, [], { ...options, subgroups: [] });
    expect(warnings.join(' ')).toContain('fewer than 10 clusters');
  });
});

describe('teams that begin one after the other', () => {
  const rows = drawSteppedWedge(randomStream(7, 'wedge'), { teams: 8, periods: 5, people: 6 }, -2);

  it('the effect is that of lmer with periods, teams and teams in a period, Kenward and Roger’s degrees of freedom', () => {
    const { estimate } = wedgeEffect(rows);
    expect(estimate.estimate).toBeCloseTo(-0.657282789158518, 6);
    expect(estimate.se).toBeCloseTo(1.03002648295561, 5);
    expect(estimate.df).toBeCloseTo(33.7730501077663, 3);
    expect(estimate.p).toBeCloseTo(0.527697583387754, 6);
  });

  it('says how alike a team is within a period and between periods, by the shares of the variances', () => {
    const found = {
      variance: [
        { group: 'cell', variance: 1 },
        { group: 'cluster', variance: 2 },
        { group: 'person', variance: 3 },
      ],
      residual: { variance: 4 },
    };
    expect(wedgeLikeness(found as never)).toEqual({ within: 0.3, between: 0.2 });
  });

  it('a team that stops is refused, as it is not one that begins and stays', () => {
    const stopped = rows.map((row) =>
      row.period === 5 && row.cluster === 'team 1' ? { ...row, exposed: false } : row,
    );
    expect(() => wedgeEffect(stopped)).toThrow(/in or after the period/);
  });

  it('people who are followed have an effect of their own', () => {
    const followed = rows.map((row, at) => ({ ...row, person: `${row.cluster} ${at % 6}` }));
    expect(wedgeEffect(followed).estimate.method).toContain('and of people');
  });

  it('tells of the whole, and of nothing person by person', () => {
    const result = evaluateSteppedWedge(
      { name: 'PHQ-9', unit: 'points', better: 'low', norms: null, rows },
      [],
      options,
    );
    expect(result.primary.standardised?.sd).toBeGreaterThan(3);
    expect(result.further[0]?.found).toMatchObject({ method: expect.stringContaining('each further period') });
    expect(result.change).toHaveProperty('refused');
    expect(result.primary.method).toMatch(/correlate 0\.\d+ within a period and 0(?:\.\d+)? between periods/);
    expect(result.standards.maryland.level).toBe(5);
    const few = rows.filter(({ exposed }, at) => !exposed || at % 40 === 0);
    expect(() =>
      evaluateSteppedWedge({ name: 'PHQ-9', unit: 'points', better: 'low', norms: null, rows: few }, [], options),
    ).toThrow(/Fewer than 10 people/);
  });
});
