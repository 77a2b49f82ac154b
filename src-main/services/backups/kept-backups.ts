import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BackupRecord, listBackupRecords } from '#main/store/backup-records.ts';
import { readBackup } from '#main/store/read-backup.ts';
import { retentionDecisions } from '#main/store/retention-records.ts';
import { listErasures } from '#main/store/rights-records.ts';
import type { OpenVault } from '../vault/index.ts';

const dayMs = 86_400_000;
/** How long changes are written against one whole backup: by then they have grown, and a drive may have gone bad. */
const wholeEveryDays = 7;

function isPresent(record: BackupRecord): boolean {
  return record.removedAt === null && existsSync(join(record.folder, record.fileName));
}

/** The whole backup that one of changes builds on: of its folder, where the two were written. */
export function baseOf({ baseHash, folder }: BackupRecord, records: readonly BackupRecord[]): BackupRecord | null {
  if (baseHash === null) return null;
  return records.find((other) => other.manifestHash === baseHash && other.folder === folder) ?? null;
}

/** Whether a backup could be restored: its file is there, and so is that of its base. */
export function isGood(record: BackupRecord, records: readonly BackupRecord[]): boolean {
  if (!isPresent(record)) return false;
  if (record.baseHash === null) return true;
  const base = baseOf(record, records);
  return base !== null && isPresent(base);
}

/** The newest backup whose files are still there; by number, so that a clock set back does not hide it. */
export function lastGood(vault: OpenVault): BackupRecord | null {
  const records = listBackupRecords(vault.store.connection);
  return records.find((record) => record.kind !== 'before-migration' && isGood(record, records)) ?? null;
}

/** Whether something has been deleted for good since a backup, which therefore should not be kept for what builds on it. */
function holdsWhatIsGone({ madeAt }: BackupRecord, { connection }: OpenVault['store']): boolean {
  const deleted = retentionDecisions(connection).filter(({ decision }) => decision === 'deleted');
  const times = [
    ...listErasures(connection).map(({ erasedAt }) => erasedAt),
    ...deleted.map(({ decidedAt }) => decidedAt),
  ];
  return times.some((at) => at >= madeAt);
}

/** The whole scheduled backup that the next one may build on; null where it is time for a whole one. */
export function scheduledBase(vault: OpenVault, folder: string, nowMs: number): BackupRecord | null {
  const newest = listBackupRecords(vault.store.connection).find(
    (record) => record.kind === 'scheduled' && record.baseHash === null,
  );
  if (!newest || newest.folder !== folder || !isPresent(newest)) return null;
  if (holdsWhatIsGone(newest, vault.store)) return null;
  const elapsedMs = nowMs - Date.parse(newest.madeAt);
  return elapsedMs >= 0 && elapsedMs < wholeEveryDays * dayMs ? newest : null;
}

/** Whether a file may still be somewhere: it is there, or its drive is not connected. */
function mayBeThere(record: BackupRecord): boolean {
  return record.removedAt === null && (isPresent(record) || !existsSync(record.folder));
}

/** Whether a backup that may still be there, whoever asked for it, holds the changes since this one. */
export function isBuiltOn({ manifestHash }: BackupRecord, records: readonly BackupRecord[]): boolean {
  return records.some((other) => other.baseHash !== null && other.baseHash === manifestHash && mayBeThere(other));
}

/** The oldest beyond those to be kept, those of changes first, so that what they built on may follow them. */
export function oldestOf(kept: readonly BackupRecord[], keep: number): BackupRecord[] {
  const old = kept.slice(0, Math.max(0, kept.length - keep));
  return [...old.filter(({ baseHash }) => baseHash !== null), ...old.filter(({ baseHash }) => baseHash === null)];
}

/** Removes the file of a backup, where it still is what was written; says whether it is gone. */
export function removeIfOurs(record: BackupRecord): boolean {
  const file = join(record.folder, record.fileName);
  // A drive that is not connected has lost nothing: its backup is still somewhere.
  if (!existsSync(record.folder)) return false;
  try {
    if (existsSync(file)) {
      if (readBackup(file).manifestHash !== record.manifestHash) return false;
      rmSync(file);
    }
    return true;
  } catch {
    return false;
  }
}
