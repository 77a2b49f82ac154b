import { z } from 'zod';

/** Sections that the quarterly report may have beside what is in short, method, provenance and appendices, in their order. */
export const quarterlySections = [
  'indicators',
  'exposure',
  'wellbeing',
  'absence',
  'support',
  'peer-network',
  'offers',
  'families',
  'plan',
  'data',
] as const;
export type QuarterlySection = (typeof quarterlySections)[number];

const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The quarterly report for chief officers. Either a quarter of the calendar, or the first and last day of three whole months. */
export const forceQuarterlySchema = z.strictObject({
  template: z.literal('force-quarterly'),
  quarter: z
    .string()
    .regex(/^\d{4}-Q[1-4]$/, 'is written as 2026-Q1')
    .optional(),
  from: dateSchema.optional(),
  to: dateSchema.optional(),
  /** All of them where it is left out. */
  sections: z
    .array(z.enum(quarterlySections))
    .min(1)
    .max(quarterlySections.length)
    .refine((list) => new Set(list).size === list.length, 'names a section twice')
    .optional(),
  /** Least count shown for workforce measures. */
  threshold: z.number().int().min(5).max(100).optional(),
  /** Least count shown for clinical and family measures. */
  clinicalThreshold: z.number().int().min(10).max(100).optional(),
  title: z.string().min(1).max(200).optional(),
  marking: z.string().max(100).optional(),
  version: z.string().min(1).max(20).optional(),
});
export type ForceQuarterlySpec = z.infer<typeof forceQuarterlySchema>;
