import type { Connection } from './connection.ts';

/** A sealed safety answer and what in clear lies beside it. */
export type StoredSafety = {
  readonly row: number;
  readonly part: number;
  readonly givenDay: number | null;
  readonly receivedAt: string;
  readonly box: Uint8Array;
};

export type SafetyPlace = { readonly batch: number; readonly row: number; readonly part: number };

/** Batches that safety answers came in, and how many. */
export function safetyBatches(connection: Connection): { readonly batch: number; readonly answers: number }[] {
  return connection
    .prepare<[], { batch: number; answers: number }>(
      'SELECT batch_id AS batch, count(*) AS answers FROM sealed_safety GROUP BY batch_id ORDER BY batch_id',
    )
    .all();
}

/** Safety answers of a batch after one of them, in their order. */
export function safetyPage(
  connection: Connection,
  { batch, row, part }: SafetyPlace,
  limit: number,
): readonly StoredSafety[] {
  return connection
    .prepare<[number, number, number, number], StoredSafety>(
      `SELECT row, part, given_day AS givenDay, received_at AS receivedAt, box FROM sealed_safety
       WHERE batch_id = ? AND (row, part) > (?, ?) ORDER BY row, part LIMIT ?`,
    )
    .all(batch, row, part, limit);
}

export function safetyBox(connection: Connection, { batch, row, part }: SafetyPlace): Uint8Array | null {
  return (
    connection
      .prepare<[number, number, number], Uint8Array>(
        'SELECT box FROM sealed_safety WHERE batch_id = ? AND row = ? AND part = ?',
      )
      .pluck()
      .get(batch, row, part) ?? null
  );
}

/**
 * Pseudonyms of whoever answered in the rows of these batches that were kept, by `batch row`; null where nobody who serves
 * did. A row that is not among them was rejected, or its batch was held back or undone.
 */
export function keptRows(connection: Connection, batches: readonly number[]): ReadonlyMap<string, string | null> {
  const among = `(${batches.filter((batch) => Number.isInteger(batch)).join(', ')})`;
  const from = ['sealed_answers', 'screenings', 'screenings_history', 'families', 'families_history'];
  const kept = new Map<string, string | null>();
  for (const table of ['peer_contacts', 'peer_contacts_history', 'peer_requests', 'peer_requests_history']) {
    const rows = connection
      .prepare<[], string>(`SELECT batch_id || ' ' || row FROM ${table} WHERE batch_id IN ${among}`)
      .pluck()
      .all();
    for (const name of rows) kept.set(name, null);
  }
  for (const table of from) {
    const rows = connection
      .prepare<[], { batch: number; row: number; person: string | null }>(
        `SELECT t.batch_id AS batch, t.row AS row, p.pseudonym AS person
         FROM ${table} t LEFT JOIN person p ON p.id = t.person_id WHERE t.batch_id IN ${among}`,
      )
      .all();
    for (const { batch, row, person } of rows) {
      const name = `${batch} ${row}`;
      kept.set(name, kept.get(name) ?? person);
    }
  }
  return kept;
}

/**
 * The batch that a held file became, by the negative number under which its safety answers stand: loading it later does not
 * seal them a second time.
 */
export function batchesOfHeldFiles(connection: Connection): ReadonlyMap<number, number> {
  const rows = connection
    .prepare<[], { id: number; batch: number }>(
      'SELECT id, batch_id AS batch FROM watched_file WHERE batch_id IS NOT NULL',
    )
    .all();
  return new Map(rows.map(({ id, batch }) => [-id, batch]));
}

/** Numbers of the batches in the vault. */
export function batchesHeld(connection: Connection): ReadonlySet<number> {
  return new Set(connection.prepare<[], number>('SELECT id FROM batch').pluck().all());
}

/** The newest sealed identity of a pseudonym. */
export function identityBox(connection: Connection, person: string): Uint8Array | null {
  return (
    connection
      .prepare<[string], Uint8Array>(
        `SELECT box FROM sealed_identity WHERE person_id = (SELECT id FROM person WHERE pseudonym = ?)
         ORDER BY batch_id DESC, row DESC LIMIT 1`,
      )
      .pluck()
      .get(person) ?? null
  );
}

export type StoredIdentity = { readonly person: string; readonly box: Uint8Array };

/** Every sealed identity, by batch. */
export function identityBoxes(connection: Connection): IterableIterator<StoredIdentity> {
  return connection
    .prepare<[], StoredIdentity>(
      `SELECT p.pseudonym AS person, s.box AS box FROM sealed_identity s JOIN person p ON p.id = s.person_id
       ORDER BY s.batch_id, s.row`,
    )
    .iterate();
}

export function holdsPerson(connection: Connection, person: string): boolean {
  return connection.prepare<[string], number>('SELECT 1 FROM person WHERE pseudonym = ?').pluck().get(person) === 1;
}

export type StoredAbsence = {
  readonly startDay: number;
  readonly endDay: number | null;
  readonly reason: string | null;
  readonly fteDays: number | null;
  readonly injuryOnDuty: number | null;
};

/** A person's absences, newest first. */
export function absencesOf(connection: Connection, person: string): StoredAbsence[] {
  return connection
    .prepare<[string], StoredAbsence>(
      `SELECT a.start_day AS startDay, a.end_day AS endDay, c.value AS reason, a.fte_days AS fteDays,
         a.injury_on_duty AS injuryOnDuty
       FROM absences a LEFT JOIN code c ON c.id = a.reason_code_id
       WHERE a.person_id = (SELECT id FROM person WHERE pseudonym = ?) ORDER BY a.start_day DESC`,
    )
    .all(person);
}

export function holdsAbsences(connection: Connection): boolean {
  return connection.prepare<[], number>('SELECT 1 FROM absences LIMIT 1').pluck().get() === 1;
}

/** Places of `referred` and of the steps that follow it in the closed list, from 1. */
export type SupportSteps = { readonly referred: number };

export type StoredContact = { readonly day: number; readonly service: string; readonly step: number };

/** A person's steps with services, newest first. */
export function contactsOf(connection: Connection, person: string): StoredContact[] {
  return connection
    .prepare<[string], StoredContact>(
      `SELECT s.day AS day, c.value AS service, s.step AS step FROM support s JOIN code c ON c.id = s.service_id
       WHERE s.person_id = (SELECT id FROM person WHERE pseudonym = ?) ORDER BY s.at DESC, s.step DESC`,
    )
    .all(person);
}

export type WaitingReferral = { readonly person: string; readonly service: string; readonly day: number };

/** Referrals since a day whose episode has no later step. */
export function waitingReferrals(
  connection: Connection,
  { referred }: SupportSteps,
  fromDay: number,
): WaitingReferral[] {
  return connection
    .prepare<[number, number, number], WaitingReferral>(
      `SELECT p.pseudonym AS person, c.value AS service, r.day AS day
       FROM support r JOIN person p ON p.id = r.person_id JOIN code c ON c.id = r.service_id
       WHERE r.step = ? AND r.day >= ? AND NOT EXISTS (
         SELECT 1 FROM support l WHERE l.person_id = r.person_id AND l.service_id = r.service_id
           AND l.episode_ref = r.episode_ref AND l.step > ?)
       ORDER BY r.day, p.pseudonym`,
    )
    .all(referred, fromDay, referred);
}

/** The last day of any support row; null where there are none. */
export function lastSupportDay(connection: Connection): number | null {
  return connection.prepare<[], number | null>('SELECT max(day) FROM support').pluck().get() ?? null;
}
