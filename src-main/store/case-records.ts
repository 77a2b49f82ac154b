import type { CaseDecision, CaseEventKind } from '#shared/domain/cases.ts';
import type { Connection } from './connection.ts';
import type { WriteTransaction } from './vault-store.ts';

export type CaseRecord = {
  readonly id: number;
  readonly person: string;
  readonly openedAt: string;
  readonly openedBy: string;
};

export type CaseEventRecord = {
  readonly id: number;
  readonly caseId: number;
  readonly at: string;
  readonly user: string;
  readonly kind: CaseEventKind;
  readonly decision: CaseDecision | null;
  /** 0 or 1. */
  readonly overrides: number;
  readonly dueDay: number | null;
  readonly lastSignal: number;
  /** Sealed to the clinic key. */
  readonly box: Uint8Array;
};

export type SignalRecord = {
  readonly id: number;
  readonly person: string;
  readonly rule: string;
  readonly scheme: string;
  readonly words: string;
  readonly asOfDay: number;
  readonly eventDay: number | null;
  readonly raisedAt: string;
  readonly caseId: number | null;
  /** 0 for a scheme that came with Tidemark; null where no scheme raised it. */
  readonly schemeVersion: number | null;
  /** Since when its rule stands; null for a single event. */
  readonly sinceDay: number | null;
  /** 0 or 1: whether it says once more what was said since then. */
  readonly again: number;
};

/** Number of the row that was inserted last. */
function insertedId(connection: Connection): number {
  return connection.prepare<[], number>('SELECT last_insert_rowid()').pluck().get() ?? 0;
}

const caseColumns = 'id, person, opened_at AS openedAt, opened_by AS openedBy';

export function listCases(connection: Connection): CaseRecord[] {
  return connection.prepare<[], CaseRecord>(`SELECT ${caseColumns} FROM case_record ORDER BY id`).all();
}

export function findCase(connection: Connection, id: number): CaseRecord | null {
  return (
    connection.prepare<[number], CaseRecord>(`SELECT ${caseColumns} FROM case_record WHERE id = ?`).get(id) ?? null
  );
}

export function casesOf(connection: Connection, person: string): CaseRecord[] {
  return connection
    .prepare<[string], CaseRecord>(`SELECT ${caseColumns} FROM case_record WHERE person = ? ORDER BY id`)
    .all(person);
}

const eventColumns =
  'id, case_id AS caseId, at, user, kind, decision, overrides, due_day AS dueDay, last_signal AS lastSignal, box';

/** Events of every case in their order. */
export function listCaseEvents(connection: Connection): CaseEventRecord[] {
  return connection.prepare<[], CaseEventRecord>(`SELECT ${eventColumns} FROM case_event ORDER BY id`).all();
}

export function caseEventsOf(connection: Connection, caseId: number): CaseEventRecord[] {
  return connection
    .prepare<[number], CaseEventRecord>(`SELECT ${eventColumns} FROM case_event WHERE case_id = ? ORDER BY id`)
    .all(caseId);
}

export function addCase({ connection }: WriteTransaction, record: Omit<CaseRecord, 'id'>): number {
  connection
    .prepare('INSERT INTO case_record (person, opened_at, opened_by) VALUES (?, ?, ?)')
    .run(record.person, record.openedAt, record.openedBy);
  return insertedId(connection);
}

export function addCaseEvent({ connection }: WriteTransaction, event: Omit<CaseEventRecord, 'id'>): number {
  connection
    .prepare(
      `INSERT INTO case_event (case_id, at, user, kind, decision, overrides, due_day, last_signal, box)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      event.caseId,
      event.at,
      event.user,
      event.kind,
      event.decision,
      event.overrides,
      event.dueDay,
      event.lastSignal,
      event.box,
    );
  return insertedId(connection);
}

const signalColumns =
  'id, person, rule, scheme, words, as_of_day AS asOfDay, event_day AS eventDay, raised_at AS raisedAt, case_id AS caseId, scheme_version AS schemeVersion, since_day AS sinceDay, again';

export function listSignals(connection: Connection): SignalRecord[] {
  return connection.prepare<[], SignalRecord>(`SELECT ${signalColumns} FROM signal ORDER BY id`).all();
}

export function signalsOfCase(connection: Connection, caseId: number): SignalRecord[] {
  return connection
    .prepare<[number], SignalRecord>(`SELECT ${signalColumns} FROM signal WHERE case_id = ? ORDER BY id`)
    .all(caseId);
}

export function addSignal({ connection }: WriteTransaction, signal: Omit<SignalRecord, 'id'>): void {
  connection
    .prepare(
      `INSERT INTO signal
         (person, rule, scheme, words, as_of_day, event_day, raised_at, case_id, scheme_version, since_day, again)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      signal.person,
      signal.rule,
      signal.scheme,
      signal.words,
      signal.asOfDay,
      signal.eventDay,
      signal.raisedAt,
      signal.caseId,
      signal.schemeVersion,
      signal.sinceDay,
      signal.again,
    );
}

/** Joins a person's waiting signals to the case that was opened for them. */
export function attachSignals({ connection }: WriteTransaction, person: string, caseId: number): void {
  connection.prepare('UPDATE signal SET case_id = ? WHERE person = ? AND case_id IS NULL').run(caseId, person);
}

export function newestSignal(connection: Connection, caseId: number): number {
  return (
    connection.prepare<[number], number | null>('SELECT max(id) FROM signal WHERE case_id = ?').pluck().get(caseId) ?? 0
  );
}

export type AcknowledgementRecord = {
  readonly id: number;
  readonly at: string;
  readonly user: string;
  readonly box: Uint8Array;
};

export function listAcknowledgements(connection: Connection): AcknowledgementRecord[] {
  return connection
    .prepare<[], AcknowledgementRecord>('SELECT id, at, user, box FROM safety_acknowledgement ORDER BY id')
    .all();
}

export function addAcknowledgement(
  { connection }: WriteTransaction,
  { at, user, box }: Omit<AcknowledgementRecord, 'id'>,
): number {
  connection.prepare('INSERT INTO safety_acknowledgement (at, user, box) VALUES (?, ?, ?)').run(at, user, box);
  return insertedId(connection);
}

export type RevealRecord = {
  readonly at: string;
  readonly user: string;
  readonly caseId: number | null;
  readonly box: Uint8Array;
};

export function addReveal({ connection }: WriteTransaction, { at, user, caseId, box }: RevealRecord): number {
  connection
    .prepare('INSERT INTO identity_reveal (at, user, case_id, box) VALUES (?, ?, ?, ?)')
    .run(at, user, caseId, box);
  return insertedId(connection);
}

/** When somebody last revealed the identity of a case; null where they never did. */
export function lastReveal(connection: Connection, caseId: number, user: string): string | null {
  return (
    connection
      .prepare<[number, string], string | null>('SELECT max(at) FROM identity_reveal WHERE case_id = ? AND user = ?')
      .pluck()
      .get(caseId, user) ?? null
  );
}
