import { beforeAll, describe, expect, it } from 'vitest';
import { type CrossoverFound, crossoverOf } from '#main/analysis/families/crossover.ts';
import { mediationOf } from '#main/analysis/families/mediation.ts';
import { measureOf, parseFamilyImpactSpec } from '#main/analysis/families/spec.ts';
import { normalQuantile } from '#main/stats/distributions/normal.ts';
import { tQuantile } from '#main/stats/distributions/student-t.ts';
import type { FamilyDiagram } from '#shared/domain/family-impact.ts';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';

/** The reference couples through what `family-impact` does with couples, not through the procedures alone. */

type Row = {
  readonly lhs: string;
  readonly op: string;
  readonly rhs: string;
  readonly est: number;
  readonly se: number;
};
type Test = { readonly chisq: number; readonly df: number; readonly p: number };
type Gls = Readonly<Record<string, { readonly estimate: number }>>;
type Couples = {
  readonly descriptives: {
    readonly n: number;
    readonly mean: Readonly<Record<string, number>>;
    readonly cov_n_minus_1: { readonly values: readonly (readonly number[])[] };
  };
  readonly sem_distinguishable: readonly (Row & { readonly p: number })[];
  readonly r_squared: { readonly sat_w: number; readonly sat_h: number };
  readonly residual_correlation: number;
  readonly k_ratios: Readonly<Record<'wife' | 'husband', { readonly k: number }>>;
  readonly equality_tests_lrt: Readonly<Record<'actor_equal' | 'partner_equal' | 'both_equal' | 'partner_zero', Test>>;
  readonly indistinguishable_6_constraints: Test;
  readonly gls_distinguishable_two_intercept_ML: { readonly coefficients: Gls };
};
type Paths = Readonly<Record<'a' | 'b' | 'c_prime', { readonly est: number; readonly se: number }>>;

const parsed = parseFamilyImpactSpec({ samples: 200 });
if (!parsed.ok) throw new Error(parsed.error.message);
const measures = {
  distress: measureOf(parsed.value.distress),
  conflict: measureOf(parsed.value.conflict),
  outcome: measureOf(parsed.value.outcome),
  children: measureOf(parsed.value.children),
};
const asked = { measures, samples: 200, seed: 1, show: (count: number) => count };

/** Numbers of a file by the name of their column. */
function columnsOf(name: string): (column: string) => number[] {
  const [header = [], ...rows] = referenceData(name)
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
  return (column) => rows.map((row) => Number(row[header.indexOf(column)]));
}

function arrow({ arrows }: FamilyDiagram, from: string, to: string) {
  return arrows.find((one) => one.from === from && one.to === to);
}

