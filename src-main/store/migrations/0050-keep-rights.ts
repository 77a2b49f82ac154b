import type { Migration } from './migration.ts';

/**
 * Requests that need a second person, who was erased, and how long rows are kept. An erased reference is held only as the
 * pseudonym that it would have, so that rows of that reference are dropped when they come again; without days it is the
 * person's own, with days another reference that was theirs on those days.
 */
export const keepRights: Migration = {
  version: 50,
  name: 'keep-rights',
  sql: `
CREATE TABLE approval (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  reason TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  state TEXT NOT NULL,
  decided_at TEXT,
  decided_by TEXT,
  note TEXT NOT NULL
);

CREATE TABLE erasure (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  approval_id INTEGER NOT NULL REFERENCES approval (id),
  erased_at TEXT NOT NULL,
  erased_by TEXT NOT NULL,
  removed TEXT NOT NULL
);

CREATE TABLE erased_reference (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  erasure_id INTEGER NOT NULL REFERENCES erasure (id),
  pseudonym TEXT NOT NULL,
  from_day INTEGER,
  to_day INTEGER
);

CREATE TABLE retention_period (
  kind TEXT PRIMARY KEY NOT NULL,
  months INTEGER,
  set_at TEXT NOT NULL,
  set_by TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE retention_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  before_day INTEGER NOT NULL,
  decision TEXT NOT NULL,
  until_day INTEGER,
  reason TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  removed TEXT NOT NULL
);
`,
};
