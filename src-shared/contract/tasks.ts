import { z } from 'zod';
import { operation } from './define.ts';

/** Something to be done, in numbers and names; the words are the screen's. */
const taskSchema = z.strictObject({
  task: z.enum(['approvals', 'schemes', 'models', 'backup', 'backup-failed', 'retention', 'targets', 'data', 'codes']),
  count: z.number().int().positive(),
  /** What it is about, where that has names: schemes, kinds of extract, indicators. */
  names: z.array(z.string()),
  /** Day or time since which it waits; null where nobody knows, as of a backup that was never made. */
  since: z.string().nullable(),
});
export type OverviewTask = z.infer<typeof taskSchema>;

export const taskOperations = {
  'overview.tasks': operation({
    kind: 'query',
    roles: ['administrator', 'analyst', 'clinician', 'evaluator'],
    audit: null,
    summary: 'What waits for the user by their roles, the weightiest first; nothing is counted over rows for it.',
    input: z.strictObject({}),
    output: z.strictObject({ tasks: z.array(taskSchema) }),
  }),
};
