import { describe, expect, it } from 'vitest';
import { findingsOfReview } from '#main/analysis/evidence/findings-of-review.ts';
import { evidenceLibrary } from '#main/analysis/evidence/library.ts';
import { reviewSynthesis } from '#main/analysis/evidence/synthesis/review-synthesis.ts';
import { parseReviewSynthesisSpec } from '#main/analysis/evidence/synthesis/spec.ts';
import { forestOfSynthesis } from '#shared/charts/evidence-charts.ts';
import { spelledEffect } from '#shared/domain/evidence/effect-words.ts';
import { isRefused } from '#shared/domain/evidence/synthesis.ts';

const documents = evidenceLibrary.studies.map((study) => ({
  kind: 'study',
  item: study.study,
  body: JSON.stringify(study),
}));

function synthesise(outcome: string) {
  const held = evidenceLibrary.outcomes.find((each) => each.outcome === outcome);
  const { title: _title, importance: _importance, ...options } = held ?? { title: '', importance: '' };
  const parsed = parseReviewSynthesisSpec({ review: 'library', ...options });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return reviewSynthesis(findingsOfReview(documents, outcome), parsed.value);
}

/** Half the last digit of a share that is printed in per cent with one decimal. */
const halfDigit = 0.0005;
const arcsine = (share: number): number => Math.asin(Math.sqrt(share));

describe('the published findings that are shipped', () => {
  it.each([
    ['depression, share', '14.6% (10.9 to 18.6%)'],
    ['PTSD, share', '14.2% (10.3 to 18.7%)'],
    ['generalised anxiety, share', '9.6% (6.7 to 12.9%)'],
    ['suicidal ideation, share', '8.5% (6.1 to 11.2%)'],
    ['alcohol dependence, share', '5.0% (3.5 to 6.7%)'],
    ['hazardous drinking, share', '25.7% (19.6 to 32.4%)'],
    ['depression', '−0.47 (−0.73 to −0.22)'],
    ['anxiety', '−0.40 (−0.73 to −0.06)'],
    ['resilience', '1.03 (−0.36 to 2.41)'],
    ['perceived stress', '−1.03 (−2.15 to 0.08)'],
  ])('%s is told to the digits printed, and never pooled', (outcome, printed) => {
    const result = synthesise(outcome);
    expect(isRefused(result.pooled)).toBe(true);
    expect(result.reviews.map((row) => spelledEffect(result.measure, row))).toEqual([printed]);
    expect(
      forestOfSynthesis(result)
        .rows.filter(({ kind }) => kind === 'review')
        .map(({ text }) => text),
    ).toEqual([printed]);
  });

  it('pooled shares follow from their limits on the arcsine scale, within the rounding of what is printed', () => {
    const shares = evidenceLibrary.studies
      .flatMap(({ findings }) => findings)
      .flatMap(({ reported }) => (reported.of === 'share' ? [reported] : []));
    expect(shares).toHaveLength(6);
    for (const { share, low, high } of shares) {
      const middle = (shift: number) => Math.sin((arcsine((low ?? 0) + shift) + arcsine((high ?? 0) + shift)) / 2) ** 2;
      expect(middle(-halfDigit), String(share)).toBeLessThan(share + halfDigit);
      expect(middle(halfDigit), String(share)).toBeGreaterThan(share - halfDigit);
    }
  });

  it('standardised differences lie in the middle of their limits, within the rounding of what is printed', () => {
    const effects = evidenceLibrary.studies
      .flatMap(({ findings }) => findings)
      .flatMap(({ reported }) => (reported.of === 'effect' ? [reported] : []));
    expect(effects).toHaveLength(4);
    for (const { estimate, low, high } of effects) {
      expect(Math.abs(((low ?? 0) + (high ?? 0)) / 2 - estimate)).toBeLessThanOrEqual(0.01 + 1e-9);
    }
  });

  it('counts studies by direction where they are told in words, and what was not kept up as mixed', () => {
    expect(synthesise('sleep').directions?.counts).toEqual({
      better: 1,
      worse: 0,
      'no difference': 0,
      mixed: 1,
      'not told': 0,
    });
    expect(synthesise('absence').directions?.counts).toMatchObject({ better: 1, 'no difference': 1 });
  });

  it('every finding has an outcome that is put together, or is of a review without limits', () => {
    const known = new Set(evidenceLibrary.outcomes.map(({ outcome }) => outcome));
    const without = evidenceLibrary.studies.flatMap(({ study, findings }) =>
      findings.filter(({ outcome }) => !known.has(outcome)).map(() => study),
    );
    expect([...new Set(without)]).toEqual(['Patterson 2012', 'Fitzhugh 2019', 'Christopher 2018', 'Grupe 2021']);
  });
});
