import { integer, sqliteTable, text, unique } from '../drizzle.ts';

/** Documents of reviews: studies, appraisals, outcomes, ratings and guidance. Rows are only ever added. */
export const evidenceDocument = sqliteTable(
  'evidence_document',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    review: text('review').notNull(),
    kind: text('kind', { enum: ['study', 'appraisal', 'outcome', 'grade', 'guidance'] }).notNull(),
    /** The code of the study, outcome or guidance; of an appraisal the study, the tool and who appraised. */
    item: text('item').notNull(),
    version: integer('version').notNull(),
    /** Null where the document was taken back. */
    body: text('body'),
    bodyHash: text('body_hash').notNull(),
    reason: text('reason').notNull(),
    at: text('at').notNull(),
    user: text('user').notNull(),
  },
  (table) => [unique().on(table.review, table.kind, table.item, table.version)],
);
