import { describe, expect, it } from 'vitest';
import { ancova } from '#main/analysis/pilots/evaluation/ancova.ts';
import { complierEffect } from '#main/analysis/pilots/evaluation/complier-effect.ts';
import { twoByTwo } from '#main/analysis/pilots/evaluation/difference-in-differences.ts';
import { seriesEffect } from '#main/analysis/pilots/evaluation/interrupted-series.ts';
import { missingScores } from '#main/analysis/pilots/evaluation/missing-scores.ts';
import type { PilotPerson, PilotScores } from '#main/analysis/pilots/evaluation/people.ts';
import { pairedChange } from '#main/analysis/pilots/evaluation/pre-post.ts';
import { evaluateRandomised } from '#main/analysis/pilots/evaluation/randomised.ts';
import { reliableChangeByArm } from '#main/analysis/pilots/evaluation/reliable-change-by-arm.ts';
import { repeatedWaves } from '#main/analysis/pilots/evaluation/repeated-waves.ts';
import { weightedDifference } from '#main/analysis/pilots/evaluation/weighted-comparison.ts';
import { eValue } from '#main/analysis/pilots/evaluation/weighting.ts';
import { personOfPilot } from '#tests/fixtures/drawn-pilots.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';

/** The reference data through what evaluates pilots, not through the procedures alone. */

type Cells = Readonly<Record<string, string>>;

type Term = { readonly estimate: number; readonly se: number; readonly p: number; readonly ci_low?: number };

function rowsOf(name: string): Cells[] {
  const [header = '', ...lines] = referenceData(name).trim().split('\n');
  const cells = (line: string): string[] =>
    line
      .trim()
      .split(',')
      .map((cell) => cell.replaceAll('"', ''));
  const names = cells(header);
  return lines.map((line) => {
    const values = cells(line);
    return Object.fromEntries(names.map((column, at) => [column, values[at] ?? '']));
  });
}

function numberIn(row: Cells, column: string): number | null {
  const text = row[column] ?? '';
  return text === '' || text === 'NA' ? null : Number(text);
}

function near(ours: number, theirs: number, relative: number): void {
  expect(Math.abs(ours - theirs) / Math.abs(theirs), `${ours} against ${theirs}`).toBeLessThan(relative);
}

/**
 * “Beat the Blues”: computerised cognitive behaviour therapy against treatment as usual for depression in general practice (Proudfoot et al.
 * 2003, Psychological Medicine 33:217), the 100 people published as HSAUR3::BtheB, entered as a pilot with its strata as covariates.
 */
function beatTheBlues(primaryWave: string): { readonly people: PilotPerson[]; readonly scores: PilotScores } {
  const rows = rowsOf('btheb_wide.csv');
  const { sd = 0, r = 0 } = referenceCase('09-rci-jacobson-truax').options['btheb_parameters'] as Record<
    string,
    number
  >;
  return {
    people: rows.map((row) => ({
      ...personOfPilot,
      offered: row['treatment'] === 'BtheB',
      // Not in the data: who took part is made up, three of four.
      adhered: row['treatment'] === 'BtheB' && Number(row['id']) % 4 !== 0,
      covariates: { drug: row['drug'] ?? null, length: row['length'] ?? null },
      subgroups: { drug: row['drug'] ?? null },
    })),
    scores: {
      ...{ name: 'BDI-II', unit: 'points', better: 'low', norms: { sd, reliability: r }, primaryWave },
      baseline: rows.map((row) => numberIn(row, 'bdi.pre')),
      waves: ['2m', '3m', '5m', '8m'].map((wave) => ({
        wave,
        scores: rows.map((row) => numberIn(row, `bdi.${wave}`)),
      })),
    },
  };
}

