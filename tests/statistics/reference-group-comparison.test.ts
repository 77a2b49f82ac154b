import { describe, expect, it } from 'vitest';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { csvOf, runProcedure } from './run-procedure.ts';

type Test = {
  readonly t: number;
  readonly df: number;
  readonly p: number;
  readonly ci_low: number;
  readonly ci_high: number;
  readonly estimate: readonly number[];
  readonly stderr: number;
};
type Pair = readonly [number, number];
type Reference = Readonly<Record<'welch' | 'student' | 'paired' | 'one_sample_mu0_x', Test>> & {
  readonly mann_whitney: Readonly<Record<string, number>>;
  readonly wilcoxon_signed_rank: Readonly<Record<string, number>>;
  readonly effect_two_sample: Readonly<Record<string, number>> &
    Readonly<Record<'d_ci_noncentral_t' | 'g_ci_noncentral_t_times_J', Pair>>;
  readonly effect_paired: Readonly<Record<'d_z' | 'd_av' | 'g_z', number>> & { readonly d_z_ci_noncentral_t: Pair };
  readonly variance_F_test: { readonly F: number; readonly p: number; readonly ci: Pair };
  readonly pearson: { readonly r: number; readonly t: number; readonly p: number; readonly ci: Pair };
  readonly tost_paired_pm1: { readonly p_lower: number; readonly p_upper: number; readonly ci90: Pair };
};

describe.skipIf(!hasReference)('Student’s sleep data', () => {
  const { reference, suggested_tolerance } = hasReference
    ? (referenceCase('12-paired-sleep') as unknown as { reference: Reference; suggested_tolerance: { rel: number } })
    : ({} as never);
  const long = hasReference ? referenceData('sleep.csv') : '';
  const columns = { drug1: [] as number[], drug2: [] as number[] };
  for (const line of long.trim().split('\n').slice(1)) {
    const [extra = '', group = ''] = line.replaceAll('"', '').split(',');
    columns[group === '1' ? 'drug1' : 'drug2'].push(Number(extra));
  }
  const wide = csvOf(columns);
  const byGroup = { y: 'extra', group: 'group' };
  const inPairs = { paired: ['drug1', 'drug2'] };
  const run = (procedure: string, data: string, spec: Record<string, unknown>) =>
    runProcedure({ procedure, data, spec });
  const same = (ours: unknown, theirs: unknown): void =>
    expect(differences(ours, theirs, { default: suggested_tolerance.rel })).toEqual([]);
  const asResult = ({ t, df, p, ci_low, ci_high, estimate, stderr }: Test) => ({
    estimate: estimate.length === 2 ? (estimate[0] as number) - (estimate[1] as number) : estimate[0],
    ...{ se: stderr, statistic: t, df, p, low: ci_low, high: ci_high },
  });

  it('two groups: Welch, Student, the standardised difference, the variances', async () => {
    const { effect_two_sample: effect, variance_F_test: variances } = reference;
    const welch = await run('t-test', long, byGroup);
    same(welch, asResult(reference.welch));
    same(await run('t-test', long, { ...byGroup, equalVariance: true }), asResult(reference.student));
    const [low, high] = effect.d_ci_noncentral_t;
    const [gLow, gHigh] = effect.g_ci_noncentral_t_times_J;
    same(welch['effect'], {
      ...{ d: effect['cohens_d_pooled'], low, high, g: effect['hedges_g_exact_J'], gLow, gHigh, j: effect['J_exact'] },
      glassDelta: effect['glass_delta_sd_second'],
    });
    same(welch['varianceTest'], {
      ...{ statistic: variances.F, p: variances.p, low: variances.ci[0], high: variances.ci[1] },
    });
    same(
      (welch['groups'] as { mean: number }[]).map(({ mean }) => mean),
      reference.welch.estimate,
    );
  });

  it('pairs, and one sample', async () => {
    const { effect_paired: effect, tost_paired_pm1: tost } = reference;
    const pairs = await run('t-test', wide, inPairs);
    same(pairs, asResult(reference.paired));
    const [low, high] = effect.d_z_ci_noncentral_t;
    same(pairs['effect'], { d: effect.d_z, low, high, g: effect.g_z, dAverage: effect.d_av });
    same(await run('t-test', wide, { y: 'drug1' }), asResult(reference.one_sample_mu0_x));
    const wider = await run('t-test', wide, { ...inPairs, confidence: 0.9, mu: -1 });
    same(wider, { low: tost.ci90[0], high: tost.ci90[1] });
    // Two one-sided tests: the differences lie below −1, so the lower one has the larger half.
    same(1 - (wider['p'] as number) / 2, tost.p_lower);
    same((await run('t-test', wide, { ...inPairs, mu: 1 }))['p'], 2 * tost.p_upper);
  });

  it('ranks of two groups', async () => {
    const expected = reference.mann_whitney;
    same(await run('wilcoxon', long, byGroup), {
      statistic: expected['U_first_group'],
      rankSum: expected['rank_sum_first'],
      variance: expected['variance_tie_corrected'],
      z: expected['z_no_continuity'],
      pUncorrected: expected['p_no_continuity'],
      zCorrected: expected['z_continuity'],
      p: expected['p_continuity'],
      rankBiserial: expected['rank_biserial'],
      estimate: expected['hodges_lehmann_median_of_differences'],
    });
    same(await run('wilcoxon', long, { ...byGroup, exact: true }), { p: expected['p_exact_permutation_with_ties'] });
  });

  it('ranks of differences', async () => {
    const expected = reference.wilcoxon_signed_rank;
    const found = await run('wilcoxon', wide, inPairs);
    same(found, {
      statistic: expected['V'],
      z: expected['z_no_continuity'],
      pUncorrected: expected['p_no_continuity'],
      p: expected['p_continuity'],
    });
    expect((found['n'] as number) - (found['zeros'] as number)).toBe(expected['n_nonzero']);
    same(await run('wilcoxon', wide, { ...inPairs, exact: true }), { p: expected['p_exact_permutation_with_ties'] });
  });

  it('how the two go together', async () => {
    const { r, t, p, ci } = reference.pearson;
    same(await run('correlation', wide, { x: 'drug1', y: 'drug2' }), {
      ...{ estimate: r, statistic: t, df: 8, p, low: ci[0], high: ci[1] },
    });
  });
});

describe.skipIf(!hasReference)('adjusted p-values', () => {
  const { reference } = hasReference
    ? (referenceCase('12-multiplicity') as unknown as { reference: Readonly<Record<string, readonly number[]>> })
    : { reference: {} };
  const p = [0.01, 0.02, 0.022, 0.04, 0.09, 0.2, 0.0004, 0.65];

  it.each(Object.keys(reference))('%s', async (method) => {
    const listed = await runProcedure({ procedure: 'adjust', spec: { p, method }, data: null });
    expect(differences(listed['p'], reference[method], { default: 1e-12 })).toEqual([]);
    const inColumn = await runProcedure({ procedure: 'adjust', spec: { p: 'p', method }, data: csvOf({ p }) });
    expect(inColumn['p']).toEqual(listed['p']);
  });
});
