import { describe, expect, it } from 'vitest';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { runProcedure } from './run-procedure.ts';

type Coefficients = Readonly<Record<string, number>>;
type ByLambda = Readonly<Record<string, Coefficients>>;

/** birthwt with race as words and the fold of each row. */
function birthwt(): string {
  const [header = '', ...lines] = referenceData('birthwt.csv').trim().split('\n');
  const race = header.replaceAll('"', '').split(',').indexOf('race');
  const rows = lines.map((line, row) => {
    const cells = line.split(',');
    cells[race] = ['white', 'black', 'other'][Number(cells[race]) - 1] as string;
    return [...cells, (row % 5) + 1].join(',');
  });
  return [`${header},fold`, ...rows].join('\n');
}

const spec = {
  formula: 'low ~ age + lwt + race + smoke + ptl + ht + ui + ftv',
  family: 'binomial',
  factors: { race: ['white', 'black', 'other'] },
};

async function terms(options: Readonly<Record<string, unknown>>) {
  const ours = await runProcedure({ procedure: 'ridge', data: birthwt(), spec: { ...spec, ...options } });
  return ours.terms as readonly { readonly term: string; readonly estimate: number }[];
}

describe.skipIf(!hasReference)('reference case 02-ridge-birthwt', () => {
  const reference = (hasReference ? referenceCase('02-ridge-birthwt').reference : {}) as unknown as Readonly<
    Record<string, ByLambda>
  >;

  it.each([
    ['ridge_standardised', { alpha: 0 }, 1e-9],
    ['ridge_unstandardised', { alpha: 0, standardise: false }, 1e-9],
    // The values of the lasso and the elastic net are glmnet's, good to about 1e-7.
    ['lasso_standardised', { alpha: 1 }, 1e-6],
    ['elastic_net_alpha_0.5_standardised', { alpha: 0.5 }, 1e-6],
  ] as const)('%s', async (name, options, tolerance) => {
    for (const [label, coefficients] of Object.entries(reference[name] as ByLambda)) {
      const ours = await terms({ ...options, lambda: Number(label.replace('lambda=', '')) });
      const theirs = Object.entries(coefficients).map(([term, estimate]) => ({ term, estimate }));
      expect(differences(ours, theirs, { default: tolerance }, label)).toEqual([]);
    }
  });

  it('five folds', async () => {
    const { lambda, mean_deviance, lambda_min } = reference.cv5 as unknown as {
      readonly lambda: readonly number[];
      readonly mean_deviance: readonly number[];
      readonly lambda_min: number;
    };
    const ours = await runProcedure({
      procedure: 'ridge',
      data: birthwt(),
      spec: { ...spec, lambda, foldid: 'fold' },
    });
    const cv = lambda.map((value, place) => ({ lambda: value, mean: mean_deviance[place] }));
    expect(differences(ours, { cv, lambda: lambda_min }, { default: 1e-8 })).toEqual([]);
  });
});
