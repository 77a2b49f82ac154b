import { z } from 'zod';
import { activitySchema } from '../domain/engagement.ts';
import { operation } from './define.ts';

const readers = ['analyst', 'clinician', 'evaluator'] as const;

const activityViewSchema = z.strictObject({
  ...activitySchema.shape,
  version: z.number().int(),
  savedAt: z.string(),
  savedBy: z.string(),
  /** What in the words looks like a name or a number of somebody. */
  warnings: z.array(z.string()),
  /** Actions that follow from its decisions. */
  actions: z.array(z.strictObject({ decision: z.string(), action: z.string(), status: z.string() })),
});
export type ActivityView = z.infer<typeof activityViewSchema>;

export const engagementOperations = {
  'plan.activities': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary:
      'At what people were asked, as it was entered, with what was decided and what follows from it; the newest first.',
    input: z.strictObject({}),
    output: z.strictObject({ activities: z.array(activityViewSchema) }),
  }),
  'plan.saveActivity': operation({
    kind: 'command',
    roles: readers,
    audit: 'plan.activity',
    summary: 'Saves an activity as its next version. Refused where its counts cannot be.',
    input: z.strictObject({ activity: activitySchema }),
    output: activityViewSchema,
  }),
};
