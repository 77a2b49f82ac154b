import { z } from 'zod';
import { columnSpec, commonSpec, formulaSpec } from '../common-spec.ts';
import { degreesSpec, likelihoodSpec } from '../shared/mixed-spec.ts';

export const mmrmSchema = z.strictObject({
  ...commonSpec,
  /** Fixed effects. */
  formula: formulaSpec,
  /** Column of the subjects. */
  id: columnSpec,
  /** Column of the visits; numbers stand in their order, text by code point unless `factors` gives it. */
  time: columnSpec,
  covariance: z.enum(['unstructured', 'cs', 'ar1']).default('unstructured'),
  method: likelihoodSpec,
  df: degreesSpec,
});
export type MmrmSpec = z.output<typeof mmrmSchema>;
