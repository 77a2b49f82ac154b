import type { Migration } from './migration.ts';

/** A backup may hold only what changed since a whole one, which `base_hash` names by the hash of its manifest. */
export const backupsOfChanges: Migration = {
  version: 110,
  name: 'backups-of-changes',
  sql: `
ALTER TABLE backup ADD COLUMN base_hash TEXT;
`,
};
