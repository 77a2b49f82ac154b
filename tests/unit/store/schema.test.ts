import { readFileSync } from 'node:fs';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import type { Connection } from '#main/store/connection.ts';
import * as schema from '#main/store/schema.ts';
import { storeFile } from '#main/store/vault-store.ts';
import { newStore } from './store-in-folder.ts';

type Column = {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly defaultValue: unknown;
  /** Its place in the primary key, from 1; 0 outside it. */
  readonly keyPlace: number;
};
type Shape = {
  readonly columns: readonly Column[];
  readonly autoIncrement: boolean;
  /** Columns of each UNIQUE, in order. */
  readonly unique: readonly string[];
  /** `column → table (column)`. */
  readonly references: readonly string[];
};

const declared = new Map(
  Object.values(schema).map((table) => [getTableConfig(table).name, shapeDeclared(getTableConfig(table))]),
);

function shapeDeclared(table: ReturnType<typeof getTableConfig>): Shape {
  const composite = table.primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
  const place = (name: string, primary: boolean) => (primary ? 1 : composite.indexOf(name) + 1);
  const single = table.columns.filter((column) => column.isUnique).map((column) => column.name);
  return {
    columns: table.columns.map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      notNull: column.notNull,
      defaultValue: column.default ?? null,
      keyPlace: place(column.name, column.primary),
    })),
    autoIncrement: table.columns.some((column) => 'autoIncrement' in column && column.autoIncrement === true),
    unique: [
      ...single,
      ...table.uniqueConstraints.map((constraint) => constraint.columns.map((column) => column.name).join(', ')),
    ].sort(),
    references: table.foreignKeys
      .map((key) => {
        const { columns, foreignColumns, foreignTable } = key.reference();
        const target = getTableConfig(foreignTable).name;
        return `${columns.map((column) => column.name).join(', ')} → ${target} (${foreignColumns.map((column) => column.name).join(', ')})`;
      })
      .sort(),
  };
}

function shapeStored(connection: Connection, table: string): Shape {
  const columns = connection.pragma(`table_info(${table})`) as {
    name: string;
    type: string;
    notnull: number;
    dflt_value: unknown;
    pk: number;
  }[];
  const indices = connection.pragma(`index_list(${table})`) as { name: string; unique: number; origin: string }[];
  const keys = connection.pragma(`foreign_key_list(${table})`) as { table: string; from: string; to: string }[];
  const sql =
    connection.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table) ?? '';
  return {
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      notNull: column.notnull === 1,
      defaultValue: column.dflt_value,
      keyPlace: column.pk,
    })),
    autoIncrement: /\bAUTOINCREMENT\b/.test(sql),
    unique: indices
      .filter((index) => index.unique === 1 && index.origin !== 'pk')
      .map((index) =>
        (connection.pragma(`index_info(${index.name})`) as { name: string }[]).map(({ name }) => name).join(', '),
      )
      .sort(),
    references: keys.map((key) => `${key.from} → ${key.table} (${key.to})`).sort(),
  };
}

describe('the declared schema', () => {
  it('is that of a store that every migration has been run on', () => {
    const { connection, folder } = newStore();
    expect(readFileSync(storeFile(folder)).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    const tables = connection
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all();
    expect([...declared.keys()].sort()).toEqual(tables);
    for (const table of tables) expect(declared.get(table), table).toEqual(shapeStored(connection, table));
  });

  it('knows of every index that the store keeps', () => {
    const { connection } = newStore();
    const byHand = connection
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
      .pluck()
      .all();
    const declaredByHand = Object.values(schema).flatMap((table) => getTableConfig(table).indexes);
    expect(declaredByHand.map((index) => index.config.name).sort()).toEqual([...byHand].sort());
  });
});
