import { z } from 'zod';
import { mostLockMinutes } from '../domain/lock-minutes.ts';
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

const existingUserSchema = z.string().min(1).max(64);

/** Since when somebody who was removed could open an old copy with a key that is still in use; null where none could. */
const rekeyDueSchema = z.strictObject({ dataKey: z.string().nullable(), clinicKey: z.string().nullable() });

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
  'vault.recover': operation({
    kind: 'command',
    roles: 'anyone',
    audit: 'vault.recover',
    summary:
      'Lets somebody in with recovery keys. The vault key gives a user keys and a passphrase anew, or makes an administrator; the clinic key enrols a clinician.',
    input: z.strictObject({
      folder: folderSchema,
      /** One or both recovery keys, each with its name. */
      keys: z.string().min(1).max(1_024),
      user: userNameSchema,
      newPassphrase: passphraseSchema,
      /** The user’s present passphrase, for the clinic key alone; the new one is tried where it is not given. */
      passphrase: passphraseSchema.optional(),
    }),
    output: z.strictObject({
      user: z.string(),
      roles: z.array(roleSchema),
      pendingRoles: z.array(roleSchema),
      /** Whether the user is a new one. */
      made: z.boolean(),
      clinicKeyUsed: z.boolean(),
    }),
  }),
  'vault.rekey': operation({
    kind: 'job',
    roles: ['administrator', 'clinician'],
    audit: 'vault.rekey',
    summary:
      'Encrypts every page under a new data key; asked by a clinician, it also makes a new clinic pair and seals every entry to it. Pseudonyms, passphrases and recovery keys stay.',
    input: z.strictObject({}),
    output: z.strictObject({
      pages: z.number().int(),
      resealed: z.number().int(),
      clinicKey: z.enum(['changed', 'kept']),
      rekeyDue: rekeyDueSchema,
    }),
  }),
  'vault.setLockAfter': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'vault.lockAfter',
    summary: 'Sets after how many minutes without a person the vault locks itself.',
    input: z.strictObject({ minutes: z.number().int().min(1).max(mostLockMinutes) }),
    output: z.strictObject({}),
  }),
  'users.list': operation({
    kind: 'query',
    roles: ['administrator', 'clinician'],
    audit: null,
    summary: 'The vault’s users and their roles, and since when a change of keys is due.',
    input: z.strictObject({}),
    output: z.strictObject({ users: z.array(userSchema), rekeyDue: rekeyDueSchema }),
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
  'users.remove': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'user.remove',
    summary: 'Removes a user, but never the last administrator or clinician. A change of keys is then due.',
    input: z.strictObject({ name: existingUserSchema }),
    output: z.strictObject({ rekeyDue: rekeyDueSchema }),
  }),
  'users.setRoles': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'user.roles',
    summary: 'Gives a user other roles. The clinician’s is pending unless whoever gives it is a clinician.',
    input: z.strictObject({ name: existingUserSchema, roles: z.array(roleSchema).min(1).max(4) }),
    output: z.strictObject({ user: userSchema, rekeyDue: rekeyDueSchema }),
  }),
  'users.grant': operation({
    kind: 'command',
    roles: ['clinician'],
    audit: 'user.grant',
    summary: 'Enrols a clinician who is pending: they can open what is sealed from their next unlocking on.',
    input: z.strictObject({ name: existingUserSchema }),
    output: z.strictObject({ user: userSchema }),
  }),
};
