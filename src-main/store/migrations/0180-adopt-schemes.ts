import type { Migration } from './migration.ts';

/**
 * Which scheme raises the signals of the clinicians' list, and who adopted it. Nothing here is ever changed: what was adopted last
 * is in use. That a scheme is approved, that nobody adopts what they wrote, and that the one in use is not put away, is
 * refused here too. A signal says which version raised it, since when its rule stands, and whether it was said before.
 */
export const adoptSchemes: Migration = {
  version: 180,
  name: 'adopt-schemes',
  sql: `
CREATE TABLE scheme_adoption (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  scheme TEXT NOT NULL,
  version INTEGER NOT NULL,
  body_hash TEXT NOT NULL,
  as_of_day INTEGER NOT NULL,
  gained INTEGER NOT NULL,
  lost INTEGER NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  reason TEXT NOT NULL
);
CREATE TRIGGER scheme_adoption_is_never_changed BEFORE UPDATE ON scheme_adoption
  BEGIN SELECT RAISE(ABORT, 'what was adopted is never changed'); END;
CREATE TRIGGER scheme_adoption_is_never_deleted BEFORE DELETE ON scheme_adoption
  BEGIN SELECT RAISE(ABORT, 'what was adopted is never changed'); END;
CREATE TRIGGER adopted_scheme_is_approved BEFORE INSERT ON scheme_adoption
  WHEN NEW.scheme <> 'count-v1' AND (
    SELECT count(*) FILTER (WHERE kind = 'approved') = 0 OR count(*) FILTER (WHERE kind = 'retired') > 0
    FROM scheme_event JOIN scheme_version ON scheme_version.id = scheme_event.scheme_version_id
    WHERE scheme = NEW.scheme AND version = NEW.version AND body_hash = NEW.body_hash
  )
  BEGIN SELECT RAISE(ABORT, 'only an approved scheme is adopted'); END;
CREATE TRIGGER scheme_is_not_adopted_by_its_author BEFORE INSERT ON scheme_adoption
  WHEN EXISTS (SELECT 1 FROM scheme_version WHERE scheme = NEW.scheme AND saved_by = NEW.user)
    OR EXISTS (
      SELECT 1 FROM scheme_event JOIN scheme_version ON scheme_version.id = scheme_event.scheme_version_id
      WHERE scheme_version.scheme = NEW.scheme AND kind = 'submitted' AND user = NEW.user
    )
  BEGIN SELECT RAISE(ABORT, 'nobody adopts a scheme that they wrote or submitted'); END;
CREATE TRIGGER adopted_scheme_is_not_retired BEFORE INSERT ON scheme_event
  WHEN NEW.kind = 'retired' AND (SELECT scheme FROM scheme_adoption ORDER BY id DESC LIMIT 1)
    = (SELECT scheme FROM scheme_version WHERE id = NEW.scheme_version_id)
  BEGIN SELECT RAISE(ABORT, 'the scheme in use is not retired'); END;

ALTER TABLE signal ADD COLUMN scheme_version INTEGER;
ALTER TABLE signal ADD COLUMN since_day INTEGER;
ALTER TABLE signal ADD COLUMN again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1));
UPDATE signal SET scheme_version = 0 WHERE scheme = 'count-v1';
`,
};
