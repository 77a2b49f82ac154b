import { copyFileSync, existsSync, statSync } from 'node:fs';
import { type AuditHead, lastLink } from './audit-log.ts';
import { openConnection } from './connection.ts';
import { schemaVersion } from './migrate.ts';
import { storeFile } from './vault-store.ts';

export type StoreCopy = { readonly bytes: number; readonly schemaVersion: number; readonly head: AuditHead };

/**
 * A verified copy of a store that no other connection has open: the log is folded into the file, the file copied as it is
 * (encrypted), and the copy read back in full.
 */
export function copyStore(folder: string, dataKey: Uint8Array, to: string): StoreCopy {
  const source = openConnection(storeFile(folder), dataKey);
  source.pragma('wal_checkpoint(TRUNCATE)');
  source.close();
  if (!existsSync(to)) copyFileSync(storeFile(folder), to);
  const copy = openConnection(to, dataKey);
  try {
    const verdict = copy.pragma('integrity_check', { simple: true });
    if (verdict !== 'ok') throw new Error('the copy of the store does not read back');
    return { bytes: statSync(to).size, schemaVersion: schemaVersion(copy), head: lastLink(copy) };
  } finally {
    copy.close();
  }
}
