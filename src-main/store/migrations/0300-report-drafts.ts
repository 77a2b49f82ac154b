import type { Migration } from './migration.ts';

/** Reports that somebody writes words beside, kept until they are built. A draft is changed and removed like any working paper. */
export const reportDrafts: Migration = {
  version: 300,
  name: 'report-drafts',
  sql: `
CREATE TABLE report_draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL,
  template TEXT NOT NULL,
  spec TEXT NOT NULL,
  version INTEGER NOT NULL,
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL
);
`,
};
