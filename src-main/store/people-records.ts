import type { Connection } from './connection.ts';

/** A pseudonym and, where a people row stands for it, its post. Days are day numbers; null is open or absent. */
export type StoredPerson = {
  readonly id: number;
  readonly pseudonym: string;
  readonly listed: boolean;
  readonly unit: string | null;
  readonly role: string | null;
  readonly serviceStart: number | null;
  readonly serviceEnd: number | null;
};

type Row = readonly [number, string, number | null, string | null, string | null, number | null, number | null];

/** Every pseudonym in the vault, ascending by pseudonym. */
export function readPeople(connection: Connection): StoredPerson[] {
  const rows = connection
    .prepare(
      `SELECT person.id, pseudonym, people.person_id, unit.value, role.value, service_start, service_end
       FROM person LEFT JOIN people ON people.person_id = person.id
       LEFT JOIN code AS unit ON unit.id = people.unit_id LEFT JOIN code AS role ON role.id = people.role_id
       ORDER BY pseudonym`,
    )
    .raw()
    .all() as unknown as readonly Row[];
  return rows.map(([id, pseudonym, listed, unit, role, serviceStart, serviceEnd]) => ({
    id,
    pseudonym,
    listed: listed !== null,
    unit,
    role,
    serviceStart,
    serviceEnd,
  }));
}
