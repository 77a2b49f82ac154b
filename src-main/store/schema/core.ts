import { integer, sqliteTable, text, unique } from '../drizzle.ts';

/** The vault itself: what every other table points at. */

export const meta = sqliteTable('meta', { key: text('key').primaryKey(), value: text('value').notNull() });

export const audit = sqliteTable('audit', {
  sequence: integer('sequence').primaryKey(),
  at: text('at').notNull(),
  user: text('user').notNull(),
  action: text('action').notNull(),
  event: text('event').notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
});

export const batch = sqliteTable('batch', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  kind: text('kind').notNull(),
  fileName: text('file_name').notNull(),
  fileHash: text('file_hash').notNull(),
  fileBytes: integer('file_bytes').notNull(),
  mapping: text('mapping').notNull(),
  importedAt: text('imported_at').notNull(),
  importedBy: text('imported_by').notNull(),
  read: integer('read').notNull(),
  accepted: integer('accepted').notNull(),
  superseded: integer('superseded').notNull(),
  rejected: integer('rejected').notNull(),
  duplicate: integer('duplicate').notNull(),
  firstDay: integer('first_day'),
  lastDay: integer('last_day'),
  problems: text('problems').notNull(),
  warnings: text('warnings').notNull(),
});

export const code = sqliteTable(
  'code',
  { id: integer('id').primaryKey(), list: text('list').notNull(), value: text('value').notNull() },
  (table) => [unique().on(table.list, table.value)],
);

export const person = sqliteTable('person', {
  id: integer('id').primaryKey(),
  pseudonym: text('pseudonym').notNull().unique(),
});
