import { isoOfDay } from '#shared/domain/dates.ts';
import type { Connection } from './connection.ts';
import { type ExtractLayout, layoutOf } from './extract-layout.ts';
import { removeOrphans } from './import-sides.ts';
import { removeOrphanCodes } from './orphan-codes.ts';
import { dropPacked } from './packed-cache.ts';
import type { BatchRows } from './retention-records.ts';
import type { WriteTransaction } from './vault-store.ts';

export type AgedRows = {
  readonly rows: number;
  readonly people: number | null;
  readonly oldest: string;
  readonly byMonth: readonly { readonly month: string; readonly rows: number }[];
  readonly byBatch: readonly { readonly batch: number; readonly fileName: string; readonly rows: number }[];
};

function dayOf(layout: ExtractLayout): string {
  if (layout.dayColumn === null) throw new Error(`rows of ${layout.table} have no day`);
  return layout.dayColumn;
}

/** Both tables whose rows say something: what stands, and what it superseded. */
function tablesOf({ table }: ExtractLayout): readonly string[] {
  return [table, `${table}_history`];
}

/** What is older than a day, by month and by batch; null where nothing is. */
export function agedRows(connection: Connection, kind: string, beforeDay: number): AgedRows | null {
  const layout = layoutOf(kind);
  const day = dayOf(layout);
  const all = tablesOf(layout)
    .map((table) => `SELECT ${day} AS day, batch_id FROM ${table} WHERE ${day} < @before`)
    .join(' UNION ALL ');
  const groups = connection
    .prepare<[object], { month: string; batch: number; rows: number; oldest: number }>(
      `SELECT strftime('%Y-%m', day * 86400, 'unixepoch') AS month, batch_id AS batch, count(*) AS rows, min(day) AS oldest
       FROM (${all}) GROUP BY month, batch_id ORDER BY month, batch_id`,
    )
    .all({ before: beforeDay });
  if (groups.length === 0) return null;
  const months = new Map<string, number>();
  const batches = new Map<number, number>();
  for (const { month, batch, rows } of groups) {
    months.set(month, (months.get(month) ?? 0) + rows);
    batches.set(batch, (batches.get(batch) ?? 0) + rows);
  }
  const fileName = connection.prepare<[number], string>('SELECT file_name FROM batch WHERE id = ?').pluck();
  const person = [...layout.key, ...layout.values].find((column) => column.references === 'person');
  const people = person
    ? (connection
        .prepare<[object], number>(
          `SELECT count(*) FROM (${tablesOf(layout)
            .map((table) => `SELECT ${person.name} AS person FROM ${table} WHERE ${day} < @before`)
            .join(' UNION ')}) WHERE person IS NOT NULL`,
        )
        .pluck()
        .get({ before: beforeDay }) ?? 0)
    : null;
  return {
    rows: groups.reduce((sum, { rows }) => sum + rows, 0),
    people,
    oldest: isoOfDay(Math.min(...groups.map(({ oldest }) => oldest))),
    byMonth: [...months].map(([month, rows]) => ({ month, rows })),
    byBatch: [...batches].map(([batch, rows]) => ({ batch, fileName: fileName.get(batch) ?? '', rows })),
  };
}

/**
 * Deletes the rows of a kind that are older than a day, with the answers, notes and marks that belong to them; gives how many
 * went of each batch. Batches keep the counts of what they once brought. `secure_delete` overwrites what goes.
 */
export function deleteAgedRows(transaction: WriteTransaction, kind: string, beforeDay: number): BatchRows[] {
  const { connection } = transaction;
  const layout = layoutOf(kind);
  const day = dayOf(layout);
  const key = layout.key.map(({ name }) => name);
  const same = key.map((name) => `t.${name} = c.${name}`).join(' AND ');
  const removed = new Map<number, number>();
  connection.exec(
    'CREATE TEMP TABLE aged (batch_id INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (batch_id, row)) WITHOUT ROWID',
  );
  for (const table of tablesOf(layout)) {
    connection
      .prepare(
        `DELETE FROM ${layout.table}_confirmed AS c WHERE EXISTS (SELECT 1 FROM ${table} t WHERE ${same}
         AND t.batch_id = c.held_batch_id AND t.row = c.held_row AND t.${day} < ?)`,
      )
      .run(beforeDay);
    connection.prepare(`INSERT OR IGNORE INTO aged SELECT batch_id, row FROM ${table} WHERE ${day} < ?`).run(beforeDay);
    const counts = connection
      .prepare<[number], [number, number]>(`SELECT batch_id, count(*) FROM ${table} WHERE ${day} < ? GROUP BY batch_id`)
      .raw()
      .all(beforeDay) as unknown as readonly (readonly [number, number])[];
    for (const [batch, rows] of counts) removed.set(batch, (removed.get(batch) ?? 0) + rows);
    connection.prepare(`DELETE FROM ${table} WHERE ${day} < ?`).run(beforeDay);
  }
  // A row of a file that still has another record here keeps what is noted beside it.
  for (const table of tablesOf(layout)) {
    connection.exec(`DELETE FROM aged WHERE (batch_id, row) IN (SELECT batch_id, row FROM ${table})`);
  }
  for (const table of ['sealed_answers', 'sealed_identity', 'sealed_safety', 'note']) {
    connection.exec(`DELETE FROM ${table} WHERE (batch_id, row) IN (SELECT batch_id, row FROM aged)`);
  }
  connection.exec('DROP TABLE aged');
  removeOrphans(transaction);
  removeOrphanCodes(transaction, kind);
  dropPacked(transaction);
  return [...removed].map(([batch, rows]) => ({ batch, rows })).sort((a, b) => a.batch - b.batch);
}
