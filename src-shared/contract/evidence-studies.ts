import { z } from 'zod';
import { appraisalSchema, appraisalToolSchema } from '../domain/evidence/appraisal.ts';
import { certainties, downgradeDomains, gradeSchema, upgradeDomains } from '../domain/evidence/grade.ts';
import { guidanceSchema } from '../domain/evidence/guidance.ts';
import { evidenceLibrarySchema } from '../domain/evidence/library.ts';
import { reviewOutcomeSchema } from '../domain/evidence/outcome.ts';
import { evidenceCodeSchema as code, studySchema } from '../domain/evidence/study.ts';
import { reviewCodeSchema as review } from '../domain/review.ts';
import { analysisResultSchema } from './analyses.ts';
import { operation } from './define.ts';

const readers = ['analyst', 'clinician', 'evaluator'] as const;
const reviewers = ['analyst', 'evaluator'] as const;
const count = z.number().int();
/** Version that was read: it is refused where another has come since. 0 for a new one. */
const seen = count.min(0).default(0);

const kept = { version: count, hash: z.string(), at: z.string(), by: z.string() };
const savedSchema = z.strictObject({ item: z.string(), version: count, hash: z.string() });

const judgedSchema = z.strictObject({
  ...kept,
  appraiser: z.string(),
  appraisal: appraisalSchema,
  /** Over all, by the person or by the rule of the tool; null where domains are still open or the tool has none. */
  overall: z.string().nullable(),
});
export type HeldAppraisal = z.infer<typeof judgedSchema>;

const heldGuidanceSchema = z.strictObject({ ...kept, review: z.string(), guidance: guidanceSchema });
export type HeldGuidance = z.infer<typeof heldGuidanceSchema>;

const heldSchema = z.strictObject({
  studies: z.array(z.strictObject({ ...kept, study: studySchema })),
  outcomes: z.array(z.strictObject({ ...kept, outcome: reviewOutcomeSchema })),
  /** Mine and others’; of each person the newest by each tool. */
  appraisals: z.array(judgedSchema),
  /** Studies that two people judge differently over all by the same tool. */
  disagreements: z.array(z.strictObject({ study: z.string(), tool: z.string(), judgements: z.array(z.string()) })),
  grades: z.array(z.strictObject({ ...kept, grade: gradeSchema })),
  guidance: z.array(heldGuidanceSchema),
});
export type HeldEvidence = z.infer<typeof heldSchema>;

const ratedSchema = z.strictObject({
  start: z.enum(['high', 'low']),
  startWords: z.string(),
  domains: z.array(
    z.strictObject({
      domain: z.enum([...downgradeDomains, ...upgradeDomains]),
      levels: count,
      by: z.enum(['person', 'numbers', 'nobody']),
      words: z.string(),
    }),
  ),
  certainty: z.enum(certainties),
});

const summarySchema = z.strictObject({
  outcome: z.string(),
  studies: count,
  effects: count,
  people: count.nullable(),
  effect: z.string(),
  measure: z.string(),
  absolute: z.string().nullable(),
  /** Null where nothing is pooled and nobody has rated it. */
  certainty: z.enum(certainties).nullable(),
  reasons: z.array(z.string()),
  statement: z.string(),
});

const summarisedSchema = z.strictObject({
  outcome: reviewOutcomeSchema,
  row: summarySchema,
  rated: ratedSchema,
  /** The synthesis that the row is made from, as `analyses.run` gives it. */
  synthesis: analysisResultSchema,
});
export type SummarisedOutcome = z.infer<typeof summarisedSchema>;

const save = { review, seen };

