import { describe, expect, it } from 'vitest';
import { designMatrix } from '#main/stats/formula/design.ts';
import { parseFormula } from '#main/stats/formula/formula.ts';
import { modelFrame, numericResponse } from '#main/stats/formula/model-frame.ts';
import { rowsOf, scale } from '#main/stats/linear-algebra/matrix.ts';
import { leastSquares } from '#main/stats/regression/least-squares.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { csvOf, runProcedure } from './run-procedure.ts';

type Pooled = Readonly<Record<string, number>>;
type Nhanes = {
  readonly per_imputation: Readonly<Record<string, { readonly coef: Pooled; readonly se: Pooled }>>;
  readonly pooled: Readonly<Record<string, Pooled>>;
  readonly D1_li_raghunathan_rubin_df: Pooled;
  readonly D1_reiter_2007_df: Pooled;
  readonly D2_wald: Pooled & { readonly wald_chisq: readonly number[] };
};

// biome-ignore lint/suspicious/noExplicitAny: results are looked into by key.
type Loose = any;

const keys = {
  estimate: 'estimate',
  se: 'se',
  statistic: 't',
  df: 'df_barnard_rubin',
  p: 'p',
  low: 'ci_low',
  high: 'ci_high',
  fmi: 'fmi',
  within: 'within',
  between: 'between',
  total: 'total',
  riv: 'riv',
  lambda: 'lambda',
  dfLarge: 'df_old',
  relativeEfficiency: 'relative_efficiency',
};

function near(ours: unknown, theirs: number): void {
  expect(Math.abs((ours as number) - theirs) / Math.abs(theirs)).toBeLessThan(1e-8);
}

function nearPooled(ours: Loose, theirs: Pooled): void {
  for (const [key, name] of Object.entries(keys)) near(ours[key], theirs[name]!);
}

describe.skipIf(!hasReference)('pool: ten imputations of NHANES', () => {
  const nhanes = hasReference ? (referenceCase('13-mi-pooling-nhanes').reference as Nhanes) : ({} as Nhanes);
  const parameters = ['(Intercept)', 'age', 'bmi'];
  const fits = hasReference ? Object.values(nhanes.per_imputation) : [];

  it.each(parameters)('%s by itself, as lists and as columns', async (name) => {
    const estimates = fits.map(({ coef }) => coef[name]!);
    const variances = fits.map(({ se }) => se[name]! ** 2);
    nearPooled(
      await runProcedure({ procedure: 'pool', spec: { estimates, variances, dfComplete: 22 }, data: null }),
      nhanes.pooled[name]!,
    );
    nearPooled(
      await runProcedure({
        procedure: 'pool',
        spec: { estimates: 'e', variances: 'v', dfComplete: 22 },
        data: csvOf({ e: estimates, v: variances }),
      }),
      nhanes.pooled[name]!,
    );
  });

  it('all in one table, by parameter', async () => {
    const data = csvOf({
      name: fits.flatMap(() => parameters),
      e: fits.flatMap(({ coef }) => parameters.map((name) => coef[name]!)),
      v: fits.flatMap(({ se }) => parameters.map((name) => se[name]! ** 2)),
    });
    const ours: Loose = await runProcedure({
      procedure: 'pool',
      spec: { estimates: 'e', variances: 'v', by: 'name', dfComplete: 22 },
      data,
    });
    for (const term of ours.terms) nearPooled(term, nhanes.pooled[term.term]!);
    expect(ours.terms).toHaveLength(3);
  });

  it('both slopes together: D1, D1 in a small sample, D2', async () => {
    const [header = '', ...lines] = referenceData('nhanes_imputed_m10.csv').replaceAll('"', '').trimEnd().split('\n');
    const cells = lines.map((line) => line.split(',').map(Number));
    const place = (name: string): number => header.split(',').indexOf(name);
    const column = (name: string, imputation: number): Float64Array =>
      Float64Array.from(
        cells.filter((row) => row[place('imp')] === imputation),
        (row) => row[place(name)]!,
      );
    const analyses = fits.map((_fit, index) => {
      const columns = new Map(
        ['chl', 'age', 'bmi'].map((name) => [
          name,
          { kind: 'numeric' as const, name, values: column(name, index + 1) },
        ]),
      );
      const frame = modelFrame({ rows: 25, columns }, parseFormula('chl ~ age + bmi'));
      const fit = leastSquares(designMatrix(frame).matrix, numericResponse(frame));
      return {
        estimates: Array.from(fit.coefficients),
        covariance: rowsOf(scale(fit.unscaledCovariance, fit.residualSumOfSquares / 22)),
      };
    });
    const ours: Loose = await runProcedure({
      procedure: 'pool',
      spec: {
        estimates: analyses.map((analysis) => analysis.estimates),
        variances: analyses.map((analysis) => analysis.covariance),
        names: parameters,
        tested: ['age', 'bmi'],
        dfComplete: 22,
      },
      data: null,
    });
    ours.terms.forEach((term: Loose) => {
      nearPooled(term, nhanes.pooled[term.term]!);
    });
    const [d1, small, d2] = ours.tests;
    const { D1_li_raghunathan_rubin_df: li, D1_reiter_2007_df: reiter, D2_wald: wald } = nhanes;
    near(d1.statistic, li['F']!);
    near(d1.df[1], li['df2']!);
    near(d1.p, li['p']!);
    near(d1.riv, li['riv']!);
    near(small.df[1], reiter['df2']!);
    near(small.p, reiter['p']!);
    near(d2.statistic, wald['F']!);
    near(d2.df[1], wald['df2']!);
    near(d2.p, wald['p']!);
    near(d2.riv, wald['riv']!);
  });
});