describe.skipIf(!hasReference)('a published trial entered as a pilot: Beat the Blues', () => {
  const at2Months = hasReference ? beatTheBlues('2m') : { people: [], scores: {} as PilotScores };

  it('analysis of covariance as R’s lm', () => {
    const { estimate } = ancova(at2Months.people, at2Months.scores);
    near(estimate.estimate, -2.986126346679491, 1e-10);
    near(estimate.se, 1.798610378346155, 1e-10);
    near(estimate.p, 0.100270838402726, 1e-9);
    near(estimate.low, -6.558321808639086, 1e-9);
    near(estimate.high, 0.586069115280103, 1e-8);
    expect(estimate.df).toBe(92);
  });

  it('all waves together as nlme::gls with an unstructured covariance', () => {
    const { estimate } = repeatedWaves(at2Months.people, at2Months.scores);
    near(estimate.estimate, -3.1579986834621443, 1e-5);
    near(estimate.se, 1.7854845634099099, 1e-5);
  });

  it('those who took part by two-stage least squares with HC1', () => {
    const { estimate } = complierEffect(at2Months.people, at2Months.scores, 5);
    near(estimate.estimate, -4.22734649819516, 1e-10);
    near(estimate.se, 2.62243977044349, 1e-10);
  });

  it('missing scores taken as worse: the mean-score formulas in R, and the line through the complete cases', () => {
    const { people, scores } = beatTheBlues('5m');
    const { deltas } = missingScores(people, scores, { minimumTakingPart: 5, deltas: [0, 5], clustered: false });
    const found = (missingOf: string, delta: number) =>
      deltas.find((row) => row.missingOf === missingOf && row.delta === delta)?.found;
    near(found('offered', 0)?.estimate ?? 0, -4.067581993042966, 1e-10);
    near(found('offered', 5)?.estimate ?? 0, -1.78593037931783, 1e-10);
    near(found('offered', 5)?.se ?? 0, 2.43572487247283, 1e-10);
    near(found('both arms', 5)?.estimate ?? 0, -3.6531622301805, 1e-10);
    near(found('both arms', 5)?.se ?? 0, 2.50331795830276, 1e-10);
  });

  it('reliable change, its threshold and its counts as the reference case has them, over both arms', () => {
    const { people, scores } = beatTheBlues('3m');
    const estimate = reliableChangeByArm(people, scores, 0);
    const { counts, threshold } = (
      referenceCase('09-rci-jacobson-truax').reference as {
        readonly btheb: { readonly counts: Record<string, number>; readonly threshold: number };
      }
    ).btheb;
    near(estimate.threshold, threshold, 1e-9);
    const total = (of: 'improved' | 'deteriorated'): number =>
      estimate.arms.reduce((sum, arm) => sum + (arm[of] ?? 0), 0);
    expect(total('improved')).toBe((counts['improved'] ?? 0) + (counts['recovered'] ?? 0));
    expect(total('deteriorated')).toBe(counts['deteriorated']);
  });

  it('the whole evaluation stands together: nothing certain, three quarters of it told', () => {
    const { people, scores } = at2Months;
    const result = evaluateRandomised(people, scores, [], {
      minimum: 10,
      minimumTakingPart: 5,
      deltas: [5],
      subgroups: ['drug'],
    });
    expect(result.primary.absolute.direction).toBe('cannot be told');
    expect(result.subgroups[0]).toMatchObject({ subgroup: 'drug', exploratory: true });
    near((result.subgroups[0] as { readonly interactionP: number }).interactionP, 0.6094959, 1e-6);
    expect(result.standards.maryland.level).toBe(5);
  });
});

