import { z } from 'zod';
import { commonSpec, formulaSpec } from '../common-spec.ts';

export const survivalSchema = z.strictObject({
  ...commonSpec,
  /** `Surv(time, status) ~ group + strata(site)`; `~ 1` for one curve. */
  formula: formulaSpec,
  /** Power of S(t−) that weights the test: 0 log-rank, 1 Peto–Peto. */
  rho: z.number().min(-10).max(10).default(0),
  /** Scale of the limits. */
  limits: z.enum(['log', 'log-log', 'plain']).default('log'),
  /** Times at which S is wanted. */
  times: z.array(z.number().min(0)).min(1).max(10_000).optional(),
  /** Shares of people with the event whose times are wanted: 0.5 is the median. */
  quantiles: z.array(z.number().gt(0).lt(1)).min(1).max(100).optional(),
  /** Horizon of the restricted mean. */
  restrictedMean: z.number().positive().optional(),
});
export type SurvivalSpec = z.output<typeof survivalSchema>;