describe.skipIf(!hasReference)('crossover as lavaan and nlme have the reference couples', () => {
  const { reference, suggested_tolerance } = (hasReference ? referenceCase('10-apim-acitelli') : {}) as unknown as {
    readonly reference: Couples;
    readonly suggested_tolerance: { readonly rel: number; readonly gls: number };
  };
  let told: CrossoverFound['told'];
  let moments: CrossoverFound['moments'];
  beforeAll(() => {
    const column = columnsOf('acitelli_wide.csv');
    const couples = {
      officerDistress: column('op_w'),
      partnerDistress: column('op_h'),
      officerOutcome: column('sat_w'),
      partnerOutcome: column('sat_h'),
    };
    const found = crossoverOf({ ...asked, complete: reference.descriptives.n, couples });
    if (!('told' in found)) throw new Error(found.refused);
    ({ told, moments } = found);
  });
  const same = (ours: unknown, theirs: unknown, rel = suggested_tolerance.rel): void =>
    expect(differences(ours, theirs, { default: rel })).toEqual([]);
  const ways = [
    ['officer', 'officer', 'op_w', 'sat_w', 'roleWife:OtherPos_A'],
    ['partner', 'partner', 'op_h', 'sat_h', 'roleHusband:OtherPos_A'],
    ['officer', 'partner', 'op_w', 'sat_h', 'roleHusband:OtherPos_P'],
    ['partner', 'officer', 'op_h', 'sat_w', 'roleWife:OtherPos_P'],
  ] as const;

  it('each arrow with its interval and p', () => {
    const z = normalQuantile(0.975);
    const coefficients = reference.gls_distinguishable_two_intercept_ML.coefficients;
    for (const [from, to, x, y, gls] of ways) {
      const ours = arrow(told.diagram, `${from}-distress`, `${to}-outcome`);
      const theirs = reference.sem_distinguishable.find(({ lhs, op, rhs }) => lhs === y && op === '~' && rhs === x);
      if (!theirs) throw new Error(`no ${x} on ${y}`);
      const { est, se, p } = theirs;
      same(ours, { estimate: est, low: est - z * se, high: est + z * se });
      expect(Math.abs((ours?.p ?? 1) - p)).toBeLessThan(1e-7 * p + 5e-16);
      same(ours?.estimate, coefficients[gls]?.estimate, suggested_tolerance.gls);
    }
  });

  it('tests of equality, k, what the model explains, and what it leaves', () => {
    const { actor_equal, partner_equal, both_equal, partner_zero } = reference.equality_tests_lrt;
    const wanted = {
      'equal actors': actor_equal,
      'equal partners': partner_equal,
      'equal actors and partners': both_equal,
      'no partner effects': partner_zero,
      indistinguishable: reference.indistinguishable_6_constraints,
    };
    expect(told.tests.map(({ name }) => name)).toEqual(Object.keys(wanted));
    for (const { name, statistic, df, p } of told.tests) {
      const { chisq, df: degrees, p: chance } = wanted[name];
      same({ statistic, df, p }, { statistic: chisq, df: degrees, p: chance });
    }
    const { wife, husband } = reference.k_ratios;
    same(told.k, [{ estimate: wife.k }, { estimate: husband.k }]);
    same(told.rSquared, { officer: reference.r_squared.sat_w, partner: reference.r_squared.sat_h });
    same(told.correlations.residuals, reference.residual_correlation);
    expect([told.complete, told.couples, told.fewCouples]).toEqual([148, 148, false]);
  });

  it('the moments that its script starts from', () => {
    const { n, mean, cov_n_minus_1 } = reference.descriptives;
    const order = ['op_w', 'op_h', 'sat_w', 'sat_h'] as const;
    const place = { sat_w: 0, sat_h: 1, op_w: 2, op_h: 3 };
    same(
      moments.means,
      order.map((name) => mean[name]),
    );
    const theirs = order.map((i) =>
      order.map((j) => ((cov_n_minus_1.values[place[i]]?.[place[j]] ?? Number.NaN) * (n - 1)) / n),
    );
    same(moments.covariance, theirs);
  });
});

describe.skipIf(!hasReference)('mediation as the reference case has it', () => {
  it('the paths into the second station, with the first between', () => {
    const { reference, suggested_tolerance } = referenceCase('10-mediation-talor') as unknown as {
      readonly reference: { readonly paths: Paths };
      readonly suggested_tolerance: { readonly rel: number };
    };
    const column = columnsOf('tal_or.csv');
    const [cond, pmi, reaction, last] = ['cond', 'pmi', 'reaction', 'import'].map(column) as number[][];
    const found = mediationOf({
      ...asked,
      windowDays: 180,
      values: (cond ?? []).map((exposure, at) => ({
        exposure,
        unit: null,
        officerDistress: pmi?.[at] ?? Number.NaN,
        conflict: reaction?.[at] ?? Number.NaN,
        partnerDistress: last?.[at] ?? Number.NaN,
      })),
    });
    if (!('told' in found)) throw new Error(found.refused);
    const n = cond?.length ?? 0;
    const wanted = [
      ['officer-exposure', 'officer-distress', reference.paths.a, n - 2],
      ['officer-distress', 'officer-conflict', reference.paths.b, n - 3],
      ['officer-exposure', 'officer-conflict', reference.paths.c_prime, n - 3],
    ] as const;
    for (const [from, to, { est, se }, df] of wanted) {
      const t = tQuantile(0.975, df);
      const theirs = { estimate: est, low: est - t * se, high: est + t * se };
      const ours = arrow(found.told.diagram, from, to);
      expect(differences(ours, theirs, { default: suggested_tolerance.rel }), `${from} ${to}`).toEqual([]);
    }
  });
});
