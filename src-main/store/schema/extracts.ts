import { blob, integer, primaryKey, real, sqliteTable, text } from '../drizzle.ts';
import { codeReference, held, origin, personId, personReference } from './columns.ts';

/** Extracts with tables of their own shape: each as it holds now, its history, and what later batches held again. */

const dated = () => ({
  birthYear: integer('birth_year'),
  serviceStart: integer('service_start'),
  serviceEnd: integer('service_end'),
  fte: real('fte'),
});

export const people = sqliteTable(
  'people',
  {
    personId: personReference(),
    workforceTypeId: codeReference('workforce_type_id'),
    rankId: codeReference('rank_id'),
    roleId: codeReference('role_id').notNull(),
    unitId: codeReference('unit_id').notNull(),
    sexId: codeReference('sex_id'),
    ethnicityGroupId: codeReference('ethnicity_group_id'),
    ...dated(),
    ...origin(),
  },
  (table) => [primaryKey({ columns: [table.personId] })],
);

export const peopleHistory = sqliteTable(
  'people_history',
  {
    personId: personId(),
    workforceTypeId: integer('workforce_type_id'),
    rankId: integer('rank_id'),
    roleId: integer('role_id').notNull(),
    unitId: integer('unit_id').notNull(),
    sexId: integer('sex_id'),
    ethnicityGroupId: integer('ethnicity_group_id'),
    ...dated(),
    ...origin(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.batchId, table.row] })],
);

export const peopleConfirmed = sqliteTable('people_confirmed', { personId: personId(), ...held() }, (table) => [
  primaryKey({ columns: [table.batchId, table.personId] }),
]);

const occurredAt = () => integer('occurred_at').notNull();
const categoryId = () => integer('category_id').notNull();
const incidentRef = () => text('incident_ref').notNull();
const attendance = () => ({
  day: integer('day').notNull(),
  proximity: integer('proximity'),
  minutesOnScene: real('minutes_on_scene'),
  firstOnScene: integer('first_on_scene'),
  knownVictim: integer('known_victim'),
  attribution: integer('attribution'),
  sourceId: integer('source_id'),
  recordedAt: integer('recorded_at'),
});

export const exposures = sqliteTable(
  'exposures',
  {
    occurredAt: occurredAt(),
    personId: personReference(),
    categoryId: codeReference('category_id').notNull(),
    incidentRef: incidentRef(),
    ...attendance(),
    ...origin(),
  },
  (table) => [primaryKey({ columns: [table.occurredAt, table.personId, table.categoryId, table.incidentRef] })],
);

export const exposuresHistory = sqliteTable(
  'exposures_history',
  {
    occurredAt: occurredAt(),
    personId: personId(),
    categoryId: categoryId(),
    incidentRef: incidentRef(),
    ...attendance(),
    ...origin(),
  },
  (table) => [
    primaryKey({
      columns: [table.occurredAt, table.personId, table.categoryId, table.incidentRef, table.batchId, table.row],
    }),
  ],
);

export const exposuresConfirmed = sqliteTable(
  'exposures_confirmed',
  {
    occurredAt: occurredAt(),
    personId: personId(),
    categoryId: categoryId(),
    incidentRef: incidentRef(),
    ...held(),
  },
  (table) => [
    primaryKey({ columns: [table.batchId, table.occurredAt, table.personId, table.categoryId, table.incidentRef] }),
  ],
);

const instrumentId = () => integer('instrument_id').notNull();
const scaleId = () => integer('scale_id').notNull();
const keyDay = () => integer('key_day').notNull();
const sitting = () => ({
  versionId: integer('version_id'),
  status: integer('status').notNull(),
  invitedOn: integer('invited_on'),
  takenOn: integer('taken_on'),
  score: real('score'),
  programmeId: integer('programme_id'),
  waveId: integer('wave_id'),
  recordedAt: integer('recorded_at'),
  items: text('items'),
  scores: text('scores'),
});

export const screenings = sqliteTable(
  'screenings',
  {
    personId: personReference(),
    instrumentId: codeReference('instrument_id').notNull(),
    scaleId: scaleId(),
    keyDay: keyDay(),
    ...sitting(),
    ...origin(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.instrumentId, table.scaleId, table.keyDay] })],
);

export const screeningsHistory = sqliteTable(
  'screenings_history',
  {
    personId: personId(),
    instrumentId: instrumentId(),
    scaleId: scaleId(),
    keyDay: keyDay(),
    ...sitting(),
    ...origin(),
  },
  (table) => [
    primaryKey({
      columns: [table.personId, table.instrumentId, table.scaleId, table.keyDay, table.batchId, table.row],
    }),
  ],
);

export const screeningsConfirmed = sqliteTable(
  'screenings_confirmed',
  { personId: personId(), instrumentId: instrumentId(), scaleId: scaleId(), keyDay: keyDay(), ...held() },
  (table) => [
    primaryKey({ columns: [table.batchId, table.personId, table.instrumentId, table.scaleId, table.keyDay] }),
  ],
);

/** Copies of the rows in the form the analyses take; rebuilt from them when they no longer match. */
export const packed = sqliteTable(
  'packed',
  {
    name: text('name').notNull(),
    part: integer('part').notNull(),
    source: text('source').notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.part] })],
);
