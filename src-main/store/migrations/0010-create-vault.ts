import type { Migration } from './migration.ts';

/**
 * Extract tables come in threes. The current version of each row stands in the table named after the kind; versions that a
 * later batch superseded stand in `…_history`; `…_confirmed` remembers which later batches held a row again unchanged, so
 * that undoing the first of them leaves it in place. Codes are interned; days are numbers since 1970, times UTC seconds.
 */
export const createVault: Migration = {
  version: 10,
  name: 'create-vault',
  sql: `
CREATE TABLE meta (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  action TEXT NOT NULL,
  event TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  file_bytes INTEGER NOT NULL,
  mapping TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  read INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  superseded INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  duplicate INTEGER NOT NULL,
  first_day INTEGER,
  last_day INTEGER,
  problems TEXT NOT NULL,
  warnings TEXT NOT NULL
);

CREATE TABLE code (
  id INTEGER PRIMARY KEY NOT NULL,
  list TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (list, value)
);

CREATE TABLE person (
  id INTEGER PRIMARY KEY NOT NULL,
  pseudonym TEXT NOT NULL UNIQUE
);

CREATE TABLE reject (
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  sequence INTEGER NOT NULL,
  row INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (batch_id, sequence)
) WITHOUT ROWID;

CREATE TABLE sealed_reject (
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  part INTEGER NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (batch_id, part)
) WITHOUT ROWID;

CREATE TABLE sealed_identity (
  person_id INTEGER NOT NULL REFERENCES person (id),
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (person_id, batch_id, row)
) WITHOUT ROWID;

CREATE TABLE sealed_answers (
  person_id INTEGER NOT NULL REFERENCES person (id),
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (person_id, batch_id, row)
) WITHOUT ROWID;

CREATE TABLE sealed_safety (
  batch_id INTEGER NOT NULL,
  row INTEGER NOT NULL,
  given_day INTEGER,
  received_at TEXT NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (batch_id, row)
) WITHOUT ROWID;

CREATE TABLE people (
  person_id INTEGER NOT NULL REFERENCES person (id),
  workforce_type_id INTEGER REFERENCES code (id),
  rank_id INTEGER REFERENCES code (id),
  role_id INTEGER NOT NULL REFERENCES code (id),
  unit_id INTEGER NOT NULL REFERENCES code (id),
  sex_id INTEGER REFERENCES code (id),
  ethnicity_group_id INTEGER REFERENCES code (id),
  birth_year INTEGER,
  service_start INTEGER,
  service_end INTEGER,
  fte REAL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id)
) WITHOUT ROWID;
CREATE TABLE people_history (
  person_id INTEGER NOT NULL,
  workforce_type_id INTEGER,
  rank_id INTEGER,
  role_id INTEGER NOT NULL,
  unit_id INTEGER NOT NULL,
  sex_id INTEGER,
  ethnicity_group_id INTEGER,
  birth_year INTEGER,
  service_start INTEGER,
  service_end INTEGER,
  fte REAL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE people_confirmed (
  person_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, person_id)
) WITHOUT ROWID;

CREATE TABLE exposures (
  occurred_at INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  category_id INTEGER NOT NULL REFERENCES code (id),
  incident_ref TEXT NOT NULL,
  day INTEGER NOT NULL,
  proximity INTEGER,
  minutes_on_scene REAL,
  first_on_scene INTEGER,
  known_victim INTEGER,
  attribution INTEGER,
  source_id INTEGER,
  recorded_at INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (occurred_at, person_id, category_id, incident_ref)
) WITHOUT ROWID;
CREATE TABLE exposures_history (
  occurred_at INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  incident_ref TEXT NOT NULL,
  day INTEGER NOT NULL,
  proximity INTEGER,
  minutes_on_scene REAL,
  first_on_scene INTEGER,
  known_victim INTEGER,
  attribution INTEGER,
  source_id INTEGER,
  recorded_at INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (occurred_at, person_id, category_id, incident_ref, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE exposures_confirmed (
  occurred_at INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  incident_ref TEXT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, occurred_at, person_id, category_id, incident_ref)
) WITHOUT ROWID;

CREATE TABLE screenings (
  person_id INTEGER NOT NULL REFERENCES person (id),
  instrument_id INTEGER NOT NULL REFERENCES code (id),
  scale_id INTEGER NOT NULL,
  key_day INTEGER NOT NULL,
  version_id INTEGER,
  status INTEGER NOT NULL,
  invited_on INTEGER,
  taken_on INTEGER,
  score REAL,
  programme_id INTEGER,
  wave_id INTEGER,
  recorded_at INTEGER,
  items TEXT,
  scores TEXT,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, instrument_id, scale_id, key_day)
) WITHOUT ROWID;
CREATE TABLE screenings_history (
  person_id INTEGER NOT NULL,
  instrument_id INTEGER NOT NULL,
  scale_id INTEGER NOT NULL,
  key_day INTEGER NOT NULL,
  version_id INTEGER,
  status INTEGER NOT NULL,
  invited_on INTEGER,
  taken_on INTEGER,
  score REAL,
  programme_id INTEGER,
  wave_id INTEGER,
  recorded_at INTEGER,
  items TEXT,
  scores TEXT,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, instrument_id, scale_id, key_day, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE screenings_confirmed (
  person_id INTEGER NOT NULL,
  instrument_id INTEGER NOT NULL,
  scale_id INTEGER NOT NULL,
  key_day INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, person_id, instrument_id, scale_id, key_day)
) WITHOUT ROWID;

CREATE TABLE packed (
  name TEXT NOT NULL,
  part INTEGER NOT NULL,
  source TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (name, part)
) WITHOUT ROWID;

CREATE TABLE report (
  id INTEGER PRIMARY KEY NOT NULL,
  title TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  built_at TEXT NOT NULL,
  built_by TEXT NOT NULL,
  folder TEXT NOT NULL,
  manifest_hash TEXT NOT NULL
);
`,
};
