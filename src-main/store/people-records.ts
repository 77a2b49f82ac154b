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

type Row = readonly [number, string, number | null, number | null, number | null, number | null];

function postNames(connection: Connection): Map<number, string> {
  const rows = connection.prepare("SELECT id, value FROM code WHERE list IN ('unit', 'role')").raw().all();
  return new Map(rows as [number, string][]);
}

/** Every pseudonym in the vault, ascending by pseudonym. */
export function readPeople(connection: Connection): StoredPerson[] {
  // Units and roles cross as numbers: a string made for every person would cost more than the rest.
  const names = postNames(connection);
  const nameOf = (id: number | null): string | null => (id === null ? null : (names.get(id) ?? null));
  const rows = connection
    .prepare(
      `SELECT person.id, pseudonym, unit_id, role_id, service_start, service_end
       FROM person LEFT JOIN people ON people.person_id = person.id ORDER BY pseudonym`,
    )
    .raw()
    .all() as unknown as readonly Row[];
  return rows.map(([id, pseudonym, unitId, roleId, serviceStart, serviceEnd]) => ({
    id,
    pseudonym,
    // A people row always has its unit.
    listed: unitId !== null,
    unit: nameOf(unitId),
    role: nameOf(roleId),
    serviceStart,
    serviceEnd,
  }));
}
