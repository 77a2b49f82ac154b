import { spearmanTest } from '#main/stats/correlation/spearman.ts';
import { sumOfSquares } from '#main/stats/numeric/sums.ts';
import { bands, bandsOf, emptyBandTable } from '../bands.ts';
import { type Effect, fitOutcome, type OutcomeData } from './outcome-model.ts';
import type { ScreeningPair } from './screening-pairs.ts';

export type SchemeSensitivity = {
  readonly schemes: readonly [string, string];
  /** Spearman's rank correlation of the exposures of the pairs. */
  readonly rankCorrelation: Effect0;
  readonly bands: readonly string[];
  /** People by their band under the first scheme (rows) and the second, each at their latest screening. */
  readonly people: readonly (readonly number[])[];
  readonly changed: number;
  /** Of a line on each, and what one standard deviation more of it goes with. */
  readonly fits: readonly { readonly scheme: string; readonly aic: number; readonly perDeviation: Effect }[];
};

type Effect0 = { readonly estimate: number; readonly low: number | null; readonly high: number | null };

/** How much the answer depends on the weights: ranks, bands and fit under two schemes. */
export function schemeSensitivity(
  data: OutcomeData,
  pairs: readonly ScreeningPair[],
  schemes: readonly [string, string],
  exposures: readonly [Float64Array, Float64Array],
): SchemeSensitivity | null {
  const [first, second] = exposures;
  if (first.every((value) => value === first[0]) || second.every((value) => value === second[0])) return null;
  const { estimate, low, high } = spearmanTest(first, second, 0.95);
  const [rows, columns] = [bandsOf(first), bandsOf(second)];
  const people = emptyBandTable();
  let changed = 0;
  pairs.forEach(({ person }, at) => {
    if (pairs[at + 1]?.person === person) return;
    const [row, column] = [rows[at] ?? 0, columns[at] ?? 0];
    const own = people[row] as number[];
    own[column] = (own[column] ?? 0) + 1;
    if (row !== column) changed += 1;
  });
  return {
    schemes,
    rankCorrelation: { estimate, low, high },
    bands,
    people,
    changed,
    fits: schemes.map((scheme, at) => {
      const exposure = at === 0 ? first : second;
      const deviation = Math.sqrt(sumOfSquares(exposure) / (exposure.length - 1));
      const line = fitOutcome(data, exposure, null);
      return { scheme, aic: line.aic, perDeviation: line.contrast(deviation, 0) };
    }),
  };
}
