import { describe, expect, it } from 'vitest';
import type { ProcedureResult } from '#main/stats/procedures/run-procedure.ts';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { csvOf, runProcedure } from './run-procedure.ts';

type Interval = { readonly est: number | null; readonly low: number | null; readonly high: number | null };
type Point = {
  readonly time: number;
  readonly survival: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly n_risk: number;
};
type Limits = {
  readonly median: Interval;
  readonly quantile_25: Interval;
  readonly quantile_75: Interval;
  readonly at_times: readonly Point[];
};
type Group = {
  readonly n: number;
  readonly events: number;
  readonly rmst: { readonly tau: number; readonly rmean: number; readonly se: number };
  readonly nelson_aalen_at_times: readonly number[];
} & Readonly<Record<`ci_${'log' | 'log-log' | 'plain'}`, Limits>>;
type LogRank = {
  readonly chisq: number;
  readonly df: number;
  readonly p: number;
  readonly observed: readonly number[];
  readonly expected: readonly number[];
};

const scales = ['log', 'log-log', 'plain'] as const;
const exact = { default: 1e-8 };

function groupOf(group: Group, scale: (typeof scales)[number]) {
  const limits = group[`ci_${scale}`];
  const interval = ({ est, low, high }: Interval) => ({ estimate: est, low, high });
  return {
    n: group.n,
    events: group.events,
    median: limits.median.est,
    low: limits.median.low,
    high: limits.median.high,
    quantiles: [limits.quantile_25, limits.median, limits.quantile_75].map(interval),
    restrictedMean: { estimate: group.rmst.rmean, se: group.rmst.se },
    atTimes: limits.at_times.map(({ n_risk, ...point }, k) => ({
      ...point,
      atRisk: n_risk,
      cumulativeHazard: group.nelson_aalen_at_times[k],
    })),
  };
}

function testOf({ chisq, df, p, observed, expected }: LogRank) {
  return { statistic: chisq, df, p, groups: observed.map((o, g) => ({ observed: o, expected: expected[g] })) };
}

async function survivalOf(data: string, spec: Readonly<Record<string, unknown>>): Promise<ProcedureResult> {
  return runProcedure({ procedure: 'survival', data, spec: { quantiles: [0.25, 0.5, 0.75], ...spec } });
}

describe.skipIf(!hasReference)('Kaplan–Meier curves and log-rank tests', () => {
  const lung = referenceCase('04-km-lung').reference as {
    readonly overall: { readonly all: Group };
    readonly by_sex: Readonly<Record<string, Group>>;
    readonly logrank: LogRank;
    readonly peto_peto: LogRank;
    readonly logrank_stratified_by_ph_ecog: LogRank;
  };
  const lungData = referenceData('lung.csv');
  const times = [100, 180, 365, 500, 700];
  for (const limits of scales) {
    it(`lung, ${limits} limits`, async () => {
      const common = { limits, times, restrictedMean: 700 };
      const all = await survivalOf(lungData, { formula: 'Surv(time, status == 2) ~ 1', ...common });
      expect(differences(all, { strata: [groupOf(lung.overall.all, limits)] }, exact)).toEqual([]);
      const bySex = await survivalOf(lungData, { formula: 'Surv(time, status) ~ sex', ...common });
      const groups = ['1', '2'].map((sex) => ({ name: `sex=${sex}`, ...groupOf(lung.by_sex[sex] as Group, limits) }));
      expect(differences(bySex, { strata: groups, test: testOf(lung.logrank) }, exact)).toEqual([]);
    });
  }

  it('lung, Peto–Peto and stratified', async () => {
    const peto = await survivalOf(lungData, { formula: 'Surv(time, status) ~ sex', rho: 1 });
    expect(differences(peto['test'], testOf(lung.peto_peto), exact)).toEqual([]);
    const stratified = await survivalOf(lungData, { formula: 'Surv(time, status) ~ sex + strata(ph.ecog)' });
    expect(differences(stratified['test'], testOf(lung.logrank_stratified_by_ph_ecog), exact)).toEqual([]);
  });

  it('ovarian', async () => {
    const ovarian = referenceCase('04-cox-ovarian').reference as {
      readonly km_by_rx: Readonly<Record<string, Group>>;
      readonly logrank_rx: LogRank;
    };
    for (const limits of scales) {
      const first = ovarian.km_by_rx['1'] as Group;
      const found = await survivalOf(referenceData('ovarian.csv'), {
        formula: 'Surv(futime, fustat) ~ rx',
        limits,
        restrictedMean: first.rmst.tau,
        times: first[`ci_${limits}`].at_times.map(({ time }) => time),
      });
      const strata = ['1', '2'].map((rx) => groupOf(ovarian.km_by_rx[rx] as Group, limits));
      expect(differences(found, { strata, test: testOf(ovarian.logrank_rx) }, exact)).toEqual([]);
    }
  });
});

