import { describe, expect, it } from 'vitest';
import { readReviewSynthesis, reviewSynthesisWarnings } from '#main/analysis/evidence/synthesis/reading.ts';
import { reviewSynthesis } from '#main/analysis/evidence/synthesis/review-synthesis.ts';
import { parseReviewSynthesisSpec } from '#main/analysis/evidence/synthesis/spec.ts';
import { isRefused, type ReviewSynthesis } from '#shared/domain/evidence/synthesis.ts';
import { bcgTrials } from '#tests/fixtures/bcg-trials.ts';

type Given = Readonly<Record<string, unknown>>;

function synthesise(findings: readonly Given[], more: Given = {}): ReviewSynthesis {
  const parsed = parseReviewSynthesisSpec({ findings, measure: 'SMD', ...more });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return reviewSynthesis(parsed.value.findings ?? [], parsed.value);
}

function pooledOf(result: ReviewSynthesis) {
  if (isRefused(result.pooled)) throw new Error(result.pooled.refused);
  return result.pooled;
}

const effect = (study: string, estimate: number, se: number, more: Given = {}): Given => ({
  study,
  reported: { of: 'effect', measure: 'SMD', estimate, se },
  ...more,
});

const five = [-0.6, -0.2, -0.45, -0.1, -0.3].map((estimate, at) => effect(`Study ${at + 1}`, estimate, 0.1 + at / 50));

