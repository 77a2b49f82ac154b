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
 * Every local day with a duty of each person, each once and ascending, as offsets by `person.id` below `persons` and days. A row
 * crosses from SQLite as one number, some hundred people at a time, because a force has millions of duties.
 */
export function readDutyDays(
  connection: Connection,
  persons: number,
): { readonly offsets: Uint32Array; readonly day: Int32Array } {
  const statement = connection
    .prepare<[number, number], number>(
      `SELECT person_id * ${daySpan} + day + ${dayShift} FROM duties
       WHERE person_id BETWEEN ? AND ? ORDER BY person_id, start_at`,
    )
    .pluck();
  const count = connection.prepare<[], number>('SELECT count(*) FROM duties').pluck().get() ?? 0;
  const offsets = new Uint32Array(persons + 1);
  const day = new Int32Array(count);
  let days = 0;
  for (let first = 0; first < persons; first += personsAtOnce) {
    let last = -1;
    for (const packed of statement.all(first, first + personsAtOnce - 1)) {
      if (packed === last) continue;
      last = packed;
      const person = Math.floor(packed / daySpan);
      day[days] = packed - person * daySpan - dayShift;
      days += 1;
      offsets[person + 1] = days;
    }
  }
  for (let person = 0; person < persons; person += 1) {
    offsets[person + 1] = Math.max(offsets[person + 1] ?? 0, offsets[person] ?? 0);
  }
  return { offsets, day: day.slice(0, days) };
}
