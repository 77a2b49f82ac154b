import { describe, expect, it } from 'vitest';
import { differences } from './compare.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { runProcedure } from './run-procedure.ts';

type Estimate = { readonly est: number; readonly se: number };
type Reference = {
  readonly paths: Readonly<Record<'a' | 'b' | 'c_prime' | 'c_total', Estimate>>;
  readonly indirect: number;
  readonly proportion_mediated: number;
  readonly se: { readonly sobel: number; readonly aroian: number; readonly goodman: number };
  readonly sobel: { readonly z: number; readonly p: number; readonly ci: readonly [number, number] };
  readonly distribution_of_product_ci_exact: readonly [number, number];
  readonly bootstrap_500_given_index: {
    readonly mean: number;
    readonly sd: number;
    readonly percentile_type7: readonly [number, number];
    readonly z0: number;
    readonly acceleration: number;
    readonly bias_corrected: readonly [number, number];
    readonly bca: readonly [number, number];
  };
  readonly bootstrap_1e6_percentile: {
    readonly ci: readonly [number, number];
    readonly monte_carlo_se: readonly [number, number];
  };
};

const index = 'tal_or_bootstrap_index_500.csv';
const spec = { x: 'cond', m: ['pmi'], y: 'reaction' };
const limits = ([low, high]: readonly [number, number]) => ({ low, high });

describe.skipIf(!hasReference)('mediation as the reference case has it', () => {
  const { reference, suggested_tolerance } = hasReference
    ? (referenceCase('10-mediation-talor') as unknown as {
        reference: Reference;
        suggested_tolerance: { rel: number };
      })
    : ({} as never);
  const run = (more: Record<string, unknown>) =>
    runProcedure({
      procedure: 'mediation',
      data: referenceData('tal_or.csv'),
      spec: { ...spec, ...more },
      files: { [index]: referenceData(index) },
    });
  const same = (ours: unknown, theirs: unknown): void =>
    expect(differences(ours, theirs, { default: suggested_tolerance.rel })).toEqual([]);

  it('paths, Sobel’s limits, other standard errors and the product’s distribution', async () => {
    const found = await run({ method: 'delta' });
    const row = ({ est, se }: Estimate) => ({ estimate: est, se });
    const { a, b, c_prime, c_total } = reference.paths;
    same(found['paths'], [a, b, c_prime, c_total].map(row));
    expect((found['paths'] as { term: string }[]).map(({ term }) => term)).toEqual(['a', 'b', "c'", 'c']);
    same(found['direct'], row(c_prime));
    same(found['total'], row(c_total));
    const { z, p, ci } = reference.sobel;
    same(found['indirect'], {
      estimate: reference.indirect,
      se: reference.se.sobel,
      statistic: z,
      p,
      ...limits(ci),
      aroian: { se: reference.se.aroian },
      goodman: { se: reference.se.goodman },
      distributionOfProduct: limits(reference.distribution_of_product_ci_exact),
    });
    same(found['proportionMediated'], reference.proportion_mediated);
  });

  it('limits from the resamples given', async () => {
    const { mean, sd, percentile_type7, z0, acceleration, bias_corrected, bca } = reference.bootstrap_500_given_index;
    const found = await run({ method: 'bootstrap', resamples: index });
    same(found['indirect'], { estimate: reference.indirect, se: sd, ...limits(percentile_type7) });
    const corrected = await run({ method: 'bootstrap', interval: 'bca', resamples: index });
    same(corrected['indirect'], {
      se: sd,
      ...limits(bca),
      bootstrap: {
        samples: 500,
        mean,
        se: sd,
        percentile: limits(percentile_type7),
        biasCorrected: limits(bias_corrected),
        bca: limits(bca),
      },
    });
    expect(
      differences((corrected['indirect'] as { bootstrap: unknown }).bootstrap, { z0, acceleration }, { default: 1e-8 }),
    ).toEqual([]);
  });

  it('drawn resamples and drawn paths agree within their own error', async () => {
    const { ci, monte_carlo_se } = reference.bootstrap_1e6_percentile;
    const found = (await run({ samples: 200_000, seed: 4 }))['indirect'] as { low: number; high: number };
    // Five standard errors of 200,000 samples, of which the reference's million add a fifth to the variance.
    const allowed = (place: 0 | 1): number => 5 * monte_carlo_se[place] * Math.sqrt(6);
    expect(Math.abs(found.low - ci[0])).toBeLessThan(allowed(0));
    expect(Math.abs(found.high - ci[1])).toBeLessThan(allowed(1));
    const [low, high] = reference.distribution_of_product_ci_exact;
    const drawn = (await run({ method: 'monte-carlo', samples: 400_000, seed: 9 }))['indirect'] as typeof found;
    expect(Math.abs(drawn.low - low)).toBeLessThan(0.003);
    expect(Math.abs(drawn.high - high)).toBeLessThan(0.004);
  });
});
