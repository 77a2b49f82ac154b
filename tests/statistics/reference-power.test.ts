import { describe, expect, it } from 'vitest';
import { designEffect } from '#main/stats/power/cluster-design.ts';
import { differences } from './compare.ts';
import { hasReference, referenceCase } from './reference.ts';
import { runProcedure } from './run-procedure.ts';

type Shown = { readonly n: number; readonly delta: number; readonly power: number };

const power = (spec: Record<string, unknown>) => runProcedure({ procedure: 'power', data: null, spec });
const same = (ours: unknown, theirs: unknown, rel = 1e-8): void =>
  expect(differences(ours, theirs, { default: rel })).toEqual([]);

describe.skipIf(!hasReference)('power and numbers of people as the reference case has them', () => {
  const all = (hasReference ? referenceCase('12-power').reference : {}) as Record<string, unknown>;
  const shown = (name: string) => all[name] as Shown;
  const number = (name: string) => all[name] as number;

  it('t', async () => {
    const t = (spec: Record<string, unknown>) => power({ test: 't', ...spec });
    same(await t({ effect: 0.5, power: 0.8 }), { n: shown('t_n_for_d0.5_power0.8').n, nRounded: 64 });
    same(await t({ effect: 0.3, power: 0.9, alpha: 0.05 }), { n: shown('t_n_for_d0.3_power0.9').n });
    same(await t({ effect: 0.3, power: 0.9, strict: true }), { n: number('t_n_for_d0.3_power0.9_strict') });
    same(await t({ effect: 0.5, n: 30 }), { power: shown('t_power_n30_d0.5').power });
    same(await t({ effect: 0.5, n: 30, strict: true }), { power: number('t_power_n30_d0.5_strict') });
    same(await t({ effect: 0.4, power: 0.8, type: 'paired' }), { n: shown('t_paired_n_for_d0.4_power0.8').n });
    same(await t({ n: 64, power: 0.8 }), { effect: shown('t_mde_n64_power0.8').delta });
    same(await t({ effect: 0.5, power: 0.8, alternative: 'one-sided' }), { n: shown('t_one_sided_n_d0.5').n });
    same(await t({ effect: 0.6, n: 28, n2: 35, strict: true }), { power: number('unequal_t_n1_28_n2_35_d0.6') });
  });

  it('proportions, variance, correlation, events, intervals', async () => {
    const proportions = (spec: Record<string, unknown>) => power({ test: 'proportions', ...spec });
    same(await proportions({ p1: 0.5, p2: 0.75, power: 0.9 }), { n: shown('prop_n_0.5_0.75_power0.9').n });
    same(await proportions({ p1: 0.5, p2: 0.75, n: 50 }), { power: shown('prop_power_n50_0.5_0.75').power });
    same(await proportions({ p1: 0.1, effect: 0.05, power: 0.8 }), { n: shown('prop_n_0.10_0.15_power0.8').n });
    // R stops the sum behind its noncentral F at 1e-9.
    same(
      await power({ test: 'anova', groups: 4, effect: 0.25, n: 20 }),
      { power: number('anova_4groups_f0.25_n20') },
      2e-9,
    );
    same(
      await power({ test: 'correlation', effect: 0.3, power: 0.8 }),
      { n: number('correlation_r0.3_power0.8_n') },
      1e-6,
    );
    same(await power({ test: 'events', effect: 0.7, power: 0.8 }), { n: number('schoenfeld_events_hr0.7_power0.8') });
    same(await power({ test: 'precision', sd: 5, effect: 1 }), { n: number('sample_size_mean_ci_halfwidth1_sd5') });
    same(await power({ test: 'precision', p: 0.5, effect: 0.05 }), { n: number('sample_size_prop_ci_hw0.05_p0.5') });
  });

  it('clusters', async () => {
    const theirs = all['cluster_delta2_sd8_m20_icc0.05'] as Record<string, number>;
    same(await power({ test: 'cluster', effect: 2, sd: 8, size: 20, icc: 0.05, power: 0.8 }), {
      nIndividual: theirs['n_individual_per_arm'],
      designEffect: theirs['design_effect'],
      n: theirs['n_per_arm'],
      clusters: theirs['clusters_per_arm'],
      clustersRounded: theirs['clusters_per_arm_rounded'],
    });
    const { m, cv, icc, deff } = all['cluster_cv_deff'] as Record<'m' | 'cv' | 'icc' | 'deff', number>;
    same(designEffect(m, icc, cv), deff);
    same(await power({ test: 'cluster', effect: 0.25, size: m, cv, icc, power: 0.8 }), {
      designEffect: deff,
      n: deff * (theirs['n_individual_per_arm'] as number),
    });
  });
});
