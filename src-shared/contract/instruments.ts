import { z } from 'zod';
import { operation } from './define.ts';

const choiceSchema = z.strictObject({
  /** As in `CBI`. */
  instrument: z.string(),
  title: z.string(),
  higherIs: z.enum(['worse', 'better']),
  /** Scale that stands for the whole; null where one must be chosen. */
  mainScale: z.string().nullable(),
  scales: z.array(
    z.strictObject({
      scale: z.string(),
      title: z.string(),
      min: z.number(),
      max: z.number(),
      /** Confirmed cut-offs by name, with the scores that meet them. */
      cutOffs: z.array(
        z.strictObject({ name: z.string(), atLeast: z.number().nullable(), atMost: z.number().nullable() }),
      ),
    }),
  ),
});
export type InstrumentChoice = z.infer<typeof choiceSchema>;

export const instrumentOperations = {
  'instruments.held': operation({
    kind: 'query',
    roles: ['analyst', 'clinician', 'evaluator'],
    audit: null,
    summary: 'Instruments that the extracts of this vault name, with their scales and confirmed cut-offs.',
    input: z.strictObject({}),
    output: z.strictObject({ instruments: z.array(choiceSchema) }),
  }),
};
