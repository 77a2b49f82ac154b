import { describe, expect, it } from 'vitest';
import { differences, type Tolerance } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { csvOf, runProcedure } from './run-procedure.ts';

type Table = {
  readonly rows: readonly (string | number)[];
  readonly cols: readonly (string | number)[];
  readonly values: readonly (readonly number[])[];
};
type Pair = readonly [number, number];
type OfTable = {
  readonly table: Table;
  readonly chisq: number;
  readonly df: number;
  readonly p: number;
  readonly yates: { readonly chisq: number; readonly p: number } | null;
  readonly g_test: { readonly G: number; readonly p: number };
  readonly expected: Table;
  readonly std_residuals: Table;
  readonly cramers_v: number;
  readonly cramers_v_bias_corrected: number;
  readonly fisher_rxc_p?: number;
  readonly linear_by_linear_M2?: number;
};
type Effect = { readonly est: number; readonly log_se: number; readonly wald: Pair };
type OfTwo = {
  readonly p1: number;
  readonly p2: number;
  readonly risk_difference: { readonly est: number } & Readonly<Record<'wald' | 'newcombe' | 'agresti_caffo', Pair>>;
  readonly risk_ratio: Effect;
  readonly odds_ratio: Effect & { readonly conditional_mle: number; readonly exact_ci: Pair };
  readonly fisher_two_sided: number;
  readonly fisher_greater: number;
  readonly fisher_less: number;
  readonly wilson_p1: Pair;
};
type Stratified = Readonly<
  Record<'common_or' | 'cmh_chisq' | 'cmh_p' | 'cmh_chisq_corrected' | 'cmh_p_corrected', number>
> & {
  readonly strata_or: Readonly<Record<string, number>>;
  readonly common_or_ci_rbg: Pair;
  readonly exact_conditional_or: number;
  readonly exact_conditional_ci: Pair;
  readonly exact_p: number;
  readonly homogeneity: Readonly<Record<'breslow_day' | 'tarone' | 'df' | 'p_breslow_day' | 'p_tarone', number>>;
};
type McNemar = { readonly table: Table; readonly exact_or_ci: Pair } & Readonly<
  Record<'chisq' | 'p' | 'chisq_corrected' | 'p_corrected' | 'p_exact' | 'p_midp' | 'or_paired', number>
>;
type Kappa = Readonly<Record<'kappa' | 'po' | 'pe' | 'se' | 'se_null' | 'z', number>> & { readonly ci: Pair };

const spec = { row: 'row', column: 'column', weight: 'n' };

function inputsOf({ rows, cols, values }: Table) {
  const cells = rows.flatMap((row, i) => cols.map((column, j) => ({ row, column, n: values[i]?.[j] as number })));
  return {
    procedure: 'contingency',
    data: csvOf({
      row: cells.map(({ row }) => row),
      column: cells.map(({ column }) => column),
      n: cells.map(({ n }) => n),
    }),
    spec: { ...spec, factors: { row: rows.map(String), column: cols.map(String) } },
  };
}

const limits = ([low, high]: Pair) => ({ low, high });

/** R's root-finder stops 1e-4 from a root, or from the inverse of one above 1; ours are compared with R to all digits elsewhere. */
const rootsOfR = { default: 2e-4, high: 1e-2 };

