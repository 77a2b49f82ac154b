import { z } from 'zod';
import { dayOfIso } from '../domain/dates.ts';
import { operation } from './define.ts';

const readers = ['analyst', 'clinician', 'evaluator'] as const;
const indicator = z.string().min(1).max(100);
const reason = z.string().trim().min(3, 'say in a few words why').max(500);

const entrySchema = z.strictObject({
  kind: z.enum(['set', 'withdrawn']),
  /** In the unit of the indicator; null, with owner and review, where it was withdrawn. */
  value: z.number().nullable(),
  owner: z.string().nullable(),
  reviewOn: z.string().nullable(),
  at: z.string(),
  by: z.string(),
  reason: z.string(),
});

const targetSchema = z.strictObject({
  indicator,
  /** What holds now; null where it was withdrawn. */
  current: z
    .strictObject({
      value: z.number(),
      /** A role or post, never a person's name. */
      owner: z.string(),
      reviewOn: z.string(),
      isReviewOverdue: z.boolean(),
    })
    .nullable(),
  /** Everything that was set and withdrawn, the newest first. */
  history: z.array(entrySchema),
});
export type IndicatorTargets = z.infer<typeof targetSchema>;

export const targetOperations = {
  'targets.list': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'The targets of indicators that the force has set, with everything that was set before.',
    input: z.strictObject({}),
    output: z.strictObject({ targets: z.array(targetSchema) }),
  }),
  'targets.set': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'target.set',
    summary: 'Sets the target of an indicator, with the post that owns it and the day of its review.',
    input: z.strictObject({
      indicator,
      value: z.number(),
      owner: z.string().trim().min(2, 'name a role or post').max(100),
      reviewOn: z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31'),
      reason,
    }),
    output: targetSchema,
  }),
  'targets.withdraw': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'target.withdraw',
    summary: 'Withdraws the target that the force has set for an indicator; what it was stays known.',
    input: z.strictObject({ indicator, reason }),
    output: targetSchema,
  }),
};
