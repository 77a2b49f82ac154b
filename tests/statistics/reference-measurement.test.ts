import { describe, expect, it } from 'vitest';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { runProcedure } from './run-procedure.ts';

type Numbers = Readonly<Record<string, number>>;
type Scale = {
  readonly n: number;
  readonly k: number;
  readonly item: Readonly<Record<string, Numbers>>;
  readonly feldt_ci: readonly number[];
  readonly duhachek_ci: readonly number[];
  readonly split_half_odd_even: Numbers;
  readonly omega: Numbers & {
    readonly omega_ci_delta: readonly number[];
    readonly loadings: Numbers;
    readonly uniquenesses: Numbers;
    readonly standardised_loadings: Numbers;
  };
} & Numbers;
type Wenchuan = {
  readonly full_scale: Scale;
  readonly clusters: Readonly<Record<string, Scale>>;
  readonly correlation_eigenvalues: readonly number[];
  readonly kmo: number;
  readonly msa: Numbers;
  readonly bartlett: Numbers;
};
type Change = {
  readonly published: Numbers;
  readonly btheb: {
    readonly id: readonly number[];
    readonly rci: readonly number[];
    readonly class: readonly string[];
    readonly counts: Numbers;
    readonly s_diff: number;
    readonly threshold: number;
  };
};

// biome-ignore lint/suspicious/noExplicitAny: results are looked into by key.
type Loose = any;

function near(ours: unknown, theirs: number | undefined, tolerance = 1e-8): void {
  expect(theirs).toBeTypeOf('number');
  expect(ours).toBeTypeOf('number');
  expect(Math.abs((ours as number) - theirs!)).toBeLessThanOrEqual(tolerance * Math.abs(theirs!) + 1e-14);
}

function nearScale(ours: Loose, theirs: Scale): void {
  expect([ours.n, ours.k]).toEqual([theirs.n, theirs.k]);
  near(ours.alpha, theirs['alpha']);
  near(ours.standardisedAlpha, theirs['alpha_standardised']);
  near(ours.meanInterItem, theirs['mean_interitem_r']);
  near(ours.alphaLow, theirs.feldt_ci[0]);
  near(ours.alphaHigh, theirs.feldt_ci[1]);
  near(ours.alphaSe, theirs['duhachek_ase']);
  near(ours.asymptotic.low, theirs.duhachek_ci[0]);
  near(ours.asymptotic.high, theirs.duhachek_ci[1]);
  near(ours.guttmanLambda6, theirs['guttman_lambda6_on_correlations']);
  near(ours.splitHalf.r, theirs.split_half_odd_even['r']);
  near(ours.splitHalf.spearmanBrown, theirs.split_half_odd_even['spearman_brown']);
  near(ours.splitHalf.guttmanLambda4, theirs.split_half_odd_even['guttman_lambda4']);
  near(ours.scaleMean, theirs['scale_mean']);
  near(ours.scaleSd, theirs['scale_sd']);
  near(ours.sem, theirs['sem']);
  const { omega } = theirs;
  near(ours.omegaTotal, omega['omega_total']);
  // The reference takes the second derivatives by differences.
  near(ours.omegaSe, omega['omega_se_delta'], 1e-6);
  near(ours.omegaLow, omega.omega_ci_delta[0], 1e-6);
  near(ours.omegaHigh, omega.omega_ci_delta[1], 1e-6);
  near(ours.omegaObserved, omega['omega_using_observed_total_variance']);
  near(ours.averageVarianceExtracted, omega['average_variance_extracted']);
  near(ours.factorModel.statistic, omega['chisq_n_times_F']);
  expect(ours.factorModel.df).toBe(omega['df']);
  for (const row of ours.items) {
    const item = theirs.item[row.item]!;
    near(row.mean, item['mean']);
    near(row.sd, item['sd']);
    near(row.itemRest, item['corrected_item_total']);
    near(row.itemTotal, item['raw_item_total']);
    near(row.alphaIfDropped, item['alpha_if_deleted']);
    near(row.loading, omega.loadings[row.item]);
    near(row.standardisedLoading, omega.standardised_loadings[row.item]);
    near(row.uniqueness, omega.uniquenesses[row.item]);
  }
}

