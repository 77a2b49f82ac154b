import { z } from 'zod';
import { operation } from './define.ts';
import { reportSpecSchema } from './report-spec.ts';

const count = z.number().int().min(0);
const keptSchema = z.strictObject({ draft: count, version: count });

const draftSchema = z.strictObject({
  ...keptSchema.shape,
  name: z.string(),
  template: z.string(),
  /** Null where this version has no such report. */
  spec: reportSpecSchema.nullable(),
  savedAt: z.string(),
  savedBy: z.string(),
});
export type ReportDraft = z.infer<typeof draftSchema>;

export const reportDraftOperations = {
  'reports.drafts': operation({
    kind: 'query',
    roles: ['analyst', 'evaluator'],
    audit: null,
    summary:
      'Reports with the words written beside them that are kept in the vault, by name. Words may quote outcomes, so an evaluator is refused while the plan of a pilot that measures any is open.',
    input: z.strictObject({}),
    output: z.strictObject({ drafts: z.array(draftSchema) }),
  }),
  'reports.saveDraft': operation({
    kind: 'command',
    roles: ['analyst', 'evaluator'],
    audit: 'report.draft',
    summary: 'Keeps a report with the words beside it. What somebody else saved meanwhile is never overwritten.',
    input: z.strictObject({
      name: z.string().min(1).max(100).regex(/\S/, 'is empty'),
      spec: reportSpecSchema,
      /** The draft, and the version of it that this goes on from; null for a new one. */
      over: keptSchema.nullable(),
    }),
    output: keptSchema,
  }),
  'reports.removeDraft': operation({
    kind: 'command',
    roles: ['analyst', 'evaluator'],
    audit: 'report.removeDraft',
    summary: 'Removes a draft, unless somebody has saved it again meanwhile.',
    input: keptSchema,
    output: z.strictObject({}),
  }),
};
