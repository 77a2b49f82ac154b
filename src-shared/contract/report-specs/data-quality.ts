import { z } from 'zod';

const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The statement on the data that are held: of all of them, with coverage month by month of a period. */
export const dataQualitySchema = z.strictObject({
  template: z.literal('data-quality'),
  /** First day of the months whose coverage is drawn; two years before the last where it is left out. */
  from: daySchema.optional(),
  /** Day that freshness is measured to; the newest day of any extract where it is left out. */
  to: daySchema.optional(),
  /** How many batches taken out again are told, the oldest first; all where it is left out. */
  undone: z.number().int().min(0).optional(),
  title: z.string().min(1).max(200).optional(),
  marking: z.string().max(100).optional(),
  version: z.string().min(1).max(20).optional(),
});
export type DataQualitySpec = z.infer<typeof dataQualitySchema>;
