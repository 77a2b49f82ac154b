import { z } from 'zod';
import { dayOfIso } from '../domain/dates.ts';
import { pairVerdicts, reviewCodeSchema as review, reviewPlaces, searchSources } from '../domain/review.ts';
import { operation } from './define.ts';
import {
  count,
  listedSchema,
  note,
  page,
  reason,
  record,
  recordViewSchema,
  referenceSchema,
  reviewers as roles,
  searchSchema,
  viewSchema,
} from './review-shapes.ts';

const path = z.string().min(1).max(4_096);

const pairSchema = z.strictObject({
  first: referenceSchema,
  second: referenceSchema,
  verdict: z.enum(pairVerdicts),
  /** What speaks for it or against it, in words. */
  why: z.string(),
  /** Null where the rule decided by itself. */
  decidedBy: z.string().nullable(),
  at: z.string(),
});
export type DuplicatePair = z.infer<typeof pairSchema>;

export const reviewRecordOperations = {
  'reviews.search': operation({
    kind: 'command',
    roles,
    audit: 'review.search',
    summary: 'Enters a search in the log of a review, or corrects an entry; what it said before is kept.',
    input: z.strictObject({
      review,
      /** Number of the entry that is corrected; null for a new one. */
      search: count.nullable().default(null),
      source: z.enum(searchSources).default('database'),
      database: z.string().trim().min(1).max(200),
      platform: z.string().trim().max(200).default(''),
      on: z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31'),
      query: z.string().trim().min(1).max(20_000),
      hits: count.min(0).max(10_000_000),
      note,
    }),
    output: searchSchema,
  }),
  'reviews.importReferences': operation({
    kind: 'job',
    roles,
    audit: 'review.import',
    summary:
      'Takes the references of a file (RIS, NBIB, BibTeX, CSV or a workbook) into a review, tied to a search, and looks for duplicates.',
    input: z.strictObject({ review, search: count, file: path }),
    output: z.strictObject({
      source: count,
      format: z.string(),
      read: count,
      /** Records that the reader found fault with, the first 1,000; all are kept. */
      faulty: z.array(z.strictObject({ row: count, title: z.string(), fault: z.string() })),
      faultyCount: count,
      /** Pairs that were taken as one by themselves, and that somebody is asked about. */
      merged: count,
      asked: count,
    }),
  }),
  'reviews.withdrawImport': operation({
    kind: 'command',
    roles,
    audit: 'review.withdrawImport',
    summary: 'Takes the records of a file out of a review again, as when it was the wrong one.',
    input: z.strictObject({ review, source: count, reason }),
    output: viewSchema,
  }),
  'reviews.records': operation({
    kind: 'query',
    roles,
    audit: null,
    summary: 'Records of a review, each with its duplicates as one, by where they stand and by words of their titles.',
    input: z.strictObject({
      review,
      places: z.array(z.enum(reviewPlaces)).max(10).default([]),
      text: z.string().trim().max(200).default(''),
      ...page,
    }),
    output: z.strictObject({ total: count, records: z.array(listedSchema) }),
  }),
  'reviews.record': operation({
    kind: 'query',
    roles,
    audit: null,
    summary:
      'One record of a review: all that is known of it, where it came from, and the decisions that can be shown.',
    input: z.strictObject({ review, record }),
    output: recordViewSchema,
  }),
  'reviews.duplicates': operation({
    kind: 'query',
    roles,
    audit: null,
    summary:
      'Pairs of records that may be one, with why: those that somebody is asked about, taken as one, or kept apart.',
    input: z.strictObject({ review, verdict: z.enum(pairVerdicts).default('asked'), ...page }),
    output: z.strictObject({ total: count, pairs: z.array(pairSchema) }),
  }),
  'reviews.decideDuplicate': operation({
    kind: 'command',
    roles,
    audit: 'review.decideDuplicate',
    summary: 'Says of two records that they are one, that they are not, or that it is open again.',
    input: z.strictObject({
      review,
      first: record,
      second: record,
      verdict: z.enum(pairVerdicts),
      note,
    }),
    output: z.strictObject({ asked: count }),
  }),
};
