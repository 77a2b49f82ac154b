import { z } from 'zod';
import { columnSpec, commonSpec } from '../common-spec.ts';

export const calibrationSchema = z.strictObject({
  ...commonSpec,
  /** 0 and 1, or two values of which the second is the event. */
  outcome: columnSpec,
  /** The value that is the event, where it is not the second. */
  event: z.union([z.string(), z.number().transform(String)]).optional(),
  /** Predicted probabilities of the event. */
  probability: columnSpec,
  /** Whether the model was fitted to other data, so that Hosmer and Lemeshow’s test loses no degrees of freedom. */
  external: z.boolean().default(false),
  /** Groups of Hosmer and Lemeshow’s test. */
  groups: z.number().int().min(2).max(1_000).default(10),
  /** Share of the rows that each point of the smoothed curve uses. */
  span: z.number().gt(0).max(1).default(0.75),
});
export type CalibrationSpec = z.output<typeof calibrationSchema>;
