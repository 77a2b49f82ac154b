import { z } from 'zod';
import { operation } from './define.ts';
import { mappingSchema } from './mapping.ts';

const pathSchema = z.string().min(1).max(4_096);

/** What was decided about a problem found by the check. */
export const decisionSchema = z.strictObject({
  column: z.string().max(100),
  code: z.string().max(40),
  decision: z.enum(['reject', 'map', 'rule']),
  rule: z.string().max(40).optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

export const draftSteps = ['look', 'map', 'check'] as const;
const draftBodySchema = z.strictObject({
  step: z.enum(draftSteps),
  mapping: mappingSchema.nullable(),
  decisions: z.array(decisionSchema).max(500),
});
export type DraftBody = z.infer<typeof draftBodySchema>;

const draftSchema = z.strictObject({
  id: z.number().int(),
  file: z.string(),
  fileName: z.string(),
  savedAt: z.string(),
  body: draftBodySchema,
  /** Whether the file is as it was when the draft was begun. */
  fileState: z.enum(['same', 'changed', 'gone']),
});
export type Draft = z.infer<typeof draftSchema>;

/**
 * An import that has been begun: which file, which mapping, which decisions. A draft holds no row of any file and changes
 * no data, so that keeping it is not audited; loading is.
 */
export const importDraftOperations = {
  'imports.saveDraft': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: null,
    summary: 'Keeps how far an import has come, so that it can be gone on with; one’s own only.',
    input: z.strictObject({ id: z.number().int().positive().nullable(), file: pathSchema, body: draftBodySchema }),
    output: z.strictObject({ id: z.number().int() }),
  }),
  'imports.drafts': operation({
    kind: 'query',
    roles: ['analyst'],
    audit: null,
    summary: 'One’s own imports that were begun and not finished, the latest first.',
    input: z.strictObject({}),
    output: z.strictObject({ drafts: z.array(draftSchema) }),
  }),
  'imports.dropDraft': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: null,
    summary: 'Forgets an import that was begun.',
    input: z.strictObject({ id: z.number().int().positive() }),
    output: z.strictObject({}),
  }),
};
