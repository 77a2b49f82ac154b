import type { Migration } from './migration.ts';

/** Requests to release a report that another person has to agree to; only ever added. */
export const releaseReports: Migration = {
  version: 270,
  name: 'release-reports',
  sql: `
CREATE TABLE report_request (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  approval_id INTEGER NOT NULL UNIQUE REFERENCES approval (id),
  spec TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  title TEXT NOT NULL,
  marking TEXT NOT NULL,
  counts INTEGER NOT NULL,
  withheld INTEGER NOT NULL
);
CREATE TRIGGER report_request_is_never_changed BEFORE UPDATE ON report_request
  BEGIN SELECT RAISE(ABORT, 'what was asked for is not changed'); END;
CREATE TRIGGER report_request_is_never_deleted BEFORE DELETE ON report_request
  BEGIN SELECT RAISE(ABORT, 'what was asked for is not changed'); END;
`,
};
