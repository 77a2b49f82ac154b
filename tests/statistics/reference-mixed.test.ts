import { describe, expect, it } from 'vitest';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { runProcedure } from './run-procedure.ts';

type Row = { readonly estimate: number; readonly se: number };
type Degrees = { readonly df: number; readonly t: number; readonly p: number; readonly se?: number };
type Fit = {
  readonly fixed: Readonly<Record<string, Row>>;
  readonly satterthwaite: Readonly<Record<string, Degrees>>;
  readonly kenward_roger?: Readonly<Record<string, Degrees>>;
  readonly vcov_fixed: { readonly rows: readonly string[]; readonly values: readonly (readonly number[])[] };
  readonly random: readonly {
    readonly group: string;
    readonly var1: string | null;
    readonly var2: string | null;
    readonly vcov: number;
    readonly sdcor: number;
  }[];
  readonly sigma: number;
  readonly loglik: number;
  readonly deviance_or_reml_criterion: number;
  readonly aic: number;
  readonly bic: number;
  readonly nobs: number;
  readonly ngroups: Readonly<Record<string, number>>;
  readonly blups_first5: {
    readonly rows: readonly string[];
    readonly cols: string | readonly string[];
    readonly values: readonly (number | number[])[];
  };
  readonly blup_conditional_sd_first5?: readonly (number | number[])[];
};

/** The case asks 1e-6 of estimates and 1e-4 of degrees of freedom, which R takes from a numeric Hessian. */
const tolerance = { default: 1e-6, df: 1e-6, p: 1e-4 } as const;

function termsOf(fit: Fit, degrees: Readonly<Record<string, Degrees>>): object[] {
  return Object.entries(degrees).map(([term, { df, t, p, se }]) => ({
    term,
    estimate: fit.fixed[term]?.estimate,
    se: se ?? fit.fixed[term]?.se,
    statistic: t,
    df,
    p,
  }));
}

/** As our result lays it out. */
function expected(fit: Fit): object {
  const effects = fit.random.filter(({ group, var2 }) => group !== 'Residual' && var2 === null);
  const modes = fit.blups_first5;
  const names = Array.isArray(modes.cols) ? modes.cols : [modes.cols as string];
  return {
    n: fit.nobs,
    terms: termsOf(fit, fit.satterthwaite),
    variance: effects.map(({ group, var1, vcov, sdcor }) => {
      const correlation = fit.random.find((row) => row.group === group && row.var2 === var1)?.sdcor;
      return { group, name: var1, variance: vcov, sd: sdcor, ...(correlation === undefined ? {} : { correlation }) };
    }),
    residual: { variance: fit.sigma ** 2, sd: fit.sigma },
    groups: Object.entries(fit.ngroups).map(([group, n]) => ({ group, n })),
    fit: { logLik: fit.loglik, aic: fit.aic, bic: fit.bic, deviance: fit.deviance_or_reml_criterion },
    fixedCovariance: { terms: fit.vcov_fixed.rows, rows: fit.vcov_fixed.values },
    modes: modes.rows.flatMap((level, row) =>
      names.map((name, column) => {
        const se = fit.blup_conditional_sd_first5?.[row];
        return {
          level,
          name,
          estimate: [modes.values[row]].flat()[column],
          ...(se === undefined ? {} : { se: [se].flat()[column] }),
        };
      }),
    ),
  };
}

const models = {
  sleepstudy: {
    slope: 'Reaction ~ Days + (Days | Subject)',
    intercept: 'Reaction ~ Days + (1 | Subject)',
    uncorrelated: 'Reaction ~ Days + (1 | Subject) + (0 + Days | Subject)',
  },
  orthodont: { intercept: 'distance ~ age * Sex + (1 | Subject)', slope: 'distance ~ age * Sex + (age | Subject)' },
} as const;

const factors = { Sex: ['Male', 'Female'] };

