import { z } from 'zod';
import { caseSummarySections } from '#shared/contract/report-specs/case-summary.ts';
import { caseOrigins } from '#shared/domain/cases.ts';

const placeSchema = z.strictObject({ batch: z.number().int(), row: z.number().int(), part: z.number().int() });

/** What of an event is sealed. */
export const eventContentSchema = z.strictObject({
  reason: z.string().optional(),
  overrideReason: z.string().optional(),
  origin: z.enum(caseOrigins).optional(),
  receivedOn: z.string().optional(),
  /** The safety answer that a case was opened for. */
  safety: placeSchema.optional(),
});
export type EventContent = z.infer<typeof eventContentSchema>;

/** What of a summary that was made is sealed. */
export const summaryContentSchema = z.strictObject({
  reason: z.string(),
  folder: z.string(),
  identity: z.boolean(),
  include: z.array(z.enum(caseSummarySections)),
});

export const acknowledgementSchema = z.strictObject({ keys: z.array(placeSchema), note: z.string().optional() });

/** As an import seals it; padded with spaces, which JSON ignores. */
export const safetyContentSchema = z.object({
  answer: z.enum(['raised', 'clear', 'not seen']),
  value: z.number().nullable(),
  row: z.number(),
  reference: z.string(),
  household: z.string().optional(),
  member: z.string().optional(),
  volunteer: z.string().optional(),
  requester: z.string().optional(),
});
export type OpenedContent = z.infer<typeof safetyContentSchema>;

export const identitySchema = z.record(z.string(), z.string());
