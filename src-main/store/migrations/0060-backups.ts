import type { Migration } from './migration.ts';

/**
 * The backups that this vault knows of, so that it can say when the last good one was made, and which ones still hold what
 * has since been taken out.
 */
export const backups: Migration = {
  version: 60,
  name: 'backups',
  sql: `
CREATE TABLE backup (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('asked', 'scheduled', 'before-migration')),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  folder TEXT NOT NULL,
  file_name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  schema_version INTEGER NOT NULL,
  head_sequence INTEGER NOT NULL,
  head_hash TEXT NOT NULL,
  manifest_hash TEXT,
  verified_at TEXT NOT NULL,
  removed_at TEXT
);
`,
};
