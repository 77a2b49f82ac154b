import type { AuditEvent } from '#main/store/audit-log.ts';
import type { BaseBackup } from '#main/store/base-backup.ts';
import type { BackupFile } from '#main/store/read-backup.ts';
import type { Unpacked } from '#main/store/unpack-backup.ts';
import type { BackupMade, BackupParts } from '#main/store/write-backup.ts';
import type { WriteBase } from '#main/store/write-changes.ts';

export type WriteJob = { readonly kind: 'write'; readonly file: string; readonly base: WriteBase | null } & Omit<
  BackupParts,
  'dataKey'
>;
export type UnpackJob = {
  readonly kind: 'unpack';
  readonly file: string;
  readonly folder: string;
  readonly backup: BackupFile;
  readonly base: BaseBackup | null;
  readonly event: AuditEvent;
};

export type BackupTaskData = { readonly job: WriteJob | UnpackJob; readonly dataKey: Uint8Array };

export type BackupTaskMessage =
  | { readonly type: 'progress'; readonly stage: string; readonly done: number; readonly total: number | null }
  /** The store's file stands still for the copy; writers may go on. */
  | { readonly type: 'held' }
  | { readonly type: 'written'; readonly made: BackupMade }
  | { readonly type: 'unpacked'; readonly unpacked: Unpacked };
