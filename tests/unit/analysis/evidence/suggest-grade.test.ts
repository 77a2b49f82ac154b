import { describe, expect, it } from 'vitest';
import { informationSize } from '#main/analysis/evidence/synthesis/information-size.ts';
import { reviewSynthesis } from '#main/analysis/evidence/synthesis/review-synthesis.ts';
import { parseReviewSynthesisSpec } from '#main/analysis/evidence/synthesis/spec.ts';
import { certaintyOf, type GradeDomain, gradeSchema, rated } from '#shared/domain/evidence/grade.ts';
import { bcgTrials } from '#tests/fixtures/bcg-trials.ts';

type Given = Readonly<Record<string, unknown>>;

function specOf(more: Given) {
  const parsed = parseReviewSynthesisSpec({ findings: [], measure: 'SMD', ...more });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function suggestion(findings: readonly Given[], more: Given = {}) {
  const spec = specOf({ findings, ...more });
  const { grade } = reviewSynthesis(spec.findings ?? [], spec);
  const of = (domain: GradeDomain) => grade.domains.find((each) => each.domain === domain);
  return { grade, of };
}

/** Five trials alike of 400 people each: −0.30 with limits far from 0, and hardly any heterogeneity. */
const alike = [-0.28, -0.31, -0.33, -0.29, -0.3].map((estimate, at) => ({
  study: `Trial ${at + 1}`,
  bias: 'low',
  reported: { of: 'effect', measure: 'SMD', estimate, se: 0.1, n: 400 },
}));

describe('what the numbers suggest of certainty', () => {
  it('a worked case: five trials alike, small enough to matter, stay high', () => {
    // Mean −0.302; z limits about ±0.088, Hartung and Knapp's narrower. An important difference of 0.1 is passed by the whole interval;
    // power.t.test(delta = 0.1, power = 0.8) takes 1,571 in a group, 3,142 in all, which 2,000 do not reach.
    const enough = suggestion(alike, { importantDifference: 0.2 });
    expect(informationSize(specOf({ importantDifference: 0.2 }))).toBe(788);
    expect(enough.grade).toMatchObject({ start: 'high', certainty: 'high' });
    const few = suggestion(alike, { importantDifference: 0.1 });
    expect(few.of('imprecision')).toMatchObject({
      levels: -1,
      words: expect.stringContaining('2,000 people took part'),
    });
    expect(few.grade.certainty).toBe('moderate');
    expect(few.of('publication bias')?.levels).toBeNull();
  });

  it('goes down by how many ranges the interval reaches', () => {
    const wide = (se: number) =>
      alike.map((each, at) => ({
        ...each,
        reported: { ...each.reported, estimate: [-0.6, 0.3, -0.1, -0.5, 0.1][at], se, n: 4_000 },
      }));
    const of = (importantDifference: number) =>
      suggestion(wide(0.1), { importantDifference, test: 'z' }).of('imprecision')?.levels;
    expect(of(2)).toBe(0);
    expect(of(0.3)).toBe(-1);
    expect(of(0.1)).toBe(-2);
    expect(suggestion(wide(0.1)).of('imprecision')).toMatchObject({
      levels: -1,
      words: expect.stringContaining('no important difference'),
    });
  });

  it('goes down for much inconsistency, once for I² and twice where the next study may find the opposite', () => {
    const { of } = suggestion(bcgTrials(), { measure: 'RR' });
    expect(of('inconsistency')).toMatchObject({ levels: -2, words: expect.stringContaining('92%') });
    expect(suggestion(alike).of('inconsistency')?.levels).toBe(0);
  });

  it('goes down by the weight of studies at high risk of bias, and says where nobody has appraised', () => {
    const biased = (bias: readonly (string | null)[]) =>
      suggestion(alike.map((each, at) => ({ ...each, bias: bias[at] }))).of('risk of bias');
    expect(biased(['high', 'high', 'high', 'low', 'low'])?.levels).toBe(-2);
    expect(biased(['high', 'high', 'low', 'low', 'low'])?.levels).toBe(-1);
    expect(biased(['some', 'some', 'some', 'low', 'low'])?.levels).toBe(-1);
    expect(biased(['some', 'low', 'low', 'low', 'low'])?.levels).toBe(0);
    expect(biased([null, null, null, 'low', 'low'])).toMatchObject({
      levels: null,
      words: expect.stringContaining('not appraised'),
    });
  });

  it('starts low where chance did not decide, and only then goes up for a large effect', () => {
    const counts = (design: string) =>
      bcgTrials()
        .slice(0, 3)
        .map((trial, at) => ({
          ...trial,
          study: `S${at}`,
          design,
          reported: { of: 'events', events1: 150, n1: 1_000, events2: 900 + at, n2: 1_000 },
        }));
    const cohort = suggestion(counts('cohort'), { measure: 'RR' });
    expect(cohort.grade.start).toBe('low');
    expect(cohort.of('large effect')?.levels).toBe(2);
    expect(suggestion(counts('randomised'), { measure: 'RR' }).of('large effect')?.levels).toBe(0);
    expect(suggestion([...alike.slice(1), { ...alike[0], design: 'cohort' }]).grade.startWords).toContain('4 of 5');
  });

  it('goes down where those studied are not police', () => {
    expect(suggestion(alike.map((each) => ({ ...each, studied: 'others' }))).of('indirectness')?.levels).toBe(-1);
    expect(suggestion(alike).of('indirectness')?.levels).toBe(0);
  });
});

describe('a person’s rating', () => {
  it('goes before the suggestion, domain by domain, and ends within the four', () => {
    const { grade } = suggestion(alike, { importantDifference: 0.1 });
    const own = gradeSchema.parse({
      outcome: 'distress',
      ratings: [
        { domain: 'imprecision', levels: 0, reason: 'The interval stays within what matters.' },
        { domain: 'indirectness', levels: -1, reason: 'Recruits, not serving officers.' },
      ],
    });
    const result = rated(grade, own);
    expect(result.certainty).toBe('moderate');
    expect(result.domains.find(({ domain }) => domain === 'imprecision')).toMatchObject({ by: 'person', levels: 0 });
    expect(result.domains.find(({ domain }) => domain === 'risk of bias')).toMatchObject({ by: 'numbers' });
    expect(result.domains.find(({ domain }) => domain === 'publication bias')).toMatchObject({
      by: 'nobody',
      levels: 0,
    });
    expect(rated(grade, null).certainty).toBe(grade.certainty);
    expect(certaintyOf('low', [-2, -2])).toBe('very low');
    expect(certaintyOf('high', [2])).toBe('high');
  });

  it('cannot raise by a domain that only lowers, nor lower by one that only raises', () => {
    const rating = (domain: string, levels: number) =>
      gradeSchema.safeParse({ outcome: 'o', ratings: [{ domain, levels, reason: 'because' }] }).success;
    expect([
      rating('imprecision', 1),
      rating('large effect', -1),
      rating('imprecision', -1),
      rating('large effect', 1),
    ]).toEqual([false, false, true, true]);
  });
});
