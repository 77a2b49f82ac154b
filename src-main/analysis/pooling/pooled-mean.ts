import { normalQuantile } from '#main/stats/distributions/normal.ts';
import { meta } from '#main/stats/procedures/meta/meta.ts';
import { withOwnColumns } from '#main/stats/r/script.ts';
import type { PoolingScale } from '#shared/domain/bundle.ts';
import { numbers, runOn, tableOf } from '../absence/model-table.ts';

/** One force’s estimate on the scale on which it is pooled. */
export type ForceEstimate = { readonly force: string; readonly estimate: number; readonly variance: number };

type Interval = { readonly estimate: number; readonly low: number | null; readonly high: number | null };

/** A mean over forces with what varies between them. Estimates and limits as they are told: points, a rate or ratio, or a share. */
export type PooledMean = Interval & {
  readonly scale: PoolingScale;
  readonly k: number;
  /** On the scale on which it was pooled. */
  readonly pooled: { readonly estimate: number; readonly se: number | null; readonly df: number | null };
  readonly p: number | null;
  readonly predictionLow: number | null;
  readonly predictionHigh: number | null;
  readonly tau2: number;
  readonly tau2Low: number | null;
  readonly tau2High: number | null;
  /** Per cent. */
  readonly i2: number;
  readonly q: { readonly statistic: number; readonly df: number; readonly p: number };
  /** Weights in per cent. */
  readonly forces: readonly (Interval & { readonly force: string; readonly weight: number })[];
  /** The mean without each force in turn. */
  readonly leaveOneOut: readonly (Interval & { readonly force: string; readonly tau2: number; readonly i2: number })[];
  readonly r: string;
};

type Row = { readonly estimate: number; readonly low: number | null; readonly high: number | null };
type Found = Row & {
  readonly se: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly predictionLow: number | null;
  readonly predictionHigh: number | null;
  readonly tau2: number;
  readonly tau2Low: number | null;
  readonly tau2High: number | null;
  readonly i2: number;
  readonly q: PooledMean['q'];
  readonly weights: readonly { readonly weight: number }[];
  readonly leaveOneOut: readonly (Row & { readonly tau2: number; readonly i2: number })[];
};

const tellers: Readonly<Record<PoolingScale, (value: number) => number>> = {
  points: (value) => value,
  log: Math.exp,
  logit: (value) => 1 / (1 + Math.exp(-value)),
};

/** What is pooled, and how it is told. */
export type Pooling = {
  /** Of the file that the script reads it as. */
  readonly name: string;
  readonly scale: PoolingScale;
  /** What a rate or share is told per: 100, 1,000. */
  readonly times?: number;
  readonly confidence: number;
};

/**
 * The second of two stages: a random-effects mean of forces’ estimates by REML, its limits by Knapp and Hartung, with a prediction interval
 * (`conventions.md` › meta). One force alone is told as it is.
 */
export function pooledMean(
  estimates: readonly ForceEstimate[],
  { name, scale, times = 1, confidence }: Pooling,
): PooledMean {
  const file = `${name}.csv`;
  const yi = estimates.map(({ estimate }) => estimate);
  const vi = estimates.map(({ variance }) => variance);
  const table = tableOf(estimates.length, [numbers('yi', yi), numbers('vi', vi)]);
  const run = runOn(meta, { method: 'REML', test: 'knha', confidence }, table, file);
  const found = run as unknown as Found;
  const value = (pooled: number): number => times * tellers[scale](pooled);
  const orNull = (pooled: number | null): number | null => (pooled === null ? null : value(pooled));
  const told = ({ estimate, low, high }: Row): Interval => ({
    estimate: value(estimate),
    low: orNull(low),
    high: orNull(high),
  });
  const reach = normalQuantile(1 - (1 - confidence) / 2);
  return {
    scale,
    k: estimates.length,
    ...told(found),
    pooled: { estimate: found.estimate, se: found.se, df: found.df },
    p: found.p,
    predictionLow: estimates.length < 3 ? null : orNull(found.predictionLow),
    predictionHigh: estimates.length < 3 ? null : orNull(found.predictionHigh),
    ...{ tau2: found.tau2, tau2Low: found.tau2Low, tau2High: found.tau2High, i2: found.i2, q: found.q },
    forces: estimates.map(({ force, estimate, variance }, at) => {
      const width = reach * Math.sqrt(variance);
      return {
        force,
        ...told({ estimate, low: estimate - width, high: estimate + width }),
        weight: found.weights[at]?.weight ?? 0,
      };
    }),
    leaveOneOut: found.leaveOneOut.map((row, at) => ({
      force: estimates[at]?.force ?? '',
      ...told(row),
      tau2: row.tau2,
      i2: row.i2,
    })),
    r: withOwnColumns(run.r, file, { yi, vi }),
  };
}
