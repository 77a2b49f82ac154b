import { z } from 'zod';
import { operation } from './define.ts';
import { pseudonymSchema } from './rights.ts';

const count = z.number().int();
const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'A day is written as 2026-03-31.' });
const reason = z.string().trim().min(3, 'say in a few words why').max(500);

export const permissionStates = ['waiting', 'in-force', 'over', 'declined', 'withdrawn', 'gone'] as const;

const permissionSchema = z.strictObject({
  id: count,
  user: z.string(),
  /** The last day on which it holds. */
  until: z.string(),
  reason: z.string(),
  askedAt: z.string(),
  askedBy: z.string(),
  /** Null where nobody else was in the vault to agree. */
  agreedBy: z.string().nullable(),
  /** `gone`: the user it was given to has been removed. */
  state: z.enum(permissionStates),
  withdrawnBy: z.string().nullable(),
});
export type ExportPermission = z.infer<typeof permissionSchema>;

export const exportOperations = {
  'exports.permissions': operation({
    kind: 'query',
    roles: ['administrator'],
    audit: null,
    summary:
      'Who may take rows of single people out of the vault, until when and why; newest first. Nobody may by default.',
    input: z.strictObject({}),
    output: z.strictObject({
      permissions: z.array(permissionSchema),
      /** Users whose roles see rows of single people, so that they could be permitted. */
      users: z.array(z.string()),
    }),
  }),
  'exports.permit': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'export.permit',
    summary:
      'Asks that a user may take rows of single people out of the vault until a day, at most a year ahead. Another administrator or clinician has to agree; where there is none, it holds at once.',
    input: z.strictObject({ user: z.string().min(1).max(64), until: isoDay, reason }),
    output: permissionSchema,
  }),
  'exports.withdraw': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'export.withdraw',
    summary: 'Ends a permission to take rows of single people out, at once.',
    input: z.strictObject({ id: count }),
    output: permissionSchema,
  }),
  'exports.own': operation({
    kind: 'query',
    roles: ['analyst', 'clinician'],
    audit: null,
    summary: 'Whether the user may take rows of single people out of the vault, and until when.',
    input: z.strictObject({}),
    output: z.strictObject({ until: z.string().nullable() }),
  }),
  'exports.personRows': operation({
    kind: 'job',
    roles: ['analyst', 'clinician'],
    audit: 'export.personRows',
    summary:
      'Takes rows of single people out of the vault, to a file or for copying. Needs a permission and a reason; what, how many and why are in the audit log before it is done.',
    input: z.strictObject({
      of: z.discriminatedUnion('what', [
        z.strictObject({
          /** Exposure loads, one row a person in post. */
          what: z.literal('loads'),
          spec: z.record(z.string(), z.unknown()),
          /** Those people only; null for everybody. */
          people: z.array(pseudonymSchema).max(100_000).nullable(),
        }),
        /** Exposures and scores of one person. */
        z.strictObject({ what: z.literal('timeline'), person: pseudonymSchema }),
      ]),
      reason,
      /** A CSV file, beside which a manifest is written; null gives the text, for copying. */
      file: z.string().min(1).max(4_096).nullable(),
    }),
    output: z.strictObject({
      rows: count,
      file: z.string().nullable(),
      sha256: z.string(),
      /** Tab-separated; null where a file was written. */
      text: z.string().nullable(),
    }),
  }),
  'exports.sessionPlan': operation({
    kind: 'job',
    roles: ['analyst', 'evaluator'],
    audit: 'export.sessionPlan',
    summary:
      'Writes the sessions that pilot-timetable proposes, or that were changed by hand, as a file that can be imported as planned pilot sessions, with a manifest beside it. It names nobody.',
    input: z.strictObject({
      /** Of pilot-timetable; `check` for a timetable that was changed by hand. */
      spec: z.record(z.string(), z.unknown()),
      reason,
      file: z.string().min(1).max(4_096),
    }),
    output: z.strictObject({
      sessions: count,
      /** Rules that a timetable changed by hand breaks. */
      broken: count,
      file: z.string(),
      sha256: z.string(),
    }),
  }),
};
