import { z } from 'zod';
import {
  fullTextStates,
  reviewPlaces,
  reviewProtocolSchema,
  reviewStatuses,
  screeningStages,
  screeningVerdicts,
  searchSources,
} from '../domain/review.ts';
import { reviewFlowSchema } from '../domain/review-flow.ts';

/** What the calls about reviews take and answer with. */

export const reviewers = ['analyst', 'evaluator'] as const;
export const count = z.number().int();
export const record = z.number().int().positive();
export const reason = z.string().trim().min(3, 'say in a few words why').max(1_000);
export const note = z.string().trim().max(2_000).default('');
export const page = { offset: count.min(0).default(0), limit: count.min(1).max(500).default(100) };
const done = { at: z.string(), by: z.string() };
const stage = z.enum(screeningStages);

export const summarySchema = z.strictObject({
  review: z.string(),
  title: z.string(),
  status: z.enum(reviewStatuses),
  kind: z.enum(['rapid', 'full']),
  version: count,
  /** SHA-256 of the protocol as canonical JSON. */
  hash: z.string(),
  savedAt: z.string(),
  savedBy: z.string(),
  registeredAt: z.string().nullable(),
  records: count,
  /** Reports included so far. */
  included: count,
});
export type ReviewSummary = z.infer<typeof summarySchema>;

export const searchSchema = z.strictObject({
  search: count,
  source: z.enum(searchSources),
  database: z.string(),
  platform: z.string(),
  /** Local day. */
  on: z.string(),
  /** The search string as it was given to the database. */
  query: z.string(),
  hits: count,
  note: z.string(),
  ...done,
  /** Records that came from it; `hits` is what the database said. */
  records: count,
  /** How often the entry was corrected. */
  corrections: count,
});
export type ReviewSearch = z.infer<typeof searchSchema>;

const sourceSchema = z.strictObject({
  source: count,
  search: count,
  fileName: z.string(),
  fileHash: z.string(),
  format: z.string(),
  ...done,
  records: count,
  /** Records that the reader found fault with; they are kept and listed. */
  faulty: count,
  withdrawn: z.strictObject({ ...done, reason: z.string() }).nullable(),
});
export type ReviewSource = z.infer<typeof sourceSchema>;

export const viewSchema = z.strictObject({
  ...summarySchema.shape,
  protocol: reviewProtocolSchema,
  /** What the protocol lacks before it can be registered, by field. */
  gaps: z.array(z.strictObject({ field: z.string(), words: z.string() })),
  /** The oldest first. `reason` is that of an amendment: null before the registration. */
  versions: z.array(z.strictObject({ version: count, hash: z.string(), reason: z.string().nullable(), ...done })),
  registration: z.strictObject({ ...done, version: count, hash: z.string(), registeredIn: z.string() }).nullable(),
  searches: z.array(searchSchema),
  sources: z.array(sourceSchema),
  flow: reviewFlowSchema,
  /** Pairs of records that wait for somebody to say whether they are one. */
  duplicatesAsked: count,
  /** Whether whoever asks is one of its reviewers. */
  mayScreen: z.boolean(),
});
export type ReviewView = z.infer<typeof viewSchema>;

export const referenceSchema = z.strictObject({
  record,
  title: z.string(),
  year: count.nullable(),
  authors: z.string(),
  doi: z.string(),
  journal: z.string(),
  volume: z.string(),
  issue: z.string(),
  pages: z.string(),
  abstract: z.string(),
  keywords: z.string(),
  type: z.string(),
  pmid: z.string(),
  url: z.string(),
  language: z.string(),
});
export type ReviewReference = z.infer<typeof referenceSchema>;

const originSchema = z.strictObject({
  record,
  source: count,
  search: count,
  database: z.string(),
  /** Place in its file; 1 is the first record. */
  row: count,
  /** What the reader found fault with; null where nothing. */
  fault: z.string().nullable(),
});

export const listedSchema = z.strictObject({
  record,
  title: z.string(),
  year: count.nullable(),
  authors: z.string(),
  journal: z.string(),
  place: z.enum(reviewPlaces),
  /** Reason for exclusion, where it is excluded for one. */
  reason: z.string().nullable(),
  study: z.string().nullable(),
  /** Records that are one with it, itself among them. */
  copies: count,
});
export type ListedRecord = z.infer<typeof listedSchema>;

export const decisionSchema = z.strictObject({
  stage,
  reviewer: z.string(),
  decision: z.enum(screeningVerdicts),
  reason: z.string().nullable(),
  note: z.string(),
  at: z.string(),
});
export type ShownDecision = z.infer<typeof decisionSchema>;

export const recordViewSchema = z.strictObject({
  ...listedSchema.shape,
  reference: referenceSchema,
  origins: z.array(originSchema),
  fullText: z.enum(fullTextStates).nullable(),
  /** Those that stand, the own ones always; those of others once nobody's judgement can be led by them. */
  decisions: z.array(decisionSchema),
});
export type RecordView = z.infer<typeof recordViewSchema>;
