import { z } from 'zod';
import { operation } from './define.ts';

const count = z.number().int().min(0);

export const changesOperations = {
  'overview.changes': operation({
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
};
