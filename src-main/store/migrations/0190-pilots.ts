import type { Migration } from './migration.ts';

/**
 * Pilots: every save of a plan is a row of its own; the lock names one of them by its hash, and from then on there is no later
 * plan, only deviations with a reason. Chance is drawn in steps, each with a number that is made with it. Nothing here is ever
 * changed. Who was allocated stands apart from the draws, so that a person can be erased and the draws still be worked out.
 */
export const pilots: Migration = {
  version: 190,
  name: 'pilots',
  sql: `
CREATE TABLE pilot_plan (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  pilot TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  UNIQUE (pilot, version)
);
CREATE TABLE pilot_lock (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  pilot TEXT NOT NULL UNIQUE,
  plan_id INTEGER NOT NULL REFERENCES pilot_plan (id),
  plan_hash TEXT NOT NULL,
  seed TEXT NOT NULL,
  seed_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE TABLE pilot_deviation (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  pilot TEXT NOT NULL REFERENCES pilot_lock (pilot),
  what TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE TABLE pilot_finish (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  pilot TEXT NOT NULL UNIQUE REFERENCES pilot_lock (pilot),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE TABLE pilot_draw (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  pilot TEXT NOT NULL REFERENCES pilot_lock (pilot),
  nonce TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
);
CREATE TABLE pilot_allocation (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  draw_id INTEGER NOT NULL REFERENCES pilot_draw (id),
  sequence INTEGER NOT NULL,
  stratum TEXT NOT NULL,
  block INTEGER NOT NULL,
  block_size INTEGER NOT NULL,
  arm TEXT NOT NULL,
  cluster TEXT,
  UNIQUE (draw_id, sequence)
);
CREATE TABLE pilot_allocated_person (
  allocation_id INTEGER PRIMARY KEY NOT NULL REFERENCES pilot_allocation (id),
  pilot TEXT NOT NULL,
  person TEXT NOT NULL,
  arm TEXT NOT NULL,
  UNIQUE (pilot, person)
);
${[
  'pilot_plan',
  'pilot_lock',
  'pilot_deviation',
  'pilot_finish',
  'pilot_draw',
  'pilot_allocation',
  'pilot_allocated_person',
]
  .map(onlyAdded)
  .join('')}
CREATE TRIGGER pilot_plan_is_not_replaced BEFORE INSERT ON pilot_plan
  WHEN EXISTS (SELECT 1 FROM pilot_plan WHERE id = NEW.id OR (pilot = NEW.pilot AND version >= NEW.version))
  BEGIN SELECT RAISE(ABORT, 'a plan is followed by another, never replaced'); END;
CREATE TRIGGER pilot_plan_is_settled_once_locked BEFORE INSERT ON pilot_plan
  WHEN EXISTS (SELECT 1 FROM pilot_lock WHERE pilot = NEW.pilot)
  BEGIN SELECT RAISE(ABORT, 'a plan that is locked has no later version'); END;
CREATE TRIGGER pilot_is_locked_once BEFORE INSERT ON pilot_lock
  WHEN EXISTS (SELECT 1 FROM pilot_lock WHERE id = NEW.id OR pilot = NEW.pilot)
  BEGIN SELECT RAISE(ABORT, 'a plan is locked once'); END;
CREATE TRIGGER pilot_lock_names_the_newest_plan BEFORE INSERT ON pilot_lock
  WHEN NOT EXISTS (
    SELECT 1 FROM pilot_plan WHERE id = NEW.plan_id AND pilot = NEW.pilot AND body_hash = NEW.plan_hash
      AND version = (SELECT max(version) FROM pilot_plan WHERE pilot = NEW.pilot)
  )
  BEGIN SELECT RAISE(ABORT, 'only the newest plan of a pilot is locked'); END;
CREATE TRIGGER pilot_deviation_is_not_replaced BEFORE INSERT ON pilot_deviation
  WHEN EXISTS (SELECT 1 FROM pilot_deviation WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'deviations are only added'); END;
CREATE TRIGGER pilot_is_finished_once BEFORE INSERT ON pilot_finish
  WHEN EXISTS (SELECT 1 FROM pilot_finish WHERE id = NEW.id OR pilot = NEW.pilot)
  BEGIN SELECT RAISE(ABORT, 'a pilot is finished once'); END;
CREATE TRIGGER pilot_draw_is_not_replaced BEFORE INSERT ON pilot_draw
  WHEN EXISTS (SELECT 1 FROM pilot_draw WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'draws are only added'); END;
CREATE TRIGGER pilot_is_not_drawn_once_finished BEFORE INSERT ON pilot_draw
  WHEN EXISTS (SELECT 1 FROM pilot_finish WHERE pilot = NEW.pilot)
  BEGIN SELECT RAISE(ABORT, 'nobody is allocated in a pilot that is finished'); END;
CREATE TRIGGER pilot_allocation_is_not_replaced BEFORE INSERT ON pilot_allocation
  WHEN EXISTS (
    SELECT 1 FROM pilot_allocation WHERE id = NEW.id OR (draw_id = NEW.draw_id AND sequence = NEW.sequence)
  )
  BEGIN SELECT RAISE(ABORT, 'allocations are only added'); END;
CREATE TRIGGER pilot_cluster_is_allocated_once BEFORE INSERT ON pilot_allocation
  WHEN NEW.cluster IS NOT NULL AND EXISTS (
    SELECT 1 FROM pilot_allocation JOIN pilot_draw ON pilot_draw.id = draw_id
    WHERE cluster = NEW.cluster AND pilot = (SELECT pilot FROM pilot_draw WHERE id = NEW.draw_id)
  )
  BEGIN SELECT RAISE(ABORT, 'a cluster is allocated once'); END;
CREATE TRIGGER pilot_person_is_allocated_once BEFORE INSERT ON pilot_allocated_person
  WHEN EXISTS (
    SELECT 1 FROM pilot_allocated_person
    WHERE allocation_id = NEW.allocation_id OR (pilot = NEW.pilot AND person = NEW.person)
  )
  BEGIN SELECT RAISE(ABORT, 'a person is allocated once'); END;
`,
};

function onlyAdded(table: string): string {
  return `
CREATE TRIGGER ${table}_is_never_changed BEFORE UPDATE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what is kept of a pilot is never changed'); END;
CREATE TRIGGER ${table}_is_never_deleted BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, 'what is kept of a pilot is never changed'); END;`;
}
