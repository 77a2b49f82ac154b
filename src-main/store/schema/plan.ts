import { integer, sqliteTable, text, unique } from '../drizzle.ts';

/** The plan: versions of what it is made of, and what happened to its actions. Rows are only ever added. */

const planKinds = ['resource', 'action', 'activity', 'meeting'] as const;
const actionEventKinds = ['sign-off', 'move', 'note', 'pilot'] as const;

const kept = { at: text('at').notNull(), user: text('user').notNull() };

export const planVersion = sqliteTable(
  'plan_version',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind', { enum: planKinds }).notNull(),
    code: text('code').notNull(),
    version: integer('version').notNull(),
    body: text('body').notNull(),
    bodyHash: text('body_hash').notNull(),
    ...kept,
  },
  (table) => [unique().on(table.kind, table.code, table.version)],
);

export const actionEvent = sqliteTable('action_event', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  action: text('action').notNull(),
  kind: text('kind', { enum: actionEventKinds }).notNull(),
  /** The newest of the action when it happened; a sign-off is of this one. */
  version: integer('version').notNull(),
  /** The post that signs, the status moved to, or the pilot; null of a note. */
  value: text('value'),
  words: text('words').notNull(),
  ...kept,
});
