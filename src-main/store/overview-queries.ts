import type { SQL } from 'drizzle-orm';
import type { Connection } from './connection.ts';
import { alias, and, asc, count, desc, eq, isNotNull, max, notInArray, queries, sql } from './drizzle.ts';
import { layoutKinds, layoutOf } from './extract-layout.ts';
import { batch, code, exposures, people, person, screenings } from './schema.ts';

export type KindTotals = { readonly rows: number; readonly lastImport: string | null; readonly lastDay: number | null };

export function countPeople(connection: Connection): number {
  return queries(connection).select({ rows: count() }).from(people).get()?.rows ?? 0;
}

/** People in service on a local day; first and last days included. */
export function countInPost(connection: Connection, day: number): number {
  const begun = sql`coalesce(${people.serviceStart}, ${day}) <= ${day}`;
  const notEnded = sql`coalesce(${people.serviceEnd}, ${day}) >= ${day}`;
  return queries(connection).select({ rows: count() }).from(people).where(and(begun, notEnded)).get()?.rows ?? 0;
}

/** People that exposures or screenings name and the people extract does not. */
export function countUnknownPeople(connection: Connection): number {
  const listed = queries(connection).select({ id: people.personId }).from(people);
  return (
    queries(connection).select({ rows: count() }).from(person).where(notInArray(person.id, listed)).get()?.rows ?? 0
  );
}

/** Rows that stand under a reference of which it became known only later whose it is; null where there are none. */
export function rowsUnderAliases(
  connection: Connection,
): { readonly people: number; readonly batches: readonly number[] } | null {
  const ids = connection
    .prepare<[], number>(
      `SELECT DISTINCT person.id FROM person JOIN aliases ON aliases.alias = person.pseudonym
       WHERE person.id <> aliases.person_id AND person.id NOT IN (SELECT person_id FROM people)`,
    )
    .pluck()
    .all();
  if (ids.length === 0) return null;
  const among = `(${ids.join(', ')})`;
  const tables = layoutKinds.flatMap((kind) => {
    const { table, key, values } = layoutOf(kind);
    const named = [...key, ...values].filter((column) => column.references === 'person');
    return named.map(({ name }) => `SELECT batch_id FROM ${table} WHERE ${name} IN ${among}`);
  });
  const batches = connection
    .prepare<[], number>(`${tables.join(' UNION ')} ORDER BY 1`)
    .pluck()
    .all();
  return { people: ids.length, batches };
}

/** @param table the one that the rows of the kind stand in. */
export function totalsOf(connection: Connection, kind: string, table: string): KindTotals {
  const last = queries(connection)
    .select({ lastImport: max(batch.importedAt), lastDay: max(batch.lastDay) })
    .from(batch)
    .where(eq(batch.kind, kind))
    .get();
  const held = queries(connection).get<{ rows: number }>(sql`SELECT count(*) AS rows FROM ${sql.identifier(table)}`);
  return { rows: held.rows, lastImport: last?.lastImport ?? null, lastDay: last?.lastDay ?? null };
}

/** Last day of any batch; null where none holds a day. */
export function newestEventDay(connection: Connection): number | null {
  return (
    queries(connection)
      .select({ day: max(batch.lastDay) })
      .from(batch)
      .get()?.day ?? null
  );
}

export type CategoryDays = { readonly code: string; readonly rows: number };

/** Rows by category, most first. */
export function rowsByCategory(connection: Connection): CategoryDays[] {
  const counted = queries(connection)
    .select({ categoryId: exposures.categoryId, rows: count().as('rows') })
    .from(exposures)
    .groupBy(exposures.categoryId)
    .as('counted');
  return queries(connection)
    .select({ code: code.value, rows: counted.rows })
    .from(counted)
    .innerJoin(code, eq(code.id, counted.categoryId))
    .orderBy(desc(counted.rows), asc(code.value))
    .all();
}

