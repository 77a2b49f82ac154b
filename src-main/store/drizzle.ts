import { createRequire } from 'node:module';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Connection } from './connection.ts';

// Drizzle's ES modules take Node a third of a second to load, on every thread; the same code as CommonJS a twentieth.
const load = createRequire(import.meta.url);

const { drizzle } = load('drizzle-orm/better-sqlite3') as typeof import('drizzle-orm/better-sqlite3');

export const { blob, index, integer, primaryKey, real, sqliteTable, text, unique, alias } = load(
  'drizzle-orm/sqlite-core',
) as typeof import('drizzle-orm/sqlite-core');

export const { and, asc, between, count, desc, eq, gt, inArray, isNotNull, isNull, max, ne, notInArray, sql } = load(
  'drizzle-orm',
) as typeof import('drizzle-orm');

type Queries = BetterSQLite3Database<Record<string, never>>;

const made = new WeakMap<Connection, Queries>();

/** Typed queries over a connection that is already open; the tables are those of schema.ts. */
export function queries(connection: Connection): Queries {
  const known = made.get(connection);
  if (known) return known;
  const fresh = drizzle({ client: connection });
  made.set(connection, fresh);
  return fresh;
}
