import { extractKinds } from '#shared/domain/extract-kinds/index.ts';
import type { Connection } from './connection.ts';
import { layoutOf, storedName } from './extract-layout.ts';
import type { WriteTransaction } from './vault-store.ts';

/** Rows of a table that are looked through first: nearly every code in use is among them. */
const rowsFirst = 100_000;

type CodeColumn = {
  readonly kind: string;
  readonly list: string;
  readonly tables: readonly string[];
  readonly name: string;
};

const codeColumns: readonly CodeColumn[] = extractKinds.flatMap((kind) =>
  kind.columns
    .filter((column) => column.type === 'code' || column.type === 'codes' || column.type === 'category')
    .map((column) => {
      const { table } = layoutOf(kind.kind);
      const list = column.type === 'category' ? 'category' : (column.list ?? column.name);
      return { kind: kind.kind, list, tables: [table, `${table}_history`], name: storedName(column) };
    }),
);

/**
 * Forgets codes of the lists of a kind that no row has any more: a name in a column of codes must leave with the batch that
 * brought it.
 */
export function removeOrphanCodes({ connection }: WriteTransaction, kind: string): void {
  const lists = new Set(codeColumns.filter((column) => column.kind === kind).map((column) => column.list));
  const remove = connection.prepare('DELETE FROM code WHERE id = ?');
  for (const list of lists) {
    const unseen = new Set(
      connection.prepare<[string], number>('SELECT id FROM code WHERE list = ?').pluck().all(list),
    );
    for (const column of codeColumns) {
      if (column.list !== list) continue;
      for (const table of column.tables) takeUsed(connection, table, column.name, unseen);
    }
    for (const id of unseen) remove.run(id);
  }
}

/** Takes from `unseen` what a column of a table has; reads the whole table only where something is still missing. */
function takeUsed(connection: Connection, table: string, column: string, unseen: Set<number>): void {
  const within = [`(SELECT ${column} FROM ${table} LIMIT ${rowsFirst})`, table];
  for (const source of within) {
    if (unseen.size === 0) return;
    const used = connection.prepare<[], number | null>(`SELECT DISTINCT ${column} FROM ${source}`).pluck().all();
    for (const id of used) if (id !== null) unseen.delete(id);
  }
}
