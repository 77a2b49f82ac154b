import { describe, expect, it } from 'vitest';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { runProcedure } from './run-procedure.ts';

type Row = {
  readonly estimate: number;
  readonly se: number;
  readonly statistic?: number;
  readonly t?: number;
  readonly p: number;
  readonly ci_low?: number;
  readonly ci_high?: number;
};
type Rows = Readonly<Record<string, Row>>;

// biome-ignore lint/suspicious/noExplicitAny: a result of any procedure, read by its keys
type Found = any;

function near(ours: number, theirs: number, relative: number, where: string): void {
  const gap = Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-300);
  expect(gap, `${where}: ${ours} against ${theirs}`).toBeLessThan(relative);
}

/** Our terms against R's, by our names of them. */
function compareTerms(found: Found, theirs: Rows, names: Readonly<Record<string, string>>, relative = 1e-8): void {
  for (const [name, row] of Object.entries(theirs)) {
    const ours = found.terms.find((term: Found) => term.term === (names[name] ?? name));
    expect(ours, name).toBeDefined();
    near(ours.estimate, row.estimate, relative, `${name} estimate`);
    near(ours.se, row.se, relative, `${name} se`);
    near(ours.statistic, (row.statistic ?? row.t) as number, relative, `${name} statistic`);
    if (row.p > 1e-290) near(ours.p, row.p, Math.max(relative * 1000, 1e-6), `${name} p`);
    if (row.ci_low !== undefined) near(ours.low, row.ci_low, relative * 1e4, `${name} low`);
    if (row.ci_high !== undefined) near(ours.high, row.ci_high, relative * 1e4, `${name} high`);
  }
}

const series = { law: 'level', s1: 'sin1', c1: 'cos1', s2: 'sin2', c2: 'cos2' };

