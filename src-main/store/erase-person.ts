import type { Connection } from './connection.ts';
import { layoutKinds, layoutOf } from './extract-layout.ts';
import { removeOrphanCodes } from './orphan-codes.ts';
import { dropPacked } from './packed-cache.ts';
import { bindingsOf, type PersonSet, type PersonTable, personTables } from './person-tables.ts';
import { type SealedColumn, sealedColumns } from './sealed-columns.ts';
import type { WriteTransaction } from './vault-store.ts';

/** What becomes of a sealed box that no column ties to a person: `box` is its new content, null where it goes altogether. */
export type BoxVerdict = { readonly box: Buffer | null; readonly rows: readonly number[] };
/** Looks into a box; null where it says nothing of the person. */
export type BoxJudge = (column: SealedColumn, box: Buffer) => BoxVerdict | null;

/** Rows removed, by table. */
export type RemovedRows = Readonly<Record<string, number>>;

type Bindings = ReturnType<typeof bindingsOf>;
type Located = ReadonlyMap<number, ReadonlySet<number>>;

/** Takes the triggers off tables whose rows are else never discarded; gives what puts them back in the same transaction. */
function liftTriggers(connection: Connection, tables: readonly string[]): () => void {
  const triggers = connection
    .prepare<[string], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(tables));
  for (const { name } of triggers) connection.exec(`DROP TRIGGER "${name}"`);
  return () => {
    for (const { sql } of triggers) connection.exec(sql);
  };
}

/** Where rows of the person stood in their files. */
function locate(connection: Connection, tables: readonly PersonTable[], bindings: Bindings): Located {
  const located = new Map<number, Set<number>>();
  const extracts = new Set(layoutKinds.flatMap((kind) => [layoutOf(kind).table, `${layoutOf(kind).table}_history`]));
  for (const { name, own } of tables) {
    if (!extracts.has(name)) continue;
    const rows = connection
      .prepare<[Bindings], [number, number]>(`SELECT DISTINCT batch_id, row FROM ${name} WHERE ${own}`)
      .raw()
      .all(bindings) as unknown as readonly (readonly [number, number])[];
    for (const [batch, row] of rows) located.set(batch, (located.get(batch) ?? new Set()).add(row));
  }
  return located;
}

/** Forgets that later batches held rows of the person again, in kinds whose keys name nobody. */
function forgetConfirmed(connection: Connection, tables: readonly PersonTable[], bindings: Bindings): number {
  const named = new Set(tables.map(({ name }) => name));
  let removed = 0;
  for (const kind of layoutKinds) {
    const { table, key } = layoutOf(kind);
    if (named.has(`${table}_confirmed`)) continue;
    for (const held of [table, `${table}_history`]) {
      const own = tables.find(({ name }) => name === held)?.own;
      if (own === undefined) continue;
      const same = key.map(({ name }) => `t.${name} = c.${name}`).join(' AND ');
      removed += connection
        .prepare(
          `DELETE FROM ${table}_confirmed AS c WHERE EXISTS (SELECT 1 FROM (SELECT * FROM ${held} WHERE ${own}) t
           WHERE ${same} AND t.batch_id = c.held_batch_id AND t.row = c.held_row)`,
        )
        .run(bindings).changes;
    }
  }
  return removed;
}

/** Answers that a partner gave go with the partner's rows; those of others stay and no longer name the person. */
function partAnswers(connection: Connection, tables: readonly PersonTable[], bindings: Bindings): number {
  let removed = 0;
  for (const { name, columns, own, linked } of tables) {
    if (linked === null) continue;
    const answers = (condition: string): string =>
      `(batch_id, row) IN (SELECT batch_id, row FROM ${name} WHERE ${condition})`;
    removed += connection
      .prepare(`DELETE FROM sealed_answers WHERE person_id IS NULL AND ${answers(own)}`)
      .run(bindings).changes;
    connection
      .prepare(
        `UPDATE sealed_answers SET person_id = NULL WHERE person_id IN (SELECT value FROM json_each(@ids))
         AND ${answers(linked)} AND NOT ${answers(own)}`,
      )
      .run(bindings);
    for (const column of columns) {
      connection
        .prepare(
          `UPDATE ${name} SET ${column} = NULL WHERE ${column} IN (SELECT value FROM json_each(@ids)) AND ${linked}`,
        )
        .run(bindings);
    }
  }
  return removed;
}

