import type { Migration } from './migration.ts';

/**
 * Weighting schemes as documents. Every save of a draft is a row of its own, and what happened to a scheme is a row of another
 * table, so that nothing here is ever changed: who said what, when and why stays, and a document that two people have
 * agreed to cannot be another one later. That nobody approves what they wrote or submitted, and that nobody counts twice,
 * is refused here too.
 */
export const schemes: Migration = {
  version: 70,
  name: 'schemes',
  sql: `
CREATE TABLE scheme_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  scheme TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  copied_from TEXT,
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (scheme, version)
);
CREATE TRIGGER scheme_version_is_never_changed BEFORE UPDATE ON scheme_version
  BEGIN SELECT RAISE(ABORT, 'versions of schemes are never changed'); END;
CREATE TRIGGER scheme_version_is_never_deleted BEFORE DELETE ON scheme_version
  BEGIN SELECT RAISE(ABORT, 'versions of schemes are never changed'); END;

CREATE TABLE scheme_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  scheme_version_id INTEGER NOT NULL REFERENCES scheme_version (id),
  kind TEXT NOT NULL CHECK (kind IN ('submitted', 'agreed', 'declined', 'withdrawn', 'approved', 'retired')),
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  reason TEXT NOT NULL
);
CREATE TRIGGER scheme_event_is_never_changed BEFORE UPDATE ON scheme_event
  BEGIN SELECT RAISE(ABORT, 'what happened to a scheme is never changed'); END;
CREATE TRIGGER scheme_event_is_never_deleted BEFORE DELETE ON scheme_event
  BEGIN SELECT RAISE(ABORT, 'what happened to a scheme is never changed'); END;

CREATE TRIGGER scheme_is_settled_once_approved BEFORE INSERT ON scheme_version
  WHEN EXISTS (
    SELECT 1 FROM scheme_event JOIN scheme_version ON scheme_version.id = scheme_event.scheme_version_id
    WHERE scheme_version.scheme = NEW.scheme AND scheme_event.kind IN ('approved', 'retired')
  )
  BEGIN SELECT RAISE(ABORT, 'a scheme that was approved or retired has no later version'); END;
CREATE TRIGGER scheme_is_not_agreed_by_its_author BEFORE INSERT ON scheme_event
  WHEN NEW.kind = 'agreed' AND (
    EXISTS (
      SELECT 1 FROM scheme_version AS saved JOIN scheme_version AS judged ON judged.scheme = saved.scheme
      WHERE judged.id = NEW.scheme_version_id AND saved.saved_by = NEW.user
    )
    OR EXISTS (
      SELECT 1 FROM scheme_event
      WHERE scheme_version_id = NEW.scheme_version_id AND kind = 'submitted' AND user = NEW.user
    )
  )
  BEGIN SELECT RAISE(ABORT, 'nobody agrees to a scheme that they wrote or submitted'); END;
CREATE TRIGGER scheme_is_approved_by_two BEFORE INSERT ON scheme_event
  WHEN NEW.kind = 'approved' AND (
    SELECT count(DISTINCT user) FROM scheme_event
    WHERE scheme_version_id = NEW.scheme_version_id AND kind = 'agreed' AND id > (
      SELECT max(id) FROM scheme_event
      WHERE scheme_version_id = NEW.scheme_version_id AND kind IN ('submitted', 'declined', 'withdrawn')
    )
  ) < 2
  BEGIN SELECT RAISE(ABORT, 'a scheme is approved by two people'); END;
`,
};