describe('the synthesis of a review', () => {
  it('pools the BCG trials as metafor does, with limits by Hartung and Knapp and a prediction interval', () => {
    // rma(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg, test = "knha"); predict(, transf = exp)
    const result = synthesise(bcgTrials(), { measure: 'RR' });
    const pooled = pooledOf(result);
    expect(Math.log(pooled.estimate)).toBeCloseTo(-0.71453234, 7);
    expect(pooled.tau2).toBeCloseTo(0.31324326, 7);
    expect(pooled.i2).toBeCloseTo(92.22139, 4);
    expect(pooled.q.statistic).toBeCloseTo(152.23301, 4);
    expect(pooled.df).toBe(12);
    expect([pooled.low, pooled.high].map((value) => value?.toFixed(6))).toEqual(['0.330072', '0.725698']);
    expect([pooled.predictionLow, pooled.predictionHigh].map((value) => value?.toFixed(6))).toEqual([
      '0.135875',
      '1.762886',
    ]);
    expect(result.people).toBe(357_347);
    expect(result.rows.reduce((sum, { weight }) => sum + (weight ?? 0), 0)).toBeCloseTo(100, 9);
    expect(isRefused(result.smallStudies) ? null : result.smallStudies.df).toBe(11);
  });

  it('tests whether subgroups differ, heterogeneity shared', () => {
    // rma(yi, vi, mods = ~ alloc, data = dat, test = "knha")
    const result = synthesise(bcgTrials(), { measure: 'RR', subgroup: 'allocation' });
    if (result.subgroups === null || isRefused(result.subgroups)) throw new Error('there are no subgroups');
    expect(result.subgroups.levels.map(({ level, effects }) => [level, effects])).toEqual([
      ['alternate', 2],
      ['random', 7],
      ['systematic', 4],
    ]);
    const { statistic, df, p } = result.subgroups.between;
    expect([statistic?.toFixed(5), df, p?.toFixed(6)]).toEqual(['0.96622', [2, 10], '0.413384']);
    expect(Math.log(result.subgroups.levels[0]?.estimate ?? 0)).toBeCloseTo(-0.5179558, 6);
    expect(synthesise(five, { subgroup: 'allocation' }).subgroups).toMatchObject({ refused: expect.any(String) });
  });

  it('pools nothing below two studies, and says why', () => {
    expect(synthesise([five[0] as Given]).pooled).toMatchObject({ refused: expect.stringContaining('Only one study') });
    expect(synthesise([]).pooled).toMatchObject({ refused: expect.stringContaining('No study') });
    const twice = [effect('A', 0.1, 0.1, { finding: 'a' }), effect('A', 0.3, 0.1, { finding: 'b' })];
    expect(synthesise(twice).pooled).toMatchObject({ refused: expect.stringContaining('Only one study') });
  });

  it('never pools the result of a review with studies, and shows it beside them', () => {
    const review = effect('A review', -2, 0.05, { design: 'review' });
    const result = synthesise([...five, review]);
    expect(result.pooled).toEqual(synthesise(five).pooled);
    expect(result.reviews).toMatchObject([{ study: 'A review', estimate: -2 }]);
    expect(readReviewSynthesis(result).join(' ')).toContain('is not pooled');
    expect(synthesise([review]).pooled).toMatchObject({ refused: expect.stringContaining('No study') });
  });

  it('takes several findings of one study as its own, with errors by study', () => {
    const several = [...five, effect('Study 1', -0.5, 0.15, { finding: 'later', weeks: 24 })];
    const result = synthesise(several);
    expect(result).toMatchObject({ studies: 5, effects: 6, pooled: { isRobust: true, cautious: null } });
    expect(result.leaveOneOut).toHaveLength(5);
    const rest = pooledOf(synthesise(several.filter(({ study }) => study !== 'Study 3')));
    expect(result.leaveOneOut[2]?.estimate).toBeCloseTo(rest.estimate, 9);
    expect(result.leaveOneOut[2]?.high).toBeCloseTo(rest.high ?? Number.NaN, 9);
    expect(result.smallStudies).toMatchObject({ refused: expect.any(String) });
    const longest = synthesise(several, { perStudy: 'longest' });
    expect(longest.effects).toBe(5);
    expect(longest.leftOut).toEqual([{ study: 'Study 1', finding: '', why: expect.stringContaining('longest') }]);
  });

  it('says that its errors rest on too little where they do', () => {
    const few = ['A', 'B', 'C'].flatMap((study) => [
      effect(study, 0.2, 0.1),
      effect(study, 0.4, 0.2, { finding: 'b' }),
    ]);
    expect(reviewSynthesisWarnings(synthesise(few)).join(' ')).toContain('fewer than 4');
  });

  it('turns round what a paper counts the other way', () => {
    const means = (better: string, mean1: number, mean2: number, study: string): Given => ({
      ...{ study, better },
      reported: { of: 'means', n1: 40, mean1, sd1: 4, n2: 40, mean2, sd2: 4 },
    });
    const { rows } = synthesise([means('low', 8, 10, 'A'), means('high', 22, 20, 'B')]);
    expect(rows[0]?.yi).toBeCloseTo(-0.4951742565, 9);
    expect(rows[1]?.yi).toBeCloseTo(rows[0]?.yi ?? 0, 12);
    expect(rows[1]?.from).toContain('turned round');
    const points = synthesise([means('low', 8, 10, 'A'), means('high', 22, 20, 'B')], { measure: 'MD' });
    expect(points.leftOut).toMatchObject([{ study: 'B', why: expect.stringContaining('other way') }]);
  });

  it('makes errors of limits, and standardised differences of odds ratios', () => {
    const { rows } = synthesise([
      { study: 'A', reported: { of: 'effect', measure: 'SMD', estimate: -0.47, low: -0.73, high: -0.22 } },
      { study: 'B', reported: { of: 'effect', measure: 'OR', estimate: 0.5, low: 0.25, high: 1 } },
      { study: 'C', reported: { of: 'effect', measure: 'SMD', estimate: 1, low: 0, high: 1.2 } },
    ]);
    expect(rows[0]?.se).toBeCloseTo(0.51 / 2 / 1.959964, 6);
    expect(rows[1]?.yi).toBeCloseTo((Math.log(0.5) * Math.sqrt(3)) / Math.PI, 12);
    expect(rows[2]?.from).toContain('do not lie evenly');
  });

  it('says which study the finding hangs on', () => {
    const result = synthesise([
      effect('Alone', -1.4, 0.1),
      ...[-0.1, 0.05, 0, -0.05, 0.1].map((y, at) => effect(`N${at}`, y, 0.1)),
    ]);
    expect(result.leaveOneOut.filter(({ isInfluential }) => isInfluential).map(({ study }) => study)).toEqual([
      'Alone',
    ]);
  });

  it('counts directions and not p-values where nothing can be pooled', () => {
    const told = (study: string, direction: string): Given => ({ study, reported: { of: 'direction', direction } });
    const result = synthesise(
      [...'ABCDEF'].map((study) => told(study, 'better')).concat(told('G', 'worse'), told('H', 'not told')),
    );
    expect(result.pooled).toMatchObject({ refused: expect.any(String) });
    expect(result.directions).toMatchObject({
      counts: { better: 6, worse: 1, 'no difference': 0, mixed: 0, 'not told': 1 },
      // binom.test(6, 7)$p.value
      better: { share: 6 / 7, p: 0.125 },
    });
    expect(readReviewSynthesis(result).join(' ')).toContain('6 found it better');
  });

  it('tests small studies from ten on, and never below', () => {
    const many = Array.from({ length: 10 }, (_, at) => effect(`S${at}`, -0.2 - at / 20, 0.05 + at / 40));
    expect(isRefused(synthesise(many).smallStudies)).toBe(false);
    expect(synthesise(many.slice(1)).smallStudies).toMatchObject({ refused: expect.stringContaining('fewer than 10') });
  });

  it('prefers what is adjusted, and keeps to the designs that were asked for', () => {
    const result = synthesise(
      [
        effect('A', -0.9, 0.1),
        effect('A', -0.5, 0.1, { adjusted: true, finding: 'adjusted' }),
        effect('B', -0.3, 0.1, { design: 'cohort' }),
        effect('C', 0, 0.1),
      ],
      { designs: ['randomised'] },
    );
    expect(result.rows.map(({ study, finding }) => [study, finding])).toEqual([
      ['A', 'adjusted'],
      ['C', ''],
    ]);
    expect(result.leftOut.map(({ study }) => study)).toEqual(['B', 'A']);
  });

  it('pools shares of known counts by a mixed model, and says so', () => {
    const counts = [
      [12, 90],
      [30, 160],
      [8, 75],
      [40, 310],
    ].map(([events, n], at) => ({
      study: `P${at}`,
      design: 'cross-sectional',
      reported: { of: 'proportion', events, n },
    }));
    const pooled = pooledOf(synthesise(counts, { measure: 'PLO' }));
    expect(pooled.method).toContain('Binomial mixed model');
    expect(pooled.estimate).toBeGreaterThan(0.1);
    expect(pooled.estimate).toBeLessThan(0.2);
  });

  it('refuses a spec that says two things, or too little', () => {
    for (const [spec, words] of [
      [{ measure: 'SMD' }, 'either "review" or "findings"'],
      [{ measure: 'SMD', review: 'R' }, 'needs the "outcome"'],
      [{ measure: 'RR', findings: [], importantDifference: 0.8 }, 'a factor above 1'],
      [
        {
          measure: 'SMD',
          findings: [{ study: 'A', reported: { of: 'events', events1: 5, n1: 4, events2: 1, n2: 4 } }],
        },
        'more events than people',
      ],
      [
        {
          measure: 'SMD',
          findings: [{ study: 'A', reported: { of: 'effect', measure: 'RR', estimate: 2, low: 1.5 } }],
        },
        'one limit without the other',
      ],
      [{ measure: 'SMD', findings: [], modle: 'fixed' }, 'modle'],
    ] as const) {
      const parsed = parseReviewSynthesisSpec(spec);
      expect(parsed.ok ? '' : parsed.error.message).toContain(words);
    }
  });
});