type Coefficient = {
  readonly estimate: number;
  readonly se: number;
  readonly statistic: number;
  readonly p: number;
  readonly ci_low?: number;
  readonly ci_high?: number;
};
type Test = { readonly chisq: number; readonly df: number; readonly p: number };
type CoxReference = {
  readonly n: number;
  readonly events: number;
  readonly coefficients: Readonly<Record<string, Coefficient>>;
  readonly hazard_ratio: Readonly<Record<string, number>>;
  readonly hr_ci: { readonly values: readonly (readonly [number, number])[] };
  readonly loglik_null: number;
  readonly loglik: number;
  readonly lr_test: Test;
  readonly wald_test: Test;
  readonly score_test: Test;
  readonly concordance: { readonly c: number; readonly se: number };
  readonly zph: Readonly<Record<string, Readonly<Record<string, Test>>>>;
  readonly aic: number;
};

function coxOf(wanted: CoxReference, transform: string) {
  const test = ({ chisq, df, p }: Test) => ({ statistic: chisq, df, p });
  return {
    n: wanted.n,
    terms: termsOf(wanted.coefficients).map((row, j) => ({
      ...row,
      hazardRatio: {
        estimate: wanted.hazard_ratio[row.term],
        low: wanted.hr_ci.values[j]?.[0],
        high: wanted.hr_ci.values[j]?.[1],
      },
    })),
    fit: {
      events: wanted.events,
      logLik: wanted.loglik,
      logLikNull: wanted.loglik_null,
      aic: wanted.aic,
      concordance: wanted.concordance.c,
      concordanceSe: wanted.concordance.se,
    },
    tests: [
      { name: 'likelihood ratio', ...test(wanted.lr_test) },
      { name: 'wald', ...test(wanted.wald_test) },
      { name: 'score', ...test(wanted.score_test) },
    ],
    proportionalHazards: Object.entries(wanted.zph[transform] ?? {}).map(([name, row]) => ({ name, ...test(row) })),
  };
}

function termsOf(coefficients: Readonly<Record<string, Coefficient>>) {
  return Object.entries(coefficients).map(([term, { estimate, se, statistic, p, ci_low, ci_high }]) => ({
    term,
    estimate,
    se,
    statistic,
    p,
    ...(ci_low === undefined ? {} : { low: ci_low, high: ci_high }),
  }));
}

