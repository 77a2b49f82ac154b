import { z } from 'zod';
import { columnSpec, commonSpec, formulaSpec } from '../common-spec.ts';

export const iptwSchema = z.strictObject({
  ...commonSpec,
  /** Formula of the propensity: `treated ~ age + sex`. */
  treatment: formulaSpec.optional(),
  /** Another name for `treatment`. */
  formula: formulaSpec.optional(),
  y: columnSpec,
  estimand: z.enum(['ATE', 'ATT', 'ATC', 'ATO']).default('ATE'),
  /** Quantiles of the propensity beyond which it is held there, such as [0.01, 0.99]. */
  truncate: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]).optional(),
});
export type IptwSpec = z.output<typeof iptwSchema>;
