import { basename, dirname, join, resolve } from 'node:path';
import { listBackupRecords } from '#main/store/backup-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import type { OpenVault } from '../vault/index.ts';
import { backupFolder, isBackingUp, makeBackup } from './make-backup.ts';
import { readFailure, readSchedule, writeFailure, writeSchedule } from './settings.ts';
import { type BackupHost, isDue, isPresent, lastGood, VaultBackups } from './vault-backups.ts';

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
  { file }: InputOf<'vault.backup'>,
): Promise<Result<OutputOf<'vault.backup'>>> {
  const at = isoTime(context);
  const made = await makeBackup(context.vault, { file, kind: 'asked', at }, context);
  const { auditHead, pages, tables, rows, batches } = made.check;
  const { bytes, manifestHash } = made;
  const path = join(dirname(resolve(file)), basename(file));
  return ok({ file: path, bytes, madeAt: at, auditHead, manifestHash, holds: { pages, tables, rows, batches } });
}

export function backupsState({ vault, nowMs }: VaultContext): OutputOf<'backups.state'> {
  return {
    schedule: readSchedule(vault),
    lastGood: lastGood(vault)?.madeAt ?? null,
    due: isDue(vault, nowMs),
    running: isBackingUp(vault),
    failure: readFailure(vault),
    backups: listBackupRecords(vault.store.connection).map(({ headSequence, headHash, ...record }) => ({
      ...record,
      auditHead: { sequence: headSequence, hash: headHash },
      present: isPresent({ ...record, headSequence, headHash }),
    })),
  };
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
