import { copyFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AuditHead, lastLink } from './audit-log.ts';
import { openConnection } from './connection.ts';
import { flushFile, flushFolder } from './files.ts';
import { schemaVersion } from './migrate.ts';
import { storeFile } from './vault-store.ts';

export type StoreCopy = { readonly bytes: number; readonly schemaVersion: number; readonly head: AuditHead };

/** Ends the name of a copy that has not been read back yet; what is so called is never taken for a copy. */
const unproven = '.partial';

/**
 * A verified copy of a store that no other connection has open: the log is folded into the file, the file copied as it is
 * (encrypted), the copy read back in full, and only then given its name. Clears away what a copy that was cut off has left.
 */
export function copyStore(folder: string, dataKey: Uint8Array, to: string): StoreCopy {
  removeUnproven(dirname(to));
  const source = openConnection(storeFile(folder), dataKey);
  source.pragma('wal_checkpoint(TRUNCATE)');
  source.close();
  const beside = `${to}${unproven}`;
  copyFileSync(storeFile(folder), beside);
  const proven = readBack(beside, dataKey);
  flushFile(beside);
  renameSync(beside, to);
  flushFolder(dirname(to));
  return proven;
}

function readBack(file: string, dataKey: Uint8Array): StoreCopy {
  const copy = openConnection(file, dataKey);
  try {
    const verdict = copy.pragma('integrity_check', { simple: true });
    if (verdict !== 'ok') throw new Error('the copy of the store does not read back');
    return { bytes: statSync(file).size, schemaVersion: schemaVersion(copy), head: lastLink(copy) };
  } finally {
    copy.close();
  }
}

function removeUnproven(folder: string): void {
  const left = readdirSync(folder).filter((name) => name.includes(`.db${unproven}`));
  for (const name of left) rmSync(join(folder, name), { force: true });
}
