import { basename, dirname, join, resolve } from 'node:path';
import { listBackupRecords } from '#main/store/backup-records.ts';
import { listBatches } from '#main/store/batch-records.ts';
import type { WriteBase } from '#main/store/write-changes.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { ExpectedError, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import type { OpenVault } from '../vault/index.ts';
import { baseOf, isGood, lastGood } from './kept-backups.ts';
import { backupFolder, isBackingUp, makeBackup } from './make-backup.ts';
import { readFailure, readSchedule, writeFailure, writeSchedule } from './settings.ts';
import { type BackupHost, isDue, VaultBackups } from './vault-backups.ts';

export { restoreBackup } from './restore-backup.ts';

const attached = new WeakMap<OpenVault, VaultBackups>();

/** Gives an unlocked vault its backups. `scheduled`: makes those that the schedule asks for. */
export function attachBackups(vault: OpenVault, host: BackupHost, scheduled: boolean): void {
  const backups = new VaultBackups(vault, host);
  attached.set(vault, backups);
  if (scheduled) backups.start();
}

/** Begins no further one; locking waits for the one in hand, or cancels it. */
export function pauseBackups(vault: OpenVault): void {
  attached.get(vault)?.pause();
}

export async function backUp(
  context: VaultContext,
  { file, since }: InputOf<'vault.backup'>,
): Promise<Result<OutputOf<'vault.backup'>>> {
  const at = isoTime(context);
  const base = since === undefined ? null : baseBeside(file, since);
  const made = await makeBackup(context.vault, { file, kind: 'asked', at, base }, context);
  const { auditHead, pages, tables, rows, batches } = made.check;
  const { bytes, manifestHash } = made;
  const path = join(dirname(resolve(file)), basename(file));
  const whole = made.base === null;
  return ok({ file: path, bytes, madeAt: at, auditHead, manifestHash, whole, holds: { pages, tables, rows, batches } });
}

/** A backup of changes is of no use without its base, so that the two lie together from the beginning. */
function baseBeside(file: string, since: string): WriteBase {
  if (dirname(resolve(since)) !== dirname(resolve(file))) {
    throw new ExpectedError(
      'BAD_INPUT',
      'A backup of changes is written beside the whole one that it builds on.',
      'No backup was made. Choose a name in the folder of the whole backup.',
    );
  }
  return { file: resolve(since), needed: true };
}

export function backupsState({ vault, nowMs }: VaultContext): OutputOf<'backups.state'> {
  const records = listBackupRecords(vault.store.connection);
  return {
    schedule: readSchedule(vault),
    lastGood: lastGood(vault)?.madeAt ?? null,
    due: isDue(vault, nowMs),
    running: isBackingUp(vault),
    failure: readFailure(vault),
    backups: records.map((record) => {
      const { headSequence, headHash, baseHash, ...rest } = record;
      return {
        ...rest,
        auditHead: { sequence: headSequence, hash: headHash },
        base: baseHash === null ? null : (baseOf(record, records)?.fileName ?? ''),
        present: isGood(record, records),
      };
    }),
  };
}

const dayMs = 86_400_000;
/** How old the last backup may be where no schedule says how often one is made. */
const unscheduledDays = 7;

/** When the last try failed; null where it did not. */
export function failedBackup(vault: OpenVault): { readonly since: string } | null {
  const failure = readFailure(vault);
  return failure === null ? null : { since: failure.at };
}

/** When the last good backup was made, where another is overdue: one that the schedule has twice failed to bring. */
export function backupDue({ vault, nowMs }: VaultContext): { readonly since: string | null } | null {
  const last = lastGood(vault)?.madeAt ?? null;
  if (last === null) return listBatches(vault.store.connection).length === 0 ? null : { since: null };
  const schedule = readSchedule(vault);
  const days = schedule === null ? unscheduledDays : 2 * schedule.everyDays;
  return nowMs - Date.parse(last) > days * dayMs ? { since: last } : null;
}

export async function scheduleBackups(
  context: VaultContext,
  { schedule }: InputOf<'backups.schedule'>,
): Promise<Result<OutputOf<'backups.schedule'>>> {
  const { vault } = context;
  const asked = schedule === null ? null : { ...schedule, folder: backupFolder(vault, schedule.folder) };
  const details = asked === null ? { on: false } : { on: true, everyDays: asked.everyDays, keep: asked.keep };
  await vault.writeGate.run(() =>
    vault.store.commit(doneEvent(context, 'backup.schedule', asked?.folder, details), (transaction) => {
      writeSchedule(transaction, asked);
      writeFailure(transaction, null);
    }),
  );
  attached.get(vault)?.lookNow();
  return ok({ schedule: asked });
}
