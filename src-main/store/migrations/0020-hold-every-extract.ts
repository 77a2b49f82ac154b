import type { Migration } from './migration.ts';

/**
 * The other extract kinds, in threes as before; what belongs to the way in of files that are not canonical; and sealed
 * tables that can hold several records of one row, records of nobody known, and answers of a file that is held back.
 */
export const holdEveryExtract: Migration = {
  version: 20,
  name: 'hold-every-extract',
  sql: `
CREATE TABLE sealed_answers_20 (
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  part INTEGER NOT NULL,
  person_id INTEGER REFERENCES person (id),
  box BLOB NOT NULL,
  PRIMARY KEY (batch_id, row, part)
) WITHOUT ROWID;
INSERT INTO sealed_answers_20 SELECT batch_id, row, 0, person_id, box FROM sealed_answers;
DROP TABLE sealed_answers;
ALTER TABLE sealed_answers_20 RENAME TO sealed_answers;

CREATE TABLE sealed_safety_20 (
  batch_id INTEGER NOT NULL,
  row INTEGER NOT NULL,
  part INTEGER NOT NULL,
  given_day INTEGER,
  received_at TEXT NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (batch_id, row, part)
) WITHOUT ROWID;
INSERT INTO sealed_safety_20 SELECT batch_id, row, 0, given_day, received_at, box FROM sealed_safety;
DROP TABLE sealed_safety;
ALTER TABLE sealed_safety_20 RENAME TO sealed_safety;

CREATE TABLE note (
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  sequence INTEGER NOT NULL,
  row INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (batch_id, sequence)
) WITHOUT ROWID;

CREATE TABLE saved_mapping (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  header_hash TEXT NOT NULL,
  file_pattern TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  retired_at TEXT,
  UNIQUE (name, version)
);

CREATE TABLE code_rules (
  version INTEGER PRIMARY KEY NOT NULL,
  body TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  reason TEXT NOT NULL
);

CREATE TABLE watched_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  folder TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_bytes INTEGER NOT NULL,
  file_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  reason TEXT NOT NULL,
  mapping_id INTEGER REFERENCES saved_mapping (id),
  batch_id INTEGER,
  seen_at TEXT NOT NULL,
  UNIQUE (folder, file_name, file_hash)
);

CREATE TABLE import_draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  user TEXT NOT NULL,
  file TEXT NOT NULL,
  body TEXT NOT NULL,
  saved_at TEXT NOT NULL
);

CREATE TABLE aliases (
  alias TEXT NOT NULL,
  from_day INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  type_id INTEGER,
  to_day INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (alias, from_day)
) WITHOUT ROWID;
CREATE TABLE aliases_history (
  alias TEXT NOT NULL,
  from_day INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  type_id INTEGER,
  to_day INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (alias, from_day, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE aliases_confirmed (
  alias TEXT NOT NULL,
  from_day INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, alias, from_day)
) WITHOUT ROWID;

CREATE TABLE postings (
  person_id INTEGER NOT NULL REFERENCES person (id),
  from_day INTEGER NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES code (id),
  role_id INTEGER NOT NULL REFERENCES code (id),
  to_day INTEGER,
  fte REAL,
  recorded_at INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, from_day)
) WITHOUT ROWID;
CREATE TABLE postings_history (
  person_id INTEGER NOT NULL,
  from_day INTEGER NOT NULL,
  unit_id INTEGER NOT NULL,
  role_id INTEGER NOT NULL,
  to_day INTEGER,
  fte REAL,
  recorded_at INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, from_day, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE postings_confirmed (
  person_id INTEGER NOT NULL,
  from_day INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, person_id, from_day)
) WITHOUT ROWID;

CREATE TABLE incidents (
  incident_ref TEXT NOT NULL,
  day INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  opened_code_id INTEGER,
  closed_codes_id INTEGER,
  grade_id INTEGER,
  unit_id INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (incident_ref)
) WITHOUT ROWID;
CREATE TABLE incidents_history (
  incident_ref TEXT NOT NULL,
  day INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  opened_code_id INTEGER,
  closed_codes_id INTEGER,
  grade_id INTEGER,
  unit_id INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (incident_ref, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE incidents_confirmed (
  incident_ref TEXT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, incident_ref)
) WITHOUT ROWID;

CREATE TABLE attendances (
  arrived_at INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  incident_ref TEXT NOT NULL,
  day INTEGER NOT NULL,
  cleared_at INTEGER,
  role_id INTEGER,
  attribution INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (arrived_at, person_id, incident_ref)
) WITHOUT ROWID;
CREATE TABLE attendances_history (
  arrived_at INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  incident_ref TEXT NOT NULL,
  day INTEGER NOT NULL,
  cleared_at INTEGER,
  role_id INTEGER,
  attribution INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (arrived_at, person_id, incident_ref, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE attendances_confirmed (
  arrived_at INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  incident_ref TEXT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, arrived_at, person_id, incident_ref)
) WITHOUT ROWID;

CREATE TABLE duties (
  person_id INTEGER NOT NULL REFERENCES person (id),
  start_at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  end_at INTEGER NOT NULL,
  type_id INTEGER,
  overtime_minutes REAL,
  rest_day_cancelled INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, start_at)
) WITHOUT ROWID;
CREATE TABLE duties_history (
  person_id INTEGER NOT NULL,
  start_at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  end_at INTEGER NOT NULL,
  type_id INTEGER,
  overtime_minutes REAL,
  rest_day_cancelled INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, start_at, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE duties_confirmed (
  person_id INTEGER NOT NULL,
  start_at INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, person_id, start_at)
) WITHOUT ROWID;

CREATE TABLE absences (
  person_id INTEGER NOT NULL REFERENCES person (id),
  start_day INTEGER NOT NULL,
  end_day INTEGER,
  reason_code_id INTEGER,
  fte_days REAL,
  injury_on_duty INTEGER,
  recorded_at INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, start_day)
) WITHOUT ROWID;
CREATE TABLE absences_history (
  person_id INTEGER NOT NULL,
  start_day INTEGER NOT NULL,
  end_day INTEGER,
  reason_code_id INTEGER,
  fte_days REAL,
  injury_on_duty INTEGER,
  recorded_at INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, start_day, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE absences_confirmed (
  person_id INTEGER NOT NULL,
  start_day INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, person_id, start_day)
) WITHOUT ROWID;

CREATE TABLE families (
  household_ref TEXT NOT NULL,
  member INTEGER NOT NULL,
  wave_id INTEGER NOT NULL REFERENCES code (id),
  instrument_id INTEGER NOT NULL REFERENCES code (id),
  scale_id INTEGER NOT NULL,
  person_id INTEGER REFERENCES person (id),
  partner_person_id INTEGER REFERENCES person (id),
  relation_id INTEGER,
  taken_on INTEGER NOT NULL,
  consented_on INTEGER NOT NULL,
  withdrawn_on INTEGER,
  score REAL,
  items TEXT,
  scores TEXT,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (household_ref, member, wave_id, instrument_id, scale_id)
) WITHOUT ROWID;
CREATE TABLE families_history (
  household_ref TEXT NOT NULL,
  member INTEGER NOT NULL,
  wave_id INTEGER NOT NULL,
  instrument_id INTEGER NOT NULL,
  scale_id INTEGER NOT NULL,
  person_id INTEGER,
  partner_person_id INTEGER,
  relation_id INTEGER,
  taken_on INTEGER NOT NULL,
  consented_on INTEGER NOT NULL,
  withdrawn_on INTEGER,
  score REAL,
  items TEXT,
  scores TEXT,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (household_ref, member, wave_id, instrument_id, scale_id, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE families_confirmed (
  household_ref TEXT NOT NULL,
  member INTEGER NOT NULL,
  wave_id INTEGER NOT NULL,
  instrument_id INTEGER NOT NULL,
  scale_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, household_ref, member, wave_id, instrument_id, scale_id)
) WITHOUT ROWID;

CREATE TABLE support (
  person_id INTEGER NOT NULL REFERENCES person (id),
  service_id INTEGER NOT NULL REFERENCES code (id),
  episode_ref TEXT NOT NULL,
  step INTEGER NOT NULL,
  day INTEGER NOT NULL,
  at INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, service_id, episode_ref, step)
) WITHOUT ROWID;
CREATE TABLE support_history (
  person_id INTEGER NOT NULL,
  service_id INTEGER NOT NULL,
  episode_ref TEXT NOT NULL,
  step INTEGER NOT NULL,
  day INTEGER NOT NULL,
  at INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (person_id, service_id, episode_ref, step, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE support_confirmed (
  person_id INTEGER NOT NULL,
  service_id INTEGER NOT NULL,
  episode_ref TEXT NOT NULL,
  step INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, person_id, service_id, episode_ref, step)
) WITHOUT ROWID;

CREATE TABLE volunteers (
  volunteer_ref TEXT NOT NULL,
  kind INTEGER NOT NULL,
  base_id INTEGER,
  capacity REAL NOT NULL,
  skills_id INTEGER,
  vetted_on INTEGER,
  trained_on INTEGER,
  supervisor TEXT,
  from_day INTEGER,
  to_day INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (volunteer_ref)
) WITHOUT ROWID;
CREATE TABLE volunteers_history (
  volunteer_ref TEXT NOT NULL,
  kind INTEGER NOT NULL,
  base_id INTEGER,
  capacity REAL NOT NULL,
  skills_id INTEGER,
  vetted_on INTEGER,
  trained_on INTEGER,
  supervisor TEXT,
  from_day INTEGER,
  to_day INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (volunteer_ref, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE volunteers_confirmed (
  volunteer_ref TEXT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, volunteer_ref)
) WITHOUT ROWID;

CREATE TABLE peer_requests (
  request_ref TEXT NOT NULL,
  day INTEGER NOT NULL,
  requester_token TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  area_id INTEGER,
  needs_id INTEGER,
  responded_at INTEGER,
  status_id INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (request_ref)
) WITHOUT ROWID;
CREATE TABLE peer_requests_history (
  request_ref TEXT NOT NULL,
  day INTEGER NOT NULL,
  requester_token TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  area_id INTEGER,
  needs_id INTEGER,
  responded_at INTEGER,
  status_id INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (request_ref, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE peer_requests_confirmed (
  request_ref TEXT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, request_ref)
) WITHOUT ROWID;

CREATE TABLE peer_contacts (
  volunteer_ref TEXT NOT NULL,
  requester_token TEXT NOT NULL,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  minutes REAL,
  mode_id INTEGER,
  safeguarding INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (volunteer_ref, requester_token, at)
) WITHOUT ROWID;
CREATE TABLE peer_contacts_history (
  volunteer_ref TEXT NOT NULL,
  requester_token TEXT NOT NULL,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  minutes REAL,
  mode_id INTEGER,
  safeguarding INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (volunteer_ref, requester_token, at, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE peer_contacts_confirmed (
  volunteer_ref TEXT NOT NULL,
  requester_token TEXT NOT NULL,
  at INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, volunteer_ref, requester_token, at)
) WITHOUT ROWID;

CREATE TABLE pilot_enrolments (
  pilot_id INTEGER NOT NULL REFERENCES code (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  eligible_on INTEGER,
  stratum_id INTEGER,
  cluster_id INTEGER,
  arm_id INTEGER,
  allocated_on INTEGER,
  consented_on INTEGER,
  withdrawn_on INTEGER,
  not_enrolled_reason_id INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (pilot_id, person_id)
) WITHOUT ROWID;
CREATE TABLE pilot_enrolments_history (
  pilot_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  eligible_on INTEGER,
  stratum_id INTEGER,
  cluster_id INTEGER,
  arm_id INTEGER,
  allocated_on INTEGER,
  consented_on INTEGER,
  withdrawn_on INTEGER,
  not_enrolled_reason_id INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (pilot_id, person_id, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE pilot_enrolments_confirmed (
  pilot_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, pilot_id, person_id)
) WITHOUT ROWID;

CREATE TABLE pilot_clusters (
  pilot_id INTEGER NOT NULL REFERENCES code (id),
  cluster_id INTEGER NOT NULL REFERENCES code (id),
  sequence_id INTEGER,
  exposed_from INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (pilot_id, cluster_id)
) WITHOUT ROWID;
CREATE TABLE pilot_clusters_history (
  pilot_id INTEGER NOT NULL,
  cluster_id INTEGER NOT NULL,
  sequence_id INTEGER,
  exposed_from INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (pilot_id, cluster_id, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE pilot_clusters_confirmed (
  pilot_id INTEGER NOT NULL,
  cluster_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, pilot_id, cluster_id)
) WITHOUT ROWID;

CREATE TABLE pilot_session_plan (
  pilot_id INTEGER NOT NULL REFERENCES code (id),
  cluster_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  minutes REAL,
  checklist REAL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (pilot_id, cluster_id, at)
) WITHOUT ROWID;
CREATE TABLE pilot_session_plan_history (
  pilot_id INTEGER NOT NULL,
  cluster_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  minutes REAL,
  checklist REAL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (pilot_id, cluster_id, at, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE pilot_session_plan_confirmed (
  pilot_id INTEGER NOT NULL,
  cluster_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, pilot_id, cluster_id, at)
) WITHOUT ROWID;

CREATE TABLE pilot_sessions (
  pilot_id INTEGER NOT NULL REFERENCES code (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  minutes REAL,
  within_shift INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (pilot_id, person_id, at)
) WITHOUT ROWID;
CREATE TABLE pilot_sessions_history (
  pilot_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  minutes REAL,
  within_shift INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (pilot_id, person_id, at, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE pilot_sessions_confirmed (
  pilot_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, pilot_id, person_id, at)
) WITHOUT ROWID;

CREATE TABLE adverse_events (
  pilot_id INTEGER NOT NULL REFERENCES code (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  on_day INTEGER NOT NULL,
  category_id INTEGER NOT NULL REFERENCES code (id),
  seriousness_id INTEGER NOT NULL REFERENCES code (id),
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (pilot_id, person_id, on_day, category_id)
) WITHOUT ROWID;
CREATE TABLE adverse_events_history (
  pilot_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  on_day INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  seriousness_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (pilot_id, person_id, on_day, category_id, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE adverse_events_confirmed (
  pilot_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  on_day INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, pilot_id, person_id, on_day, category_id)
) WITHOUT ROWID;

CREATE TABLE costs (
  item_id INTEGER NOT NULL REFERENCES code (id),
  period_id INTEGER NOT NULL REFERENCES code (id),
  amount_gbp REAL NOT NULL,
  pilot_id INTEGER,
  service_id INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (item_id, period_id)
) WITHOUT ROWID;
CREATE TABLE costs_history (
  item_id INTEGER NOT NULL,
  period_id INTEGER NOT NULL,
  amount_gbp REAL NOT NULL,
  pilot_id INTEGER,
  service_id INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (item_id, period_id, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE costs_confirmed (
  item_id INTEGER NOT NULL,
  period_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, item_id, period_id)
) WITHOUT ROWID;

CREATE TABLE studies (
  study_key TEXT NOT NULL,
  title TEXT NOT NULL,
  year INTEGER,
  authors TEXT,
  doi TEXT,
  journal TEXT,
  volume TEXT,
  issue TEXT,
  pages TEXT,
  abstract TEXT,
  keywords TEXT,
  type_id INTEGER,
  pmid TEXT,
  url TEXT,
  source_db_id INTEGER,
  language_id INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (study_key)
) WITHOUT ROWID;
CREATE TABLE studies_history (
  study_key TEXT NOT NULL,
  title TEXT NOT NULL,
  year INTEGER,
  authors TEXT,
  doi TEXT,
  journal TEXT,
  volume TEXT,
  issue TEXT,
  pages TEXT,
  abstract TEXT,
  keywords TEXT,
  type_id INTEGER,
  pmid TEXT,
  url TEXT,
  source_db_id INTEGER,
  language_id INTEGER,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  PRIMARY KEY (study_key, batch_id, row)
) WITHOUT ROWID;
CREATE TABLE studies_confirmed (
  study_key TEXT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row INTEGER NOT NULL,
  held_batch_id INTEGER NOT NULL,
  held_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, study_key)
) WITHOUT ROWID;
`,
};
