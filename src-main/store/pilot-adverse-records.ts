import type { Connection } from './connection.ts';
import { asc, eq, queries } from './drizzle.ts';
import { pilotAdverseEvent } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type PilotAdverseRecord = typeof pilotAdverseEvent.$inferSelect;

/** Adverse events of a pilot as the extracts have them, by day and pseudonym. */
export function readAdverseExtract(connection: Connection, pilot: string) {
  return connection
    .prepare<
      [string],
      { readonly person: string; readonly onDay: number; readonly category: string; readonly seriousness: string }
    >(
      `SELECT person.pseudonym AS person, e.on_day AS onDay, category.value AS category, seriousness.value AS seriousness
       FROM adverse_events AS e JOIN code AS pilot ON pilot.id = e.pilot_id AND pilot.value = ?
       JOIN person ON person.id = e.person_id JOIN code AS category ON category.id = e.category_id
       JOIN code AS seriousness ON seriousness.id = e.seriousness_id
       ORDER BY e.on_day, person.pseudonym, category.value`,
    )
    .all(pilot);
}

/** What was recorded here of a pilot, in the order of recording; the last of a person, day and category holds. */
export function listAdverseRecords(connection: Connection, pilot: string): PilotAdverseRecord[] {
  return queries(connection)
    .select()
    .from(pilotAdverseEvent)
    .where(eq(pilotAdverseEvent.pilot, pilot))
    .orderBy(asc(pilotAdverseEvent.id))
    .all();
}

/** Adds an adverse event, or that an earlier one was a mistake. */
export function addAdverseRecord({ connection }: WriteTransaction, record: Omit<PilotAdverseRecord, 'id'>): void {
  queries(connection).insert(pilotAdverseEvent).values(record).run();
}
