import type { Connection } from './connection.ts';
import { type ExtractLayout, layoutOf } from './extract-layout.ts';
import type { WriteTransaction } from './vault-store.ts';

export type UndoCounts = { readonly removed: number; readonly restored: number };

/**
 * Takes a batch out of the tables of its kind. Rows that a later batch held too pass to that batch; versions that the batch
 * had superseded stand again; everything else of it is deleted and, by `secure_delete`, overwritten.
 */
export function undoBatch(
  { connection }: WriteTransaction,
  kind: string,
  batchId: number,
  days: { readonly first: number | null; readonly last: number | null },
): UndoCounts {
  const layout = layoutOf(kind);
  const { table } = layout;
  const key = layout.key.map((column) => column.name);
  const all = [...key, ...layout.values.map((column) => column.name), 'batch_id', 'row'].join(', ');

  for (const held of [table, `${table}_history`]) passToHeirs(connection, layout, held, batchId);

  connection.prepare(`DELETE FROM ${table}_confirmed WHERE batch_id = ?`).run(batchId);
  const history = connection.prepare(`DELETE FROM ${table}_history WHERE batch_id = ?`).run(batchId).changes;
  const restorable = connection
    .prepare<[number], { [column: string]: unknown }>(
      `SELECT DISTINCT ${key.map((name) => `h.${name} AS ${name}`).join(', ')} FROM ${table}_history h
       JOIN ${table} t ON ${sameKeyOf(key, 'h', 't')} WHERE t.batch_id = ?`,
    )
    .all(batchId);
  const removed = history + deleteRows();
  let restored = 0;
  if (restorable.length > 0) {
    const where = key.map((name) => `${name} = @${name}`).join(' AND ');
    const latest = `SELECT ${all} FROM ${table}_history WHERE ${where} ORDER BY batch_id DESC, row DESC LIMIT 1`;
    const restore = connection.prepare(`INSERT INTO ${table} (${all}) ${latest}`);
    const find = connection.prepare<[object], { batch_id: number; row: number }>(latest);
    const drop = connection.prepare(
      `DELETE FROM ${table}_history WHERE ${where} AND batch_id = @batch_id AND row = @row`,
    );
    for (const keyValues of restorable) {
      const version = find.get(keyValues);
      if (!version) continue;
      restored += restore.run(keyValues).changes;
      drop.run({ ...keyValues, batch_id: version.batch_id, row: version.row });
    }
  }
  return { removed, restored };

  function deleteRows(): number {
    const only = connection
      .prepare<[number], number>(`SELECT 1 FROM ${table} WHERE batch_id <> ? LIMIT 1`)
      .pluck()
      .get(batchId);
    // Without a condition SQLite frees whole pages instead of visiting rows; secure_delete still overwrites them.
    if (only === undefined) return connection.prepare(`DELETE FROM ${table}`).run().changes;
    const leading = key[0] ?? '';
    const bounded =
      layout.comesInKeyOrder && layout.key[0]?.storage === 'number' && days.first !== null && days.last !== null;
    // A local day begins at most an hour before its UTC day.
    const bounds = bounded ? [((days.first ?? 0) - 1) * 86_400, ((days.last ?? 0) + 2) * 86_400] : [];
    const within = bounded ? ` AND ${leading} BETWEEN ? AND ?` : '';
    return connection.prepare(`DELETE FROM ${table} WHERE batch_id = ?${within}`).run(batchId, ...bounds).changes;
  }
}

/** @throws Error where something still points at the batch, as SQLite itself would */
export function requireUndone({ connection }: WriteTransaction, kind: string, batchId: number): void {
  const { table } = layoutOf(kind);
  for (const held of [table, `${table}_history`, `${table}_confirmed`]) {
    const left = connection.prepare(`SELECT 1 FROM ${held} WHERE batch_id = ? LIMIT 1`).get(batchId);
    if (left !== undefined) throw new Error(`rows of the batch are left in ${held}`);
  }
}

type Heir = {
  readonly heir: number;
  readonly heirRow: number;
  readonly row: number;
  readonly day: number | null;
  readonly [column: string]: unknown;
};

function sameKeyOf(key: readonly string[], a: string, b: string): string {
  return key.map((name) => `${a}.${name} = ${b}.${name}`).join(' AND ');
}

/** Gives each version of the batch that later batches held too to the earliest of them. */
function passToHeirs(connection: Connection, layout: ExtractLayout, held: string, batchId: number): void {
  const { table, dayColumn } = layout;
  const key = layout.key.map((column) => column.name);
  const heirs = connection
    .prepare<[number], Heir>(
      `SELECT ${key.map((name) => `c.${name} AS ${name}`).join(', ')}, min(c.batch_id) AS heir, c.row AS heirRow,
         c.held_row AS row, ${dayColumn === null ? 'NULL' : `t.${dayColumn}`} AS day
       FROM ${table}_confirmed c JOIN ${held} t ON ${sameKeyOf(key, 'c', 't')} AND t.batch_id = c.held_batch_id AND t.row = c.held_row
       WHERE c.held_batch_id = ? GROUP BY ${key.map((name) => `c.${name}`).join(', ')}, c.held_row`,
    )
    .all(batchId);
  if (heirs.length === 0) return;
  const where = key.map((name) => `${name} = @${name}`).join(' AND ');
  const pass = connection.prepare(
    `UPDATE ${held} SET batch_id = @heir, row = @heirRow WHERE ${where} AND batch_id = @batch AND row = @row`,
  );
  const forget = connection.prepare(`DELETE FROM ${table}_confirmed WHERE batch_id = @heir AND ${where}`);
  const follow = connection.prepare(
    `UPDATE ${table}_confirmed SET held_batch_id = @heir, held_row = @heirRow
     WHERE ${where} AND held_batch_id = @batch AND held_row = @row`,
  );
  for (const heir of heirs) {
    const { day: _, ...parameters } = { ...heir, batch: batchId };
    pass.run(parameters);
    forget.run(Object.fromEntries([...key, 'heir'].map((name) => [name, heir[name]])));
    follow.run(parameters);
  }
  widenDays(connection, heirs);
}

/** A batch's first and last day bound where its rows are looked for, so they follow what passes to it. */
function widenDays(connection: Connection, heirs: readonly Heir[]): void {
  const spans = new Map<number, { first: number; last: number }>();
  for (const { heir, day } of heirs) {
    if (day === null) continue;
    const span = spans.get(heir);
    spans.set(heir, { first: Math.min(span?.first ?? day, day), last: Math.max(span?.last ?? day, day) });
  }
  const widen = connection.prepare(
    `UPDATE batch SET first_day = min(coalesce(first_day, @first), @first),
       last_day = max(coalesce(last_day, @last), @last) WHERE id = @heir`,
  );
  for (const [heir, span] of spans) widen.run({ heir, ...span });
}
