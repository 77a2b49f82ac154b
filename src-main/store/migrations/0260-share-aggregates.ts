import type { Migration } from './migration.ts';

/**
 * What leaves for other forces: the key that signs it, requests to let something out that another person has to agree to, and releases that
 * were taken back by word, because nothing takes them out of the log. All are only added.
 */
export const shareAggregates: Migration = {
  version: 260,
  name: 'share-aggregates',
  sql: `
CREATE TABLE signing_key (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  public_key BLOB NOT NULL UNIQUE,
  wrapped_private_key BLOB NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL
);
CREATE TRIGGER signing_key_is_never_deleted BEFORE DELETE ON signing_key
  BEGIN SELECT RAISE(ABORT, 'a signing key is kept'); END;
CREATE TABLE release_request (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  approval_id INTEGER NOT NULL UNIQUE REFERENCES approval (id),
  spec TEXT NOT NULL,
  body_hash TEXT NOT NULL
);
CREATE TABLE release_withdrawal (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  released_id INTEGER NOT NULL UNIQUE REFERENCES released (id),
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  reason TEXT NOT NULL
);
${['release_request', 'release_withdrawal'].map(onlyAdded).join('')}
`,
};

function onlyAdded(table: string): string {
  return `
CREATE TRIGGER ${table}_is_never_changed BEFORE UPDATE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what was let out is not changed'); END;
CREATE TRIGGER ${table}_is_never_deleted BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what was let out is not changed'); END;`;
}
