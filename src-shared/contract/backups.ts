import { z } from 'zod';
import { operation } from './define.ts';
import { auditHeadSchema, passphraseSchema } from './vault.ts';

const pathSchema = z.string().min(1).max(4_096);

export const backupKinds = ['asked', 'scheduled', 'before-migration'] as const;

const recordSchema = z.strictObject({
  id: z.number().int(),
  kind: z.enum(backupKinds),
  madeAt: z.string(),
  madeBy: z.string(),
  folder: z.string(),
  fileName: z.string(),
  bytes: z.number(),
  schemaVersion: z.number().int(),
  auditHead: auditHeadSchema,
  /** SHA-256 of its manifest; null for the bare copy that precedes a migration. */
  manifestHash: z.string().nullable(),
  verifiedAt: z.string(),
  /** When this vault removed it because newer ones were kept instead. */
  removedAt: z.string().nullable(),
  /** The file of the whole backup that it holds the changes since, and needs beside it; null where it is whole. */
  base: z.string().nullable(),
  /** Whether the file is where it was written, and so is its base. */
  present: z.boolean(),
});

const scheduleSchema = z.strictObject({
  folder: pathSchema,
  /** Days between two backups. */
  everyDays: z.number().int().min(1).max(366),
  /** Scheduled backups that are kept; the oldest beyond them are removed, but no whole one that a kept one builds on. */
  keep: z.number().int().min(1).max(1_000),
});
export type BackupSchedule = z.infer<typeof scheduleSchema>;

const holdsSchema = z.strictObject({
  pages: z.number().int(),
  tables: z.number().int(),
  rows: z.number().int(),
  batches: z.number().int(),
});

export const backupOperations = {
  'vault.backup': operation({
    kind: 'job',
    roles: ['administrator'],
    audit: 'vault.backup',
    summary:
      'Writes an encrypted backup of the whole vault to a new file while the vault stays in use, and reads it back in full before it says so. Given a whole backup in the same folder, it holds only what changed since, and needs that one beside it. It opens with any passphrase of its time, or the vault recovery key.',
    input: z.strictObject({
      file: pathSchema,
      /** A whole backup of this vault in the same folder; it is whole all the same where more than half has changed. */
      since: pathSchema.optional(),
    }),
    output: z.strictObject({
      file: z.string(),
      bytes: z.number(),
      madeAt: z.string(),
      auditHead: auditHeadSchema,
      manifestHash: z.string(),
      /** Whether it holds everything; otherwise what changed since the base. */
      whole: z.boolean(),
      holds: holdsSchema,
    }),
  }),
  'vault.restore': operation({
    kind: 'job',
    roles: 'anyone',
    audit: 'vault.restore',
    summary:
      'Restores a backup into a new or empty folder, from its base beside it where it holds changes alone, with a passphrase of the backup’s time or the vault recovery key, and proves the result equal to what was backed up.',
    input: z.strictObject({
      file: pathSchema,
      folder: pathSchema,
      /** With their passphrase; null where the recovery key is given instead. */
      user: z.string().min(1).max(64).nullable(),
      passphrase: passphraseSchema.nullable(),
      recoveryKey: z.string().min(1).max(1_024).nullable(),
    }),
    output: z.strictObject({
      folder: z.string(),
      vault: z.string(),
      madeAt: z.string(),
      madeBy: z.string(),
      /** Head of the audit log when the backup was made. */
      backupHead: auditHeadSchema,
      /** Head with the event of restoring. */
      auditHead: auditHeadSchema,
      holds: holdsSchema,
      users: z.array(z.string()),
    }),
  }),
  'backups.state': operation({
    kind: 'query',
    roles: ['administrator'],
    audit: null,
    summary: 'The backups that this vault knows of, when the last good one was made, and the schedule.',
    input: z.strictObject({}),
    output: z.strictObject({
      schedule: scheduleSchema.nullable(),
      /** When the newest backup was made that was verified and whose file is still there. */
      lastGood: z.string().nullable(),
      /** Whether the schedule asks for one now. */
      due: z.boolean(),
      running: z.boolean(),
      /** The last try, where it failed. */
      failure: z.strictObject({ at: z.string(), code: z.string(), message: z.string() }).nullable(),
      /** Newest first. */
      backups: z.array(recordSchema),
    }),
  }),
  'backups.schedule': operation({
    kind: 'command',
    roles: ['administrator'],
    audit: 'backup.schedule',
    summary:
      'Sets how often a backup is made by itself while the vault is unlocked, where, and how many are kept; null: never. One a week is whole, those between hold what changed since.',
    input: z.strictObject({ schedule: scheduleSchema.nullable() }),
    output: z.strictObject({ schedule: scheduleSchema.nullable() }),
  }),
};
