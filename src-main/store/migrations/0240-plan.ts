import type { Migration } from './migration.ts';

/**
 * The plan of a force: what it has, what it will do, whom it asked and what it reviewed. Every save is a row of its own, and what
 * happens to an action is a row beside it; nothing is ever changed. Nobody signs off what they had a hand in.
 */
export const plan: Migration = {
  version: 240,
  name: 'plan',
  sql: `
CREATE TABLE plan_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('resource', 'action', 'activity', 'meeting')),
  code TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  UNIQUE (kind, code, version)
);
CREATE TABLE action_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  action TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('sign-off', 'move', 'note', 'pilot')),
  version INTEGER NOT NULL,
  value TEXT,
  words TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  CHECK ((kind = 'note') = (value IS NULL)),
  CHECK (kind <> 'move' OR value IN ('proposed', 'under way', 'done', 'stopped'))
);
${['plan_version', 'action_event'].map(onlyAdded).join('')}
CREATE TRIGGER action_event_is_of_the_newest_version BEFORE INSERT ON action_event
  WHEN NEW.version IS NOT (SELECT max(version) FROM plan_version WHERE kind = 'action' AND code = NEW.action)
  BEGIN SELECT RAISE(ABORT, 'what happens to an action happens to its newest version'); END;
CREATE TRIGGER action_is_signed_off_by_another BEFORE INSERT ON action_event
  WHEN NEW.kind = 'sign-off' AND EXISTS (
    SELECT 1 FROM plan_version WHERE kind = 'action' AND code = NEW.action AND user = NEW.user
  )
  BEGIN SELECT RAISE(ABORT, 'nobody signs off what they had a hand in'); END;
`,
};

function onlyAdded(table: string): string {
  return `
CREATE TRIGGER ${table}_is_never_changed BEFORE UPDATE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what is kept of a plan is never changed'); END;
CREATE TRIGGER ${table}_is_never_deleted BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what is kept of a plan is never changed'); END;
CREATE TRIGGER ${table}_is_not_replaced BEFORE INSERT ON ${table}
  WHEN EXISTS (SELECT 1 FROM ${table} WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'what is kept of a plan is never changed'); END;`;
}
