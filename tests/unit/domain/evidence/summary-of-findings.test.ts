import { describe, expect, it } from 'vitest';
import { reviewSynthesis } from '#main/analysis/evidence/synthesis/review-synthesis.ts';
import { parseReviewSynthesisSpec } from '#main/analysis/evidence/synthesis/spec.ts';
import { forestOfSynthesis } from '#shared/charts/evidence-charts.ts';
import { rated } from '#shared/domain/evidence/grade.ts';
import { summaryRow } from '#shared/domain/evidence/summary-of-findings.ts';

type Given = Readonly<Record<string, unknown>>;

/** Two trials of −0.30 and −0.26, each with a standard error of 0.1 and 300 people; normal limits. */
const two = [-0.3, -0.26].map((estimate, at) => ({
  study: `Trial ${at}`,
  bias: 'low',
  reported: { of: 'effect', measure: 'SMD', estimate, se: 0.1, n: 300 },
}));

function rowOf(findings: readonly Given[], more: Given = {}) {
  const parsed = parseReviewSynthesisSpec({ findings, measure: 'SMD', test: 'z', ...more });
  if (!parsed.ok) throw new Error(parsed.error.message);
  const result = reviewSynthesis(parsed.value.findings ?? [], parsed.value);
  return { result, row: summaryRow('distress', result, rated(result.grade, null)) };
}

describe('a row of the summary of findings', () => {
  it('a worked case, checked by hand', () => {
    // Equal weights, no heterogeneity: mean −0.28, se 0.1/√2 = 0.0707, limits −0.28 ± 0.1386. Times 6 points: −1.68 (−2.51 to −0.85).
    // An important difference of 0.1 is passed by the whole interval; 600 people are fewer than the 3,142 that one trial would take.
    const { row } = rowOf(two, { importantDifference: 0.1, points: { sd: 6, of: 'PHQ-9' } });
    expect(row).toMatchObject({
      ...{ outcome: 'distress', studies: 2, effects: 2, people: 600, measure: 'standardised mean difference' },
      ...{ effect: '−0.28 (−0.42 to −0.14)', absolute: '−1.7 (−2.5 to −0.8) points', certainty: 'moderate' },
      statement: 'It probably makes distress better.',
    });
    expect(row.reasons).toEqual([expect.stringMatching(/^imprecision −1: .*fewer than the 3,142/)]);
  });

  it('has the digits of the forest plot', () => {
    const { row, result } = rowOf(two);
    expect(forestOfSynthesis(result).rows.find(({ kind }) => kind === 'pooled')?.text).toBe(row.effect);
  });

  it('says what is too small to matter only where the whole interval is', () => {
    const near = two.map((each) => ({ ...each, reported: { ...each.reported, estimate: 0.01, se: 0.04, n: 5_000 } }));
    expect(rowOf(near, { importantDifference: 0.2 }).row.statement).toBe(
      'It makes little or no difference to distress.',
    );
    expect(rowOf(near).row.statement).toBe('It is not clear whether it makes distress better or worse.');
  });

  it('says nothing of what it does where certainty is very low, and why nothing is pooled where it is not', () => {
    const cohorts = two.map((each) => ({ ...each, design: 'cohort', bias: 'high' }));
    expect(rowOf(cohorts).row).toMatchObject({
      certainty: 'very low',
      statement: 'We are very unsure what it does to distress.',
    });
    expect(rowOf(two.slice(1)).row).toMatchObject({
      ...{ effect: '−0.26 (−0.46 to −0.06), one study', absolute: null, certainty: null },
      statement: expect.stringContaining('Only one study'),
    });
  });

  it('works out people of 1,000 from a ratio and the risk without', () => {
    const ratios = two.map((each) => ({
      ...each,
      reported: { of: 'effect', measure: 'RR', estimate: 0.5, se: 0.1, n: 300 },
    }));
    // 200 of 1,000 halved: 100 fewer.
    expect(rowOf(ratios, { measure: 'RR', baselineRisk: 0.2 }).row.absolute).toMatch(
      /^−100 \(−113 to −85\) in 1,000 people$/,
    );
  });
});
