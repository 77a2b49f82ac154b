import { z } from 'zod';
import { reportedSchema } from './numbers.ts';

const name = z.string().trim().min(1).max(200);
/** Empty where nothing is said. */
const words = z.string().trim().max(4_000).default('');

/** As the review, the study or the outcome is called in files and links; it stands in paths of items, so it has no slash. */
export const evidenceCodeSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^/\p{Cc}]+$/u, 'must not hold a slash');

export const studyDesigns = [
  'randomised',
  'cluster-randomised',
  'controlled-before-after',
  'interrupted-time-series',
  'cohort',
  'case-control',
  'before-after',
  'cross-sectional',
  'review',
] as const;
export type StudyDesign = (typeof studyDesigns)[number];

/** Whether chance decided who was offered what is studied. */
export function isByChance(design: StudyDesign): boolean {
  return design === 'randomised' || design === 'cluster-randomised';
}

/** Who was studied, as far as that decides whether it speaks for police. */
export const studiedPeople = ['police', 'other emergency services', 'others'] as const;
export type StudiedPeople = (typeof studiedPeople)[number];

const reportSchema = z.strictObject({
  citation: z.string().trim().min(3).max(2_000),
  /** Without the address before it. */
  doi: z
    .string()
    .trim()
    .regex(/^10\.\d{4,9}\/\S+$/, 'must be a DOI such as 10.1136/oemed-2020-106498')
    .nullable()
    .default(null),
  /** Number of the record of the review that this report came in as. */
  record: z.number().int().positive().nullable().default(null),
});

/** Where a study is not a paper: a pilot of this force, as it was evaluated, unpublished. */
const ownPilotSchema = z.strictObject({
  pilot: name,
  outcome: name,
  /** Level of the design on the scale of Maryland. */
  maryland: z.number().int().min(1).max(5),
  method: z.string(),
  version: z.string(),
  /** Of the data that the evaluation was made from. */
  snapshot: z.string().max(64),
  /** SHA-256 of the evaluation as canonical JSON. */
  resultHash: z.string().max(64),
});

export const findingSchema = z.strictObject({
  finding: evidenceCodeSchema,
  /** As the review calls it: findings of one outcome are pooled. */
  outcome: evidenceCodeSchema,
  /** The instrument or the record that it was read from. */
  measuredBy: words,
  better: z.enum(['low', 'high']),
  /** From the start of what is studied; null where it is not told. */
  weeks: z.number().min(0).max(5_200).nullable().default(null),
  /** For differences between the groups that chance did not make alike. */
  adjusted: z.boolean().default(false),
  arm: words,
  comparison: words,
  /** Table, figure or page of the paper. */
  where: z.string().trim().min(1, 'say where in the paper').max(500),
  reported: reportedSchema,
});

export type Finding = z.output<typeof findingSchema>;

/** One study of a review, which one or several reports are about, and what it found. */
export const studySchema = z.strictObject({
  study: evidenceCodeSchema,
  title: name,
  reports: z.array(reportSchema).min(1, 'must name at least one report').max(50),
  year: z.number().int().min(1_850).max(2_200).nullable().default(null),
  design: z.enum(studyDesigns),
  studied: z.enum(studiedPeople),
  /** Country, force, kind of work. */
  setting: words,
  participants: z.number().int().min(1).max(1e9).nullable().default(null),
  arms: z
    .array(z.strictObject({ arm: name, what: words, isComparison: z.boolean().default(false) }))
    .max(20)
    .default([]),
  /** What subgroups are made by: `{"delivery": "app"}`. */
  groups: z.record(name, name).default({}),
  findings: z
    .array(findingSchema)
    .max(500)
    .refine((all) => new Set(all.map(({ finding }) => finding)).size === all.length, 'names a finding twice')
    .default([]),
  ownPilot: ownPilotSchema.nullable().default(null),
  notes: words,
});
export type Study = z.output<typeof studySchema>;
