import { z } from 'zod';
import { reviewCodeSchema as review, reviewProtocolSchema } from '../domain/review.ts';
import { operation } from './define.ts';
import { reviewRecordOperations } from './review-records.ts';
import { reviewScreeningOperations } from './review-screening.ts';
import { reason, reviewers as roles, summarySchema, viewSchema } from './review-shapes.ts';

const protocolOperations = {
  'reviews.list': operation({
    kind: 'query',
    roles,
    audit: null,
    summary: 'The reviews, with how far each has come.',
    input: z.strictObject({}),
    output: z.strictObject({ reviews: z.array(summarySchema) }),
  }),
  'reviews.show': operation({
    kind: 'query',
    roles,
    audit: null,
    summary: 'One review: its protocol and versions, what it lacks, its searches and files, and its flow.',
    input: z.strictObject({ review }),
    output: viewSchema,
  }),
  'reviews.save': operation({
    kind: 'command',
    roles,
    audit: 'review.save',
    summary:
      'Saves a protocol as the next version of its review; once it is registered, as an amendment with its reason.',
    input: z.strictObject({ protocol: reviewProtocolSchema, reason: reason.optional() }),
    output: viewSchema,
  }),
  'reviews.register': operation({
    kind: 'command',
    roles,
    audit: 'review.register',
    summary: 'Registers a complete protocol, or says what it lacks. From then on records can be decided on.',
    input: z.strictObject({
      review,
      /** Of the protocol that was read: it is refused where another version has come since. */
      hash: z.string().max(64),
      /** Where it is registered for others to see, such as PROSPERO and its number; empty for in this vault alone. */
      registeredIn: z.string().trim().max(500).default(''),
    }),
    output: viewSchema,
  }),
};

export const reviewOperations = { ...protocolOperations, ...reviewRecordOperations, ...reviewScreeningOperations };
