import { integer, sqliteTable, text, unique } from '../drizzle.ts';

/** Pilots: plans, their lock, and what was done since. Rows are only ever added. */

const kept = { at: text('at').notNull(), user: text('user').notNull() };

export const pilotPlan = sqliteTable(
  'pilot_plan',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    pilot: text('pilot').notNull(),
    version: integer('version').notNull(),
    body: text('body').notNull(),
    bodyHash: text('body_hash').notNull(),
    ...kept,
  },
  (table) => [unique().on(table.pilot, table.version)],
);

export const pilotLock = sqliteTable('pilot_lock', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  pilot: text('pilot').notNull().unique(),
  planId: integer('plan_id')
    .notNull()
    .references(() => pilotPlan.id),
  planHash: text('plan_hash').notNull(),
  /** One half of what chance is drawn from; told once the pilot is finished. */
  seed: text('seed').notNull(),
  /** SHA-256 of the seed, told from the lock on. */
  seedHash: text('seed_hash').notNull(),
  ...kept,
});

const lockedPilot = () =>
  text('pilot')
    .notNull()
    .references(() => pilotLock.pilot);

export const pilotDeviation = sqliteTable('pilot_deviation', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  pilot: lockedPilot(),
  what: text('what').notNull(),
  reason: text('reason').notNull(),
  ...kept,
});

export const pilotFinish = sqliteTable('pilot_finish', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  pilot: lockedPilot().unique(),
  reason: text('reason').notNull(),
  ...kept,
});

/** A pilot that was given up before its plan was locked. */
export const pilotDrop = sqliteTable('pilot_drop', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  pilot: text('pilot').notNull().unique(),
  reason: text('reason').notNull(),
  ...kept,
});

/** One step of allocation; `nonce` is the other half of what chance is drawn from, made with the draw. */
export const pilotDraw = sqliteTable('pilot_draw', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  pilot: lockedPilot(),
  nonce: text('nonce').notNull(),
  ...kept,
});

/** What chance gave, in order; it names nobody. */
export const pilotAllocation = sqliteTable(
  'pilot_allocation',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    drawId: integer('draw_id')
      .notNull()
      .references(() => pilotDraw.id),
    sequence: integer('sequence').notNull(),
    stratum: text('stratum').notNull(),
    block: integer('block').notNull(),
    blockSize: integer('block_size').notNull(),
    arm: text('arm').notNull(),
    /** Where clusters are allocated. */
    cluster: text('cluster'),
  },
  (table) => [unique().on(table.drawId, table.sequence)],
);

/** Whom an allocation is of, by pseudonym; erased with the person, and with the arm beside it for whoever asks what is held on them. */
export const pilotAllocatedPerson = sqliteTable(
  'pilot_allocated_person',
  {
    allocationId: integer('allocation_id')
      .primaryKey()
      .references(() => pilotAllocation.id),
    pilot: text('pilot').notNull(),
    person: text('person').notNull(),
    arm: text('arm').notNull(),
  },
  (table) => [unique().on(table.pilot, table.person)],
);

const ofPerson = {
  id: integer('id').primaryKey({ autoIncrement: true }),
  pilot: text('pilot').notNull(),
  /** Pseudonym; erased with the person. */
  person: text('person').notNull(),
  onDay: integer('on_day').notNull(),
};

/** What somebody said of taking part, recorded here; what was said last holds. */
export const pilotStatement = sqliteTable('pilot_statement', {
  ...ofPerson,
  kind: text('kind', { enum: ['consent', 'withdrawal'] }).notNull(),
  /** 0 where whoever withdrew asks that nothing of theirs is used. */
  isDataUsed: integer('is_data_used').notNull(),
  ...kept,
});

/** What befell somebody in a pilot, recorded here; the seriousness null where an earlier row was a mistake. */
export const pilotAdverseEvent = sqliteTable('pilot_adverse_event', {
  ...ofPerson,
  category: text('category').notNull(),
  seriousness: text('seriousness'),
  ...kept,
});
