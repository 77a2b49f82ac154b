import { readFileSync } from 'node:fs';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import type { Connection } from '#main/store/connection.ts';
import { type ExtractLayout, layoutKinds, layoutOf } from '#main/store/extract-layout.ts';
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
      // SQLite tells a default as text.
      defaultValue: column.default === undefined ? null : String(column.default),
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

/** The three tables of an extract kind as its layout declares them, for kinds that no repository reads by name. */
function shapesOfLayout(layout: ExtractLayout): (readonly [string, Shape])[] {
  const origin = ['batch_id', 'row'];
  const made = (
    table: string,
    columns: readonly (readonly [name: string, type: string, notNull: boolean])[],
    primary: readonly string[],
    references: readonly string[],
  ): readonly [string, Shape] => [
    table,
    {
      columns: columns.map(([name, type, notNull]) => ({
        name,
        type,
        notNull,
        defaultValue: null,
        keyPlace: primary.indexOf(name) + 1,
      })),
      autoIncrement: false,
      unique: [],
      references: [...references].sort(),
    },
  ];
  const rows = [...layout.key, ...layout.values].map((column) => [column.name, column.sql, column.required] as const);
  const from = origin.map((name) => [name, 'INTEGER', true] as const);
  const held = ['held_batch_id', 'held_row'].map((name) => [name, 'INTEGER', true] as const);
  const key = layout.key.map((column) => column.name);
  const keyColumns = layout.key.map((column) => [column.name, column.sql, true] as const);
  const batch = 'batch_id → batch (id)';
  const named = [...layout.key, ...layout.values].flatMap((column) =>
    column.references === null ? [] : [`${column.name} → ${column.references} (id)`],
  );
  return [
    made(layout.table, [...rows, ...from], key, [...named, batch]),
    made(`${layout.table}_history`, [...rows, ...from], [...key, ...origin], [batch]),
    made(`${layout.table}_confirmed`, [...keyColumns, ...from, ...held], ['batch_id', ...key], [batch]),
  ];
}

for (const [table, shape] of layoutKinds.flatMap((kind) => shapesOfLayout(layoutOf(kind)))) {
  if (!declared.has(table)) declared.set(table, shape);
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

  it('is that of the layouts, also where a repository declares it too', () => {
    const { connection } = newStore();
    for (const [table, shape] of layoutKinds.flatMap((kind) => shapesOfLayout(layoutOf(kind)))) {
      expect(shape, table).toEqual(shapeStored(connection, table));
    }
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
