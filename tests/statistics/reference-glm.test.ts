import { describe, expect, it } from 'vitest';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { csvOf, runProcedure } from './run-procedure.ts';

type Numbers = Readonly<Record<string, number>>;
type Table = {
  readonly rows: readonly string[];
  readonly cols: readonly string[];
  readonly values: readonly number[][];
};

/** birthwt with race as words, as the reference codes it. */
function birthwt(): string {
  const [header = '', ...lines] = referenceData('birthwt.csv').trim().split('\n');
  const names = header.replaceAll('"', '').split(',');
  const columns: Record<string, (number | string)[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (const line of lines) {
    for (const [place, value] of line.split(',').entries()) {
      const name = names[place] as string;
      columns[name]?.push(name === 'race' ? (['white', 'black', 'other'][Number(value) - 1] as string) : Number(value));
    }
  }
  return csvOf(columns);
}
const levels = { race: ['white', 'black', 'other'] };
const formula = 'low ~ age + lwt + race + smoke + ptl + ht + ui + ftv';

type Term = {
  readonly term: string;
  readonly estimate: number;
  readonly se: number;
  readonly statistic: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
};

async function glm(data: string, spec: Readonly<Record<string, unknown>>) {
  const result = await runProcedure({ procedure: 'glm', data, spec });
  return result as typeof result & { readonly terms: readonly Term[]; readonly fit: Numbers };
}

function coefficientRows(reference: Readonly<Record<string, Numbers>>) {
  return Object.entries(reference).map(([term, row]) => ({
    term,
    estimate: row.estimate,
    se: row.se,
    ...(row.statistic === undefined ? {} : { statistic: row.statistic }),
    ...(row.p === undefined ? {} : { p: row.p }),
    ...(row.plr_chisq === undefined ? {} : { statistic: row.plr_chisq, p: row.plr_p }),
    low: row.ci_low,
    high: row.ci_high,
  }));
}

function column(table: Table, name: string): number[] {
  const place = table.cols.indexOf(name);
  return table.values.map((row) => row[place] as number);
}

/** R takes the covariance from the weights before its last step, so its small elements keep fewer digits. */
const tight = { default: 1e-8 };
const covariance = { default: 1e-7 };

describe.skipIf(!hasReference)('reference case 02-logit-birthwt', () => {
  const { reference } = referenceCase('02-logit-birthwt') as unknown as {
    readonly reference: Readonly<Record<string, unknown>>;
  };

  it('coefficients, fit, tests and shares explained', async () => {
    const ours = await glm(birthwt(), { formula, family: 'binomial', factors: levels, dropOne: true });
    const r = reference as Record<string, unknown>;
    const drops = Object.entries(r.drop1_lrt as Record<string, Numbers>);
    const theirs = {
      n: 189,
      terms: coefficientRows(r.coefficients as Readonly<Record<string, Numbers>>),
      fit: {
        deviance: r.deviance,
        nullDeviance: r.null_deviance,
        dfResidual: r.df_residual,
        dfNull: r.df_null,
        logLik: r.loglik,
        aic: r.aic,
        bic: r.bic,
      },
      likelihoodRatio: {
        statistic: (r.lr_test_vs_null as Numbers).chisq,
        df: (r.lr_test_vs_null as Numbers).df,
        p: (r.lr_test_vs_null as Numbers).p,
      },
      dropOne: drops.map(([term, row]) => ({ term, df: row.df, statistic: row.lrt, p: row.p, aic: row.aic })),
      pseudoR2: {
        mcFadden: (r.r2 as Numbers).mcfadden,
        coxSnell: (r.r2 as Numbers).cox_snell,
        nagelkerke: (r.r2 as Numbers).nagelkerke,
        tjur: (r.r2 as Numbers).tjur,
      },
      ratios: (r.odds_ratio_wald_ci as Table).values.map(([low, high], place) => ({
        estimate: Object.values(r.odds_ratio as Numbers)[place],
        low,
        high,
      })),
    };
    expect(differences(ours, theirs, tight)).toEqual([]);
    const { rows, values } = r.vcov as Table;
    expect(differences(ours.covariance, { terms: rows, values }, covariance)).toEqual([]);
    const race = (ours.tests as { readonly name: string }[]).find((test) => test.name === 'race');
    const joint = r.wald_race_joint as Numbers;
    expect(differences(race, { statistic: joint.chisq, df: joint.df, p: joint.p }, tight)).toEqual([]);
  });

  it('profile limits', async () => {
    const ours = await glm(birthwt(), { formula, family: 'binomial', factors: levels, interval: 'profile' });
    const limits = (reference.profile_ci as Table).values.map(([low, high]) => ({ low, high }));
    expect(differences(ours.terms, limits, tight)).toEqual([]);
  });

  it.each(['HC0', 'HC1', 'HC3'])('%s', async (robust) => {
    const ours = await glm(birthwt(), { formula, family: 'binomial', factors: levels, robust });
    expect(
      differences(
        ours.terms.map((term) => term.se),
        column(reference.robust_se as Table, robust),
        tight,
      ),
    ).toEqual([]);
  });
});

describe.skipIf(!hasReference)('reference cases of Firth’s penalty', () => {
  it.each([
    ['02-firth-birthwt', formula, birthwt],
    ['02-firth-sex2', 'case ~ age + oc + vic + vicl + vis + dia', () => referenceData('sex2.csv')],
  ] as const)('%s', async (id, model, data) => {
    const r = referenceCase(id).reference as unknown as Record<string, unknown>;
    const ours = await glm(data(), {
      formula: model,
      family: 'binomial',
      firth: true,
      ...(id === '02-firth-birthwt' ? { factors: levels } : {}),
    });
    const test = r.global_plr as Numbers;
    const theirs = {
      terms: coefficientRows(r.coefficients as Readonly<Record<string, Numbers>>),
      fit: { penalisedLogLik: r.penalised_loglik },
      likelihoodRatio: { statistic: test.chisq, df: test.df, p: test.p },
      covariance: { values: (r.vcov as Table).values },
    };
    expect(differences(ours, theirs, tight)).toEqual([]);
    const wald = await glm(data(), {
      formula: model,
      family: 'binomial',
      firth: true,
      interval: 'wald',
      ...(id === '02-firth-birthwt' ? { factors: levels } : {}),
    });
    const p = Object.values(r.coefficients as Readonly<Record<string, Numbers>>).map((row) => row.wald_p);
    expect(
      differences(
        wald.terms.map((term) => term.p),
        p,
        tight,
      ),
    ).toEqual([]);
  });

  it('without it, sex2 is said to be separated', async () => {
    const ours = await glm(referenceData('sex2.csv'), {
      formula: 'case ~ age + oc + vic + vicl + vis + dia',
      family: 'binomial',
    });
    expect(ours.warnings.join()).toMatch(/separation.*dia.*firth/i);
    expect(ours.terms.find((term) => term.term === 'dia')?.estimate).toBeNull();
    expect(ours.terms.find((term) => term.term === 'oc')?.se).toBeGreaterThan(0);
  });
});

describe.skipIf(!hasReference)('reference case 03-counts-quine', () => {
  const data = (): string => referenceData('quine.csv');
  const model = 'Days ~ Eth + Sex + Age + Lrn';
  const r = (): Record<string, unknown> =>
    referenceCase('03-counts-quine').reference as unknown as Record<string, unknown>;

  it('poisson', async () => {
    const theirs = r().poisson as Record<string, unknown>;
    const ours = await glm(data(), { formula: model, family: 'poisson' });
    expect(ours.warnings.join()).toMatch(/13\.2 times/);
    expect(
      differences(
        ours,
        {
          terms: coefficientRows(theirs.coefficients as Readonly<Record<string, Numbers>>),
          fit: {
            deviance: theirs.deviance,
            nullDeviance: theirs.null_deviance,
            dfResidual: theirs.df_residual,
            logLik: theirs.loglik,
            aic: theirs.aic,
            bic: theirs.bic,
            pearson: theirs.pearson_chi2,
          },
        },
        tight,
      ),
    ).toEqual([]);
    for (const robust of ['HC0', 'HC1', 'HC3']) {
      const found = await glm(data(), { formula: model, family: 'poisson', robust });
      expect(
        differences(
          found.terms.map((term) => term.se),
          column(theirs.robust_se as Table, robust),
          tight,
        ),
      ).toEqual([]);
    }
  });

  it('quasipoisson', async () => {
    const theirs = r().quasipoisson as Record<string, unknown>;
    const ours = await glm(data(), { formula: model, family: 'quasipoisson' });
    const expected = {
      terms: coefficientRows(theirs.coefficients as Readonly<Record<string, Numbers>>),
      fit: { dispersion: theirs.dispersion },
    };
    expect(differences(ours, expected, tight)).toEqual([]);
  });

  it('negative binomial', async () => {
    const theirs = r().negbin as Record<string, unknown>;
    const ours = await glm(data(), { formula: model, family: 'negative-binomial' });
    const test = (r().overdispersion as Record<string, Numbers>).lr_poisson_vs_nb as Numbers;
    expect(
      differences(
        ours,
        {
          terms: coefficientRows(theirs.coefficients as Readonly<Record<string, Numbers>>),
          fit: {
            theta: theirs.theta,
            thetaSe: theirs.se_theta,
            logLik: theirs.loglik,
            aic: theirs.aic,
            bic: theirs.bic,
            deviance: theirs.deviance,
          },
          overdispersion: { statistic: test.chisq, p: test.p_half_chisq1 },
        },
        tight,
      ),
    ).toEqual([]);
  });
});