describe.skipIf(!hasReference)('its: the seat-belt law', () => {
  const reference = hasReference ? (referenceCase('06-its-seatbelts').reference as Found) : null;
  const common = { time: 't', start: 170, seasonality: { period: 12, harmonics: 2 }, horizons: [1, 6, 12, 23] };
  const run = async (spec: Record<string, unknown>): Promise<Found> =>
    runProcedure({ procedure: 'its', data: referenceData('seatbelts.csv'), spec: { ...common, ...spec } });
  const logged = { y: 'log(drivers)' };
  const counts = { y: 'drivers', family: 'poisson', offset: 'kms' };

  it('least squares with its own errors, and what its residuals tell', async () => {
    const found = await run({ ...logged, errors: { kind: 'model' } });
    compareTerms(found, reference.ols.coefficients, series);
    near(found.fit.rSquared, reference.ols.r_squared, 1e-10, 'R²');
    near(found.fit.adjustedRSquared, reference.ols.adj_r_squared, 1e-10, 'adjusted R²');
    near(found.fit.sigma, reference.ols.sigma, 1e-10, 'sigma');
    near(found.fit.aic, reference.ols.aic, 1e-10, 'AIC');
    near(found.fit.logLik, reference.ols.loglik, 1e-10, 'log likelihood');
    const told = reference.diagnostics;
    near(found.residuals.durbinWatson.statistic, told.durbin_watson.dw, 1e-10, 'Durbin–Watson');
    // The reference's p (7.42e-8) is lmtest's normal approximation; Pan's exact one is 3.8071e-8 to 3.8077e-8 by its
    // iterations, and Imhof's integral gives 3.808006e-8.
    near(found.residuals.durbinWatson.p, 3.80800555532801e-8, 1e-6, 'its p');
    near(found.residuals.breuschGodfrey.statistic, told.breusch_godfrey_12.chisq, 1e-8, 'Breusch–Godfrey');
    near(found.residuals.breuschGodfrey.p, told.breusch_godfrey_12.p, 1e-6, 'its p');
    near(found.residuals.ljungBox.statistic, told.ljung_box_12.chisq, 1e-8, 'Ljung–Box');
    near(found.residuals.breuschPagan.statistic, told.breusch_pagan_studentised.chisq, 1e-8, 'Breusch–Pagan');
    near(found.residuals.breuschPagan.p, told.breusch_pagan_studentised.p, 1e-7, 'its p');
    told.acf_1_to_12.forEach((value: number, lag: number) => {
      near(found.residuals.autocorrelation[lag], value, 1e-8, `autocorrelation ${lag + 1}`);
      near(found.residuals.partialAutocorrelation[lag], told.pacf_1_to_12[lag], 1e-8, `partial ${lag + 1}`);
    });
  });

  it('Newey–West errors, adjusted and not', async () => {
    const adjusted = await run({ ...logged, errors: { kind: 'newey-west', lag: 12 } });
    compareTerms(adjusted, reference.newey_west_lag12_adjusted, series);
    for (const lag of [3, 12]) {
      const plain = await run({ ...logged, errors: { kind: 'newey-west', lag, adjust: false } });
      compareTerms(plain, reference[`newey_west_lag${lag}_unadjusted`], series);
    }
    for (const [place, expected] of reference.effect_vs_counterfactual_ols_nw12adj.entries()) {
      const effect = adjusted.effects[place];
      near(effect.estimate, expected.log_effect, 1e-8, 'effect');
      near(effect.se, expected.se, 1e-8, 'its error');
      near(effect.percent, expected.pct_change, 1e-8, 'per cent');
      // The case's own limits are normal; ours are t, as the terms' are.
      near(100 * Math.expm1(effect.estimate - 1.959963984540054 * effect.se), expected.pct_ci[0], 1e-8, 'lower limit');
      near(adjusted.counterfactual[expected.months_after - 1].effect, expected.log_effect, 1e-8, 'counterfactual');
    }
  });

  it('White’s errors are Newey–West errors of lag 0', async () => {
    const hc0 = await run({ ...logged, errors: { kind: 'newey-west', lag: 0, adjust: false } });
    const hc1 = await run({ ...logged, errors: { kind: 'newey-west', lag: 0 } });
    reference.hc.rows.forEach((name: string, row: number) => {
      const ours = (found: Found): number =>
        found.terms.find((term: Found) => term.term === (series[name as keyof typeof series] ?? name)).se;
      near(ours(hc0), reference.hc.values[row][0], 1e-8, `${name} HC0`);
      near(ours(hc1), reference.hc.values[row][1], 1e-8, `${name} HC1`);
    });
  });

  it('ar1 errors by maximum likelihood', async () => {
    const found = await run({ ...logged, errors: { kind: 'ar1', method: 'ML' } });
    compareTerms(found, reference.gls_ar1_ml.coefficients, series, 1e-6);
    near(found.fit.phi, reference.gls_ar1_ml.phi, 1e-6, 'phi');
    near(found.fit.sigma, reference.gls_ar1_ml.sigma, 1e-7, 'sigma');
    near(found.fit.logLik, reference.gls_ar1_ml.loglik, 1e-10, 'log likelihood');
  });

  it('counts with a denominator', async () => {
    const given = reference.poisson_offset_kms;
    const plain = await run({ ...counts, errors: { kind: 'model' } });
    compareTerms(plain, given.coefficients, series);
    near(plain.fit.deviance, given.deviance, 1e-9, 'deviance');
    near(plain.fit.dispersion, given.quasi_dispersion, 1e-9, 'dispersion');
    expect(plain.fit.dfResidual).toBe(given.df_residual);
    compareTerms(await run({ ...counts, family: 'quasipoisson', errors: { kind: 'model' } }), given.quasi, series);
    const robust = await run({ ...counts, errors: { kind: 'newey-west', lag: 12, adjust: false } });
    compareTerms(robust, given.newey_west_lag12_unadjusted, series);
    const white = await run({ ...counts, errors: { kind: 'newey-west', lag: 0, adjust: false } });
    compareTerms(white, given.hc0, series);
    const effect = robust.effects[2];
    const expected = given.rate_ratio_law_after_12_months;
    near(effect.estimate, expected.log_effect, 1e-8, 'effect');
    near(effect.se, expected.se, 1e-8, 'its error');
    near(effect.percent, expected.pct_change, 1e-8, 'per cent');
    near(effect.percentLow, expected.pct_ci[0], 1e-8, 'lower limit');
    near(effect.percentHigh, expected.pct_ci[1], 1e-8, 'upper limit');
    const without = await run({ y: 'drivers', family: 'poisson', errors: { kind: 'model' } });
    compareTerms(without, reference.poisson_no_offset, series);
  });

  it('a term for each month', async () => {
    const spec = { ...logged, seasonality: undefined, covariates: ['factor(month)'] };
    const plain = await run({ ...spec, errors: { kind: 'model' } });
    compareTerms(plain, reference.month_dummies_ols.coefficients, series);
    const robust = await run({ ...spec, errors: { kind: 'newey-west', lag: 12 } });
    for (const [name, se] of Object.entries(reference.month_dummies_ols.nw12adj_se)) {
      const ours = robust.terms.find((term: Found) => term.term === (series[name as keyof typeof series] ?? name));
      near(ours.se, se as number, 1e-8, `${name} se`);
    }
  });
});

