import { z } from 'zod';

/** The full report on families, of one wave of the family survey. */
export const familyImpactReportSchema = z.strictObject({
  template: z.literal('family-impact'),
  /** The wave with the most complete couples where none is named. */
  wave: z.string().min(1).max(200).optional(),
  title: z.string().min(1).max(200).optional(),
  marking: z.string().max(100).optional(),
  version: z.string().min(1).max(20).optional(),
});
export type FamilyImpactReportSpec = z.infer<typeof familyImpactReportSchema>;
