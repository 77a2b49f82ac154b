import { z } from 'zod';
import { operation } from './define.ts';
import { signpostingSchema } from './report-spec.ts';

const heldSchema = z.strictObject({
  signposting: signpostingSchema,
  /** True where the force gave its own in place of the usual one. */
  isOwn: z.boolean(),
});

export const signpostingOperations = {
  'signposting.get': operation({
    kind: 'query',
    roles: ['analyst', 'evaluator'],
    audit: null,
    summary: 'What the sheet for families says may help, and whom it names to turn to.',
    input: z.strictObject({}),
    output: heldSchema,
  }),
  'signposting.set': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'signposting.set',
    summary: 'Gives the advice and contacts of the force in place of the usual ones, or goes back to those.',
    input: z.strictObject({
      /** Null for the usual ones. */
      signposting: signpostingSchema.nullable(),
    }),
    output: heldSchema,
  }),
};
