import type { Migration } from './migration.ts';

/** A pilot that was given up before its plan was locked. It stays in the list, and nobody locks or plans it again. */
export const dropPilots: Migration = {
  version: 200,
  name: 'drop-pilots',
  sql: `
CREATE TABLE pilot_drop (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  pilot TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE TRIGGER pilot_drop_is_never_changed BEFORE UPDATE ON pilot_drop
  BEGIN SELECT RAISE(ABORT, 'what is kept of a pilot is never changed'); END;
CREATE TRIGGER pilot_drop_is_never_deleted BEFORE DELETE ON pilot_drop
  BEGIN SELECT RAISE(ABORT, 'what is kept of a pilot is never changed'); END;
CREATE TRIGGER pilot_is_dropped_once BEFORE INSERT ON pilot_drop
  WHEN EXISTS (SELECT 1 FROM pilot_drop WHERE id = NEW.id OR pilot = NEW.pilot)
  BEGIN SELECT RAISE(ABORT, 'a pilot is dropped once'); END;
CREATE TRIGGER pilot_is_dropped_before_the_lock BEFORE INSERT ON pilot_drop
  WHEN EXISTS (SELECT 1 FROM pilot_lock WHERE pilot = NEW.pilot)
    OR NOT EXISTS (SELECT 1 FROM pilot_plan WHERE pilot = NEW.pilot)
  BEGIN SELECT RAISE(ABORT, 'only a pilot that is not locked is dropped'); END;
CREATE TRIGGER dropped_pilot_is_not_locked BEFORE INSERT ON pilot_lock
  WHEN EXISTS (SELECT 1 FROM pilot_drop WHERE pilot = NEW.pilot)
  BEGIN SELECT RAISE(ABORT, 'a pilot that was dropped is not locked'); END;
CREATE TRIGGER dropped_pilot_has_no_later_plan BEFORE INSERT ON pilot_plan
  WHEN EXISTS (SELECT 1 FROM pilot_drop WHERE pilot = NEW.pilot)
  BEGIN SELECT RAISE(ABORT, 'a pilot that was dropped has no later plan'); END;
`,
};
