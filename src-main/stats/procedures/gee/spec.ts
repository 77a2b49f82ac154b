import { z } from 'zod';
import type { SmallSample } from '../../gee/gee-covariance.ts';
import { columnSpec, commonSpec, formulaSpec } from '../common-spec.ts';

export const geeSchema = z.strictObject({
  ...commonSpec,
  formula: formulaSpec,
  /** Column that tells the clusters apart. */
  id: columnSpec,
  family: z.enum(['gaussian', 'binomial', 'poisson', 'gamma']).default('gaussian'),
  link: z.enum(['identity', 'log', 'logit', 'probit', 'cloglog', 'inverse']).optional(),
  correlation: z.enum(['independence', 'exchangeable', 'ar1']).default('exchangeable'),
  /** Column of occasions, for ar1 with gaps; without it, rows of a cluster follow one another as they stand. */
  waves: columnSpec.optional(),
  /** A corrected covariance beside the robust one; true is Mancl and DeRouen's. */
  smallSample: z
    .union([z.boolean(), z.enum(['mancl-derouen', 'kauermann-carroll', 'fay-graubard'])])
    .transform((value): SmallSample | null => (value === true ? 'mancl-derouen' : value === false ? null : value))
    .default(null),
});
export type GeeSpec = z.output<typeof geeSchema>;