describe.skipIf(!hasReference)('linear mixed models of the reference', () => {
  for (const [data, formulas] of Object.entries(models)) {
    for (const [model, formula] of Object.entries(formulas)) {
      for (const method of ['REML', 'ML'] as const) {
        it(`${data}: ${model}, ${method}`, async () => {
          const fit = referenceCase(`05-lmm-${data}`).reference[`${model}_${method}`] as Fit;
          const spec = { formula, method, randomEffects: true, factors };
          const ours = await runProcedure({ procedure: 'lmm', data: referenceData(`${data}.csv`), spec });
          const rows = ours.randomEffects as { readonly level: string; readonly name: string }[];
          const modes = fit.blups_first5.rows.flatMap((level) => rows.filter((row) => row.level === level));
          expect(differences({ ...ours, modes }, expected(fit), tolerance)).toEqual([]);
          const adjusted = fit.kenward_roger;
          if (!adjusted) return;
          const roger = await runProcedure({
            procedure: 'lmm',
            data: referenceData(`${data}.csv`),
            spec: { ...spec, df: 'kenward-roger' },
          });
          expect(differences(roger, { terms: termsOf(fit, adjusted) }, tolerance)).toEqual([]);
        });
      }
    }
  }

  it('sleepstudy: share of the variance between people', async () => {
    const { icc_random_intercept_REML: icc } = referenceCase('05-lmm-sleepstudy').reference as {
      readonly icc_random_intercept_REML: number;
    };
    const spec = { formula: models.sleepstudy.intercept };
    const ours = await runProcedure({ procedure: 'lmm', data: referenceData('sleepstudy.csv'), spec });
    expect(differences(ours, { icc }, tolerance)).toEqual([]);
  });
});

type Gls = {
  readonly coefficients: Readonly<Record<string, Row>>;
  readonly sigma: number;
  readonly loglik: number;
  readonly aic: number;
  readonly bic: number;
  readonly corr: number | readonly number[];
  readonly sd_ratio: readonly number[] | null;
};

/** The covariance of the visits from nlme's standard deviation, ratios of it and correlations, row after row of the upper triangle. */
function covarianceOf({ sigma, corr, sd_ratio: ratios }: Gls, ar1: boolean): number[][] {
  const sd = [1, ...(ratios ?? [1, 1, 1])].map((ratio) => sigma * ratio);
  const correlation = (i: number, j: number): number => {
    if (i === j) return 1;
    if (typeof corr === 'number') return ar1 ? corr ** Math.abs(i - j) : corr;
    const [a, b] = [Math.min(i, j), Math.max(i, j)];
    return corr[3 * a - (a * (a - 1)) / 2 + (b - a - 1)] as number;
  };
  return sd.map((a, i) => sd.map((b, j) => a * b * correlation(i, j)));
}

describe.skipIf(!hasReference)('models for repeated measures of the reference', () => {
  for (const [covariance, key] of [
    ['unstructured', 'unstructured_REML'],
    ['cs', 'compound_symmetry_REML'],
    ['ar1', 'ar1_REML'],
  ] as const) {
    it(covariance, async () => {
      const { gls } = referenceCase('05-lmm-orthodont').reference as { readonly gls: Readonly<Record<string, Gls>> };
      const theirs = gls[key] as Gls;
      const spec = { formula: 'distance ~ factor(age) * Sex', id: 'Subject', time: 'age', covariance, factors };
      const ours = await runProcedure({ procedure: 'mmrm', data: referenceData('orthodont.csv'), spec });
      const wanted = {
        terms: Object.entries(theirs.coefficients).map(([term, { estimate, se }]) => ({
          term: term.replace('agef', 'factor(age)'),
          estimate,
          se,
        })),
        covariance: { visits: ['8', '10', '12', '14'], rows: covarianceOf(theirs, covariance === 'ar1') },
        fit: { logLik: theirs.loglik, aic: theirs.aic, bic: theirs.bic },
      };
      expect(differences(ours, wanted, { default: 1e-5, logLik: 1e-8, aic: 1e-8, bic: 1e-8 })).toEqual([]);
    });
  }
});
