import { z } from 'zod';
import { operation } from './define.ts';

const count = z.number().int().min(0);

/** Something to be done, in numbers and names; the words are the screen's. */
const taskSchema = z.strictObject({
  task: z.enum([
    ...(['approvals', 'schemes', 'models', 'sign-offs', 'backup', 'backup-failed', 'retention'] as const),
    ...(['targets', 'actions', 'meetings', 'data', 'codes'] as const),
  ]),
  count: z.number().int().positive(),
  /** What it is about, where that has names: schemes, kinds of extract, indicators. */
  names: z.array(z.string()),
  /** Day or time since which it waits; null where nobody knows, as of a backup that was never made. */
  since: z.string().nullable(),
});
export type OverviewTask = z.infer<typeof taskSchema>;

/** What a user comes to do. Administrators among them are told of their own work and of nothing in the data. */
export const workOperations = {
  'work.changes': operation({
    kind: 'query',
    roles: ['administrator', 'analyst', 'clinician', 'evaluator'],
    audit: null,
    summary: 'What was done since the user was last here, in numbers; each role is told only of what it may see.',
    input: z.strictObject({}),
    output: z.strictObject({
      /** Time of the last thing the user did before this visit, UTC; null in the first. Unlocking within 12 hours is one visit. */
      since: z.string().nullable(),
      /** Refused and failed calls are no change; an action that did not happen is left out. */
      changes: z.array(
        z.strictObject({
          action: z.string(),
          /** Kind of the extract; null for what is no import. */
          kind: z.string().nullable(),
          times: count,
          /** Rows that were accepted or taken back by imports; null for what is no import. */
          rows: count.nullable(),
          latest: z.string(),
        }),
      ),
    }),
  }),
  'work.tasks': operation({
    kind: 'query',
    roles: ['administrator', 'analyst', 'clinician', 'evaluator'],
    audit: null,
    summary: 'What waits for the user by their roles, the weightiest first; nothing is counted over rows for it.',
    input: z.strictObject({}),
    output: z.strictObject({ tasks: z.array(taskSchema) }),
  }),
};
