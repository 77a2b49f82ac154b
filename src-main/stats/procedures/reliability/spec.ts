import { z } from 'zod';
import { columnSpec, commonSpec } from '../common-spec.ts';

export const reliabilitySchema = z.strictObject({
  ...commonSpec,
  items: z.array(columnSpec).min(2).max(1_000),
  /** Items that are worded the other way: turned round before anything is computed. */
  reverse: z.array(columnSpec).max(1_000).default([]),
  /** Lowest and highest possible answer, for turning items round; the lowest and highest there are, unless given. */
  range: z.tuple([z.number(), z.number()]).optional(),
});
export type ReliabilitySpec = z.output<typeof reliabilitySchema>;