describe.skipIf(!hasReference)('reliability', () => {
  it('the attitude of clerks', async () => {
    const theirs = referenceCase('09-alpha-attitude').reference as Scale;
    const data = referenceData('attitude.csv');
    const items = Object.keys(theirs.item);
    nearScale(await runProcedure({ procedure: 'reliability', spec: { items }, data }), theirs);
  });

  it('symptoms after Wenchuan: the scale and its clusters', async () => {
    const theirs = referenceCase('09-ptsd-wenchuan').reference as Wenchuan;
    const data = referenceData('wenchuan.csv');
    const complete = data
      .split('\n')
      .filter((line) => !/(^|,)(NA)?(,|$)/.test(line))
      .join('\n');
    const items = Object.keys(theirs.full_scale.item);
    const ours: Loose = await runProcedure({ procedure: 'reliability', spec: { items }, data });
    expect(ours.excluded).toBe(18);
    nearScale(ours, theirs.full_scale);
    near(ours.kmo, theirs.kmo);
    near(ours.bartlett.statistic, theirs.bartlett['chisq']);
    expect(ours.bartlett.df).toBe(theirs.bartlett['df']);
    for (const [i, value] of theirs.correlation_eigenvalues.entries()) near(ours.eigenvalues[i], value);
    for (const row of ours.items) near(row.msa, theirs.msa[row.item]);
    for (const scale of Object.values(theirs.clusters)) {
      const spec = { items: Object.keys(scale.item) };
      nearScale(await runProcedure({ procedure: 'reliability', spec, data: complete }), scale);
    }
  });
});

describe.skipIf(!hasReference)('reliable-change', () => {
  it('the published example', async () => {
    const { published } = referenceCase('09-rci-jacobson-truax').reference as Change;
    const spec = {
      pre: 'a',
      post: 'b',
      sd: 7.5,
      reliability: 0.8,
      clinicalMean: 40,
      clinicalSd: 7.5,
      normalMean: 60,
      normalSd: 7.5,
      cutoff: 'c',
      better: 'high',
    };
    const ours: Loose = await runProcedure({ procedure: 'reliable-change', spec, data: 'a,b\n32.5,47.5\n' });
    near(ours.measurementError, published['se_measurement']);
    near(ours.differenceError, published['s_diff']);
    near(ours.threshold, published['reliable_change_threshold_1.96']);
    near(ours.rows[0].rci, published['rci']);
    near(ours.cutoffs.a, published['cutoff_a']);
    near(ours.cutoffs.b, published['cutoff_b']);
    near(ours.cutoffs.c, published['cutoff_c']);
    expect(ours.rows[0].state).toBe('improved');
  });

  it('Beating the Blues after three months', async () => {
    const { reference, options } = referenceCase('09-rci-jacobson-truax');
    const { btheb } = reference as Change;
    const { sd, m_clin, sd_clin, m_norm, sd_norm, r, cutoff_a, cutoff_b, cutoff_c } = options[
      'btheb_parameters'
    ] as Numbers;
    const spec = { pre: 'bdi.pre', post: 'bdi.3m', sd, reliability: r, cutoff: cutoff_c, better: 'low' };
    const data = referenceData('btheb_wide.csv');
    const ours: Loose = await runProcedure({ procedure: 'reliable-change', spec, data });
    near(ours.differenceError, btheb.s_diff);
    near(ours.threshold, btheb.threshold);
    expect(ours.counts).toEqual(btheb.counts);
    expect(ours.rows.map((row: Loose) => row.state)).toEqual(btheb.class);
    expect(ours.rows.map((row: Loose) => row.row)).toEqual(btheb.id);
    for (const [i, row] of ours.rows.entries()) near(row.rci, btheb.rci[i]);
    const norms = { clinicalMean: m_clin, clinicalSd: sd_clin, normalMean: m_norm, normalSd: sd_norm };
    const again: Loose = await runProcedure({
      procedure: 'reliable-change',
      spec: { ...spec, ...norms, cutoff: 'c' },
      data,
    });
    near(again.cutoffs.a, cutoff_a);
    near(again.cutoffs.b, cutoff_b);
    near(again.cutoff, cutoff_c);
    expect(again.counts).toEqual(btheb.counts);
  });
});
