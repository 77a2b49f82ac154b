import { describe, expect, it } from 'vitest';
import { evaluatePrePost, regressionToTheMean } from '#main/analysis/pilots/evaluation/pre-post.ts';
import { toldSteps } from '#main/analysis/pilots/evaluation/tell.ts';
import { randomStream } from '#shared/domain/random.ts';
import { drawRandomisedPilot } from '#tests/fixtures/drawn-pilots.ts';

const options = { minimum: 10, minimumTakingPart: 5, deltas: [], subgroups: [] };
const drawn = drawRandomisedPilot(randomStream(2, 'one group'), 120, 0);
const people = drawn.people.map((person) => ({ ...person, offered: true }));

describe('one group before and after', () => {
  const result = evaluatePrePost(people, drawn.scores, [], options, 10);

  it('gives the mean change over the pairs, and in standard deviations of the changes', () => {
    const after = drawn.scores.waves[1]?.scores ?? [];
    const changes = drawn.scores.baseline.flatMap((before, at) =>
      before === null || after[at] == null ? [] : [(after[at] as number) - before],
    );
    const mean = changes.reduce((sum, value) => sum + value, 0) / changes.length;
    const sd = Math.sqrt(changes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (changes.length - 1));
    expect(result.primary.estimate).toBeCloseTo(mean, 10);
    expect(result.primary.df).toBe(changes.length - 1);
    expect(result.primary.standardised?.estimate).toBeCloseTo(mean / sd, 10);
    expect(result.primary.standardised?.words).toContain('d_av');
  });

  it('warns of regression to the mean, by as many points as are to be expected', () => {
    const expected = regressionToTheMean([24, null, 28], { mean: 10, reliability: 0.75 });
    expect(expected).toBeCloseTo(-4, 12);
    expect(result.warnings.join(' ')).toContain('regression to the mean');
    const unknown = evaluatePrePost(people, drawn.scores, [], options, null);
    expect(unknown.warnings.join(' ')).toContain('cannot be told');
  });

  it('compares who was lost with who answered again, at the beginning', () => {
    const [lost] = result.further;
    expect(lost?.name).toBe('Those lost');
    expect(lost?.found).toHaveProperty('method');
    expect(result.standards.maryland.level).toBe(2);
  });

  it('compares nobody: reliable change has one arm and no difference', () => {
    if ('refused' in result.change) throw new Error(result.change.refused);
    expect(result.change.arms.map(({ arm }) => arm)).toEqual(['offered']);
    expect(result.change.improvement).toBeNull();
  });
});

describe('steps of a flow', () => {
  it('are told from the last on, where none loses a few', () => {
    expect(toldSteps([100, 88, 70], 10)).toEqual([100, 88, 70]);
    expect(toldSteps([100, 95, 70], 10)).toEqual([null, 95, 70]);
    expect(toldSteps([75, 75, 70], 10)).toEqual([null, null, 70]);
    expect(toldSteps([100, 70, 70], 10)).toEqual([100, 70, 70]);
    expect(toldSteps([100, 50, 9], 10)).toEqual([100, 50, null]);
  });
});
