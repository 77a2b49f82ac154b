import { integer, sqliteTable, text } from '../drizzle.ts';
import { box } from './columns.ts';

/** Cases of clinicians, and the signals and safety answers that lead to them. */

export const caseRecord = sqliteTable('case_record', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  person: text('person').notNull(),
  openedAt: text('opened_at').notNull(),
  openedBy: text('opened_by').notNull(),
});

/** What happened to a case; `lastSignal` is the newest signal that whoever decided could see. */
export const caseEvent = sqliteTable('case_event', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  caseId: integer('case_id')
    .notNull()
    .references(() => caseRecord.id),
  at: text('at').notNull(),
  user: text('user').notNull(),
  kind: text('kind').notNull(),
  decision: text('decision'),
  overrides: integer('overrides').notNull(),
  dueDay: integer('due_day'),
  lastSignal: integer('last_signal').notNull(),
  box: box(),
});

/** A rule that held for a person; `eventDay` where a single event raised it. */
export const signal = sqliteTable('signal', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  person: text('person').notNull(),
  rule: text('rule').notNull(),
  scheme: text('scheme').notNull(),
  words: text('words').notNull(),
  asOfDay: integer('as_of_day').notNull(),
  eventDay: integer('event_day'),
  raisedAt: text('raised_at').notNull(),
  caseId: integer('case_id').references(() => caseRecord.id),
  /** 0 for a scheme that came with Tidemark; null where no scheme raised it. */
  schemeVersion: integer('scheme_version'),
  sinceDay: integer('since_day'),
  /** 0 or 1: whether it says once more what was said since then. */
  again: integer('again').notNull().default(0),
});

/** Which answers were acknowledged is in the box alone. */
export const safetyAcknowledgement = sqliteTable('safety_acknowledgement', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  at: text('at').notNull(),
  user: text('user').notNull(),
  box: box(),
});

/** Why, where to and with what is in the box. */
export const caseSummary = sqliteTable('case_summary', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  caseId: integer('case_id')
    .notNull()
    .references(() => caseRecord.id),
  at: text('at').notNull(),
  user: text('user').notNull(),
  manifestHash: text('manifest_hash').notNull(),
  box: box(),
});

export const identityReveal = sqliteTable('identity_reveal', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  at: text('at').notNull(),
  user: text('user').notNull(),
  caseId: integer('case_id').references(() => caseRecord.id),
  box: box(),
});
