import type { Connection } from './connection.ts';

/** One row of the absence extract. Days are day numbers, both ends absent; an end of null is still open. */
export type AbsenceRecord = {
  readonly person: number;
  readonly startDay: number;
  readonly endDay: number | null;
  /** As the extract has it; null where it has none. */
  readonly reason: string | null;
  readonly fteDays: number | null;
  readonly injuryOnDuty: boolean;
};

/** Every absence that began by a day, by person and first day. */
export function readAbsences(connection: Connection, toDay: number): AbsenceRecord[] {
  const rows = connection
    .prepare(
      `SELECT person_id, start_day, end_day, code.value, fte_days, injury_on_duty
       FROM absences LEFT JOIN code ON code.id = reason_code_id
       WHERE start_day <= ? ORDER BY person_id, start_day`,
    )
    .raw()
    .all(toDay) as unknown as readonly (readonly [
    number,
    number,
    number | null,
    string | null,
    number | null,
    number | null,
  ])[];
  return rows.map(([person, startDay, endDay, reason, fteDays, injury]) => ({
    person,
    startDay,
    endDay,
    reason,
    fteDays,
    injuryOnDuty: injury === 1,
  }));
}
