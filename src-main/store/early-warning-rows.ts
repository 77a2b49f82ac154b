import type { Connection } from './connection.ts';

/** A completed screening of one instrument; days and UTC epoch seconds, null where absent. */
export type CompletedScreening = {
  readonly person: number;
  readonly day: number;
  readonly recordedAt: number | null;
  readonly wave: string | null;
  /** JSON of scales and classes as scored on the way in, or null. */
  readonly scores: string | null;
};

/** Status of a completed screening, by its place in the closed list. */
const completed = 2;

/** Completed screenings of one instrument up to a day, by person and day. */
export function readCompletedScreenings(
  connection: Connection,
  instrument: string,
  toDay: number,
): CompletedScreening[] {
  const rows = connection
    .prepare(
      `SELECT person_id, key_day, screenings.recorded_at, wave.value, scores
       FROM screenings LEFT JOIN code AS wave ON wave.id = wave_id
       WHERE instrument_id = (SELECT id FROM code WHERE list = 'instrument' AND value = ?)
         AND status = ${completed} AND key_day <= ?
       ORDER BY person_id, key_day`,
    )
    .raw()
    .all(instrument, toDay) as unknown as readonly (readonly [
    number,
    number,
    number | null,
    string | null,
    string | null,
  ])[];
  return rows.map(([person, day, recordedAt, wave, scores]) => ({ person, day, recordedAt, wave, scores }));
}

export type RecordedAbsence = {
  readonly person: number;
  readonly startDay: number;
  readonly endDay: number | null;
  readonly reason: string | null;
  readonly recordedAt: number | null;
};

/** Every absence that began by a day, by person and first day. */
export function readRecordedAbsences(connection: Connection, toDay: number): RecordedAbsence[] {
  const rows = connection
    .prepare(
      `SELECT person_id, start_day, end_day, code.value, recorded_at
       FROM absences LEFT JOIN code ON code.id = reason_code_id
       WHERE start_day <= ? ORDER BY person_id, start_day`,
    )
    .raw()
    .all(toDay) as unknown as readonly (readonly [number, number, number | null, string | null, number | null])[];
  return rows.map(([person, startDay, endDay, reason, recordedAt]) => ({
    person,
    startDay,
    endDay,
    reason,
    recordedAt,
  }));
}

const daySpan = 2 ** 20;
const dayShift = 2 ** 19;

/** Exposures that say when they were recorded, of the categories given, up to a day; in no particular order. */
export function eachRecordedExposure(
  connection: Connection,
  categories: readonly string[],
  toDay: number,
  take: (person: number, day: number, recordedAt: number) => void,
): void {
  const marks = categories.map(() => '?').join(', ');
  const where = `FROM exposures WHERE recorded_at IS NOT NULL AND day <= ? AND category_id IN
    (SELECT id FROM code WHERE list = 'category' AND value IN (${marks}))`;
  const values = (column: string): number[] =>
    connection
      .prepare<unknown[], number>(
        `SELECT ${column} ${where} ORDER BY occurred_at, person_id, category_id, incident_ref`,
      )
      .pluck()
      .all(toDay, ...categories);
  // Each column that crosses costs, so that person and day cross as one number.
  const places = values(`person_id * ${daySpan} + day + ${dayShift}`);
  const recorded = values('recorded_at');
  places.forEach((place, row) => {
    const person = Math.floor(place / daySpan);
    take(person, place - person * daySpan - dayShift, recorded[row] as number);
  });
}

export type RecordedDuty = {
  readonly person: number;
  readonly start: number;
  readonly end: number;
  readonly type: string | null;
  readonly overtimeMinutes: number;
  readonly restDayCancelled: boolean;
};

const personsAtOnce = 500;
const startSpan = 2 ** 34;
const startShift = 2 ** 33;
const typeSpan = 2 ** 24;
/** Longer than any duty; a row that lasts longer is taken to last this long. */
const longestSeconds = 2 ** 24 - 1;

/**
 * Every duty that began between two days, by person and start. A row crosses from SQLite as three numbers, some hundred people
 * at a time, because a force has millions of duties.
 */
export function eachDuty(
  connection: Connection,
  [fromDay, toDay]: readonly [number, number],
  take: (duty: RecordedDuty) => void,
): void {
  const types = new Map(
    connection.prepare("SELECT id, value FROM code WHERE list = 'duty_type'").raw().all() as [number, string][],
  );
  const last = connection.prepare<[], number>('SELECT coalesce(max(id), 0) FROM person').pluck().get() ?? 0;
  const statement = connection
    .prepare(
      `SELECT (person_id - ?) * ${startSpan} + start_at + ${startShift},
         (min(max(end_at - start_at, 0), ${longestSeconds}) * ${typeSpan} + coalesce(type_id, 0)) * 2
           + coalesce(rest_day_cancelled, 0), overtime_minutes
       FROM duties WHERE person_id BETWEEN ? AND ? AND day BETWEEN ? AND ? ORDER BY person_id, start_at`,
    )
    .raw();
  for (let first = 0; first <= last; first += personsAtOnce) {
    const rows = statement.all(
      first,
      first,
      first + personsAtOnce - 1,
      fromDay,
      toDay,
    ) as unknown as readonly (readonly [number, number, number | null])[];
    for (const [place, what, overtime] of rows) {
      const person = Math.floor(place / startSpan);
      const start = place - person * startSpan - startShift;
      const half = Math.floor(what / 2);
      const seconds = Math.floor(half / typeSpan);
      take({
        person: first + person,
        start,
        end: start + seconds,
        type: types.get(half - seconds * typeSpan) ?? null,
        overtimeMinutes: overtime ?? 0,
        restDayCancelled: what - half * 2 === 1,
      });
    }
  }
}

/** First and last day of the duties; null where none are held. */
export function dutyDays(connection: Connection): { readonly first: number; readonly last: number } | null {
  const [first, last] = connection.prepare('SELECT min(day), max(day) FROM duties').raw().get() as unknown as readonly [
    number | null,
    number | null,
  ];
  return first === null || last === null ? null : { first, last };
}
