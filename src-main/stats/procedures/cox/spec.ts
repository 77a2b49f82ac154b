import { z } from 'zod';
import { columnSpec, commonSpec, formulaSpec } from '../common-spec.ts';

export const coxSchema = z.strictObject({
  ...commonSpec,
  /** `Surv(time, status) ~ x + strata(site) + cluster(id)`, or `Surv(start, stop, status)`. */
  formula: formulaSpec,
  /** Exact is the likelihood of discrete times, which gives estimates and tests only. */
  ties: z.enum(['efron', 'breslow', 'exact']).default('efron'),
  /** Column whose values make clusters, for robust standard errors. */
  cluster: columnSpec.optional(),
  /** Robust standard errors without clusters: each row by itself. */
  robust: z.boolean().optional(),
  /** Scale of time in the tests of proportional hazards. */
  transform: z.enum(['km', 'rank', 'identity', 'log']).default('km'),
  /** Give the cumulative baseline hazard. */
  baseline: z.boolean().default(false),
  /** Give martingale, deviance and Schoenfeld residuals. */
  residuals: z.boolean().default(false),
  /** Covariates of people whose survival is wanted, at the `times`. */
  newData: z
    .array(z.record(columnSpec, z.union([z.number(), z.string()])))
    .min(1)
    .max(1_000)
    .optional(),
  times: z.array(z.number().min(0)).min(1).max(10_000).optional(),
});
export type CoxSpec = z.output<typeof coxSchema>;
