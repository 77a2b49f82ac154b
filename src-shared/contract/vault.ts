import { z } from 'zod';
import { roles } from '../domain/roles.ts';
import { operation } from './define.ts';

export const passphraseSchema = z.string().min(1).max(128);
export const userNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._ -]{0,63}$/, {
  error:
    'A user name has 1 to 64 letters, digits, spaces, dots, hyphens or underscores, and starts with a letter or digit.',
});
const folderSchema = z.string().min(1).max(4_096);
const roleSchema = z.enum(roles);

export const sessionSchema = z.strictObject({
  vault: z.strictObject({ id: z.string(), folder: z.string(), name: z.string() }),
  user: z.string(),
  roles: z.array(roleSchema),
  /** Roles granted but waiting for a clinician to enrol the user. */
  pendingRoles: z.array(roleSchema),
  lockAfterMinutes: z.number().int(),
  synthetic: z.boolean(),
  /** The time of an event in the audit log that this machine's clock had not reached; null where there is none. */
  clockBehind: z.string().nullable(),
});

export const auditHeadSchema = z.strictObject({ sequence: z.number().int(), hash: z.string() });

const userSchema = z.strictObject({
  name: z.string(),
  roles: z.array(roleSchema),
  pendingRoles: z.array(roleSchema),
  createdAt: z.string(),
});

export const vaultOperations = {
  'vault.state': operation({
    kind: 'query',
    roles: 'anyone',
    audit: null,
    summary: 'Which vault is open, who has it unlocked, and the vaults opened before on this machine.',
    input: z.strictObject({}),
    output: z.strictObject({
      session: sessionSchema.nullable(),
      /** Whether locking paused the watching of a folder, which goes on once an analyst unlocks. */
      watchingPaused: z.boolean(),
      recent: z.array(z.strictObject({ folder: z.string(), name: z.string(), users: z.array(z.string()) })),
    }),
  }),
  'vault.create': operation({
    kind: 'command',
    roles: 'anyone',
    audit: 'vault.create',
    summary: 'Creates a vault in a folder and unlocks it. The two recovery keys are returned once and never again.',
    input: z.strictObject({
      folder: folderSchema,
      user: userNameSchema,
      roles: z.array(roleSchema).max(4),
      passphrase: passphraseSchema,
      /** Marks the vault as holding synthetic data only. */
      synthetic: z.boolean().optional(),
    }),
    output: z.strictObject({
      session: sessionSchema,
      recovery: z.strictObject({ vaultKey: z.string(), clinicKey: z.string() }),
    }),
  }),
  'vault.saveRecovery': operation({
    kind: 'command',
    roles: 'anyone',
    audit: null,
    summary: 'Writes one recovery key, as it was shown, to a new file.',
    input: z.strictObject({ file: folderSchema, text: z.string().min(1).max(1_024) }),
    output: z.strictObject({ file: z.string() }),
  }),
  'vault.unlock': operation({
    kind: 'command',
    roles: 'anyone',
    audit: 'vault.unlock',
    summary: 'Opens a vault with a passphrase.',
    input: z.strictObject({ folder: folderSchema, user: z.string().min(1).max(64), passphrase: passphraseSchema }),
    output: z.strictObject({ session: sessionSchema }),
  }),
  'vault.lock': operation({
    kind: 'command',
    roles: ['administrator', 'analyst', 'clinician', 'evaluator'],
    audit: 'vault.lock',
    summary: 'Locks the vault: the session goes, keys are zeroed.',
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  'vault.touch': operation({
    kind: 'query',
    roles: ['administrator', 'analyst', 'clinician', 'evaluator'],
    audit: null,
    summary: 'Says that the person is still there, so that the vault does not lock for idling.',
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  'vault.check': operation({
    kind: 'job',
    roles: ['administrator', 'analyst', 'clinician', 'evaluator'],
    audit: 'vault.check',
    summary: 'Reads every page, checks the store, its foreign keys and the audit chain.',
    input: z.strictObject({ head: z.string().max(200).nullable() }),
    output: z.strictObject({
      pages: z.number().int(),
      tables: z.number().int(),
      rows: z.number().int(),
      auditEvents: z.number().int(),
      auditHead: auditHeadSchema,
      batches: z.number().int(),
    }),
  }),
  'vault.changePassphrase': operation({
    kind: 'command',
    roles: ['administrator', 'analyst', 'clinician', 'evaluator'],
    audit: 'user.passphrase',
    summary: 'Changes the passphrase of the user who has the vault unlocked. No page of the store is re-encrypted.',
    input: z.strictObject({ passphrase: passphraseSchema, newPassphrase: passphraseSchema }),
    output: z.strictObject({}),
  }),
  'users.list': operation({
    kind: 'query',
    roles: ['administrator'],
    audit: null,
    summary: 'The vault’s users and their roles.',
    input: z.strictObject({}),
    output: z.strictObject({ users: z.array(userSchema) }),
  }),
  'users.add': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'user.add',
    summary: 'Adds a user. A new clinician is pending until a clinician, or the clinic recovery key, grants.',
    input: z.strictObject({
      name: userNameSchema,
      roles: z.array(roleSchema).min(1).max(4),
      passphrase: passphraseSchema,
    }),
    output: z.strictObject({ user: userSchema }),
  }),
};
