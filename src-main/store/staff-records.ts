import type { Connection } from './connection.ts';

/** A person of the people extract. Days are day numbers; null is open or not recorded. */
export type StaffRecord = {
  readonly id: number;
  readonly pseudonym: string;
  readonly unit: string;
  readonly role: string;
  readonly rank: string | null;
  readonly workforce: string | null;
  readonly sex: string | null;
  readonly ethnicity: string | null;
  readonly birthYear: number | null;
  readonly serviceStart: number | null;
  readonly serviceEnd: number | null;
  readonly fte: number | null;
};

export type PostingRow = {
  readonly person: number;
  readonly fromDay: number;
  readonly toDay: number | null;
  readonly unit: string;
  readonly role: string;
  readonly fte: number | null;
};

function codeNames(connection: Connection): (id: number | null) => string | null {
  const rows = connection.prepare('SELECT id, value FROM code').raw().all() as [number, string][];
  const names = new Map(rows);
  return (id) => (id === null ? null : (names.get(id) ?? null));
}

/** Everyone with a people row, ascending by pseudonym. */
export function readStaff(connection: Connection): StaffRecord[] {
  const nameOf = codeNames(connection);
  const rows = connection
    .prepare(
      `SELECT person.id, pseudonym, unit_id, role_id, rank_id, workforce_type_id, sex_id, ethnicity_group_id,
        birth_year, service_start, service_end, fte
       FROM people JOIN person ON person.id = people.person_id ORDER BY pseudonym`,
    )
    .raw()
    .all() as [number, string, ...(number | null)[]][];
  return rows.map(([id, pseudonym, unit, role, rank, workforce, sex, ethnicity, birthYear, from, to, fte]) => ({
    id,
    pseudonym,
    unit: nameOf(unit ?? null) ?? '',
    role: nameOf(role ?? null) ?? '',
    rank: nameOf(rank ?? null),
    workforce: nameOf(workforce ?? null),
    sex: nameOf(sex ?? null),
    ethnicity: nameOf(ethnicity ?? null),
    birthYear: birthYear ?? null,
    serviceStart: from ?? null,
    serviceEnd: to ?? null,
    fte: fte ?? null,
  }));
}

/** Every posting, by person and first day. */
export function readPostings(connection: Connection): PostingRow[] {
  const nameOf = codeNames(connection);
  const rows = connection
    .prepare('SELECT person_id, from_day, to_day, unit_id, role_id, fte FROM postings ORDER BY person_id, from_day')
    .raw()
    .all() as [number, number, number | null, number, number, number | null][];
  return rows.map(([person, fromDay, toDay, unit, role, fte]) => ({
    person,
    fromDay,
    toDay,
    unit: nameOf(unit) ?? '',
    role: nameOf(role) ?? '',
    fte,
  }));
}
