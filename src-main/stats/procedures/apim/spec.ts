import { z } from 'zod';
import { columnSpec, commonSpec, seedSpec } from '../common-spec.ts';

export const apimSchema = z.strictObject({
  ...commonSpec,
  /** Predictors of the first and the second of each couple. */
  x1: columnSpec,
  x2: columnSpec,
  y1: columnSpec,
  y2: columnSpec,
  /** What the first and the second are called. */
  names: z.tuple([z.string().min(1), z.string().min(1)]).optional(),
  missing: z.enum(['omit', 'fiml']).default('omit'),
  /** Columns of the couple, acting on both outcomes. */
  covariates: z.array(columnSpec).max(26).default([]),
  /** Limits of k where couples are resampled. */
  interval: z.enum(['percentile', 'bca']).default('percentile'),
  /** A file of row numbers, counted from 1: one resample a line or a column. */
  resamples: z.string().min(1).optional(),
  /** Resamples drawn where no file is given; with neither this nor a seed, k has limits by the delta method. */
  samples: z.number().int().min(20).max(1_000_000).optional(),
  seed: seedSpec.optional(),
});
export type ApimSpec = z.output<typeof apimSchema>;

/** Labels of parameters: by role where roles have names, else by number. */
export type ApimLabels = {
  /** Of roles, `1` and `2` without names. */
  readonly roles: readonly [string, string];
  readonly covariates: readonly string[];
};
