import type { Migration } from './migration.ts';

/** Targets that a force sets for its indicators. Another value is another row, so that what was asked for in any year stays known. */
export const indicatorTargets: Migration = {
  version: 130,
  name: 'indicator-targets',
  sql: `
CREATE TABLE indicator_target (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  indicator TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('set', 'withdrawn')),
  value REAL,
  owner TEXT,
  review_day INTEGER,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  reason TEXT NOT NULL,
  CHECK (
    (kind = 'set' AND value IS NOT NULL AND owner IS NOT NULL AND review_day IS NOT NULL)
    OR (kind = 'withdrawn' AND value IS NULL AND owner IS NULL AND review_day IS NULL)
  )
);
CREATE TRIGGER indicator_target_is_never_changed BEFORE UPDATE ON indicator_target
  BEGIN SELECT RAISE(ABORT, 'targets that were set are never changed'); END;
CREATE TRIGGER indicator_target_is_never_deleted BEFORE DELETE ON indicator_target
  BEGIN SELECT RAISE(ABORT, 'targets that were set are never changed'); END;
`,
};
