import { z } from 'zod';
import { dayOfIso } from '../domain/dates.ts';
import { roles } from '../domain/roles.ts';
import { operation } from './define.ts';

const count = z.number().int();
const day = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');
const reason = z.string().trim().min(3, 'say in a few words why').max(500);
const kind = z.string().max(64);
const mostMonths = 1_200;

const periodSchema = z.strictObject({
  kind: z.string(),
  label: z.string(),
  /** Null: rows of this kind are never put up for review. */
  months: count.nullable(),
  /** A starting value, which no source fixes. */
  suggestedMonths: count,
  /** Who decides on its rows. */
  reviewer: z.enum(roles),
  setAt: z.string().nullable(),
  setBy: z.string().nullable(),
});

const agedSchema = z.strictObject({
  kind: z.string(),
  label: z.string(),
  months: count,
  reviewer: z.enum(roles),
  /** Rows of days before this one are older than the period. */
  before: z.string(),
  rows: count,
  /** People they are about; null for a kind that names nobody. */
  people: count.nullable(),
  oldest: z.string(),
  byMonth: z.array(z.strictObject({ month: z.string(), rows: count })),
  byBatch: z.array(z.strictObject({ batch: count, fileName: z.string(), rows: count })),
  /** Set where somebody decided to keep them for the time being. */
  kept: z.strictObject({ until: z.string(), reason: z.string(), by: z.string() }).nullable(),
});

const everyone = ['administrator', 'analyst', 'clinician'] as const;

export const retentionOperations = {
  'retention.get': operation({
    kind: 'query',
    roles: everyone,
    audit: null,
    summary: 'For how many months rows of each kind are kept before somebody has to look at them.',
    input: z.strictObject({}),
    output: z.strictObject({ periods: z.array(periodSchema) }),
  }),
  'retention.set': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'retention.set',
    summary: 'Sets for how many months rows of a kind are kept; null puts none of them up for review.',
    input: z.strictObject({ kind, months: z.number().int().min(1).max(mostMonths).nullable() }),
    output: z.strictObject({ periods: z.array(periodSchema) }),
  }),
  'retention.review': operation({
    kind: 'query',
    roles: ['analyst', 'clinician'],
    audit: null,
    summary: 'Which kinds, months and batches hold rows older than their period. Nothing is ever deleted by itself.',
    input: z.strictObject({}),
    output: z.strictObject({
      today: z.string(),
      aged: z.array(agedSchema),
      decisions: z.array(
        z.strictObject({
          kind: z.string(),
          label: z.string(),
          decision: z.enum(['kept', 'deleted']),
          before: z.string(),
          until: z.string().nullable(),
          reason: z.string(),
          at: z.string(),
          by: z.string(),
          /** What was removed of each batch. */
          removed: z.array(z.strictObject({ batch: count, rows: count })),
        }),
      ),
    }),
  }),
  'retention.keep': operation({
    kind: 'command',
    roles: ['analyst', 'clinician'],
    audit: 'retention.keep',
    summary: 'Keeps rows that are older than their period until a day, with a reason.',
    input: z.strictObject({ kind, until: day, reason }),
    output: z.strictObject({ until: z.string() }),
  }),
  'retention.delete': operation({
    kind: 'job',
    roles: ['analyst', 'clinician'],
    audit: 'retention.delete',
    summary: 'Deletes the rows of a kind that are older than its period. It cannot be undone.',
    input: z.strictObject({
      kind,
      /** As the review said: rows of days before this one. */
      before: day,
      reason,
    }),
    output: z.strictObject({ rows: count, removed: z.array(z.strictObject({ batch: count, rows: count })) }),
  }),
};
