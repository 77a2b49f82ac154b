import { z } from 'zod';
import {
  fullTextStates,
  reasonCodeSchema,
  reviewCodeSchema as review,
  reviewPlaces,
  screeningStages,
  screeningVerdicts,
} from '../domain/review.ts';
import { reviewFlowSchema } from '../domain/review-flow.ts';
import { operation } from './define.ts';
import {
  count,
  decisionSchema,
  note,
  page,
  reason,
  record,
  referenceSchema,
  reviewers as roles,
} from './review-shapes.ts';

const stage = z.enum(screeningStages);
const path = z.string().min(1).max(4_096);

const progressSchema = z.strictObject({
  /** Records that I have decided on at this stage, and that still wait for me. */
  decided: count,
  remaining: count,
  /** Records an hour in my present run; null while there are too few. */
  perHour: z.number().nullable(),
});
export type ScreeningProgress = z.infer<typeof progressSchema>;

const criterionSchema = z.strictObject({ code: z.string(), words: z.string() });

const intervalSchema = z.strictObject({ estimate: z.number(), low: z.number(), high: z.number() });

const agreementSchema = z.strictObject({
  /** Two reviewers, in the order of their names. */
  first: z.string(),
  second: z.string(),
  /** Records that both decided on before either could know of the other. */
  n: count,
  table: z.strictObject({ bothKeep: count, firstKeeps: count, secondKeeps: count, bothExclude: count }),
  /** Share of 1, with Wilson's limits; null where there is none. */
  agreed: intervalSchema.nullable(),
  /** Cohen's kappa; null where both decide always alike in one way, so that it says nothing. */
  kappa: intervalSchema.nullable(),
  /** Gwet's AC1, which does not fall where nearly all is excluded. */
  ac1: intervalSchema.nullable(),
});
export type ReviewerAgreement = z.infer<typeof agreementSchema>;

const conflictSchema = z.strictObject({
  stage,
  reference: referenceSchema,
  decisions: z.array(decisionSchema),
});
export type ScreeningConflict = z.infer<typeof conflictSchema>;

export const reviewScreeningOperations = {
  'reviews.next': operation({
    kind: 'query',
    roles,
    audit: null,
    summary:
      'The records that wait for me at a stage, with the criteria and how far I am. Nothing of what others decided.',
    input: z.strictObject({ review, stage, limit: count.min(1).max(50).default(10) }),
    output: z.strictObject({
      records: z.array(referenceSchema),
      inclusion: z.array(criterionSchema),
      exclusion: z.array(criterionSchema),
      progress: progressSchema,
    }),
  }),
  'reviews.decide': operation({
    kind: 'command',
    roles,
    audit: 'review.decide',
    summary: 'Keeps what I decide on a record at a stage. The last one counts; `none` takes it back.',
    input: z.strictObject({
      review,
      stage,
      record,
      decision: z.enum([...screeningVerdicts, 'none']),
      /** Code of the protocol; asked for where a full text is excluded. */
      reason: reasonCodeSchema.nullable().default(null),
      note,
    }),
    output: z.strictObject({ record, progress: progressSchema }),
  }),
  'reviews.loadDecisions': operation({
    kind: 'command',
    roles,
    audit: 'review.loadDecisions',
    summary: 'Takes what I decided elsewhere from a CSV file: record, decision, and reason or note where there is one.',
    input: z.strictObject({ review, stage, file: path }),
    output: z.strictObject({
      read: count,
      accepted: count,
      /** The first 1,000. */
      rejects: z.array(z.strictObject({ row: count, message: z.string() })),
      rejected: count,
    }),
  }),
  'reviews.conflicts': operation({
    kind: 'query',
    roles,
    audit: null,
    summary: 'Records on which reviewers differ, or whose full text leaves one unsure, with what each decided.',
    input: z.strictObject({ review, ...page }),
    output: z.strictObject({ total: count, conflicts: z.array(conflictSchema) }),
  }),
  'reviews.resolve': operation({
    kind: 'command',
    roles,
    audit: 'review.resolve',
    summary: 'Settles a record on which reviewers differ, as they agreed; `none` opens it again.',
    input: z.strictObject({
      review,
      stage,
      record,
      decision: z.enum(['include', 'exclude', 'none']),
      reason: reasonCodeSchema.nullable().default(null),
      /** How it was agreed. */
      note: reason,
    }),
    output: z.strictObject({ record, place: z.enum(reviewPlaces), conflicts: count }),
  }),
  'reviews.fullText': operation({
    kind: 'command',
    roles,
    audit: 'review.fullText',
    summary: 'Says of a record that was kept whether its full text is sought, here, or not to be had.',
    input: z.strictObject({ review, records: z.array(record).min(1).max(1_000), state: z.enum(fullTextStates), note }),
    output: z.strictObject({ changed: count, flow: reviewFlowSchema }),
  }),
  'reviews.study': operation({
    kind: 'command',
    roles,
    audit: 'review.study',
    summary:
      'Says which study a report is of, so that several reports of one count as one study; null for one of its own.',
    input: z.strictObject({ review, record, study: z.string().trim().min(1).max(200).nullable() }),
    output: z.strictObject({ record, study: z.string().nullable(), flow: reviewFlowSchema }),
  }),
  'reviews.agreement': operation({
    kind: 'query',
    roles,
    audit: null,
    summary: 'How far reviewers agree at a stage: per cent, Cohen’s kappa and Gwet’s AC1 with intervals.',
    input: z.strictObject({ review, stage }),
    output: z.strictObject({ pairs: z.array(agreementSchema), warnings: z.array(z.string()) }),
  }),
  'reviews.flow': operation({
    kind: 'query',
    roles,
    audit: null,
    summary: 'The flow of records through a review as PRISMA 2020 draws it. It adds up at every moment.',
    input: z.strictObject({ review }),
    output: reviewFlowSchema,
  }),
};
