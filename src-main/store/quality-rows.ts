import type { Connection } from './connection.ts';
import { type LayoutColumn, layoutOf } from './extract-layout.ts';

/**
 * Rows of a kind as columns of numbers, in chunks. Crossing from SQLite to JavaScript costs more than the reading itself, so
 * what belongs together crosses as whole numbers of at most 53 bits.
 */
export type ScanPlan = {
  readonly kind: string;
  /** Stored name of the column that names a person, or null. */
  readonly person: string | null;
  /** Columns that may be empty. */
  readonly optional: readonly LayoutColumn[];
  /** Days that no row lies outside of. */
  readonly firstDay: number;
  readonly lastDay: number;
};

const mostBits = 53;

function bitsFor(most: number): number {
  return Math.max(1, Math.ceil(Math.log2(most + 1)));
}

/** SQL that is 1 where a column is empty: absent, an empty text, or the 0 that stands for an empty part of a key. */
export function emptySql(column: LayoutColumn, inKey: boolean): string {
  if (column.storage === 'text') return `(coalesce(${column.name}, '') = '')`;
  return inKey ? `(coalesce(${column.name}, 0) = 0)` : `(${column.name} IS NULL)`;
}

function largest(connection: Connection, sql: string): number {
  return connection.prepare<[], number | null>(sql).pluck().get() ?? 0;
}

function daySql(plan: ScanPlan): string {
  const { dayColumn } = layoutOf(plan.kind);
  if (dayColumn === null) return '0';
  return `(CASE WHEN ${dayColumn} BETWEEN ${plan.firstDay} AND ${plan.lastDay} THEN ${dayColumn} - ${plan.firstDay} + 1 ELSE 0 END)`;
}

/** Visits person, day and empty columns of every row. Columns beyond what a number holds are left out, last first. */
export function scanRows(
  connection: Connection,
  plan: ScanPlan,
  visit: (person: number, day: number, empty: number) => void,
): number {
  const { table, key } = layoutOf(plan.kind);
  const dayBits = bitsFor(plan.lastDay - plan.firstDay + 1);
  const personBits = plan.person === null ? 1 : bitsFor(largest(connection, 'SELECT max(id) FROM person'));
  const columns = plan.optional.slice(0, Math.min(30, mostBits - dayBits - personBits));
  const keyNames = new Set(key.map((column) => column.name));
  const emptyBits = columns
    .map((column, at) => `(${emptySql(column, keyNames.has(column.name))} << ${at})`)
    .join(' | ');
  const person = plan.person === null ? '0' : `coalesce(${plan.person}, 0)`;
  const sql = `SELECT (((${person} << ${dayBits}) | ${daySql(plan)}) << ${columns.length}) | (${emptyBits === '' ? '0' : emptyBits}) FROM ${table}`;
  const emptySpan = 2 ** columns.length;
  const daySpan = 2 ** dayBits;
  for (const packed of connection.prepare<[], number>(sql).pluck().all()) {
    const high = Math.floor(packed / emptySpan);
    const who = Math.floor(high / daySpan);
    const day = high - who * daySpan;
    visit(who, day === 0 ? Number.NaN : plan.firstDay + day - 1, packed - high * emptySpan);
  }
  return columns.length;
}

/** Visits day and code of every row that has one, column after column. */
export function scanCodes(
  connection: Connection,
  plan: ScanPlan,
  column: LayoutColumn,
  visit: (code: number, day: number) => void,
): void {
  const { table } = layoutOf(plan.kind);
  const daySpan = 2 ** bitsFor(plan.lastDay - plan.firstDay + 1);
  const sql = `SELECT coalesce(${column.name}, 0) * ${daySpan} + ${daySql(plan)} FROM ${table}`;
  for (const packed of connection.prepare<[], number>(sql).pluck().all()) {
    const code = Math.floor(packed / daySpan);
    const day = packed - code * daySpan;
    if (code > 0 && day > 0) visit(code, plan.firstDay + day - 1);
  }
}

/** Rows and empty cells of a kind without a day. */
export function countEmpty(connection: Connection, kind: string, optional: readonly LayoutColumn[]): number[] {
  const { table, key } = layoutOf(kind);
  const keyNames = new Set(key.map((column) => column.name));
  const sums = optional.map((column) => `coalesce(sum(${emptySql(column, keyNames.has(column.name))}), 0)`);
  return connection
    .prepare(`SELECT ${['count(*)', ...sums].join(', ')} FROM ${table}`)
    .raw()
    .get() as number[];
}

/** Persons whom rows of a kind without a day name, and its rows. */
export function personsOf(connection: Connection, kind: string, person: string): [id: number, rows: number][] {
  const { table } = layoutOf(kind);
  return connection
    .prepare(`SELECT ${person}, count(*) FROM ${table} WHERE ${person} IS NOT NULL GROUP BY ${person}`)
    .raw()
    .all() as unknown as [number, number][];
}
