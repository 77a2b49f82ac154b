import { costBases, serviceAudiences, serviceTypes } from '#shared/domain/support-services.ts';
import { blob, integer, primaryKey, real, sqliteTable, text, unique } from './drizzle.ts';

/**
 * The tables as the migrations leave them; a test compares the two column by column. Rows as they are written and read by
 * the ordinary repositories; the hot paths speak SQL to the same tables.
 */

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

/** A column that names a batch. */
const batchId = () =>
  integer('batch_id')
    .notNull()
    .references(() => batch.id);
const personId = () => integer('person_id').notNull();
const personReference = () => personId().references(() => person.id);
const codeReference = (name: string) => integer(name).references(() => code.id);
/** The batch and row that a version came from. */
const origin = () => ({ batchId: batchId(), row: integer('row').notNull() });
/** The version that a later batch held again. */
const held = () => ({
  ...origin(),
  heldBatchId: integer('held_batch_id').notNull(),
  heldRow: integer('held_row').notNull(),
});
const box = () => blob('box', { mode: 'buffer' }).notNull();

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

const sealedOfPerson = () => ({ personId: personReference(), ...origin(), box: box() });

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

export const peerDecision = sqliteTable('peer_decision', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  requestRef: text('request_ref').notNull(),
  volunteerRef: text('volunteer_ref').notNull(),
  decision: text('decision', { enum: ['accepted', 'declined'] }).notNull(),
  /** Why the match was proposed, in words. */
  why: text('why').notNull(),
  reason: text('reason').notNull(),
  at: text('at').notNull(),
  user: text('user').notNull(),
});

/** Flags that an older vault held in clear; empty from the next unlocking on. */
export const safeguardingToSeal = sqliteTable(
  'safeguarding_to_seal',
  {
    batchId: integer('batch_id').notNull(),
    row: integer('row').notNull(),
    givenDay: integer('given_day').notNull(),
    volunteerRef: text('volunteer_ref').notNull(),
    requesterToken: text('requester_token').notNull(),
    raised: integer('raised').notNull(),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.row] })],
);

/** What support the force offers; the newest row of each service holds. */
export const supportService = sqliteTable('support_service', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  service: text('service').notNull(),
  kind: text('kind', { enum: ['entered', 'withdrawn'] }).notNull(),
  type: text('type', { enum: serviceTypes }),
  audience: text('audience', { enum: serviceAudiences }),
  costGbp: real('cost_gbp'),
  costBasis: text('cost_basis', { enum: costBases }),
  capacityPerMonth: real('capacity_per_month'),
  fromDay: integer('from_day'),
  toDay: integer('to_day'),
  contact: text('contact'),
  at: text('at').notNull(),
  user: text('user').notNull(),
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

export const identityReveal = sqliteTable('identity_reveal', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  at: text('at').notNull(),
  user: text('user').notNull(),
  caseId: integer('case_id').references(() => caseRecord.id),
  box: box(),
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
