import { meta } from '#main/stats/procedures/meta/meta.ts';
import type { SynthesisRow } from '#shared/domain/evidence/synthesis.ts';
import { categories, numbers, runOn, tableOf } from '../../absence/model-table.ts';
import type { ChosenFinding } from './choose-findings.ts';
import type { ReviewSynthesisSpec } from './spec.ts';

/** An estimate of the procedure `meta`, on the scale that is pooled. */
export type MetaMean = {
  readonly estimate: number | null;
  readonly se: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** What is read of the procedure's result. */
export type MetaFound = MetaMean & {
  readonly predictionLow: number | null;
  readonly predictionHigh: number | null;
  readonly tau2: number;
  readonly tau2Low: number | null;
  readonly tau2High: number | null;
  readonly i2: number;
  readonly i2Low: number | null;
  readonly i2High: number | null;
  readonly q: { readonly statistic: number | null; readonly df: number | null; readonly p: number | null };
  readonly model: string;
  readonly weights: readonly { readonly weight: number | null }[];
  readonly egger: { readonly intercept: number; readonly se: number; readonly df: number; readonly p: number } | null;
  readonly leaveOneOut: readonly (MetaMean & {
    readonly i2: number;
    readonly rstudent?: number | null;
    readonly cook?: number | null;
  })[];
  readonly terms?: readonly MetaMean[];
  readonly moderatorTest: {
    readonly statistic: number | null;
    readonly df: number | readonly number[] | null;
    readonly p: number | null;
  } | null;
};

/** The mean alone as a model with moderators, for which `meta` neither leaves studies out in turn nor looks for small-study effects. */
export const meanAlone = '1';

export type MetaOptions = {
  readonly method?: 'REML' | 'FE';
  readonly test?: 'knha' | 'z';
  readonly moderators?: string;
};

/** Shares of which every count is known are pooled by a binomial mixed model; everything else by effects and their variances. */
export function areCounts(chosen: readonly ChosenFinding[], { measure, model }: ReviewSynthesisSpec): boolean {
  return measure === 'PLO' && model === 'random' && chosen.every(({ finding }) => finding.reported.of === 'proportion');
}

/** Runs `meta` on rows; a study with several gets errors that hold for that. @throws ExpectedError REFUSED_MODEL */
export function metaOn(
  rows: readonly SynthesisRow[],
  { measure, confidence }: Pick<ReviewSynthesisSpec, 'measure' | 'confidence'>,
  { method = 'REML', test = 'knha', moderators }: MetaOptions = {},
): MetaFound {
  const table = tableOf(rows.length, [
    numbers(
      'yi',
      rows.map(({ yi }) => yi),
    ),
    numbers(
      'vi',
      rows.map(({ se }) => se ** 2),
    ),
    categories(
      'study',
      rows.map(({ study }) => study),
    ),
    categories(
      'group',
      rows.map(({ group }) => group ?? ''),
    ),
  ]);
  const spec = { yi: 'yi', vi: 'vi', study: 'study', measure, method, test, confidence };
  return runOn(
    meta,
    moderators === undefined ? spec : { ...spec, moderators },
    table,
    'findings.csv',
  ) as unknown as MetaFound;
}

/** Runs `meta` on the counts of shares, which takes a binomial mixed model where there are enough of them. */
export function metaOnCounts(chosen: readonly ChosenFinding[], confidence: number): MetaFound {
  const counts = chosen.flatMap(({ finding: { reported } }) => (reported.of === 'proportion' ? [reported] : []));
  const table = tableOf(counts.length, [
    numbers(
      'xi',
      counts.map(({ events }) => events),
    ),
    numbers(
      'ni',
      counts.map(({ n }) => n),
    ),
    categories(
      'study',
      chosen.map(({ row }) => row.study),
    ),
  ]);
  return runOn(meta, { measure: 'PLO', study: 'study', confidence }, table, 'findings.csv') as unknown as MetaFound;
}