describe.skipIf(!hasReference)('did: benefits and time off work', () => {
  const reference = hasReference ? (referenceCase('06-did-injury').reference as Found) : null;
  const rows = (): string => {
    const lines = referenceData('injury.csv').trim().split('\n');
    const ky = (lines[0] as string).replaceAll('"', '').split(',').indexOf('ky');
    return [lines[0], ...lines.slice(1).filter((line) => line.split(',')[ky] === '1')].join('\n');
  };
  const run = async (spec: Record<string, unknown>): Promise<Found> =>
    runProcedure({
      procedure: 'did',
      data: rows(),
      spec: { y: 'ldurat', treated: 'highearn', post: 'afchnge', ...spec },
    });
  const covariates = ['male', 'married', 'age', 'hosp', 'factor(indust)', 'factor(injtype)'];
  const names = Object.fromEntries(
    ['indust', 'injtype'].flatMap((name) =>
      [2, 3, 4, 5, 6, 7, 8].map((level) => [`${name}${level}`, `factor(${name})${level}`]),
    ),
  );

  for (const [key, given] of [
    ['did', []],
    ['adjusted', covariates],
  ] as const) {
    it(`${key}, by all errors`, async () => {
      const theirs = reference[key];
      for (const [robust, rowsKey] of [
        ['none', 'coefficients'],
        [undefined, 'hc1'],
        ['HC3', 'hc3'],
      ] as const) {
        const found = await run({ covariates: given, ...(robust === undefined ? {} : { robust }) });
        compareTerms(found, theirs[rowsKey], names);
        expect(found.n).toBe(theirs.n);
        near(found.fit.rSquared, theirs.r_squared, 1e-9, 'R²');
        const effect = theirs[rowsKey]['afchnge:highearn'];
        near(found.att.estimate, effect.estimate, 1e-8, 'effect');
        near(found.att.se, effect.se, 1e-8, 'its error');
        near(found.att.p, effect.p, 1e-7, 'its p');
        near(found.att.low, effect.ci_low, 1e-8, 'lower limit');
        near(found.att.high, effect.ci_high, 1e-8, 'upper limit');
      }
    });
  }

  it('means of the four cells', async () => {
    const { means, att } = await run({});
    // The reference's rows are afchnge, its columns highearn.
    for (const { treated, post, mean } of means) near(mean, reference.cell_means.values[post][treated], 1e-9, 'mean');
    near(att.estimate, reference.did_by_hand, 1e-10, 'effect');
  });
});

describe.skipIf(!hasReference)('iptw: work demonstration and survey controls', () => {
  const reference = hasReference ? (referenceCase('14-iptw-lalonde').reference as Found) : null;
  const run = async (spec: Record<string, unknown>): Promise<Found> =>
    runProcedure({
      procedure: 'iptw',
      data: referenceData('lalonde.csv'),
      spec: { treatment: 'treat ~ age + educ + race + married + nodegree + re74 + re75', y: 're78', ...spec },
    });

  it('the propensity itself', async () => {
    const { propensity, unweighted } = await run({});
    for (const term of propensity.terms) {
      const theirs = reference.ps_coefficients[term.term];
      for (const key of ['estimate', 'se', 'statistic', 'p']) near(term[key], theirs[key], 1e-7, `${term.term} ${key}`);
    }
    near(propensity.auc, reference.ps_auc, 1e-9, 'AUC');
    near(propensity.treated.min, reference.ps_range_treated[0], 1e-7, 'least of the treated');
    near(propensity.control.max, reference.ps_range_control[1], 1e-7, 'most of the controls');
    near(unweighted.difference, reference.unweighted.effect, 1e-9, 'plain difference');
  });

  for (const [estimand, key, truncate] of [
    ['ATE', 'ATE', undefined],
    ['ATT', 'ATT', undefined],
    ['ATC', 'ATC', undefined],
    ['ATO', 'overlap_ATO', undefined],
    ['ATE', 'ATE_ps_winsorised_1_99', [0.01, 0.99]],
  ] as const) {
    it(`${key}: effect, balance and effective numbers`, async () => {
      const found = await run({ estimand, ...(truncate ? { truncate } : {}) });
      const theirs = reference.weighted[key];
      near(found.effect.estimate, theirs.effect, 1e-7, 'effect');
      near(found.means.treated.estimate, theirs.mean_treated, 1e-8, 'mean of the treated');
      near(found.means.control.estimate, theirs.mean_control, 1e-8, 'mean of the controls');
      near(found.knownWeights.se, theirs.se_hc0, 1e-7, 'error as if the weights were known');
      near(found.effectiveN.treated, theirs.ess_treated, 1e-7, 'effective treated');
      near(found.effectiveN.control, theirs.ess_control, 1e-7, 'effective controls');
      near(Math.max(found.weights.treated.max, found.weights.control.max), theirs.max_weight, 1e-7, 'largest weight');
      const m = reference.m_estimation[key];
      if (m) near(found.effect.se, m.se, 1e-7, 'M-estimation');
      const way = estimand === 'ATT' ? 'smd_treated_sd_binary_p1p' : 'smd_pooled_unweighted_sd_binary_p1p';
      for (const row of found.balance) {
        const name = row.covariate.replace(/^race/, '');
        near(row.before, reference.unweighted[way][name], 1e-8, `${name} before`);
        expect(Math.abs(row.after - theirs[way][name]), `${name} after`).toBeLessThan(1e-8);
        const ratio = reference.variance_ratio_unweighted[name];
        if (ratio) near(row.varianceRatioBefore, ratio, 1e-8, `${name} variance ratio`);
        if (ratio && key === 'ATT') near(row.varianceRatioAfter, reference.variance_ratio_ATT[name], 1e-7, name);
      }
    });
  }
});
