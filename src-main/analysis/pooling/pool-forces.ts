import { rComment, rText } from '#main/stats/r/script.ts';
import type { BundleBody, BundleDefinition, PoolingScale } from '#shared/domain/bundle.ts';
import { poolReading, poolWarnings } from './pool-reading.ts';
import type { PooledEffect, PoolResult } from './pool-result.ts';
import type { PoolSpec } from './pool-spec.ts';
import { pooledCurve } from './pooled-curve.ts';
import { pooledExposures } from './pooled-exposures.ts';
import { pooledIndicator } from './pooled-indicators.ts';
import { pooledMean } from './pooled-mean.ts';

export type PoolAnswer = {
  readonly result: PoolResult;
  readonly reading: readonly string[];
  readonly warnings: readonly string[];
  readonly r: string;
};

/** Rises when the same bundles and spec would give other numbers. */
export const poolVersion = '1';

/** Pools bundles that have been checked, in the order in which they are given. */
export function poolForces(bundles: readonly BundleBody[], spec: PoolSpec): PoolAnswer {
  const { confidence, at, reference } = spec;
  const definitions = definitionsOf(bundles);
  const of = (kind: BundleDefinition['kind']): BundleDefinition[] =>
    definitions.filter((definition) => definition.kind === kind);
  const result: PoolResult = {
    forces: bundles.map(({ force, from, to, coverage, synthetic }) => ({ force, from, to, coverage, synthetic })),
    indicators: of('indicator').map((definition) => pooledIndicator(definition, bundles, confidence)),
    exposures: pooledExposures(bundles),
    effects: of('effect').map((definition) => pooledEffect(definition, bundles, confidence)),
    curves: of('curve').map((definition) => pooledCurve(definition, bundles, { at, reference, confidence })),
  };
  return { result, reading: poolReading(result), warnings: poolWarnings(result), r: scriptOf(result) };
}

/** Each definition once, in the order of its id; agreement has been checked. */
function definitionsOf(bundles: readonly BundleBody[]): BundleDefinition[] {
  const known = new Map(bundles.flatMap(({ definitions }) => definitions.map((one) => [one.id, one] as const)));
  return [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function pooledEffect(
  { id, says }: BundleDefinition,
  bundles: readonly BundleBody[],
  confidence: number,
): PooledEffect {
  const own = bundles.flatMap(({ force, effects }) =>
    effects.flatMap(({ definition, estimate, variance, people }) =>
      definition === id ? [{ force, estimate, variance, people }] : [],
    ),
  );
  const scale = String(says['scale'] ?? 'points') as PoolingScale;
  const times = Number(says['times'] ?? 1);
  return {
    id,
    says,
    people: own.reduce((total, { people }) => total + people.reduce((sum, count) => sum + count, 0), 0),
    mean: pooledMean(own, { name: 'effects', scale, times, confidence }),
  };
}

function scriptOf({ indicators, effects, curves }: PoolResult): string {
  const parts = [
    ...indicators.flatMap(({ id, mean }) => (mean === null ? [] : [{ id, r: mean.r }])),
    ...effects.map(({ id, mean }) => ({ id, r: mean.r })),
    ...curves.map(({ id, slope }) => ({ id: `${id} slope`, r: slope.r })),
  ];
  return `# Random-effects means over forces, from the estimates that the result shows, on the scale on which they were pooled.
${rComment('The points of a curve are pooled alike, from contrasts of the coefficients that the bundles hold.')}
results <- list()
${parts.map(({ id, r }) => `${r.trimEnd()}\nresults[[${rText(id)}]] <- result`).join('\n\n')}
result <- results
`;
}