describe.skipIf(!hasReference)('two groups at four ages: the growth of children’s faces', () => {
  it('all waves together as the reference’s unstructured gls, whichever wave is the main one', () => {
    const rows = rowsOf('orthodont.csv');
    const children = [...new Set(rows.map((row) => row['Subject'] ?? ''))];
    const at = (age: string) =>
      children.map((child) => {
        const row = rows.find((one) => one['Subject'] === child && one['age'] === age);
        return row ? numberIn(row, 'distance') : null;
      });
    const people = children.map((child) => ({ ...personOfPilot, offered: child.startsWith('F') }));
    const { gls } = referenceCase('05-lmm-orthodont').reference as {
      readonly gls: { readonly unstructured_REML: { readonly coefficients: Readonly<Record<string, Term>> } };
    };
    const { coefficients } = gls.unstructured_REML;
    const effectAt = (primaryWave: string) =>
      repeatedWaves(people, {
        ...{ name: 'distance', unit: 'points', better: 'low', norms: null, primaryWave },
        baseline: children.map(() => null),
        waves: ['8', '10', '12', '14'].map((wave) => ({ wave, scores: at(wave) })),
      }).estimate;
    const first = effectAt('8');
    near(first.estimate, coefficients['SexFemale']?.estimate ?? 0, 1e-8);
    near(first.se, coefficients['SexFemale']?.se ?? 0, 1e-5);
    const last = (coefficients['SexFemale']?.estimate ?? 0) + (coefficients['agef14:SexFemale']?.estimate ?? 0);
    near(effectAt('14').estimate, last, 1e-8);
  });
});

describe.skipIf(!hasReference)('one group before and after: Student’s sleep', () => {
  it('the paired difference, d_z and d_av of the reference case', () => {
    const rows = rowsOf('sleep.csv');
    const of = (group: string) => rows.filter((row) => row['group'] === group).map((row) => numberIn(row, 'extra'));
    const scores: PilotScores = {
      ...{ name: 'extra sleep', unit: 'points', better: 'high', norms: null, primaryWave: 'first drug' },
      baseline: of('2'),
      waves: [{ wave: 'first drug', scores: of('1') }],
    };
    const { estimate, standardised, dAverage } = pairedChange(scores, 10);
    const { paired: theirs, effect_paired: effect } = referenceCase('12-paired-sleep').reference as {
      readonly paired: {
        readonly estimate: readonly number[];
        readonly p: number;
        readonly ci_low: number;
        readonly ci_high: number;
        readonly df: number;
      };
      readonly effect_paired: {
        readonly d_z: number;
        readonly d_z_ci_noncentral_t: readonly number[];
        readonly d_av: number;
      };
    };
    near(estimate.estimate, theirs.estimate[0] ?? 0, 1e-10);
    near(estimate.p, theirs.p, 1e-9);
    near(estimate.low, theirs.ci_low, 1e-10);
    near(estimate.high, theirs.ci_high, 1e-10);
    near(standardised?.estimate ?? 0, effect.d_z, 1e-10);
    near(standardised?.low ?? 0, effect.d_z_ci_noncentral_t[0] ?? 0, 1e-7);
    near(standardised?.high ?? 0, effect.d_z_ci_noncentral_t[1] ?? 0, 1e-7);
    near(dAverage ?? 0, effect.d_av, 1e-10);
  });
});

describe.skipIf(!hasReference)('areas before and after: compensation for injuries in Kentucky', () => {
  it('the difference-in-differences of the reference case with HC1', () => {
    const rows = rowsOf('injury.csv')
      .filter((row) => row['ky'] === '1')
      .map((row) => ({
        ...{ unit: null, value: numberIn(row, 'ldurat') ?? Number.NaN },
        offered: row['highearn'] === '1',
        after: row['afchnge'] === '1',
      }));
    const { estimate } = twoByTwo(rows);
    const { did } = referenceCase('06-did-injury').reference as {
      readonly did: { readonly hc1: Readonly<Record<string, Term>> };
    };
    const theirs = did.hc1['afchnge:highearn'] as Term;
    near(estimate.estimate, theirs.estimate, 1e-8);
    near(estimate.se, theirs.se, 1e-8);
    near(estimate.p, theirs.p, 1e-6);
  });
});

