import type { Migration } from './migration.ts';

/**
 * Who may take rows of single people out of the vault, and until when. Nobody may without a row here. `user_since` says which
 * user of that name is meant, so that a later one does not inherit it.
 */
export const permitExports: Migration = {
  version: 100,
  name: 'permit-exports',
  sql: `
CREATE TABLE export_permission (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  approval_id INTEGER NOT NULL REFERENCES approval (id),
  user_name TEXT NOT NULL,
  user_since TEXT NOT NULL,
  until_day INTEGER NOT NULL,
  withdrawn_at TEXT,
  withdrawn_by TEXT
);
`,
};
