import { integer, real, sqliteTable, text, unique } from '../drizzle.ts';

/** What a force has agreed to go by: weighting schemes, early-warning models, targets. Rows are only ever added. */

export const schemeVersion = sqliteTable(
  'scheme_version',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    scheme: text('scheme').notNull(),
    version: integer('version').notNull(),
    body: text('body').notNull(),
    bodyHash: text('body_hash').notNull(),
    copiedFrom: text('copied_from'),
    savedAt: text('saved_at').notNull(),
    savedBy: text('saved_by').notNull(),
    reason: text('reason').notNull(),
  },
  (table) => [unique().on(table.scheme, table.version)],
);

export const schemeEvent = sqliteTable('scheme_event', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  schemeVersionId: integer('scheme_version_id')
    .notNull()
    .references(() => schemeVersion.id),
  kind: text('kind', { enum: ['submitted', 'agreed', 'declined', 'withdrawn', 'approved', 'retired'] }).notNull(),
  at: text('at').notNull(),
  user: text('user').notNull(),
  reason: text('reason').notNull(),
});

/** Which scheme raises the signals of the clinicians' list from when; `gained` and `lost` count the people as it was seen before. */
export const schemeAdoption = sqliteTable('scheme_adoption', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  scheme: text('scheme').notNull(),
  version: integer('version').notNull(),
  bodyHash: text('body_hash').notNull(),
  asOfDay: integer('as_of_day').notNull(),
  gained: integer('gained').notNull(),
  lost: integer('lost').notNull(),
  at: text('at').notNull(),
  user: text('user').notNull(),
  reason: text('reason').notNull(),
});

export const earlyWarningModel = sqliteTable('early_warning_model', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  body: text('body').notNull(),
  bodyHash: text('body_hash').notNull().unique(),
  keptAt: text('kept_at').notNull(),
  keptBy: text('kept_by').notNull(),
  reason: text('reason').notNull(),
});

export const earlyWarningEvent = sqliteTable('early_warning_event', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  modelId: integer('model_id')
    .notNull()
    .references(() => earlyWarningModel.id),
  kind: text('kind', { enum: ['used', 'stopped'] }).notNull(),
  at: text('at').notNull(),
  user: text('user').notNull(),
  reason: text('reason').notNull(),
});

/** What a force wants of an indicator; the newest row of each holds. */
export const indicatorTarget = sqliteTable('indicator_target', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  indicator: text('indicator').notNull(),
  kind: text('kind', { enum: ['set', 'withdrawn'] }).notNull(),
  value: real('value'),
  owner: text('owner'),
  reviewDay: integer('review_day'),
  at: text('at').notNull(),
  user: text('user').notNull(),
  reason: text('reason').notNull(),
});
