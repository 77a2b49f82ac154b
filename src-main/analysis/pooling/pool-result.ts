import type { BundleDefinition } from '#shared/domain/bundle.ts';
import type { PooledCurve } from './pooled-curve.ts';
import type { PooledExposures } from './pooled-exposures.ts';
import type { PooledIndicator } from './pooled-indicators.ts';
import type { PooledMean } from './pooled-mean.ts';

export type PooledEffect = {
  readonly id: string;
  readonly says: BundleDefinition['says'];
  readonly people: number;
  readonly mean: PooledMean;
};

export type PoolResult = {
  readonly forces: readonly {
    readonly force: string;
    readonly from: string;
    readonly to: string;
    readonly coverage: number | null;
    readonly synthetic: boolean;
  }[];
  readonly indicators: readonly PooledIndicator[];
  readonly exposures: PooledExposures | null;
  readonly effects: readonly PooledEffect[];
  readonly curves: readonly PooledCurve[];
};
