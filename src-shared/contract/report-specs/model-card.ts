import { z } from 'zod';

/** What is told of the history of the models: so many of those kept, and so many decisions on them, in their order. */
const historySchema = z.strictObject({ models: z.number().int().min(0), decisions: z.number().int().min(0) });

/** The model card of an early warning: of a run by its options, or of a model that was kept. One of the two is named. */
export const modelCardSchema = z.strictObject({
  template: z.literal('model-card'),
  /** Options of `early-warning`, with at least `asOf`; rows of single people are never asked for. */
  run: z.record(z.string(), z.unknown()).optional(),
  /** A kept model, by its number; its options are run again on the data that are held now. */
  model: z.number().int().positive().optional(),
  /** All that there is where it is left out. */
  history: historySchema.optional(),
  title: z.string().min(1).max(200).optional(),
  marking: z.string().max(100).optional(),
  version: z.string().min(1).max(20).optional(),
});
export type ModelCardSpec = z.infer<typeof modelCardSchema>;