function keyColumns(connection: Connection, table: string): string[] {
  const columns = connection.pragma(`table_info("${table}")`) as readonly {
    readonly name: string;
    readonly pk: number;
  }[];
  return columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
}

/** Looks into every box that is left and changes those that speak of the person; gives rows whose rejects were removed. */
function changeBoxes(connection: Connection, judge: BoxJudge, removed: Record<string, number>): Located {
  const rejected = new Map<number, Set<number>>();
  for (const sealed of sealedColumns) {
    const { table, column } = sealed;
    const key = keyColumns(connection, table);
    const where = key.map((name) => `${name} = ?`).join(' AND ');
    const changes: (readonly [key: readonly unknown[], verdict: BoxVerdict])[] = [];
    const boxes = connection.prepare(`SELECT ${key.join(', ')}, ${column} FROM ${table} WHERE ${column} IS NOT NULL`);
    for (const values of boxes.raw().iterate() as Iterable<unknown[]>) {
      const verdict = judge(sealed, values.at(-1) as Buffer);
      if (verdict !== null) changes.push([values.slice(0, -1), verdict]);
    }
    const remove = connection.prepare(`DELETE FROM ${table} WHERE ${where}`);
    const change = connection.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`);
    for (const [values, { box, rows }] of changes) {
      if (box === null) remove.run(...values);
      else change.run(box, ...values);
      if (table === 'sealed_reject') {
        const batch = values[key.indexOf('batch_id')] as number;
        rejected.set(batch, new Set([...(rejected.get(batch) ?? []), ...rows]));
      }
    }
    if (changes.length > 0) removed[table] = (removed[table] ?? 0) + changes.length;
  }
  return rejected;
}

/** Removes what was noted at rows of a batch, and numbers the rest anew so that it can still be read in pages. */
function removeLocated(connection: Connection, table: 'note' | 'reject', located: Located): number {
  const read = connection.prepare<[number], { row: number; column_name: string; code: string }>(
    `SELECT row, column_name, code FROM ${table} WHERE batch_id = ? ORDER BY sequence`,
  );
  const clear = connection.prepare(`DELETE FROM ${table} WHERE batch_id = ?`);
  const add = connection.prepare(
    `INSERT INTO ${table} (batch_id, sequence, row, column_name, code) VALUES (?, ?, ?, ?, ?)`,
  );
  let removed = 0;
  for (const [batch, rows] of located) {
    const all = read.all(batch);
    const left = all.filter(({ row }) => !rows.has(row));
    if (left.length === all.length) continue;
    removed += all.length - left.length;
    clear.run(batch);
    for (const [at, entry] of left.entries()) add.run(batch, at + 1, entry.row, entry.column_name, entry.code);
  }
  return removed;
}

/**
 * Removes every row about a person from every table, and what boxes say of them. `secure_delete` overwrites what goes. Rows
 * about others stay as they are but for a link to the person. Foreign keys are checked by whoever opened the connection.
 */
export function erasePerson({ connection }: WriteTransaction, set: PersonSet, judge: BoxJudge): RemovedRows {
  const bindings = bindingsOf(set);
  const tables = personTables(connection);
  const restoreTriggers = liftTriggers(connection, [
    ...tables.map(({ name }) => name),
    ...sealedColumns.map(({ table }) => table),
  ]);
  const removed: Record<string, number> = {};
  const count = (table: string, rows: number): void => {
    if (rows > 0) removed[table] = (removed[table] ?? 0) + rows;
  };
  const located = locate(connection, tables, bindings);
  forgetConfirmed(connection, tables, bindings);
  count('sealed_answers', partAnswers(connection, tables, bindings));
  for (const { name, own } of tables) {
    count(name, connection.prepare(`DELETE FROM "${name}" WHERE ${own}`).run(bindings).changes);
  }
  const rejected = changeBoxes(connection, judge, removed);
  count('note', removeLocated(connection, 'note', located));
  count('reject', removeLocated(connection, 'reject', rejected));
  const person = connection.prepare('DELETE FROM person WHERE id IN (SELECT value FROM json_each(@ids))');
  count('person', person.run(bindings).changes);
  for (const kind of layoutKinds) {
    const { table } = layoutOf(kind);
    if (removed[table] !== undefined || removed[`${table}_history`] !== undefined) {
      removeOrphanCodes({ connection } as WriteTransaction, kind);
    }
  }
  dropPacked({ connection } as WriteTransaction);
  restoreTriggers();
  return removed;
}
