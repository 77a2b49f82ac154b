import { z } from 'zod';
import { seriousnesses } from '../domain/adverse-events.ts';
import { pilotCodeSchema } from '../domain/pilot.ts';
import { operation } from './define.ts';
import { pseudonymSchema } from './rights.ts';

const people = z.number().int().nullable();

const countSchema = z.strictObject({
  name: z.string(),
  /** People with at least one such event; null is withheld. */
  people,
  /** In the order of `arms`. */
  byArm: z.array(people),
});
export type AdverseCount = z.infer<typeof countSchema>;

const eventSchema = z.strictObject({
  /** Pseudonym. */
  person: z.string(),
  on: z.string(),
  category: z.string(),
  seriousness: z.enum(seriousnesses),
  /** Who recorded it here; null where only an extract has it. */
  recordedBy: z.string().nullable(),
});
export type AdverseEvent = z.infer<typeof eventSchema>;

const answerSchema = z.strictObject({
  /** Counts of people under this are withheld, as are those from which one follows. */
  minimum: z.number().int(),
  hasAny: z.boolean(),
  hasSerious: z.boolean(),
  /** Whether the words of an extract leave open how serious an event was. */
  hasUnclear: z.boolean(),
  /** Of whoever has an event; empty where nobody or nothing gave them one. */
  arms: z.array(z.string()),
  all: countSchema,
  /** People by the gravest of their events. */
  bySeriousness: z.array(countSchema),
  /** People with an event of each category: one may be in several. */
  byCategory: z.array(countSchema),
  /** Each event, for clinicians; null for others. */
  events: z.array(eventSchema).nullable(),
});
export type AdverseEvents = z.infer<typeof answerSchema>;

export const adverseEventOperations = {
  'pilots.adverseEvents': operation({
    kind: 'query',
    roles: ['clinician', 'evaluator'],
    audit: null,
    summary:
      'Adverse events of a pilot: people by category, seriousness and arm with small counts withheld, and each event for clinicians.',
    input: z.strictObject({ pilot: pilotCodeSchema }),
    output: answerSchema,
  }),
  'pilots.adverseEvent': operation({
    kind: 'command',
    roles: ['clinician'],
    audit: 'pilot.adverseEvent',
    summary:
      'Records an adverse event of somebody in a pilot, or that one recorded here was a mistake. The audit log does not say whose.',
    input: z.strictObject({
      pilot: pilotCodeSchema,
      person: pseudonymSchema,
      on: z.iso.date({ error: 'A day is written as 2026-03-31.' }),
      category: z.string().trim().min(1).max(200),
      /** Null where it was recorded here by mistake. */
      seriousness: z.enum(['serious', 'not serious']).nullable(),
    }),
    output: answerSchema,
  }),
};
