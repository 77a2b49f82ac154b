import { z } from 'zod';
import type { MediationFit } from '../../mediation/fit-mediation.ts';
import type { DrawnEffects } from '../../mediation/monte-carlo.ts';
import type { ResampledEffects } from '../../mediation/resample-mediation.ts';
import { columnSpec, commonSpec, seedSpec } from '../common-spec.ts';

export const mediationSchema = z.strictObject({
  ...commonSpec,
  x: columnSpec,
  m: z.union([columnSpec.transform((name) => [name]), z.array(columnSpec).min(1).max(50)]),
  y: columnSpec,
  covariates: z.array(columnSpec).max(100).default([]),
  /** Whether a mediator acts on those after it. */
  structure: z.enum(['parallel', 'serial']).default('parallel'),
  method: z.enum(['delta', 'bootstrap', 'monte-carlo']).default('bootstrap'),
  /** Limits of the bootstrap. */
  interval: z.enum(['percentile', 'bca']).default('percentile'),
  /** A file of row numbers, counted from 1: one resample a line or a column. */
  resamples: z.string().min(1).optional(),
  samples: z.number().int().min(20).max(1_000_000).default(5_000),
  seed: seedSpec.default(1),
});
export type MediationSpec = z.output<typeof mediationSchema>;

/** What a run has computed, before it is written as rows. */
export type MediationFound = {
  readonly fit: MediationFit;
  readonly confidence: number;
  readonly method: MediationSpec['method'];
  readonly interval: MediationSpec['interval'];
  readonly resampled: ResampledEffects | null;
  readonly jackknife: ResampledEffects | null;
  readonly drawn: DrawnEffects | null;
};
