import type { Connection } from './connection.ts';

/**
 * Where rows about people lie, found from the schema itself: a table that is added later is found without a change here.
 * Ids and pseudonyms are bound as JSON lists named `@ids` and `@pseudonyms`.
 */
export type PersonTable = {
  readonly name: string;
  /** Columns that hold a person's number or pseudonym. */
  readonly columns: readonly string[];
  /** Condition for the rows that are about the people given. */
  readonly own: string;
  /** Condition for rows about others that only name the people given, or null. */
  readonly linked: string | null;
  /** Steps from a table that names people; rows of deeper tables go first. */
  readonly depth: number;
};

/** Tables that others point at without being about a person. */
const shared: ReadonlySet<string> = new Set([
  'person',
  'batch',
  'code',
  'saved_mapping',
  'meta',
  'approval',
  'erasure',
]);
/** What says that somebody was erased stays: without it they would come back with the next extract. */
const kept: ReadonlySet<string> = new Set(['person', 'erased_reference']);

const isIdColumn = /(?:^|_)person_id$/;
const isPseudonymColumn = /^(?:person|(?:\w+_)?pseudonym)$/;
const isConfirmed = /_confirmed$/;

type Column = { readonly name: string; readonly type: string };
type ForeignKey = { readonly table: string; readonly from: string; readonly to: string | null };

/** Families name two people: rows of the officer are theirs, and those of a partner who serves too are the partner's. */
const ownFamilyRows = `((member = 1 AND person_id IN (SELECT value FROM json_each(@ids)))
  OR (member = 2 AND partner_person_id IN (SELECT value FROM json_each(@ids))))`;
const familyTables: ReadonlySet<string> = new Set(['families', 'families_history']);

function conditionOf(column: Column): string | null {
  if (isIdColumn.test(column.name)) return `${column.name} IN (SELECT value FROM json_each(@ids))`;
  if (isPseudonymColumn.test(column.name) && column.type === 'TEXT') {
    return `${column.name} IN (SELECT value FROM json_each(@pseudonyms))`;
  }
  return null;
}

function directTable(name: string, columns: readonly Column[], keys: readonly ForeignKey[]): PersonTable | null {
  const named = columns.flatMap((column) => {
    const byKey = keys.some((key) => key.from === column.name && key.table === 'person');
    const condition = byKey ? `${column.name} IN (SELECT value FROM json_each(@ids))` : conditionOf(column);
    return condition === null ? [] : [{ column: column.name, condition }];
  });
  if (named.length === 0) return null;
  const any = `(${named.map(({ condition }) => condition).join(' OR ')})`;
  const base = { name, columns: named.map(({ column }) => column), depth: 0 };
  return familyTables.has(name)
    ? { ...base, own: ownFamilyRows, linked: `(${any} AND NOT coalesce(${ownFamilyRows}, 0))` }
    : { ...base, own: any, linked: null };
}

/** Every table that holds rows about people, those that only point at such a table first. */
export function personTables(connection: Connection): PersonTable[] {
  const names = connection
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all()
    .filter((name) => !kept.has(name));
  const keysOf = new Map(
    names.map((name) => [name, connection.pragma(`foreign_key_list("${name}")`) as readonly ForeignKey[]]),
  );
  const found = new Map<string, PersonTable>();
  for (const name of names) {
    const columns = connection.pragma(`table_info("${name}")`) as readonly Column[];
    const table = directTable(name, columns, keysOf.get(name) ?? []);
    if (table) found.set(name, table);
  }
  for (let depth = 1; depth <= 8; depth += 1) {
    for (const name of names) {
      if (found.has(name) || shared.has(name)) continue;
      const parents = (keysOf.get(name) ?? []).filter((key) => found.has(key.table));
      if (parents.length === 0) continue;
      const own = parents.map(
        (key) =>
          `${key.from} IN (SELECT ${key.to ?? 'id'} FROM "${key.table}" WHERE ${found.get(key.table)?.own ?? '0'})`,
      );
      found.set(name, { name, columns: [], own: `(${own.join(' OR ')})`, linked: null, depth });
    }
  }
  return [...found.values()].sort((a, b) => b.depth - a.depth || (a.name < b.name ? -1 : 1));
}

/** The tables whose rows say something; those that only remember that a batch held a row again are left out. */
export function tellingTables(tables: readonly PersonTable[]): PersonTable[] {
  return tables.filter(({ name }) => !isConfirmed.test(name));
}

/** A person with the other references that were theirs alone. */
export type PersonSet = {
  readonly pseudonym: string;
  /** Numbers of the person and of rows filed under another reference of theirs. */
  readonly ids: readonly number[];
  readonly pseudonyms: readonly string[];
  readonly aliases: readonly { readonly alias: string; readonly from: number | null; readonly to: number | null }[];
};

export function bindingsOf(set: PersonSet): { readonly ids: string; readonly pseudonyms: string } {
  return { ids: JSON.stringify(set.ids), pseudonyms: JSON.stringify(set.pseudonyms) };
}

/** The person of a pseudonym, or null where the vault knows nobody of it. */
export function personSet(connection: Connection, pseudonym: string): PersonSet | null {
  const id = connection.prepare<[string], number>('SELECT id FROM person WHERE pseudonym = ?').pluck().get(pseudonym);
  if (id === undefined) return null;
  const aliases = connection
    .prepare<[number, number], { alias: string; from: number | null; to: number | null }>(
      `SELECT alias, from_day AS "from", to_day AS "to" FROM aliases WHERE person_id = ?
       UNION SELECT alias, from_day, to_day FROM aliases_history WHERE person_id = ?`,
    )
    .all(id, id);
  // A number that was given to somebody else, before or since, is not theirs alone.
  const alone = connection
    .prepare<[string, number], number>(
      `SELECT id FROM person WHERE pseudonym = ? AND id NOT IN (SELECT person_id FROM people)
       AND pseudonym NOT IN (SELECT alias FROM aliases WHERE person_id <> ?)`,
    )
    .pluck();
  const others = [...new Set(aliases.map(({ alias }) => alias))].flatMap((alias) => {
    const other = alone.get(alias, id);
    return other === undefined || other === id ? [] : [{ alias, id: other }];
  });
  return {
    pseudonym,
    ids: [id, ...others.map((other) => other.id)],
    pseudonyms: [pseudonym, ...others.map((other) => other.alias)],
    aliases,
  };
}
