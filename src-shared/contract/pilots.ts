import { z } from 'zod';
import { pilotCodeSchema, pilotDesigns, pilotPlanSchema, pilotStatuses } from '../domain/pilot.ts';
import { roles } from '../domain/roles.ts';
import { operation } from './define.ts';

const readers = ['analyst', 'clinician', 'evaluator'] as const;
const count = z.number().int();
const pilot = pilotCodeSchema;
const reason = z.string().trim().min(3, 'say in a few words why').max(500);
const done = { at: z.string(), by: z.string() };

const summarySchema = z.strictObject({
  pilot: z.string(),
  title: z.string(),
  status: z.enum(pilotStatuses),
  design: z.enum(pilotDesigns).nullable(),
  version: count,
  /** SHA-256 of the plan as canonical JSON. */
  hash: z.string(),
  savedAt: z.string(),
  savedBy: z.string(),
  lockedAt: z.string().nullable(),
  deviationCount: count,
  /** People or clusters that chance has put into an arm. */
  allocated: count,
});
export type PilotSummary = z.infer<typeof summarySchema>;

const couldSeeSchema = z.strictObject({
  user: z.string(),
  roles: z.array(z.enum(roles)),
  why: z.enum(['by role', 'before the plan named its outcomes']),
});
export type CouldSee = z.infer<typeof couldSeeSchema>;

const viewSchema = z.strictObject({
  ...summarySchema.shape,
  plan: pilotPlanSchema,
  /** What the plan lacks before it can be locked, by field. */
  gaps: z.array(z.strictObject({ field: z.string(), words: z.string() })),
  versions: z.array(z.strictObject({ version: count, hash: z.string(), ...done })),
  /** With the SHA-256 of the seed that chance is drawn from. */
  lock: z.strictObject({ ...done, version: count, hash: z.string(), seedHash: z.string() }).nullable(),
  /** What was done otherwise than planned, the oldest first; every report of the pilot prints it. */
  deviations: z.array(z.strictObject({ ...done, what: z.string(), reason: z.string() })),
  /** With the seed, so that anybody can draw again. */
  finish: z.strictObject({ ...done, reason: z.string(), seed: z.string() }).nullable(),
  /** Where it was given up before the lock. */
  drop: z.strictObject({ ...done, reason: z.string() }).nullable(),
  arms: z.array(z.strictObject({ arm: z.string(), allocated: count })),
  /** Whose roles let them see outcomes before the lock, or so far where there is none. */
  couldSeeOutcomes: z.array(couldSeeSchema),
});
export type PilotView = z.infer<typeof viewSchema>;

const allocationSchema = z.strictObject({
  sequence: count,
  /** Step of allocation, from 1. */
  draw: count,
  at: z.string(),
  /** Pseudonym; null where clusters are allocated, or where the person was erased. */
  person: z.string().nullable(),
  cluster: z.string().nullable(),
  stratum: z.string(),
  block: count,
  arm: z.string(),
});

export const pilotOperations = {
  'pilots.list': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'The pilots, with how far each has come.',
    input: z.strictObject({}),
    output: z.strictObject({ pilots: z.array(summarySchema) }),
  }),
  'pilots.show': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'One pilot: its plan, what it lacks, its lock, every deviation, and who could see outcomes before.',
    input: z.strictObject({ pilot }),
    output: viewSchema,
  }),
  'pilots.save': operation({
    kind: 'command',
    roles: ['evaluator'],
    audit: 'pilot.save',
    summary: 'Saves a plan as the next version of its pilot, while it is not locked.',
    input: z.strictObject({
      plan: pilotPlanSchema,
      /** Of the version that was changed: it is refused where another has come since. */
      basedOn: z.string().max(64).optional(),
    }),
    output: viewSchema,
  }),
  'pilots.lock': operation({
    kind: 'command',
    roles: ['evaluator'],
    audit: 'pilot.lock',
    summary: 'Locks a complete plan, or says what it lacks. From then on it stays as it is, and outcomes can be seen.',
    input: z.strictObject({
      pilot,
      /** Of the plan that was read: it is refused where another version has come since. */
      hash: z.string().max(64),
    }),
    output: viewSchema,
  }),
  'pilots.deviate': operation({
    kind: 'command',
    roles: ['evaluator'],
    audit: 'pilot.deviate',
    summary: 'Records what was done otherwise than locked, and why. Every report of the pilot prints it.',
    input: z.strictObject({ pilot, what: z.string().trim().min(3, 'say what is done instead').max(2_000), reason }),
    output: viewSchema,
  }),
  'pilots.finish': operation({
    kind: 'command',
    roles: ['evaluator'],
    audit: 'pilot.finish',
    summary: 'Ends a pilot: nobody is allocated any more, and the seed is told.',
    input: z.strictObject({ pilot, reason }),
    output: viewSchema,
  }),
  'pilots.drop': operation({
    kind: 'command',
    roles: ['analyst', 'clinician'],
    audit: 'pilot.drop',
    summary:
      'Gives up a pilot that is not locked, which opens what it measures. It stays in the list and is never locked.',
    input: z.strictObject({ pilot, reason }),
    output: viewSchema,
  }),
  'pilots.allocate': operation({
    kind: 'command',
    roles: ['evaluator'],
    audit: 'pilot.allocate',
    summary: 'Lets chance put everybody who waits into an arm: who is eligible and has consented, or clusters.',
    input: z.strictObject({ pilot }),
    output: z.strictObject({
      allocated: count,
      arms: z.array(z.strictObject({ arm: z.string(), allocated: count })),
    }),
  }),
  'pilots.allocations': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'Who is in which arm, by pseudonym, in the order in which chance put them there.',
    input: z.strictObject({ pilot }),
    output: z.strictObject({
      allocations: z.array(allocationSchema),
      /** Whether drawing again from the seed gives the same; null until the pilot is finished. */
      isReproduced: z.boolean().nullable(),
    }),
  }),
};
