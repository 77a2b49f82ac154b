import { z } from 'zod';
import { commonSpec, formulaSpec } from '../common-spec.ts';
import { degreesSpec, likelihoodSpec } from '../shared/mixed-spec.ts';

export const lmmSchema = z.strictObject({
  ...commonSpec,
  /** With at least one random term: y ~ x + (1 | id). */
  formula: formulaSpec,
  method: likelihoodSpec,
  df: degreesSpec,
  /** Gives the random effects of every group too. */
  randomEffects: z.boolean().default(false),
});
export type LmmSpec = z.output<typeof lmmSchema>;
