import type { Migration } from './migration.ts';

/**
 * Early-warning models that were kept, and who put them into use. Nothing here is ever changed. That a model which is not fit is
 * never kept, and that nobody puts into use what they kept themselves, is refused here too.
 */
export const earlyWarning: Migration = {
  version: 120,
  name: 'early-warning',
  sql: `
CREATE TABLE early_warning_model (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  body TEXT NOT NULL CHECK (json_extract(body, '$.fit') = 1),
  body_hash TEXT NOT NULL UNIQUE,
  kept_at TEXT NOT NULL,
  kept_by TEXT NOT NULL,
  reason TEXT NOT NULL
);
CREATE TRIGGER early_warning_model_is_never_changed BEFORE UPDATE ON early_warning_model
  BEGIN SELECT RAISE(ABORT, 'kept models are never changed'); END;
CREATE TRIGGER early_warning_model_is_never_deleted BEFORE DELETE ON early_warning_model
  BEGIN SELECT RAISE(ABORT, 'kept models are never changed'); END;

CREATE TABLE early_warning_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  model_id INTEGER NOT NULL REFERENCES early_warning_model (id),
  kind TEXT NOT NULL CHECK (kind IN ('used', 'stopped')),
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  reason TEXT NOT NULL
);
CREATE TRIGGER early_warning_event_is_never_changed BEFORE UPDATE ON early_warning_event
  BEGIN SELECT RAISE(ABORT, 'what happened to a model is never changed'); END;
CREATE TRIGGER early_warning_event_is_never_deleted BEFORE DELETE ON early_warning_event
  BEGIN SELECT RAISE(ABORT, 'what happened to a model is never changed'); END;
CREATE TRIGGER early_warning_model_is_not_used_by_its_author BEFORE INSERT ON early_warning_event
  WHEN NEW.kind = 'used' AND EXISTS (
    SELECT 1 FROM early_warning_model WHERE id = NEW.model_id AND kept_by = NEW.user
  )
  BEGIN SELECT RAISE(ABORT, 'nobody puts into use a model that they kept'); END;
`,
};
