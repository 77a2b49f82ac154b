import type { Migration } from './migration.ts';

/**
 * What clinicians work on. In clear stand pseudonyms, days, who and when, and codes of decisions; whatever a clinician writes is
 * sealed to the clinic key, and so is where a case came from and which safety answers were acknowledged: beside a row's
 * number, that alone would tell an analyst who gave one. Pseudonyms are held as text, for a case outlives the undoing of the
 * batch that brought the person.
 *
 * Events are append-only. Their boxes may be replaced, because a change of the clinic pair seals them anew.
 */
export const holdCases: Migration = {
  version: 40,
  name: 'hold-cases',
  sql: `
CREATE TABLE case_record (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  opened_by TEXT NOT NULL
);

CREATE TABLE case_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES case_record (id),
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  kind TEXT NOT NULL,
  decision TEXT,
  overrides INTEGER NOT NULL,
  due_day INTEGER,
  last_signal INTEGER NOT NULL,
  box BLOB NOT NULL
);
CREATE TRIGGER case_event_is_append_only_update
  BEFORE UPDATE OF id, case_id, at, user, kind, decision, overrides, due_day, last_signal ON case_event
  BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER case_event_is_append_only_delete
  BEFORE DELETE ON case_event BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

CREATE TABLE signal (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person TEXT NOT NULL,
  rule TEXT NOT NULL,
  scheme TEXT NOT NULL,
  words TEXT NOT NULL,
  as_of_day INTEGER NOT NULL,
  event_day INTEGER,
  raised_at TEXT NOT NULL,
  case_id INTEGER REFERENCES case_record (id)
);
CREATE TRIGGER signal_is_never_discarded BEFORE DELETE ON signal
  BEGIN SELECT RAISE(ABORT, 'signals are never discarded'); END;

CREATE TABLE safety_acknowledgement (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  box BLOB NOT NULL
);

CREATE TABLE identity_reveal (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  case_id INTEGER REFERENCES case_record (id),
  box BLOB NOT NULL
);
`,
};