export const evidenceStudyOperations = {
  'evidence.held': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'What a review holds of its studies: extraction, appraisal, outcomes, ratings of certainty and guidance.',
    input: z.strictObject({ review }),
    output: heldSchema,
  }),
  'evidence.saveStudy': operation({
    kind: 'command',
    roles: reviewers,
    audit: 'evidence.saveStudy',
    summary: 'Saves what was extracted of a study as its next version.',
    input: z.strictObject({ ...save, study: studySchema }),
    output: savedSchema,
  }),
  'evidence.saveOutcome': operation({
    kind: 'command',
    roles: reviewers,
    audit: 'evidence.saveOutcome',
    summary: 'Saves how an outcome of a review is put together, and what it is read against.',
    input: z.strictObject({ ...save, outcome: reviewOutcomeSchema }),
    output: savedSchema,
  }),
  'evidence.tools': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'The tools of appraisal: domains, questions and how a judgement follows.',
    input: z.strictObject({}),
    output: z.strictObject({ tools: z.array(appraisalToolSchema) }),
  }),
  'evidence.appraise': operation({
    kind: 'command',
    roles: reviewers,
    audit: 'evidence.appraise',
    summary: 'Keeps what I judge of a study by one tool, each judgement with its reason.',
    input: z.strictObject({ ...save, appraisal: appraisalSchema }),
    output: savedSchema,
  }),
  'evidence.grade': operation({
    kind: 'command',
    roles: reviewers,
    audit: 'evidence.grade',
    summary:
      'Keeps a rating of how sure one may be of an outcome, with reasons; it goes before what the numbers suggest.',
    input: z.strictObject({ ...save, grade: gradeSchema }),
    output: savedSchema,
  }),
  'evidence.saveGuidance': operation({
    kind: 'command',
    roles: reviewers,
    audit: 'evidence.saveGuidance',
    summary: 'Saves what a review advises, for whom, how firmly and on which outcomes it rests.',
    input: z.strictObject({ ...save, guidance: guidanceSchema }),
    output: savedSchema,
  }),
  'evidence.withdraw': operation({
    kind: 'command',
    roles: reviewers,
    audit: 'evidence.withdraw',
    summary: 'Takes a study, outcome, rating or guidance back, saying why. What it said is kept.',
    input: z.strictObject({
      review,
      kind: z.enum(['study', 'outcome', 'grade', 'guidance']),
      item: code,
      reason: z.string().trim().min(3, 'say in a few words why').max(500),
    }),
    output: savedSchema,
  }),
  'evidence.summary': operation({
    kind: 'job',
    roles: readers,
    audit: 'evidence.summary',
    summary: 'The summary of findings: each outcome put together, with how sure one may be of it.',
    input: z.strictObject({ review }),
    output: z.strictObject({
      /** Of the protocol: in which ways a rapid review is less than a full one, and what that does to its answer. */
      kind: z.enum(['rapid', 'full']),
      limits: z.array(z.strictObject({ kind: z.string(), limit: z.string(), likelyBias: z.string() })),
      outcomes: z.array(summarisedSchema),
    }),
  }),
  'evidence.guidance': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'What all reviews advise, for actions to start from.',
    input: z.strictObject({}),
    output: z.strictObject({ guidance: z.array(heldGuidanceSchema) }),
  }),
  'evidence.addPilot': operation({
    kind: 'job',
    roles: ['evaluator'],
    audit: 'evidence.addPilot',
    summary:
      'Takes what the evaluation of a finished pilot found into a review, as a study of this force that is not published.',
    input: z.strictObject({
      review,
      pilot: z.string().trim().min(1).max(200),
      /** Of the review; the primary outcome of the pilot is taken for it. */
      outcome: code,
    }),
    output: savedSchema,
  }),
  'evidence.library': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'The published findings of police wellbeing that are shipped with Tidemark.',
    input: z.strictObject({}),
    output: evidenceLibrarySchema,
  }),
  'evidence.startFrom': operation({
    kind: 'command',
    roles: reviewers,
    audit: 'evidence.startFrom',
    summary: 'Copies the published findings that are shipped into a review that holds no studies yet.',
    input: z.strictObject({ review, library: code }),
    output: z.strictObject({ studies: count, outcomes: count }),
  }),
};
