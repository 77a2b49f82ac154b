import type { Connection } from './connection.ts';

export type StoredScreening = {
  readonly person: number;
  readonly instrument: string;
  readonly day: number;
  readonly completed: boolean;
  /** JSON of scales and classes as scored on the way in, or null. */
  readonly scores: string | null;
};

/** Status of a completed screening, by its place in the closed list. */
const completed = 2;

/** Instruments that an extract names, read from the code list, which keeps none that nothing names any more. */
export function instrumentsHeld(connection: Connection): readonly string[] {
  return connection
    .prepare<[], string>(`SELECT value FROM code WHERE list = 'instrument' ORDER BY value`)
    .pluck()
    .all();
}

/** Screenings between two days, both included. */
export function readScreenings(connection: Connection, fromDay: number, toDay: number): StoredScreening[] {
  const rows = connection
    .prepare(
      `SELECT person_id, code.value, key_day, status, scores FROM screenings JOIN code ON code.id = instrument_id
       WHERE key_day BETWEEN ? AND ? ORDER BY person_id, instrument_id, key_day`,
    )
    .raw()
    .all(fromDay, toDay) as unknown as readonly (readonly [number, string, number, number, string | null])[];
  return rows.map(([person, instrument, day, status, scores]) => ({
    person,
    instrument,
    day,
    completed: status === completed,
    scores,
  }));
}

/** Screenings of one instrument up to a day, by person and day. */
export function readScreeningsOf(connection: Connection, instrument: string, toDay: number): StoredScreening[] {
  const rows = connection
    .prepare(
      `SELECT person_id, key_day, status, scores FROM screenings
       WHERE instrument_id = (SELECT id FROM code WHERE list = 'instrument' AND value = ?) AND key_day <= ?
       ORDER BY person_id, key_day`,
    )
    .raw()
    .all(instrument, toDay) as unknown as readonly (readonly [number, number, number, string | null])[];
  return rows.map(([person, day, status, scores]) => ({
    person,
    instrument,
    day,
    completed: status === completed,
    scores,
  }));
}
