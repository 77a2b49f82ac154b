import { z } from 'zod';
import { commonSpec, formulaSpec } from '../common-spec.ts';

export const competingRisksSchema = z.strictObject({
  ...commonSpec,
  /** `Surv(time, event) ~ group`, event 0 censored, 1, 2 … the causes; `+ strata(site)` for Gray's test. */
  formula: formulaSpec,
  /** The cause of interest; without it all causes have curves, and the lowest is tested. */
  cause: z.number().int().min(1).optional(),
  /** Times at which the incidence is wanted; without it, every event time of the group. */
  times: z.array(z.number().min(0)).min(1).max(10_000).optional(),
  /** Power of 1 − F(t−) that weights Gray's test. */
  rho: z.number().min(-10).max(10).default(0),
  /** Fine–Gray regression; without it, where a covariate is numeric or there are several. */
  regression: z.boolean().optional(),
});
export type CompetingRisksSpec = z.output<typeof competingRisksSchema>;

/** What of the formula does what. */
export type CompetingRisksRoles = {
  readonly causes: readonly number[];
  readonly cause: number;
  /** Places in `formula.variables` of those that make groups. */
  readonly grouping: readonly number[];
  readonly regression: boolean;
};
