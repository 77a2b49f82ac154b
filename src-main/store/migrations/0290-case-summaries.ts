import type { Migration } from './migration.ts';

/**
 * Summaries of cases that were written to a folder: in clear that one was, of which case, when, by whom and which; why, where to and
 * what it held is sealed, as whatever else a clinician writes. They are no releases: a release is of groups, and whoever passes
 * counts on has no business with a case.
 */
export const caseSummaries: Migration = {
  version: 290,
  name: 'case-summaries',
  sql: `
CREATE TABLE case_summary (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES case_record (id),
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  manifest_hash TEXT NOT NULL,
  box BLOB NOT NULL
);
CREATE TRIGGER case_summary_is_append_only_update
  BEFORE UPDATE OF id, case_id, at, user, manifest_hash ON case_summary
  BEGIN SELECT RAISE(ABORT, 'what was handed on is append-only'); END;
CREATE TRIGGER case_summary_is_append_only_delete
  BEFORE DELETE ON case_summary BEGIN SELECT RAISE(ABORT, 'what was handed on is append-only'); END;
`,
};
