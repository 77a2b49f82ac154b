import { z } from 'zod';

/** A signal of a case, and what raised it. */
export const caseSignalSchema = z.strictObject({
  id: z.number().int(),
  words: z.string(),
  rule: z.string(),
  /** With its version. */
  scheme: z.string(),
  asOf: z.string(),
  /** Since when its rule stands; null for a single event. */
  since: z.string().nullable(),
  /** Whether it says once more what was said since then. */
  again: z.boolean(),
  raisedAt: z.string(),
  /** Raised since the last decision. */
  isNew: z.boolean(),
});