describe.skipIf(!hasReference)('contingency tables as the reference case has them', () => {
  const { reference, suggested_tolerance } = hasReference
    ? (referenceCase('12-categorical') as unknown as {
        reference: Readonly<Record<string, unknown>>;
        suggested_tolerance: { rel: number };
      })
    : ({ reference: {} } as never);
  const same = (ours: unknown, theirs: unknown, tolerance: Tolerance = { default: suggested_tolerance.rel }): void =>
    expect(differences(ours, theirs, tolerance)).toEqual([]);
  const tables = ['ucb_aggregate', 'arthritis_2x3', 'arthritis_marked_2x2', 'job_satisfaction_4x4', 'hair_eye_4x4'];

  it.each(tables)('%s', async (name) => {
    const expected = reference[name] as OfTable;
    const found = await runProcedure(inputsOf(expected.table));
    same(found, {
      chiSquared: { statistic: expected.chisq, df: expected.df, p: expected.p },
      likelihoodRatio: { statistic: expected.g_test.G, df: expected.df, p: expected.g_test.p },
      chiSquaredCorrected: expected.yates && { statistic: expected.yates.chisq, df: 1, p: expected.yates.p },
      cramersV: expected.cramers_v,
      cramersVCorrected: expected.cramers_v_bias_corrected,
    });
    same(found['expected'], expected.expected.values);
    same(found['standardisedResiduals'], expected.std_residuals.values);
    if (expected.fisher_rxc_p !== undefined) same(found['fisher'], { p: expected.fisher_rxc_p });
    if (expected.linear_by_linear_M2 !== undefined) {
      same(found['linearByLinear'], { statistic: expected.linear_by_linear_M2 });
    }
  });

  it('says that hair by eye colour is too large for Fisher’s test, and warns of small expected counts', async () => {
    const large = await runProcedure(inputsOf((reference['hair_eye_4x4'] as OfTable).table));
    expect(large['fisher']).toBeNull();
    expect(large.warnings.join(' ')).toMatch(/too large for Fisher/);
    const small = await runProcedure(inputsOf((reference['job_satisfaction_4x4'] as OfTable).table));
    expect(small.warnings.join(' ')).toMatch(/8 of the 16 expected counts are under 5 \(the least is 0\.833\)/);
  });

  const tea: Table = {
    rows: ['milk', 'tea'],
    cols: ['milk first', 'tea first'],
    values: [
      [3, 1],
      [1, 3],
    ],
  };
  it.each([
    ['ucb_aggregate_2x2', 'ucb_aggregate'],
    ['arthritis_marked_2x2', 'arthritis_marked_2x2'],
    ['small_2x2_tea', null],
  ])('%s: risks, their ratios and difference, Fisher', async (name, from) => {
    const expected = reference[name] as OfTwo;
    const found = await runProcedure(inputsOf(from === null ? tea : (reference[from] as OfTable).table));
    const { odds_ratio: odds, risk_ratio: ratio, risk_difference: difference } = expected;
    same(found, {
      oddsRatio: { estimate: odds.est, se: odds.log_se, ...limits(odds.wald) },
      riskRatio: { estimate: ratio.est, se: ratio.log_se, ...limits(ratio.wald) },
      riskDifference: {
        estimate: difference.est,
        ...limits(difference.newcombe),
        wald: limits(difference.wald),
        agrestiCaffo: limits(difference.agresti_caffo),
      },
      fisher: { p: expected.fisher_two_sided, less: expected.fisher_less, greater: expected.fisher_greater },
    });
    same(found['risks'], [{ risk: expected.p1, ...limits(expected.wilson_p1) }, { risk: expected.p2 }]);
    same(found['fisher'], { estimate: odds.conditional_mle, ...limits(odds.exact_ci) }, rootsOfR);
  });

  it('takes the event’s level for the risks of a wider table', async () => {
    const { table } = reference['arthritis_2x3'] as OfTable;
    const { odds_ratio: odds } = reference['arthritis_marked_2x2'] as unknown as OfTwo;
    const inputs = inputsOf(table);
    const found = await runProcedure({ ...inputs, spec: { ...inputs.spec, event: 'Marked' } });
    same(found['oddsRatio'], { estimate: odds.est, ...limits(odds.wald) });
  });

  it('raw rows give the same as counts', async () => {
    const expected = reference['arthritis_2x3'] as OfTable;
    const found = await runProcedure({
      procedure: 'contingency',
      data: referenceData('arthritis.csv'),
      spec: { row: 'Treatment', column: 'Improved' },
    });
    same(found['chiSquared'], { statistic: expected.chisq, p: expected.p });
    same(found['fisher'], { p: expected.fisher_rxc_p });
  });

  it('McNemar', async () => {
    const expected = reference['mcnemar_performance'] as McNemar;
    const found = await runProcedure(inputsOf(expected.table));
    same(found['mcnemar'], {
      ...{ statistic: expected.chisq, df: 1, p: expected.p },
      corrected: { statistic: expected.chisq_corrected, p: expected.p_corrected },
      exact: { p: expected.p_exact, midP: expected.p_midp },
      estimate: expected.or_paired,
      ...limits(expected.exact_or_ci),
    });
  });

  it('Cochran–Armitage', async () => {
    const { events, totals, chisq, z, p_two_sided } = reference['cochran_armitage_smokers'] as {
      events: number[];
      totals: number[];
      chisq: number;
      z: number;
      p_two_sided: number;
    };
    const rows = events.map((_count, g) => `group ${g + 1}`);
    const values = events.map((count, g) => [count, (totals[g] as number) - count]);
    const upright = await runProcedure(inputsOf({ rows, cols: ['yes', 'no'], values }));
    same(upright['cochranArmitage'], { statistic: chisq, df: 1, p: p_two_sided, z });
    const lying = await runProcedure(
      inputsOf({ rows: ['yes', 'no'], cols: rows, values: [0, 1].map((k) => values.map((row) => row[k] as number)) }),
    );
    same(lying['cochranArmitage'], { statistic: chisq, p: p_two_sided, z });
    const alcohol = reference['trend_esoph_alcohol'] as {
      groups: string[];
      cases: number[];
      controls: number[];
      chisq: number;
      p: number;
    };
    const cells = alcohol.cases.map((cases, g) => [cases, alcohol.controls[g] as number]);
    const found = await runProcedure(inputsOf({ rows: alcohol.groups, cols: ['case', 'control'], values: cells }));
    same(found['cochranArmitage'], { statistic: alcohol.chisq, p: alcohol.p });
  });

  it('Mantel–Haenszel over departments', async () => {
    const expected = reference['mantel_haenszel_ucb'] as Stratified;
    const found = (await runProcedure({
      procedure: 'contingency',
      data: referenceData('ucbadmissions.csv'),
      spec: {
        ...{ row: 'Gender', column: 'Admit', strata: 'Dept', weight: 'Freq' },
        factors: { Gender: ['Male', 'Female'] },
      },
    })) as unknown as { n: number; mantelHaenszel: { exact: unknown; strata: { oddsRatio: number }[] } };
    expect(found.n).toBe(4526);
    const { homogeneity } = expected;
    same(found.mantelHaenszel, {
      ...{ statistic: expected.cmh_chisq, df: 1, p: expected.cmh_p, estimate: expected.common_or },
      ...limits(expected.common_or_ci_rbg),
      corrected: { statistic: expected.cmh_chisq_corrected, p: expected.cmh_p_corrected },
      exact: { p: expected.exact_p },
      breslowDay: { statistic: homogeneity.breslow_day, df: homogeneity.df, p: homogeneity.p_breslow_day },
      tarone: { statistic: homogeneity.tarone, df: homogeneity.df, p: homogeneity.p_tarone },
    });
    same(
      found.mantelHaenszel.strata.map(({ oddsRatio }) => oddsRatio),
      Object.values(expected.strata_or),
    );
    same(
      found.mantelHaenszel.exact,
      { estimate: expected.exact_conditional_or, ...limits(expected.exact_conditional_ci) },
      rootsOfR,
    );
  });
});

describe.skipIf(!hasReference)('kappa of couples', () => {
  it('plain and weighted', async () => {
    const { data, reference, suggested_tolerance } = referenceCase('09-kappa-sexualfun') as unknown as {
      data: { inline: Table };
      reference: Readonly<Record<'unweighted' | 'linear' | 'quadratic', Kappa>>;
      suggested_tolerance: { rel: number };
    };
    const row = ({ kappa, se, se_null, z, po, pe, ci }: Kappa) => ({
      ...{ estimate: kappa, se, seNull: se_null, statistic: z, observed: po, expected: pe },
      ...limits(ci),
    });
    const found = await runProcedure(inputsOf(data.inline));
    expect(
      differences(
        found['kappa'],
        {
          ...row(reference.unweighted),
          linear: row(reference.linear),
          quadratic: row(reference.quadratic),
        },
        { default: suggested_tolerance.rel },
      ),
    ).toEqual([]);
  });
});
