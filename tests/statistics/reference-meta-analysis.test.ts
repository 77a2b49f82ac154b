import { describe, expect, it } from 'vitest';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { csvOf, runProcedure } from './run-procedure.ts';

type Model = {
  readonly estimate: number;
  readonly se: number;
  readonly z_or_t: number;
  readonly p: number;
  readonly ci_low: number;
  readonly ci_high: number;
  readonly tau2: number;
  readonly se_tau2: number | null;
  readonly I2: number;
  readonly H2: number;
  readonly Q: number;
  readonly Q_df: number;
  readonly Q_p: number;
  readonly loglik: number;
};
type Coefficient = Omit<Model, 'z_or_t'> & { readonly stat: number };
type Regression = {
  readonly coefficients: Readonly<Record<string, Coefficient>>;
  readonly tau2: number;
  readonly QE: number;
  readonly QE_p: number;
  readonly QM: number;
  readonly QM_p: number;
  readonly R2: number;
  readonly I2: number;
};
type Filled = {
  readonly side: string;
  readonly k0: number;
  readonly se_k0: number;
  readonly result: Model;
  readonly filled_yi: readonly number[];
  readonly filled_vi: readonly number[];
};
type Bcg = {
  readonly yi: readonly number[];
  readonly vi: readonly number[];
  readonly models: Readonly<Record<string, Model>>;
  readonly hksj: Readonly<Record<string, Model>>;
  readonly tau2_qprofile_ci: { readonly low: number; readonly high: number };
  readonly I2_ci: { readonly low: number; readonly high: number };
  readonly H2_ci: { readonly low: number; readonly high: number };
  readonly prediction_interval: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  readonly weights_percent_DL: readonly number[];
  readonly egger_intercept: Readonly<Record<string, number>>;
  readonly trim_and_fill: Readonly<Record<string, Filled>>;
  readonly subgroup_alloc: {
    readonly separate_tau2: Readonly<Record<string, Model>>;
    readonly common_tau2_REML: Regression;
  };
  readonly meta_regression_ablat: { readonly z: Regression; readonly knha: Regression };
  readonly leave_one_out_REML: Readonly<Record<string, readonly number[]>>;
  readonly influence_REML: Readonly<Record<string, readonly number[]>>;
};

// biome-ignore lint/suspicious/noExplicitAny: results are looked into by key.
type Loose = any;

const rel = 1e-7;

function near(ours: unknown, theirs: number, tolerance = rel): void {
  expect(typeof ours).toBe('number');
  expect(Math.abs((ours as number) - theirs)).toBeLessThanOrEqual(tolerance * Math.abs(theirs) + 1e-14);
}

function nearModel(ours: Loose, theirs: Model, tolerance = rel): void {
  near(ours.estimate, theirs.estimate, tolerance);
  near(ours.se, theirs.se, tolerance);
  near(ours.statistic, theirs.z_or_t, tolerance);
  near(ours.p, theirs.p, tolerance);
  near(ours.low, theirs.ci_low, tolerance);
  near(ours.high, theirs.ci_high, tolerance);
  near(ours.tau2, theirs.tau2, tolerance);
  near(ours.i2, theirs.I2, tolerance);
  near(ours.h2, theirs.H2, tolerance);
  near(ours.q.statistic, theirs.Q, tolerance);
  expect(ours.q.df).toBe(theirs.Q_df);
  near(ours.q.p, theirs.Q_p, tolerance);
}

