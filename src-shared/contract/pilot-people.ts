import { z } from 'zod';
import { pilotCodeSchema } from '../domain/pilot.ts';
import { enrolmentStates } from '../domain/pilot-enrolment.ts';
import { operation } from './define.ts';
import { pseudonymSchema } from './rights.ts';

const day = z.iso.date({ error: 'A day is written as 2026-03-31.' });

const personSchema = z.strictObject({
  /** Pseudonym. */
  person: z.string(),
  stratum: z.string().nullable(),
  cluster: z.string().nullable(),
  arm: z.string().nullable(),
  state: z.enum(enrolmentStates),
  eligibleOn: z.string().nullable(),
  /** The first consent, by an extract or recorded here. */
  consentedOn: z.string().nullable(),
  withdrawnOn: z.string().nullable(),
  /** False where they asked that nothing of theirs is used: every analysis leaves them out. */
  isDataUsed: z.boolean(),
  /** Whether an extract says since their withdrawal that they take part; they do not. */
  isContradicted: z.boolean(),
  notEnrolledReason: z.string().nullable(),
});
export type PilotPerson = z.infer<typeof personSchema>;

const statement = { pilot: pilotCodeSchema, person: pseudonymSchema, on: day };
const recorders = ['analyst', 'evaluator'] as const;

export const pilotPeopleOperations = {
  'pilots.people': operation({
    kind: 'query',
    roles: recorders,
    audit: null,
    summary: 'Everybody in the enrolments of a pilot by pseudonym, with their consent and how far they have come.',
    input: z.strictObject({ pilot: pilotCodeSchema }),
    output: z.strictObject({ people: z.array(personSchema) }),
  }),
  'pilots.consent': operation({
    kind: 'command',
    roles: recorders,
    audit: 'pilot.consent',
    summary:
      'Records that somebody in the enrolments of a pilot consented on a day, also anew after they withdrew. The audit log does not say who.',
    input: z.strictObject(statement),
    output: personSchema,
  }),
  'pilots.withdraw': operation({
    kind: 'command',
    roles: recorders,
    audit: 'pilot.withdraw',
    summary:
      'Records that somebody withdrew from a pilot on a day, and whether what is held of them may be used. No extract undoes it.',
    input: z.strictObject({
      ...statement,
      /** False where they ask that nothing of theirs is used. */
      isDataUsed: z.boolean(),
    }),
    output: personSchema,
  }),
};
