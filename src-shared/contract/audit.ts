import { z } from 'zod';
import { dayOfIso } from '../domain/dates.ts';
import { operation } from './define.ts';
import { auditHeadSchema } from './vault.ts';

const path = z.string().min(1).max(4_096);
const day = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');
const outcome = z.enum(['done', 'refused', 'failed']);
const count = z.number().int();
const mostEntries = 50_000;

/** Whose entries, of what, from when to when (both days counted, UTC). */
export const auditFilterSchema = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  user: z.string().max(64).optional(),
  action: z.string().max(100).optional(),
  outcome: outcome.optional(),
  /** Part of what it was done to, such as “batch 12”. */
  object: z.string().max(200).optional(),
  /** Any part of an entry as it is stored: codes, numbers, hashes. */
  text: z.string().max(200).optional(),
});

const entrySchema = z.strictObject({
  sequence: count,
  at: z.string(),
  user: z.string(),
  action: z.string(),
  object: z.string().nullable(),
  outcome,
  reason: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
});
export type AuditEntry = z.infer<typeof entrySchema>;

export const auditFaults = [
  'edited',
  'deleted',
  'reordered',
  'inserted',
  'tail-cut',
  'head-missing',
  'head-damaged',
  'head-changed',
  'head-rolled-back',
  'head-differs',
] as const;

export const auditOperations = {
  'audit.list': operation({
    kind: 'query',
    roles: ['administrator'],
    audit: null,
    summary: 'Entries of the audit log, newest first: who did what, to what, when, with what outcome.',
    input: z.strictObject({
      ...auditFilterSchema.shape,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(mostEntries),
    }),
    output: z.strictObject({
      /** Entries that match, of which these are a page. */
      total: count,
      entries: z.array(entrySchema),
      /** Everyone and everything that the log speaks of, for its filters. */
      users: z.array(z.string()),
      actions: z.array(z.string()),
    }),
  }),
  'audit.verify': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'audit.verify',
    summary: 'Follows the chain of the audit log to its head and names the first link that does not hold.',
    input: z.strictObject({}),
    output: z.strictObject({
      entries: count,
      head: auditHeadSchema.nullable(),
      /** Null where every link holds. */
      fault: z.strictObject({ kind: z.enum(auditFaults), entry: count.nullable(), message: z.string() }).nullable(),
    }),
  }),
  'audit.export': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'audit.export',
    summary: 'Writes the whole log with its hashes, so that anybody can verify the chain again.',
    input: z.strictObject({ file: path, format: z.enum(['csv', 'jsonl']) }),
    output: z.strictObject({ file: z.string(), entries: count, head: auditHeadSchema }),
  }),
};
