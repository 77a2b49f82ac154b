import type { Connection } from './connection.ts';

export type KindTotals = { readonly rows: number; readonly lastImport: string | null; readonly lastDay: number | null };

function count(connection: Connection, sql: string, ...parameters: readonly (number | string)[]): number {
  return (
    connection
      .prepare<unknown[], number>(sql)
      .pluck()
      .get(...parameters) ?? 0
  );
}

export function countPeople(connection: Connection): number {
  return count(connection, 'SELECT count(*) FROM people');
}

/** People in service on a local day; first and last days included. */
export function countInPost(connection: Connection, day: number): number {
  return count(
    connection,
    'SELECT count(*) FROM people WHERE coalesce(service_start, ?) <= ? AND coalesce(service_end, ?) >= ?',
    day,
    day,
    day,
    day,
  );
}

/** People that exposures or screenings name and the people extract does not. */
export function countUnknownPeople(connection: Connection): number {
  return count(connection, 'SELECT count(*) FROM person WHERE id NOT IN (SELECT person_id FROM people)');
}

export function totalsOf(connection: Connection, kind: string, table: string): KindTotals {
  const last = connection
    .prepare<[string], { lastImport: string | null; lastDay: number | null }>(
      'SELECT max(imported_at) AS lastImport, max(last_day) AS lastDay FROM batch WHERE kind = ?',
    )
    .get(kind);
  return {
    rows: count(connection, `SELECT count(*) FROM ${table}`),
    lastImport: last?.lastImport ?? null,
    lastDay: last?.lastDay ?? null,
  };
}

export type CategoryDays = { readonly code: string; readonly rows: number };

/** Rows by category, most first. */
export function rowsByCategory(connection: Connection): CategoryDays[] {
  return connection
    .prepare<[], CategoryDays>(
      `SELECT code.value AS code, n AS rows FROM (SELECT category_id, count(*) AS n FROM exposures GROUP BY category_id)
       JOIN code ON code.id = category_id ORDER BY n DESC, code.value`,
    )
    .all();
}

/** First and last local day of all exposures, or null. */
export function exposureDays(connection: Connection): { readonly first: number; readonly last: number } | null {
  const row = connection
    .prepare<[], { first: number | null; last: number | null }>(
      `SELECT (SELECT day FROM exposures ORDER BY occurred_at LIMIT 1) AS first,
              (SELECT day FROM exposures ORDER BY occurred_at DESC LIMIT 1) AS last`,
    )
    .get();
  if (!row || row.first === null || row.last === null) return null;
  return { first: row.first, last: row.last };
}

export type TimelineEvent = {
  readonly day: number;
  readonly category: string;
  readonly proximity: number | null;
  readonly minutes: number | null;
  readonly batch: number;
};

export type TimelineScore = {
  readonly day: number;
  readonly instrument: string;
  readonly scores: string | null;
  readonly score: number | null;
  readonly scale: string | null;
  readonly batch: number;
};

export type TimelinePerson = {
  readonly id: number;
  readonly unit: string | null;
  readonly role: string | null;
  readonly serviceStart: number | null;
  readonly serviceEnd: number | null;
};

export function findPerson(connection: Connection, pseudonym: string): TimelinePerson | null {
  return (
    connection
      .prepare<[string], TimelinePerson>(
        `SELECT person.id, unit.value AS unit, role.value AS role, service_start AS serviceStart, service_end AS serviceEnd
         FROM person LEFT JOIN people ON people.person_id = person.id
         LEFT JOIN code AS unit ON unit.id = unit_id LEFT JOIN code AS role ON role.id = role_id WHERE pseudonym = ?`,
      )
      .get(pseudonym) ?? null
  );
}

export function eventsOf(connection: Connection, person: number): TimelineEvent[] {
  return connection
    .prepare<[number], TimelineEvent>(
      `SELECT day, code.value AS category, proximity, minutes_on_scene AS minutes, batch_id AS batch
       FROM exposures JOIN code ON code.id = category_id WHERE person_id = ? ORDER BY occurred_at, category`,
    )
    .all(person);
}

export function scoresOf(connection: Connection, person: number): TimelineScore[] {
  return connection
    .prepare<[number], TimelineScore>(
      `SELECT taken_on AS day, code.value AS instrument, scores, score, scale.value AS scale, batch_id AS batch
       FROM screenings JOIN code ON code.id = instrument_id LEFT JOIN code AS scale ON scale.id = scale_id
       WHERE person_id = ? AND taken_on IS NOT NULL ORDER BY taken_on, instrument`,
    )
    .all(person);
}
