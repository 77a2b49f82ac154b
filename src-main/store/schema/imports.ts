import { integer, primaryKey, sqliteTable, text, unique } from '../drizzle.ts';
import { batchId, box, origin, sealedOfPerson } from './columns.ts';
import { person } from './core.ts';

/** What lies beside the rows of a batch, and how files are read. */

export const reject = sqliteTable(
  'reject',
  {
    batchId: batchId(),
    sequence: integer('sequence').notNull(),
    row: integer('row').notNull(),
    columnName: text('column_name').notNull(),
    code: text('code').notNull(),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.sequence] })],
);

export const sealedReject = sqliteTable(
  'sealed_reject',
  { batchId: batchId(), part: integer('part').notNull(), box: box() },
  (table) => [primaryKey({ columns: [table.batchId, table.part] })],
);

export const sealedIdentity = sqliteTable('sealed_identity', sealedOfPerson(), (table) => [
  primaryKey({ columns: [table.personId, table.batchId, table.row] }),
]);

/** `part` tells several records of one row apart; the person is null where nobody who serves answered. */
export const sealedAnswers = sqliteTable(
  'sealed_answers',
  {
    ...origin(),
    part: integer('part').notNull(),
    personId: integer('person_id').references(() => person.id),
    box: box(),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.row, table.part] })],
);

/**
 * Points at no batch: a safety answer outlives the undoing of what it came in. A negative number is that of a file in the
 * watched folder that was held back.
 */
export const sealedSafety = sqliteTable(
  'sealed_safety',
  {
    batchId: integer('batch_id').notNull(),
    row: integer('row').notNull(),
    part: integer('part').notNull(),
    givenDay: integer('given_day'),
    receivedAt: text('received_at').notNull(),
    box: box(),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.row, table.part] })],
);

/** Something to know about a row that was kept. */
export const note = sqliteTable(
  'note',
  {
    batchId: batchId(),
    sequence: integer('sequence').notNull(),
    row: integer('row').notNull(),
    columnName: text('column_name').notNull(),
    code: text('code').notNull(),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.sequence] })],
);

export const savedMapping = sqliteTable(
  'saved_mapping',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    name: text('name').notNull(),
    version: integer('version').notNull(),
    kind: text('kind').notNull(),
    body: text('body').notNull(),
    headerHash: text('header_hash').notNull(),
    filePattern: text('file_pattern').notNull(),
    savedAt: text('saved_at').notNull(),
    savedBy: text('saved_by').notNull(),
    retiredAt: text('retired_at'),
  },
  (table) => [unique().on(table.name, table.version)],
);

/** Every version of the rules by which incident codes become exposure categories; the highest counts. */
export const codeRules = sqliteTable('code_rules', {
  version: integer('version').primaryKey(),
  body: text('body').notNull(),
  bodyHash: text('body_hash').notNull(),
  savedAt: text('saved_at').notNull(),
  savedBy: text('saved_by').notNull(),
  reason: text('reason').notNull(),
});

export const watchedFile = sqliteTable(
  'watched_file',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    folder: text('folder').notNull(),
    fileName: text('file_name').notNull(),
    fileBytes: integer('file_bytes').notNull(),
    fileHash: text('file_hash').notNull(),
    state: text('state').notNull(),
    reasonCode: text('reason_code').notNull(),
    reason: text('reason').notNull(),
    mappingId: integer('mapping_id').references(() => savedMapping.id),
    batchId: integer('batch_id'),
    seenAt: text('seen_at').notNull(),
  },
  (table) => [unique().on(table.folder, table.fileName, table.fileHash)],
);

/** An import that was left before it was loaded. */
export const importDraft = sqliteTable('import_draft', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  user: text('user').notNull(),
  file: text('file').notNull(),
  body: text('body').notNull(),
  savedAt: text('saved_at').notNull(),
});
