import {
  fullTextStates,
  pairVerdicts,
  screeningStages,
  screeningVerdicts,
  searchSources,
} from '#shared/domain/review.ts';
import { index, integer, sqliteTable, text, unique } from '../drizzle.ts';

/** Reviews of evidence, from the protocol to the included studies. Rows are only ever added, and the last of a kind counts. */

const id = () => integer('id').primaryKey({ autoIncrement: true });
const review = () => text('review').notNull();
const kept = { at: text('at').notNull(), user: text('user').notNull() };

export const reviewProtocol = sqliteTable(
  'review_protocol',
  {
    id: id(),
    review: review(),
    version: integer('version').notNull(),
    body: text('body').notNull(),
    bodyHash: text('body_hash').notNull(),
    /** Of an amendment; null before the registration. */
    reason: text('reason'),
    ...kept,
  },
  (table) => [unique().on(table.review, table.version)],
);

export const reviewRegistration = sqliteTable('review_registration', {
  id: id(),
  review: review().unique(),
  protocolId: integer('protocol_id')
    .notNull()
    .references(() => reviewProtocol.id),
  protocolHash: text('protocol_hash').notNull(),
  registeredIn: text('registered_in').notNull(),
  ...kept,
});

/** An entry of the search log; a correction is its next version. */
export const reviewSearch = sqliteTable(
  'review_search',
  {
    id: id(),
    review: review(),
    search: integer('search').notNull(),
    version: integer('version').notNull(),
    source: text('source', { enum: searchSources }).notNull(),
    database: text('database').notNull(),
    platform: text('platform').notNull(),
    searchedOn: text('searched_on').notNull(),
    query: text('query').notNull(),
    hits: integer('hits').notNull(),
    note: text('note').notNull(),
    ...kept,
  },
  (table) => [unique().on(table.review, table.search, table.version)],
);

/** A file of references. */
export const reviewSource = sqliteTable(
  'review_source',
  {
    id: id(),
    review: review(),
    search: integer('search').notNull(),
    fileName: text('file_name').notNull(),
    fileHash: text('file_hash').notNull(),
    format: text('format').notNull(),
    ...kept,
  },
  (table) => [index('review_source_of').on(table.review)],
);

const sourceId = () =>
  integer('source_id')
    .notNull()
    .references(() => reviewSource.id);

export const reviewSourceWithdrawal = sqliteTable('review_source_withdrawal', {
  id: id(),
  sourceId: sourceId().unique(),
  reason: text('reason').notNull(),
  ...kept,
});

/** A record as its file has it, whatever is wrong with it. */
export const reviewRecord = sqliteTable(
  'review_record',
  {
    id: id(),
    sourceId: sourceId(),
    row: integer('row').notNull(),
    fault: text('fault'),
    title: text('title').notNull(),
    year: integer('year'),
    authors: text('authors').notNull(),
    doi: text('doi').notNull(),
    journal: text('journal').notNull(),
    volume: text('volume').notNull(),
    issue: text('issue').notNull(),
    pages: text('pages').notNull(),
    abstract: text('abstract').notNull(),
    keywords: text('keywords').notNull(),
    type: text('type').notNull(),
    pmid: text('pmid').notNull(),
    url: text('url').notNull(),
    language: text('language').notNull(),
  },
  (table) => [unique().on(table.sourceId, table.row)],
);

const recordId = (name = 'record_id') =>
  integer(name)
    .notNull()
    .references(() => reviewRecord.id);

/** Whether two records are one, as a rule or somebody says: `asked`, `same` or `apart`. */
export const reviewPair = sqliteTable(
  'review_pair',
  {
    id: id(),
    review: review(),
    firstId: recordId('first_id'),
    secondId: recordId('second_id'),
    verdict: text('verdict', { enum: pairVerdicts }).notNull(),
    /** 0 or 1. */
    byRule: integer('by_rule').notNull(),
    why: text('why').notNull(),
    ...kept,
  },
  (table) => [index('review_pair_of').on(table.review)],
);

const said = {
  id: id(),
  review: review(),
  recordId: recordId(),
};

const judged = {
  stage: text('stage', { enum: screeningStages }).notNull(),
  /** `none` takes back what was said before. */
  decision: text('decision', { enum: [...screeningVerdicts, 'none'] }).notNull(),
  reason: text('reason'),
  note: text('note').notNull(),
  ...kept,
};

/** What one reviewer decided. */
export const reviewDecision = sqliteTable('review_decision', { ...said, ...judged }, (table) => [
  index('review_decision_of').on(table.review),
]);

/** What reviewers who differed agreed on. */
export const reviewResolution = sqliteTable('review_resolution', { ...said, ...judged }, (table) => [
  index('review_resolution_of').on(table.review),
]);

export const reviewFullText = sqliteTable(
  'review_full_text',
  { ...said, state: text('state', { enum: fullTextStates }).notNull(), note: text('note').notNull(), ...kept },
  (table) => [index('review_full_text_of').on(table.review)],
);

/** Which study a report is of. */
export const reviewStudy = sqliteTable('review_study', { ...said, study: text('study'), ...kept }, (table) => [
  index('review_study_of').on(table.review),
]);