describe.skipIf(!hasReference)('Cox regression', () => {
  const cases = [
    ['04-cox-lung', 'lung.csv', 'Surv(time, status == 2) ~ age + sex + ph.ecog'],
    ['04-cox-ovarian', 'ovarian.csv', 'Surv(futime, fustat) ~ age + rx + resid.ds'],
  ] as const;
  for (const [id, file, formula] of cases) {
    for (const ties of ['efron', 'breslow'] as const) {
      for (const transform of ['km', 'rank', 'identity', 'log']) {
        it(`${id}, ${ties}, time as ${transform}`, async () => {
          const wanted = (referenceCase(id).reference as Readonly<Record<typeof ties, CoxReference>>)[ties];
          const found = await runProcedure({
            procedure: 'cox',
            data: referenceData(file),
            spec: { formula, ties, transform },
          });
          expect(differences(found, coxOf(wanted, transform), { default: 1e-8 })).toEqual([]);
        });
      }
    }
  }

  it('lung, exact ties', async () => {
    const { exact_discrete_kalbfleisch_prentice: wanted } = referenceCase('04-cox-lung').reference as {
      readonly exact_discrete_kalbfleisch_prentice: {
        readonly coefficients: Readonly<Record<string, Coefficient>>;
        readonly loglik: number;
        readonly loglik_null: number;
        readonly score_test_chisq: number;
      };
    };
    const found = await runProcedure({
      procedure: 'cox',
      data: referenceData('lung.csv'),
      spec: { formula: 'Surv(time, status == 2) ~ age + sex + ph.ecog', ties: 'exact' },
    });
    const fit = { logLik: wanted.loglik, logLikNull: wanted.loglik_null };
    expect(differences(found, { terms: termsOf(wanted.coefficients), fit }, { default: 1e-8 })).toEqual([]);
    const [, , score] = found['tests'] as { readonly statistic: number }[];
    expect(differences(score?.statistic, wanted.score_test_chisq, { default: 1e-8 })).toEqual([]);
  });

  it('lung: clusters, strata, baseline, residuals and predictions', async () => {
    const wanted = referenceCase('04-cox-lung').reference as {
      readonly cumulative_baseline_hazard_uncentred_efron: { readonly time: number[]; readonly hazard: number[] };
      readonly cumulative_hazard_at_covariate_means: { readonly means: Record<string, number>; readonly last: number };
      readonly predicted_survival: Readonly<Record<'times' | 'surv' | 'se' | 'low' | 'high', number[]>>;
      readonly martingale_first10: number[];
      readonly deviance_first10: number[];
      readonly schoenfeld_first3: { readonly values: number[][] };
      readonly robust_cluster_inst: {
        readonly coefficients: Readonly<
          Record<string, { estimate: number; se_model: number; se_robust: number; z: number; p: number }>
        >;
      };
      readonly stratified_by_sex: {
        readonly coefficients: Readonly<Record<string, Coefficient>>;
        readonly loglik: number;
        readonly loglik_null: number;
        readonly score_test_chisq: number;
      };
    };
    const data = referenceData('lung.csv');
    const formula = 'Surv(time, status == 2) ~ age + sex + ph.ecog';
    const predicted = wanted.predicted_survival;
    const whole = await runProcedure({
      procedure: 'cox',
      data,
      spec: {
        formula,
        baseline: true,
        residuals: true,
        newData: [{ age: 60, sex: 2, 'ph.ecog': 1 }],
        times: predicted.times,
      },
    });
    const residuals = whole['residuals'] as Readonly<Record<string, unknown[]>>;
    const baseline = whole['baseline'] as {
      readonly means: unknown;
      readonly points: { time: number; cumulativeHazard: number; cumulativeHazardAtMeans: number }[];
    };
    const { time, hazard } = wanted.cumulative_baseline_hazard_uncentred_efron;
    const rows = predicted.times.map((_time, k) => ({
      survival: predicted.surv[k],
      se: predicted.se[k],
      low: predicted.low[k],
      high: predicted.high[k],
    }));
    const ours = {
      predictions: whole['predictions'],
      martingale: residuals['martingale']?.slice(0, 10),
      deviance: residuals['deviance']?.slice(0, 10),
      schoenfeld: residuals['schoenfeld']
        ?.slice(0, 3)
        .map((row) => ['age', 'sex', 'ph.ecog'].map((name) => (row as Record<string, unknown>)[name])),
      hazard: time.map((t) => baseline.points.find((point) => point.time === t)?.cumulativeHazard),
      means: baseline.means,
      last: baseline.points.at(-1)?.cumulativeHazardAtMeans,
    };
    const theirs = {
      predictions: [{ points: rows }],
      martingale: wanted.martingale_first10,
      deviance: wanted.deviance_first10,
      schoenfeld: wanted.schoenfeld_first3.values,
      hazard,
      ...wanted.cumulative_hazard_at_covariate_means,
    };
    expect(differences(ours, theirs, { default: 1e-8 })).toEqual([]);

    const robust = await runProcedure({ procedure: 'cox', data, spec: { formula, cluster: 'inst' } });
    const terms = Object.entries(wanted.robust_cluster_inst.coefficients).map(([term, row]) => ({
      term,
      estimate: row.estimate,
      se: row.se_robust,
      seModel: row.se_model,
      statistic: row.z,
      p: row.p,
    }));
    expect(differences(robust, { n: 226, terms }, { default: 1e-8 })).toEqual([]);

    const stratified = await runProcedure({
      procedure: 'cox',
      data,
      spec: { formula: 'Surv(time, status) ~ age + ph.ecog + strata(sex)' },
    });
    const strata = wanted.stratified_by_sex;
    const fit = { logLik: strata.loglik, logLikNull: strata.loglik_null };
    expect(differences(stratified, { terms: termsOf(strata.coefficients), fit }, { default: 1e-8 })).toEqual([]);
    const [, , score] = stratified['tests'] as { readonly statistic: number }[];
    expect(differences(score?.statistic, strata.score_test_chisq, { default: 1e-8 })).toEqual([]);
  });
});

