import type { Migration } from './migration.ts';

/**
 * What people said of their taking part in a pilot, and what befell them, where it was recorded here and not by an extract. Rows are
 * only added: a later one says otherwise. Each names a person, with whom it is erased.
 */
export const pilotStatements: Migration = {
  version: 210,
  name: 'pilot-statements',
  sql: `
CREATE TABLE pilot_statement (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  pilot TEXT NOT NULL,
  person TEXT NOT NULL,
  on_day INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('consent', 'withdrawal')),
  is_data_used INTEGER NOT NULL CHECK (is_data_used IN (0, 1)),
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE TABLE pilot_adverse_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  pilot TEXT NOT NULL,
  person TEXT NOT NULL,
  on_day INTEGER NOT NULL,
  category TEXT NOT NULL,
  seriousness TEXT,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
${['pilot_statement', 'pilot_adverse_event'].map(onlyAdded).join('')}
`,
};

function onlyAdded(table: string): string {
  return `
CREATE TRIGGER ${table}_is_never_changed BEFORE UPDATE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what is kept of a pilot is never changed'); END;
CREATE TRIGGER ${table}_is_never_deleted BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what is kept of a pilot is never changed'); END;
CREATE TRIGGER ${table}_is_not_replaced BEFORE INSERT ON ${table}
  WHEN EXISTS (SELECT 1 FROM ${table} WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'what is kept of a pilot is only added to'); END;`;
}
