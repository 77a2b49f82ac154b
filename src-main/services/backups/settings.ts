import { z } from 'zod';
import { readMeta, writeMeta } from '#main/store/meta.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import type { BackupSchedule } from '#shared/contract/backups.ts';
import type { OpenVault } from '../vault/index.ts';

const scheduleKey = 'backup schedule';
const failureKey = 'backup failure';

const scheduleSchema = z.strictObject({ folder: z.string(), everyDays: z.number(), keep: z.number() });
const failureSchema = z.strictObject({ at: z.string(), code: z.string(), message: z.string() });
export type BackupFailure = z.infer<typeof failureSchema>;

function readAs<T>({ store }: OpenVault, key: string, schema: z.ZodType<T>): T | null {
  const text = readMeta(store, key);
  return text === null || text === '' ? null : schema.parse(JSON.parse(text));
}

export function readSchedule(vault: OpenVault): BackupSchedule | null {
  return readAs(vault, scheduleKey, scheduleSchema);
}

export function writeSchedule(transaction: WriteTransaction, schedule: BackupSchedule | null): void {
  writeMeta(transaction, scheduleKey, schedule === null ? '' : JSON.stringify(schedule));
}

/** Why the last backup failed; null once one has succeeded. */
export function readFailure(vault: OpenVault): BackupFailure | null {
  return readAs(vault, failureKey, failureSchema);
}

export function writeFailure(transaction: WriteTransaction, failure: BackupFailure | null): void {
  writeMeta(transaction, failureKey, failure === null ? '' : JSON.stringify(failure));
}
