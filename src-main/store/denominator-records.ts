import type { Connection } from './connection.ts';

/** Full-time equivalent of each person, by index; NaN where it is not known. */
export function readFte(connection: Connection, personIndex: Uint32Array, persons: number): Float64Array {
  const fte = new Float64Array(persons).fill(Number.NaN);
  const rows = connection
    .prepare('SELECT person_id, fte FROM people WHERE fte IS NOT NULL')
    .raw()
    .all() as unknown as readonly (readonly [number, number])[];
  for (const [person, value] of rows) fte[personIndex[person] as number] = value;
  return fte;
}

export function holdsDuties(connection: Connection): boolean {
  return connection.prepare('SELECT 1 FROM duties LIMIT 1').pluck().get() !== undefined;
}

const personsAtOnce = 500;
/** Day numbers lie well within it. */
const daySpan = 2 ** 20;
const dayShift = 2 ** 19;

/**
 * Every person and local day with a duty between two days, each once, by person. A row crosses from SQLite as one number, some
 * hundred people at a time, because a force has millions of duties.
 */
export function eachDutyDay(
  connection: Connection,
  personIndex: Uint32Array,
  [fromDay, toDay]: readonly [number, number],
  take: (person: number, day: number) => void,
): void {
  const statement = connection
    .prepare<[number, number, number, number], number>(
      `SELECT person_id * ${daySpan} + day + ${dayShift} FROM duties
       WHERE person_id BETWEEN ? AND ? AND day BETWEEN ? AND ? ORDER BY person_id, start_at`,
    )
    .pluck();
  for (let first = 0; first < personIndex.length; first += personsAtOnce) {
    let last = -1;
    for (const packed of statement.all(first, first + personsAtOnce - 1, fromDay, toDay)) {
      if (packed === last) continue;
      last = packed;
      const person = Math.floor(packed / daySpan);
      take(personIndex[person] as number, packed - person * daySpan - dayShift);
    }
  }
}