describe.skipIf(!hasReference)('meta: the trials of BCG', () => {
  const bcg = hasReference ? (referenceCase('07-meta-bcg').reference as Bcg) : ({} as Bcg);
  const data = hasReference ? referenceData('dat_bcg.csv').replaceAll('"', '') : '';
  const table = { measure: 'RR', ai: 'tpos', bi: 'tneg', ci: 'cpos', di: 'cneg', study: 'trial' };
  const run = (spec: Record<string, unknown>): Promise<Loose> =>
    runProcedure({ procedure: 'meta', spec: { ...table, ...spec }, data });

  it.each(['EE', 'DL', 'REML', 'PM', 'ML', 'SJ', 'HE', 'EB', 'HS'])('%s with normal limits', async (method) => {
    const ours = await run({ method });
    const theirs = bcg.models[method]!;
    nearModel(ours, theirs);
    near(ours.logLik, theirs.loglik);
    if (theirs.se_tau2 === null) expect(ours.tau2Se).toBeNull();
    else near(ours.tau2Se, theirs.se_tau2);
  });

  it.each(['DL', 'REML', 'PM'])('%s with Knapp and Hartung’s', async (method) => {
    const ours = await run({ method, test: 'knha' });
    nearModel(ours, bcg.hksj[method]!);
    expect(ours.df).toBe(12);
  });

  it('effects and weights', async () => {
    const ours = await run({ method: 'DL' });
    bcg.yi.forEach((yi, i) => {
      near(ours.weights[i].yi, yi, 1e-12);
      near(ours.weights[i].vi, bcg.vi[i]!, 1e-12);
      near(ours.weights[i].weight, bcg.weights_percent_DL[i]!);
    });
    expect(ours.weights[4].study).toBe('5');
  });

  it('the same from effects and variances', async () => {
    const ours = await runProcedure({
      procedure: 'meta',
      spec: { yi: 'y', vi: 'v' },
      data: csvOf({ y: bcg.yi, v: bcg.vi }),
    });
    nearModel(ours, bcg.models['REML']!);
  });

  it('limits of heterogeneity and prediction', async () => {
    const ours = await run({});
    near(ours.tau2Low, bcg.tau2_qprofile_ci.low);
    near(ours.tau2High, bcg.tau2_qprofile_ci.high);
    near(ours.i2Low, bcg.I2_ci.low);
    near(ours.i2High, bcg.I2_ci.high);
    near(ours.h2Low, bcg.H2_ci.low);
    near(ours.h2High, bcg.H2_ci.high);
    const interval = bcg.prediction_interval;
    near(ours.predictionLow, interval['REML']!['z']![0]!);
    near(ours.predictionHigh, interval['REML']!['z']![1]!);
    const scaled = await run({ test: 'knha' });
    near(scaled.predictionLow, interval['REML_hksj']!['t_k_minus_1']![0]!);
    near(scaled.predictionHigh, interval['REML_hksj']!['t_k_minus_1']![1]!);
  });

  it('Egger’s test', async () => {
    const { egger } = await run({});
    const theirs = bcg.egger_intercept;
    near(egger.intercept, theirs['intercept']!);
    near(egger.se, theirs['se']!);
    near(egger.statistic, theirs['t']!);
    near(egger.p, theirs['p']!);
    near(egger.slope, theirs['slope']!);
    expect(egger.df).toBe(11);
  });

  it('trim and fill', async () => {
    for (const [method, key] of [
      ['REML', 'REML_L0'],
      ['EE', 'EE_L0'],
    ] as const) {
      const { trimFill } = await run({ method });
      const theirs = bcg.trim_and_fill[key]!;
      expect(trimFill.side).toBe(theirs.side);
      expect(trimFill.missing).toBe(theirs.k0);
      near(trimFill.missingSe, theirs.se_k0);
      // metafor refits with its own threshold of convergence, whatever the model had.
      const tolerance = method === 'REML' ? 1e-5 : rel;
      nearModel(trimFill, theirs.result, tolerance);
      trimFill.filled.forEach((study: Loose, i: number) => {
        near(study.yi, theirs.filled_yi[i]!, tolerance);
        near(study.vi, theirs.filled_vi[i]!);
      });
    }
  });

  it('leaving one out, as far as metafor converges by default', async () => {
    const { leaveOneOut } = await run({});
    const { leave_one_out_REML: out, influence_REML: influence } = bcg;
    leaveOneOut.forEach((row: Loose, i: number) => {
      near(row.estimate, out['estimate']![i]!, 2e-5);
      near(row.se, out['se']![i]!, 5e-5);
      near(row.tau2, out['tau2']![i]!, 1e-4);
      near(row.i2, out['I2']![i]!, 1e-5);
      near(row.rstudent, influence['rstudent']![i]!, 1e-4);
      near(row.dffits, influence['dffits']![i]!, 1e-3);
      near(row.cook, influence['cook']![i]!, 2e-3);
      near(row.hat, influence['hat']![i]!);
    });
  });

  it('moderators: latitude and allocation', async () => {
    const { meta_regression_ablat: latitude, subgroup_alloc: allocation } = bcg;
    const cases = [
      [await run({ moderators: ['ablat'] }), latitude.z, ['intrcpt', 'ablat']],
      [await run({ moderators: 'ablat', test: 'knha' }), latitude.knha, ['intrcpt', 'ablat']],
      [await run({ moderators: 'alloc' }), allocation.common_tau2_REML, ['intrcpt', 'allocrandom', 'allocsystematic']],
    ] as const;
    for (const [ours, theirs, names] of cases) {
      expect(ours.terms.map((term: Loose) => term.term)).toEqual(['(Intercept)', ...names.slice(1)]);
      names.forEach((name, i) => {
        const coefficient = theirs.coefficients[name]!;
        near(ours.terms[i].estimate, coefficient.estimate);
        near(ours.terms[i].se, coefficient.se);
        near(ours.terms[i].statistic, coefficient.stat);
        near(ours.terms[i].p, coefficient.p);
        near(ours.terms[i].low, coefficient.ci_low);
        near(ours.terms[i].high, coefficient.ci_high);
      });
      near(ours.tau2, theirs.tau2);
      near(ours.i2, theirs.I2);
      near(ours.q.statistic, theirs.QE);
      near(ours.q.p, theirs.QE_p);
      near(ours.moderatorTest.statistic, theirs.QM);
      near(ours.moderatorTest.p, theirs.QM_p);
      near(ours.rSquared, theirs.R2);
      nearModel(ours.overall, (ours.df === null ? bcg.models : bcg.hksj)['REML']!);
    }
  });

  it('subgroups by rows of their own', async () => {
    const [header = '', ...lines] = data.trimEnd().split('\n');
    for (const [group, theirs] of Object.entries(bcg.subgroup_alloc.separate_tau2)) {
      const part = [header, ...lines.filter((line) => line.endsWith(group))].join('\n');
      nearModel(await runProcedure({ procedure: 'meta', spec: table, data: `${part}\n` }), theirs);
    }
  });
});
