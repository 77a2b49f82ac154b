import { blob, integer, sqliteTable, text } from '../drizzle.ts';

/** What was let out, backed up, erased or kept, and who agreed. */

export const report = sqliteTable('report', {
  id: integer('id').primaryKey(),
  title: text('title').notNull(),
  fromDay: text('from_day').notNull(),
  toDay: text('to_day').notNull(),
  builtAt: text('built_at').notNull(),
  builtBy: text('built_by').notNull(),
  folder: text('folder').notNull(),
  manifestHash: text('manifest_hash').notNull(),
});

/** Backups made of this vault, whether their files are still there or not. */
export const backup = sqliteTable('backup', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  kind: text('kind', { enum: ['asked', 'scheduled', 'before-migration'] }).notNull(),
  madeAt: text('made_at').notNull(),
  madeBy: text('made_by').notNull(),
  folder: text('folder').notNull(),
  fileName: text('file_name').notNull(),
  bytes: integer('bytes').notNull(),
  schemaVersion: integer('schema_version').notNull(),
  headSequence: integer('head_sequence').notNull(),
  headHash: text('head_hash').notNull(),
  /** Null for a copy made before a migration, which is a bare store. */
  manifestHash: text('manifest_hash'),
  verifiedAt: text('verified_at').notNull(),
  removedAt: text('removed_at'),
  /** Manifest hash of the whole backup that it holds the changes since; null where it is whole. */
  baseHash: text('base_hash'),
});

/** What was let out; triggers refuse a change. */
export const released = sqliteTable('released', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  kind: text('kind').notNull(),
  title: text('title').notNull(),
  releasedAt: text('released_at').notNull(),
  releasedBy: text('released_by').notNull(),
  purpose: text('purpose').notNull(),
  marking: text('marking').notNull(),
  manifestHash: text('manifest_hash').notNull(),
  counts: integer('counts').notNull(),
  withheld: integer('withheld').notNull(),
  body: text('body').notNull(),
});

/** A request that another person has to agree to. */
export const approval = sqliteTable('approval', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  action: text('action').notNull(),
  object: text('object').notNull(),
  reason: text('reason').notNull(),
  requestedAt: text('requested_at').notNull(),
  requestedBy: text('requested_by').notNull(),
  state: text('state').notNull(),
  decidedAt: text('decided_at'),
  decidedBy: text('decided_by'),
  note: text('note').notNull(),
});

/** Releases that were taken back by word. */
export const releaseWithdrawal = sqliteTable('release_withdrawal', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  releasedId: integer('released_id')
    .notNull()
    .unique()
    .references(() => released.id),
  at: text('at').notNull(),
  user: text('user').notNull(),
  reason: text('reason').notNull(),
});

/** What a request would let out for other forces. */
export const releaseRequest = sqliteTable('release_request', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  approvalId: integer('approval_id')
    .notNull()
    .unique()
    .references(() => approval.id),
  spec: text('spec').notNull(),
  bodyHash: text('body_hash').notNull(),
});

/** A request to release a report, beside its approval; triggers refuse a change. */
export const reportRequest = sqliteTable('report_request', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  approvalId: integer('approval_id')
    .notNull()
    .unique()
    .references(() => approval.id),
  spec: text('spec').notNull(),
  contentHash: text('content_hash').notNull(),
  title: text('title').notNull(),
  marking: text('marking').notNull(),
  counts: integer('counts').notNull(),
  withheld: integer('withheld').notNull(),
});

/** Signs what leaves for other forces; the private half is under a key that follows from the data key. */
export const signingKey = sqliteTable('signing_key', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  publicKey: blob('public_key', { mode: 'buffer' }).notNull().unique(),
  wrappedPrivateKey: blob('wrapped_private_key', { mode: 'buffer' }).notNull(),
  madeAt: text('made_at').notNull(),
  madeBy: text('made_by').notNull(),
});

/** Who may take rows of single people out, and until when. */
export const exportPermission = sqliteTable('export_permission', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  approvalId: integer('approval_id')
    .notNull()
    .references(() => approval.id),
  userName: text('user_name').notNull(),
  userSince: text('user_since').notNull(),
  untilDay: integer('until_day').notNull(),
  withdrawnAt: text('withdrawn_at'),
  withdrawnBy: text('withdrawn_by'),
});

export const erasure = sqliteTable('erasure', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  approvalId: integer('approval_id')
    .notNull()
    .references(() => approval.id),
  erasedAt: text('erased_at').notNull(),
  erasedBy: text('erased_by').notNull(),
  removed: text('removed').notNull(),
});

/** Rows of such a reference are dropped when they come again; days are those on which another reference was theirs. */
export const erasedReference = sqliteTable('erased_reference', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  erasureId: integer('erasure_id')
    .notNull()
    .references(() => erasure.id),
  pseudonym: text('pseudonym').notNull(),
  fromDay: integer('from_day'),
  toDay: integer('to_day'),
});

export const retentionPeriod = sqliteTable('retention_period', {
  kind: text('kind').primaryKey(),
  months: integer('months'),
  setAt: text('set_at').notNull(),
  setBy: text('set_by').notNull(),
});

export const retentionDecision = sqliteTable('retention_decision', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  kind: text('kind').notNull(),
  beforeDay: integer('before_day').notNull(),
  decision: text('decision').notNull(),
  untilDay: integer('until_day'),
  reason: text('reason').notNull(),
  decidedAt: text('decided_at').notNull(),
  decidedBy: text('decided_by').notNull(),
  removed: text('removed').notNull(),
});

/** A report with the words beside it, until it is built. */
export const reportDraft = sqliteTable('report_draft', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  template: text('template').notNull(),
  spec: text('spec').notNull(),
  version: integer('version').notNull(),
  savedAt: text('saved_at').notNull(),
  savedBy: text('saved_by').notNull(),
});
