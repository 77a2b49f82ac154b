import { z } from 'zod';
import { operation } from './define.ts';

const id = z.number().int().positive();
const reason = z.string().trim().min(3, 'say in a few words why').max(500);
const readers = ['analyst', 'clinician', 'evaluator'] as const;

const modelSchema = z.strictObject({
  model: id,
  keptAt: z.string(),
  keptBy: z.string(),
  reason: z.string(),
  /** SHA-256 of all that was kept, as canonical JSON. */
  hash: z.string(),
  asOf: z.string(),
  /** What it foretells, as in “Personal burnout of 50 or more”. */
  caseWords: z.string(),
  horizonDays: z.number().int(),
  gateWords: z.string(),
  /** Chance at or above which an offer of support is due, of 1. */
  threshold: z.number(),
  /** SHA-256 over what it was fitted on. */
  snapshot: z.string(),
  engine: z.string(),
  state: z.enum(['kept', 'in use', 'out of use']),
  /** Who put it into the state that it is in, when and why; null while it is only kept. */
  changed: z.strictObject({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
  /** Whether the user may put it into use: nobody does what they kept themselves. */
  mayUse: z.boolean(),
  mayStop: z.boolean(),
});
export type EarlyWarningModel = z.infer<typeof modelSchema>;

export const earlyWarningOperations = {
  'earlyWarning.keep': operation({
    kind: 'job',
    roles: ['analyst'],
    audit: 'earlyWarning.keep',
    summary: 'Fits an early warning once more and keeps it as a model, if it is fit for use.',
    input: z.strictObject({
      spec: z.record(z.string(), z.unknown()),
      /** Of the run that was looked at: it is refused where the data are others by now. */
      snapshot: z.string().max(64),
      reason,
    }),
    output: modelSchema,
  }),
  'earlyWarning.models': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'The early-warning models that were kept, and which of them is in use.',
    input: z.strictObject({}),
    output: z.strictObject({ models: z.array(modelSchema) }),
  }),
  'earlyWarning.use': operation({
    kind: 'command',
    roles: ['clinician'],
    audit: 'earlyWarning.use',
    summary: 'Puts a kept model into use, so that it raises signals; whichever was in use is so no longer.',
    input: z.strictObject({ model: id, reason }),
    output: modelSchema,
  }),
  'earlyWarning.stop': operation({
    kind: 'command',
    roles: ['clinician'],
    audit: 'earlyWarning.stop',
    summary: 'Takes a model out of use; what it has raised stays.',
    input: z.strictObject({ model: id, reason }),
    output: modelSchema,
  }),
};
