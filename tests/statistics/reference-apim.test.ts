import { describe, expect, it } from 'vitest';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { runProcedure } from './run-procedure.ts';

type LavaanRow = {
  readonly lhs: string;
  readonly op: string;
  readonly rhs: string;
  readonly est: number;
  readonly se: number;
  readonly z: number;
  readonly p: number;
};
type Test = { readonly chisq: number; readonly df: number; readonly p: number };
type WaldTest = Test & { readonly difference: number | number[]; readonly se: number | number[] };
type Reference = {
  readonly sem_distinguishable: readonly LavaanRow[];
  readonly sem_vcov_paths: { readonly values: readonly (readonly number[])[] };
  readonly sem_loglik: number;
  readonly r_squared: { readonly sat_w: number; readonly sat_h: number };
  readonly residual_correlation: number;
  readonly k_ratios: Readonly<Record<'wife' | 'husband', { readonly k: number; readonly se_delta: number }>>;
  readonly equality_tests_lrt: Readonly<Record<string, Test>>;
  readonly equality_tests_wald: Readonly<Record<'actor_equal' | 'partner_equal' | 'both', WaldTest>>;
  readonly sem_both_equal_estimates: readonly LavaanRow[];
  readonly indistinguishable_6_constraints: Test & { readonly parameters: readonly LavaanRow[] };
  readonly gls_distinguishable_two_intercept_ML: {
    readonly coefficients: Readonly<Record<string, { readonly estimate: number }>>;
  };
};
type Numbers = Readonly<Record<string, unknown>>;
type Model = {
  readonly name: string;
  readonly terms: readonly (Numbers & { readonly parameter: string })[];
  readonly residualCovariance: { readonly variances: readonly Numbers[]; readonly covariance: Numbers };
  readonly predictors: {
    readonly means: readonly Numbers[];
    readonly variances: readonly Numbers[];
    readonly covariance: Numbers;
  };
};

const parameters: Readonly<Record<string, string>> = {
  'sat_w~op_w': 'actor 1',
  'sat_h~op_h': 'actor 2',
  'sat_h~op_w': 'partner 1→2',
  'sat_w~op_h': 'partner 2→1',
  'sat_w~1': 'intercept 1',
  'sat_h~1': 'intercept 2',
};

function rowOf({ terms, residualCovariance, predictors }: Model, { lhs, op, rhs }: LavaanRow): Numbers | undefined {
  const parameter = parameters[`${lhs}${op}${rhs}`];
  if (parameter !== undefined) return terms.find((term) => term.parameter === parameter);
  const role = lhs.endsWith('_w') ? 0 : 1;
  if (op === '~1') return predictors.means[role];
  const block = lhs.startsWith('sat') ? residualCovariance : predictors;
  return lhs === rhs ? block.variances[role] : block.covariance;
}

describe.skipIf(!hasReference)('apim as the reference case has it', () => {
  const { reference, suggested_tolerance } = hasReference
    ? (referenceCase('10-apim-acitelli') as unknown as { reference: Reference; suggested_tolerance: { rel: number } })
    : ({} as never);
  const run = (more: Record<string, unknown> = {}) =>
    runProcedure({
      procedure: 'apim',
      data: referenceData('acitelli_wide.csv'),
      spec: { x1: 'op_w', x2: 'op_h', y1: 'sat_w', y2: 'sat_h', ...more },
    });
  const same = (ours: unknown, theirs: unknown): void =>
    expect(differences(ours, theirs, { default: suggested_tolerance.rel })).toEqual([]);
  const sameRows = (model: Model, rows: readonly LavaanRow[]): void => {
    expect(rows).toHaveLength(14);
    for (const row of rows) {
      const { est, se, z, p } = row;
      const ours = rowOf(model, row);
      same(ours, { estimate: est, se, statistic: z });
      // lavaan takes p from 1 − Φ, which keeps no digits below 1e-16.
      expect(Math.abs((ours?.['p'] as number) - p)).toBeLessThan(1e-7 * p + 5e-16);
    }
  };

  it('estimates, standard errors and the likelihood', async () => {
    const found = await run({ names: ['wife', 'husband'] });
    sameRows(found as unknown as Model, reference.sem_distinguishable);
    expect((found['terms'] as { term: string }[]).map(({ term }) => term)).toEqual([
      'actor wife',
      'actor husband',
      'partner wife→husband',
      'partner husband→wife',
      'intercept wife',
      'intercept husband',
    ]);
    // Theirs: actor 1, actor 2, partner 2→1, partner 1→2.
    const order = [0, 1, 3, 2];
    const { values } = reference.sem_vcov_paths;
    same(found['pathCovariance'], { matrix: order.map((i) => order.map((j) => values[i]?.[j])) });
    same(found['fit'], { logLik: reference.sem_loglik });
    same(found['rSquared'], [reference.r_squared.sat_w, reference.r_squared.sat_h]);
    same(found['residualCovariance'], { correlation: { estimate: reference.residual_correlation } });
    const { wife, husband } = reference.k_ratios;
    same(
      found['k'],
      [wife, husband].map(({ k, se_delta }) => ({ estimate: k, se: se_delta })),
    );
    const gls = reference.gls_distinguishable_two_intercept_ML.coefficients;
    const names = [
      'roleWife:OtherPos_A',
      'roleHusband:OtherPos_A',
      'roleHusband:OtherPos_P',
      'roleWife:OtherPos_P',
      'roleWife',
      'roleHusband',
    ];
    same(
      found['terms'],
      names.map((name) => ({ estimate: gls[name]?.estimate })),
    );
  });

  it('tests of equality and of indistinguishability, and the restricted models', async () => {
    const found = await run();
    const tests = found['tests'] as ({ readonly name: string } & Numbers)[];
    const named = (name: string): Numbers | undefined => tests.find((test) => test.name === name);
    const { actor_equal, partner_equal, both_equal, partner_zero, actor_equals_partner_wife } =
      reference.equality_tests_lrt;
    const wanted: Readonly<Record<string, Test | undefined>> = {
      'equal actors': actor_equal,
      'equal partners': partner_equal,
      'equal actors and partners': both_equal,
      'no partner effects': partner_zero,
      'actor 1 equals partner 2→1': actor_equals_partner_wife,
      indistinguishable: reference.indistinguishable_6_constraints,
    };
    for (const [name, test] of Object.entries(wanted)) {
      same(named(name), { statistic: test?.chisq, df: test?.df, p: test?.p });
    }
    const { actor_equal: actors, partner_equal: partners, both } = reference.equality_tests_wald;
    const wald = ({ chisq, df, p }: Test) => ({ statistic: chisq, df, p });
    same(named('equal actors, Wald'), { ...wald(actors), difference: actors.difference, se: actors.se });
    same(named('equal partners, Wald'), { ...wald(partners), difference: partners.difference, se: partners.se });
    same(named('equal actors and partners, Wald'), wald(both));
    const models = found['models'] as Model[];
    const model = (name: string): Model => models.find((one) => one.name === name) as Model;
    sameRows(model('equal actors and partners'), reference.sem_both_equal_estimates);
    sameRows(model('indistinguishable'), reference.indistinguishable_6_constraints.parameters);
  });

  it('full-information likelihood of complete couples is that of complete couples', async () => {
    const found = await run({ missing: 'fiml' });
    sameRows(found as unknown as Model, reference.sem_distinguishable);
    same(found['fit'], { logLik: reference.sem_loglik });
  });
});
