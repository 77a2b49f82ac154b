import { z } from 'zod';

const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A few pages for the head of a unit. */
export const unitBriefingSchema = z.strictObject({
  template: z.literal('unit-briefing'),
  /** As the people or postings extract names it. */
  unit: z.string().min(1).max(200),
  /** First and last day of whole months. */
  from: dateSchema,
  to: dateSchema,
  /** Least count shown for workforce measures. */
  threshold: z.number().int().min(5).max(100).optional(),
  /** Least count shown for absence and support. */
  clinicalThreshold: z.number().int().min(10).max(100).optional(),
  title: z.string().min(1).max(200).optional(),
  marking: z.string().max(100).optional(),
  version: z.string().min(1).max(20).optional(),
});
export type UnitBriefingSpec = z.infer<typeof unitBriefingSchema>;
