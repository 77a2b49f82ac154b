import { z } from 'zod';

/** What a summary of a case may hold beside whose it is and what it is for. */
export const caseSummarySections = [
  'safety',
  'reasons',
  'exposure',
  'scores',
  'absence',
  'contacts',
  'decisions',
] as const;
export type CaseSummarySection = (typeof caseSummarySections)[number];

/** The summary of one case, for the clinicians of occupational health alone: of a person, never of a group. */
export const caseSummarySchema = z.strictObject({
  template: z.literal('case-summary'),
  /** Number of the case. */
  case: z.number().int().positive(),
  /** Why it is made and for whom; stands in it, and is kept sealed. */
  reason: z.string().trim().min(3, 'say in a few words why').max(4_000),
  /** All of them where it is left out; no more than the purpose needs. */
  include: z
    .array(z.enum(caseSummarySections))
    .max(caseSummarySections.length)
    .refine((list) => new Set(list).size === list.length, 'names a section twice')
    .optional(),
  /** With who the person is, which the same clinician has revealed for a reason within the hour. */
  identity: z.boolean().optional(),
  marking: z.string().max(100).optional(),
  version: z.string().min(1).max(20).optional(),
});
export type CaseSummarySpec = z.infer<typeof caseSummarySchema>;

/** With every default filled in. */
export type FilledCaseSummarySpec = {
  readonly [Key in keyof CaseSummarySpec]-?: NonNullable<CaseSummarySpec[Key]>;
};