describe.skipIf(!hasReference)('an interrupted series: the seat-belt law', () => {
  const reference = hasReference
    ? (referenceCase('06-its-seatbelts').reference as {
        readonly newey_west_lag12_adjusted: Readonly<Record<string, Term>>;
        readonly gls_ar1_ml: { readonly coefficients: Readonly<Record<string, Term>> };
        readonly effect_vs_counterfactual_ols_nw12adj: readonly {
          readonly months_after: number;
          readonly log_effect: number;
          readonly se: number;
        }[];
      })
    : null;
  const found = (errors: Readonly<Record<string, unknown>>) => {
    const points = rowsOf('seatbelts.csv').map((row) => ({
      time: numberIn(row, 't') ?? 0,
      value: Math.log(numberIn(row, 'drivers') ?? 0),
      people: 1_000,
    }));
    return seriesEffect(points, { start: 170, horizon: 23, seasonPoints: 12, errors });
  };

  it('level, trend and the difference from what was expected, with Newey–West errors', () => {
    const { level, trend, estimate } = found({ kind: 'newey-west', lag: 12 });
    const law = reference?.newey_west_lag12_adjusted['law'] as Term;
    near(level.estimate, law.estimate, 1e-8);
    near(level.se, law.se, 1e-8);
    near(trend.estimate, reference?.newey_west_lag12_adjusted['after']?.estimate ?? 0, 1e-8);
    const theirs = reference?.effect_vs_counterfactual_ols_nw12adj.find(({ months_after }) => months_after === 23);
    near(estimate.estimate, theirs?.log_effect ?? 0, 1e-8);
    near(estimate.se, theirs?.se ?? 0, 1e-8);
  });

  it('level with AR(1) errors by maximum likelihood', () => {
    const { level } = found({ kind: 'ar1', method: 'ML' });
    const law = reference?.gls_ar1_ml.coefficients['law'] as Term;
    near(level.estimate, law.estimate, 1e-6);
    near(level.se, law.se, 1e-6);
  });
});

describe.skipIf(!hasReference)('a comparison made alike: training and earnings of Lalonde', () => {
  const rows = hasReference ? rowsOf('lalonde.csv') : [];
  const people = rows.map((row) => ({
    ...personOfPilot,
    offered: row['treat'] === '1',
    covariates: {
      race: row['race'] ?? null,
      ...Object.fromEntries(
        ['age', 'educ', 'married', 'nodegree', 're74', 're75'].map((name) => [name, numberIn(row, name)]),
      ),
    },
  }));
  const values = rows.map((row) => numberIn(row, 're78'));
  const found = (to: 'ATE' | 'ATT' | 'ATO') =>
    weightedDifference(
      people,
      rows.map(() => null),
      values,
      to,
    );

  it('effects and errors that allow for the weights having been estimated', () => {
    const { m_estimation: theirs, weighted } = referenceCase('14-iptw-lalonde').reference as {
      readonly m_estimation: Readonly<Record<'ATE' | 'ATT', { readonly effect: number; readonly se: number }>>;
      readonly weighted: Readonly<
        Record<
          string,
          { readonly effect: number; readonly smd_treated_sd_binary_p1p: Readonly<Record<string, number>> }
        >
      >;
    };
    for (const to of ['ATE', 'ATT'] as const) {
      const { estimate } = found(to);
      near(estimate.estimate, theirs[to].effect, 1e-7);
      near(estimate.se, theirs[to].se, 1e-6);
    }
    near(found('ATO').estimate.estimate, weighted['overlap_ATO']?.effect ?? 0, 1e-7);
    const balance = found('ATT').balance.find(({ covariate }) => covariate === 'age');
    near(balance?.after ?? 0, weighted['ATT']?.smd_treated_sd_binary_p1p['age'] ?? 0, 1e-6);
  });

  it('E-values', () => {
    const { e_values: theirs } = referenceCase('14-iptw-lalonde').reference as {
      readonly e_values: { readonly 'rr_1.5': number; readonly 'rr_0.7': number };
    };
    near(eValue(1.5), theirs['rr_1.5'], 1e-12);
    near(eValue(0.7), theirs['rr_0.7'], 1e-12);
  });
});