type Block = { readonly rows: readonly string[]; readonly values: readonly (readonly number[])[] };

describe.skipIf(!hasReference)('Competing risks', () => {
  const { reference, options } = referenceCase('04-competing-risks-mgus2');
  const wanted = reference as {
    readonly cumulative_incidence: Block;
    readonly variance_cmprsk: Block;
    readonly aalen_johansen_survfit: { readonly se_pcm: readonly number[]; readonly se_death: readonly number[] };
    readonly gray_test: Block;
    readonly cause_specific_cox: {
      readonly coefficients: Readonly<Record<string, Coefficient>>;
      readonly loglik: number;
      readonly loglik_null: number;
      readonly score_test_chisq: number;
    };
    readonly fine_gray: Readonly<Record<string, Coefficient>>;
  };
  const [header = '', ...lines] = referenceData('mgus2.csv').trimEnd().replaceAll('"', '').split('\n');
  const names = header.split(',');
  const column = (name: string): string[] => lines.map((line) => line.split(',')[names.indexOf(name)] as string);
  const progressed = column('pstat').map((value) => value === '1');
  const died = column('death');
  const futime = column('futime');
  const data = csvOf({
    age: column('age'),
    sex: column('sex'),
    time: column('ptime').map((value, i) => (progressed[i] ? value : (futime[i] as string))),
    event: progressed.map((value, i) => (value ? 1 : died[i] === '1' ? 2 : 0)),
  });
  const tolerance = { default: 1e-8 };

  it('mgus2: incidence and Gray’s test', async () => {
    const times = options['times_months'] as number[];
    const found = await runProcedure({
      procedure: 'competing-risks',
      data,
      spec: { formula: 'Surv(time, event) ~ sex', times },
    });
    const jackknife = wanted.aalen_johansen_survfit;
    const curves = wanted.cumulative_incidence.rows.map((row, i) => ({
      group: row[0],
      cause: Number(row[2]),
      points: times.map((time, k) => ({
        time,
        incidence: wanted.cumulative_incidence.values[i]?.[k],
        se: Math.sqrt(wanted.variance_cmprsk.values[i]?.[k] as number),
        seJackknife: (i < 2 ? jackknife.se_pcm : jackknife.se_death)[(i % 2) * times.length + k],
      })),
    }));
    const tests = wanted.gray_test.values.map(([statistic, p, df]) => ({ statistic, p, df }));
    expect(differences(found, { curves, tests, test: tests[0] }, tolerance)).toEqual([]);
    const second = await runProcedure({
      procedure: 'competing-risks',
      data,
      spec: { formula: 'Surv(time, event) ~ sex', cause: 2, times },
    });
    expect(differences(second, { curves: curves.slice(2), test: tests[1] }, tolerance)).toEqual([]);
  });

  it('mgus2: Fine–Gray, and the hazard of one cause', async () => {
    const regression = await runProcedure({
      procedure: 'competing-risks',
      data,
      spec: { formula: 'Surv(time, event) ~ age + sex', cause: 1 },
    });
    expect(differences(regression, { terms: termsOf(wanted.fine_gray) }, tolerance)).toEqual([]);
    const hazard = await runProcedure({
      procedure: 'cox',
      data,
      spec: { formula: 'Surv(time, event == 1) ~ age + sex' },
    });
    const { coefficients, loglik, loglik_null, score_test_chisq } = wanted.cause_specific_cox;
    const fit = { logLik: loglik, logLikNull: loglik_null };
    expect(differences(hazard, { terms: termsOf(coefficients), fit }, tolerance)).toEqual([]);
    const [, , score] = hazard['tests'] as { readonly statistic: number }[];
    expect(differences(score?.statistic, score_test_chisq, tolerance)).toEqual([]);
  });
});
