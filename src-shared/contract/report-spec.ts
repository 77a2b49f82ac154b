import { z } from 'zod';
import { pilotCodeSchema } from '../domain/pilot.ts';
import { reviewCodeSchema } from '../domain/review.ts';
import { narrativeSchema } from './narrative.ts';
import { caseSummarySchema } from './report-specs/case-summary.ts';
import { dataQualitySchema } from './report-specs/data-quality.ts';
import { familyImpactReportSchema } from './report-specs/family-impact.ts';
import { forceQuarterlySchema } from './report-specs/force-quarterly.ts';
import { modelCardSchema } from './report-specs/model-card.ts';
import { unitBriefingSchema } from './report-specs/unit-briefing.ts';

const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const titleSchema = z.string().min(1).max(200);
const markingSchema = z.string().max(100);
/** Which edition of the report it is, such as 1.0; shown on every page. */
const versionSchema = z.string().min(1).max(20);

/** Sections of other places that a report of a period may have beside its own. */
export const addedSections = ['families', 'support', 'peer-network', 'plan'] as const;
export type AddedSection = (typeof addedSections)[number];

const periodReportSchema = z.strictObject({
  template: z.literal('exposure-and-wellbeing'),
  title: titleSchema.optional(),
  from: dateSchema,
  to: dateSchema,
  scheme: z.string().optional(),
  /** Least count shown for workforce measures. */
  threshold: z.number().int().min(2).max(100).optional(),
  /** Least count shown for clinical measures. */
  clinicalThreshold: z.number().int().min(2).max(100).optional(),
  /** In this order, after its own; none where left out. */
  sections: z
    .array(z.enum(addedSections))
    .max(addedSections.length)
    .refine((list) => new Set(list).size === list.length, 'names a section twice')
    .optional(),
  marking: markingSchema.optional(),
  version: versionSchema.optional(),
});
export type PeriodReportSpec = z.infer<typeof periodReportSchema>;

const sourced = { source: z.string().min(1).max(300), checkedOn: dateSchema };

/**
 * Whom families can turn to and what may help, each with where it was read and when; a force may give its own,
 * no more than fits on one page.
 */
export const signpostingSchema = z.strictObject({
  advice: z
    .array(z.strictObject({ words: z.string().min(1).max(90), ...sourced }))
    .min(1)
    .max(4),
  contacts: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(40),
        what: z.string().min(1).max(70),
        reach: z.string().min(1).max(70),
        ...sourced,
      }),
    )
    .min(1)
    .max(5),
});
export type Signposting = z.infer<typeof signpostingSchema>;

const familySummarySchema = z.strictObject({
  template: z.literal('family-summary'),
  title: z.string().min(1).max(60).optional(),
  /** Wave of the family survey; the one with the most complete couples where none is named. */
  wave: z.string().min(1).max(200).optional(),
  signposting: signpostingSchema.optional(),
  marking: markingSchema.optional(),
});
export type FamilySummarySpec = z.infer<typeof familySummarySchema>;

const pilotEvaluationSchema = z.strictObject({
  template: z.literal('pilot-evaluation'),
  pilot: pilotCodeSchema,
  /** Last day whose outcomes count; the last that is held where it is left out. */
  asOf: dateSchema.optional(),
  title: titleSchema.optional(),
  marking: markingSchema.optional(),
  version: versionSchema.optional(),
});
export type PilotEvaluationSpec = z.infer<typeof pilotEvaluationSchema>;

const evidenceSummarySchema = z.strictObject({
  template: z.literal('evidence-summary'),
  review: reviewCodeSchema,
  /** One page to hand out, or everything. */
  length: z.enum(['page', 'full']).optional(),
  title: titleSchema.optional(),
  marking: markingSchema.optional(),
  version: versionSchema.optional(),
});
export type EvidenceSummarySpec = z.infer<typeof evidenceSummarySchema>;

/** What an author writes beside what is worked out; put in after a template is made, so that no template has to know of it. */
const inWords = { narrative: narrativeSchema.optional() };

export const reportSpecSchema = z.discriminatedUnion('template', [
  periodReportSchema.extend(inWords),
  familySummarySchema,
  pilotEvaluationSchema.extend(inWords),
  evidenceSummarySchema.extend(inWords),
  familyImpactReportSchema.extend(inWords),
  modelCardSchema.extend(inWords),
  forceQuarterlySchema.extend(inWords),
  caseSummarySchema,
  unitBriefingSchema.extend(inWords),
  dataQualitySchema.extend(inWords),
]);
export type ReportSpec = z.infer<typeof reportSpecSchema>;
