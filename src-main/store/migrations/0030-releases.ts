import type { Migration } from './migration.ts';

/** What was let out of the vault, so that what goes out later can be judged together with it. Never changed, never taken out. */
export const releases: Migration = {
  version: 30,
  name: 'releases',
  sql: `
CREATE TABLE released (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  released_at TEXT NOT NULL,
  released_by TEXT NOT NULL,
  purpose TEXT NOT NULL,
  marking TEXT NOT NULL,
  manifest_hash TEXT NOT NULL,
  counts INTEGER NOT NULL,
  withheld INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE TRIGGER released_no_update BEFORE UPDATE ON released
BEGIN SELECT RAISE(ABORT, 'what was released is not changed'); END;
CREATE TRIGGER released_no_delete BEFORE DELETE ON released
BEGIN SELECT RAISE(ABORT, 'what was released is not taken out'); END;
`,
};