/** First and last local day of all exposures, or null. */
export function exposureDays(connection: Connection): { readonly first: number; readonly last: number } | null {
  const edge = (order: SQL) =>
    queries(connection).select({ day: exposures.day }).from(exposures).orderBy(order).limit(1).get();
  const first = edge(asc(exposures.occurredAt));
  const last = edge(desc(exposures.occurredAt));
  return first && last ? { first: first.day, last: last.day } : null;
}

export type TimelineEvent = {
  readonly day: number;
  /** Number of the incident; empty where there is none. */
  readonly incident: string;
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
  const unit = alias(code, 'unit');
  const role = alias(code, 'role');
  const { serviceStart, serviceEnd } = people;
  const found = queries(connection)
    .select({ id: person.id, unit: unit.value, role: role.value, serviceStart, serviceEnd })
    .from(person)
    .leftJoin(people, eq(people.personId, person.id))
    .leftJoin(unit, eq(unit.id, people.unitId))
    .leftJoin(role, eq(role.id, people.roleId))
    .where(eq(person.pseudonym, pseudonym))
    .get();
  return found ?? null;
}

export function eventsOf(connection: Connection, personId: number): TimelineEvent[] {
  const { day, incidentRef, proximity, minutesOnScene, batchId } = exposures;
  return queries(connection)
    .select({
      day,
      incident: incidentRef,
      category: code.value,
      proximity,
      minutes: minutesOnScene,
      batch: batchId,
    })
    .from(exposures)
    .innerJoin(code, eq(code.id, exposures.categoryId))
    .where(eq(exposures.personId, personId))
    .orderBy(asc(exposures.occurredAt), asc(code.value))
    .all();
}

/** One attendance of a person, and its incident where that is held. */
export type PersonAttendance = {
  readonly incident: string;
  readonly arrivedAt: number;
  readonly clearedAt: number | null;
  readonly day: number;
  readonly batch: number;
  /** Day of the incident's creation; null where it is not held. */
  readonly createdDay: number | null;
  readonly opened: string | null;
  /** Closing codes, `;` between them. */
  readonly closed: string | null;
};

/** A person's attendances, by arrival. */
export function attendancesOf(connection: Connection, personId: number): PersonAttendance[] {
  return connection
    .prepare<[number], PersonAttendance>(
      `SELECT a.incident_ref AS incident, a.arrived_at AS arrivedAt, a.cleared_at AS clearedAt, a.day AS day,
         a.batch_id AS batch, i.day AS createdDay, opened.value AS opened, closed.value AS closed
       FROM attendances a LEFT JOIN incidents i ON i.incident_ref = a.incident_ref
       LEFT JOIN code opened ON opened.id = i.opened_code_id LEFT JOIN code closed ON closed.id = i.closed_codes_id
       WHERE a.person_id = ? ORDER BY a.arrived_at, a.incident_ref`,
    )
    .all(personId);
}

/** First and last local day of all attendances, or null. */
export function attendanceDays(connection: Connection): { readonly first: number; readonly last: number } | null {
  const edge = (order: 'ASC' | 'DESC') =>
    connection.prepare<[], number>(`SELECT day FROM attendances ORDER BY arrived_at ${order} LIMIT 1`).pluck().get();
  const [first, last] = [edge('ASC'), edge('DESC')];
  return first === undefined || last === undefined ? null : { first, last };
}

export function scoresOf(connection: Connection, personId: number): TimelineScore[] {
  const scale = alias(code, 'scale');
  const { takenOn, scores, score, batchId } = screenings;
  return queries(connection)
    .select({
      day: sql<number>`${takenOn}`,
      instrument: code.value,
      scores,
      score,
      scale: scale.value,
      batch: batchId,
    })
    .from(screenings)
    .innerJoin(code, eq(code.id, screenings.instrumentId))
    .leftJoin(scale, eq(scale.id, screenings.scaleId))
    .where(and(eq(screenings.personId, personId), isNotNull(takenOn)))
    .orderBy(asc(takenOn), asc(code.value))
    .all();
}
