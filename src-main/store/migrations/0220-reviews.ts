import type { Migration } from './migration.ts';

/**
 * Reviews of evidence: versions of their protocols, the log of searches, every record with where it came from, and what was
 * said of it. Nothing here is ever changed: a later row counts, so that everything can be taken back and nothing is lost.
 */
export const reviews: Migration = {
  version: 220,
  name: 'reviews',
  sql: `
CREATE TABLE review_protocol (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  review TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  reason TEXT,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  UNIQUE (review, version)
);
CREATE TABLE review_registration (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  review TEXT NOT NULL UNIQUE,
  protocol_id INTEGER NOT NULL REFERENCES review_protocol (id),
  protocol_hash TEXT NOT NULL,
  registered_in TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE TABLE review_search (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  review TEXT NOT NULL,
  search INTEGER NOT NULL,
  version INTEGER NOT NULL,
  source TEXT NOT NULL,
  database TEXT NOT NULL,
  platform TEXT NOT NULL,
  searched_on TEXT NOT NULL,
  query TEXT NOT NULL,
  hits INTEGER NOT NULL,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  UNIQUE (review, search, version)
);
CREATE TABLE review_source (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  review TEXT NOT NULL,
  search INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  format TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE INDEX review_source_of ON review_source (review);
CREATE TABLE review_source_withdrawal (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  source_id INTEGER NOT NULL UNIQUE REFERENCES review_source (id),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE TABLE review_record (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  source_id INTEGER NOT NULL REFERENCES review_source (id),
  row INTEGER NOT NULL,
  fault TEXT,
  title TEXT NOT NULL,
  year INTEGER,
  authors TEXT NOT NULL,
  doi TEXT NOT NULL,
  journal TEXT NOT NULL,
  volume TEXT NOT NULL,
  issue TEXT NOT NULL,
  pages TEXT NOT NULL,
  abstract TEXT NOT NULL,
  keywords TEXT NOT NULL,
  type TEXT NOT NULL,
  pmid TEXT NOT NULL,
  url TEXT NOT NULL,
  language TEXT NOT NULL,
  UNIQUE (source_id, row)
);
CREATE TABLE review_pair (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  review TEXT NOT NULL,
  first_id INTEGER NOT NULL REFERENCES review_record (id),
  second_id INTEGER NOT NULL REFERENCES review_record (id),
  verdict TEXT NOT NULL,
  by_rule INTEGER NOT NULL,
  why TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE INDEX review_pair_of ON review_pair (review);
CREATE TABLE review_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  review TEXT NOT NULL,
  record_id INTEGER NOT NULL REFERENCES review_record (id),
  stage TEXT NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE INDEX review_decision_of ON review_decision (review);
CREATE TABLE review_resolution (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  review TEXT NOT NULL,
  record_id INTEGER NOT NULL REFERENCES review_record (id),
  stage TEXT NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE INDEX review_resolution_of ON review_resolution (review);
CREATE TABLE review_full_text (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  review TEXT NOT NULL,
  record_id INTEGER NOT NULL REFERENCES review_record (id),
  state TEXT NOT NULL,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE INDEX review_full_text_of ON review_full_text (review);
CREATE TABLE review_study (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  review TEXT NOT NULL,
  record_id INTEGER NOT NULL REFERENCES review_record (id),
  study TEXT,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE INDEX review_study_of ON review_study (review);
${[
  'review_protocol',
  'review_registration',
  'review_search',
  'review_source',
  'review_source_withdrawal',
  'review_record',
  'review_pair',
  'review_decision',
  'review_resolution',
  'review_full_text',
  'review_study',
]
  .map(onlyAdded)
  .join('')}
CREATE TRIGGER review_protocol_is_followed_by_another BEFORE INSERT ON review_protocol
  WHEN EXISTS (SELECT 1 FROM review_protocol WHERE review = NEW.review AND version >= NEW.version)
  BEGIN SELECT RAISE(ABORT, 'a protocol is followed by another, never replaced'); END;
CREATE TRIGGER review_amendment_has_a_reason BEFORE INSERT ON review_protocol
  WHEN NEW.reason IS NULL AND EXISTS (SELECT 1 FROM review_registration WHERE review = NEW.review)
  BEGIN SELECT RAISE(ABORT, 'a protocol that is registered is changed with a reason'); END;
CREATE TRIGGER review_is_registered_once BEFORE INSERT ON review_registration
  WHEN EXISTS (SELECT 1 FROM review_registration WHERE review = NEW.review)
  BEGIN SELECT RAISE(ABORT, 'a protocol is registered once'); END;
CREATE TRIGGER review_registration_names_the_newest_protocol BEFORE INSERT ON review_registration
  WHEN NOT EXISTS (
    SELECT 1 FROM review_protocol WHERE id = NEW.protocol_id AND review = NEW.review AND body_hash = NEW.protocol_hash
      AND version = (SELECT max(version) FROM review_protocol WHERE review = NEW.review)
  )
  BEGIN SELECT RAISE(ABORT, 'only the newest protocol of a review is registered'); END;
CREATE TRIGGER review_decision_follows_the_registration BEFORE INSERT ON review_decision
  WHEN NOT EXISTS (SELECT 1 FROM review_registration WHERE review = NEW.review)
  BEGIN SELECT RAISE(ABORT, 'records are decided on once the protocol is registered'); END;
`,
};

function onlyAdded(table: string): string {
  return `
CREATE TRIGGER ${table}_is_never_changed BEFORE UPDATE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what is kept of a review is never changed'); END;
CREATE TRIGGER ${table}_is_never_deleted BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what is kept of a review is never changed'); END;
CREATE TRIGGER ${table}_is_not_replaced BEFORE INSERT ON ${table}
  WHEN EXISTS (SELECT 1 FROM ${table} WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'what is kept of a review is never changed'); END;`;
}
