import { z } from 'zod';
import { operation } from './define.ts';

const path = z.string().min(1).max(4_096);
const count = z.number().int();
const reason = z.string().trim().min(3, 'say in a few words why').max(500);
export const pseudonymSchema = z.string().regex(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/, {
  error: 'A pseudonym is written as 7K2M-Q4RT-9XBC.',
});

const approvalSchema = z.strictObject({
  id: count,
  action: z.string(),
  /** What it is about; a person only by pseudonym. */
  object: z.string(),
  reason: z.string(),
  requestedAt: z.string(),
  requestedBy: z.string(),
  state: z.enum(['waiting', 'approved', 'declined', 'done']),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  note: z.string(),
});
export type Approval = z.infer<typeof approvalSchema>;

export const approvalOperations = {
  'approvals.list': operation({
    kind: 'query',
    roles: ['administrator', 'clinician'],
    audit: null,
    summary: 'Requests that need a second person, newest first, with what became of them.',
    input: z.strictObject({}),
    output: z.strictObject({
      approvals: z.array(approvalSchema),
      /** False in a vault with one user: then nobody else can agree, and a typed confirmation stands instead. */
      othersCanDecide: z.boolean(),
    }),
  }),
  'approvals.decide': operation({
    kind: 'command',
    roles: ['administrator', 'clinician'],
    audit: 'approval.decide',
    summary: 'Agrees to a request or declines it. Whoever made a request never decides on it.',
    input: z.strictObject({
      id: count,
      agree: z.boolean(),
      note: z.string().trim().max(500),
      /** The `hash` that `reports.look` gave; needed to agree to a report, so that nobody agrees to what they have not opened. */
      seen: z.string().max(64).optional(),
    }),
    output: approvalSchema,
  }),
};

const heldSchema = z.strictObject({ table: z.string(), title: z.string(), rows: count });
const fileSchema = z.strictObject({ name: z.string(), sha256: z.string(), bytes: count });
const backupSchema = z.strictObject({ file: z.string(), madeAt: z.string().nullable() });

export const rightsOperations = {
  'rights.person': operation({
    kind: 'job',
    roles: ['clinician'],
    audit: 'rights.person',
    summary: 'Reveals who a pseudonym is and what the vault holds on them; asks for a reason.',
    input: z.strictObject({ person: pseudonymSchema, reason }),
    output: z.strictObject({
      person: z.string(),
      /** As the files of people named them, newest last. */
      identities: z.array(z.strictObject({ reference: z.string(), name: z.string(), collar: z.string() })),
      held: z.array(heldSchema),
      otherReferences: count,
      linkedRows: count,
    }),
  }),
  'rights.export': operation({
    kind: 'job',
    roles: ['clinician'],
    audit: 'rights.export',
    summary: 'Writes everything the vault holds on one person to a folder, for a request of theirs to see it.',
    input: z.strictObject({
      person: pseudonymSchema,
      reason,
      folder: path,
      marking: z.string().trim().min(1).max(100).optional(),
    }),
    output: z.strictObject({ folder: z.string(), rows: count, held: z.array(heldSchema), files: z.array(fileSchema) }),
  }),
  'rights.requestErasure': operation({
    kind: 'command',
    roles: ['clinician'],
    audit: 'rights.request',
    summary: 'Asks for the erasure of one person; another person has to agree to it.',
    input: z.strictObject({ person: pseudonymSchema, reason }),
    output: approvalSchema,
  }),
  'rights.erase': operation({
    kind: 'job',
    roles: ['clinician'],
    audit: 'rights.erase',
    summary: 'Erases a person from every table, once a second person has agreed. It cannot be undone.',
    input: z.strictObject({
      request: count,
      /** The pseudonym, typed again. */
      confirm: z.string().max(64),
    }),
    output: z.strictObject({
      person: z.string(),
      rows: count,
      removed: z.array(heldSchema),
      /** Backups that were made before and still hold the person. */
      backups: z.array(backupSchema),
      /** Reports built before: those whose figures the person was part of no longer verify. */
      reports: count,
    }),
  }),
  'rights.erasures': operation({
    kind: 'query',
    roles: ['administrator', 'clinician'],
    audit: null,
    summary: 'The erasures of this vault, newest first: when, by whom, who agreed, and how many rows went.',
    input: z.strictObject({}),
    output: z.strictObject({
      erasures: z.array(
        z.strictObject({
          person: z.string(),
          erasedAt: z.string(),
          erasedBy: z.string(),
          approvedBy: z.string().nullable(),
          rows: count,
        }),
      ),
      backups: z.array(backupSchema),
    }),
  }),
};
