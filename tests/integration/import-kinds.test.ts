import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutOf } from '#main/store/extract-layout.ts';
import type { ImportResult } from '#shared/contract/imports.ts';
import { extractKinds, isSealed } from '#shared/domain/extract-kinds/index.ts';
import { changedRecord, csvLine, fullRecord, kindOf, requiredColumns, type Sample } from './kind-samples.ts';
import { csvFile, dataKeyOf, newVault, type Session, temporaryFolder, withStore } from './test-vault.ts';

const folder = temporaryFolder('kinds');
const vault = join(folder, 'vault');
let session: Session;
let dataKey: Buffer;
let files = 0;

beforeAll(async () => {
  session = await newVault(vault, ['analyst']);
  dataKey = await dataKeyOf(vault);
});
afterAll(() => session.engine.close());

function fileOf(columns: readonly string[], records: readonly Sample[]): string {
  files += 1;
  return csvFile(
    folder,
    `file-${files}.csv`,
    columns.join(','),
    records.map((record) => csvLine(columns, record)),
  );
}

const load = (file: string, kind: string): Promise<ImportResult> =>
  session.call('imports.load', { file, kind, mapping: null });

const undo = (loaded: ImportResult): Promise<unknown> => session.call('imports.undo', { batch: loaded.batch! });

const codesOf = (result: ImportResult): string[] =>
  result.rejects.map(({ row, column, code }) => `${row} ${column} ${code}`);

/** Rows in the three tables of a kind, and beside them. */
function held(kind: string): Record<string, number> {
  const { table } = layoutOf(kind);
  const tables = [table, `${table}_history`, `${table}_confirmed`, 'person', 'batch', 'reject', 'note', 'code'];
  return withStore(vault, dataKey, (connection) =>
    Object.fromEntries(
      tables.map((name) => [
        name.replace(table, 'rows'),
        connection.prepare<[], number>(`SELECT count(*) FROM ${name}`).pluck().get()!,
      ]),
    ),
  );
}

const nothing = {
  rows: 0,
  rows_history: 0,
  rows_confirmed: 0,
  person: 0,
  batch: 0,
  reject: 0,
  note: 0,
  code: 0,
};

/** Every cell of the rows that stand, as an analyst would write it: codes by their value, the rest as stored. */
function standing(kind: string): Record<string, unknown>[] {
  const { table, key, values } = layoutOf(kind);
  const columns = [...key, ...values];
  return withStore(vault, dataKey, (connection) => {
    const code = connection.prepare<[unknown], string>('SELECT value FROM code WHERE id = ?').pluck();
    const rows = connection.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY batch_id, row`).all();
    return rows.map((row) =>
      Object.fromEntries(
        columns.map(({ name, column }) => {
          const declared = kindOf(kind).columns.find((candidate) => candidate.name === column);
          const isCode = declared && ['code', 'codes', 'category'].includes(declared.type);
          return [column ?? name, isCode ? (code.get(row[name]) ?? null) : row[name]];
        }),
      ),
    );
  });
}

const allKinds = extractKinds.map(({ kind }) => kind);
const columnsOf = (kind: string): string[] => kindOf(kind).columns.map((column) => column.name);

describe.each(allKinds)('a canonical file of %s', (kind) => {
  const columns = columnsOf(kind);

  it('is kept with every column, doubles nothing, supersedes by key, and is undone without a trace', async () => {
    const records = [1, 2, 3].map((record) => fullRecord(kind, record));
    const file = fileOf(columns, [...records, records[1]!]);
    const first = await load(file, kind);
    expect(codesOf(first)).toEqual([]);
    expect(first.rows).toEqual({ read: 4, accepted: 3, superseded: 0, rejected: 0, duplicate: 1 });
    const stored = standing(kind);
    expect(stored).toHaveLength(3);
    for (const row of stored) {
      for (const column of kindOf(kind).columns) {
        if (isSealed(column)) expect(Object.keys(row)).not.toContain(column.name);
        else expect(row[column.name], column.name).not.toBeNull();
      }
    }
    for (const column of kindOf(kind).columns.filter(({ type }) => ['code', 'codes'].includes(type))) {
      expect(stored.map((row) => row[column.name])).toEqual(records.map((record) => record[column.name]));
    }

    const again = await load(file, kind);
    expect(again.rows).toEqual({ read: 4, accepted: 0, superseded: 0, rejected: 0, duplicate: 4 });
    expect(standing(kind)).toEqual(stored);

    const corrected = await load(fileOf(columns, [changedRecord(kind, 2), fullRecord(kind, 4)]), kind);
    expect(corrected.rows).toEqual({ read: 2, accepted: 2, superseded: 1, rejected: 0, duplicate: 0 });
    expect(held(kind)).toMatchObject({ rows: 4, rows_history: 1 });

    await undo(corrected);
    expect(standing(kind)).toEqual(stored);
    await undo(again);
    await undo(first);
    expect(held(kind)).toEqual(nothing);
  });

  it('needs its required columns alone', async () => {
    const required = requiredColumns(kind).map(({ name }) => name);
    const loaded = await load(fileOf(required, [fullRecord(kind, 1)]), kind);
    expect(codesOf(loaded)).toEqual([]);
    expect(loaded.rows).toEqual({ read: 1, accepted: 1, superseded: 0, rejected: 0, duplicate: 0 });
    const [row] = standing(kind);
    const made = kindOf(kind).columns.filter((column) => column.fallback !== undefined);
    for (const column of kindOf(kind).columns) {
      if (isSealed(column) || required.includes(column.name) || made.includes(column)) continue;
      // Empty parts of a key are one value, so that they are equal; an empty text is a text.
      expect([null, 0, ''], column.name).toContain(row![column.name]);
    }
    await undo(loaded);
    for (const name of required.filter((column) => kindOf(kind).columns.find((c) => c.name === column)?.required)) {
      const without = required.filter((column) => column !== name);
      if (without.length === 0) continue;
      const input = { file: fileOf(without, [fullRecord(kind, 1)]), kind, mapping: null };
      expect(await session.refused('imports.load', input), name).toMatchObject({ code: 'BAD_COLUMN' });
    }
    expect(held(kind)).toEqual(nothing);
  });

  it('locates an empty required field, a value outside a list, an impossible date and an end before its start', async () => {
    const sound = fullRecord(kind, 1);
    const broken: { readonly record: Sample; readonly column: string; readonly code: string }[] = [];
    for (const column of kindOf(kind).columns) {
      const { name, type } = column;
      if (column.required && column.fallback === undefined)
        broken.push({ record: { ...sound, [name]: ' ' }, column: name, code: 'EMPTY_REQUIRED' });
      if (type === 'choice')
        broken.push({ record: { ...sound, [name]: 'neither' }, column: name, code: 'NOT_IN_LIST' });
      if (type === 'date') broken.push({ record: { ...sound, [name]: '2026-02-30' }, column: name, code: 'BAD_DATE' });
      if (type === 'time')
        broken.push({ record: { ...sound, [name]: '2026-13-01T10:00:00Z' }, column: name, code: 'BAD_DATE' });
      if (type === 'flag' || type === 'sealed-flag')
        broken.push({ record: { ...sound, [name]: 'perhaps' }, column: name, code: 'BAD_FLAG' });
      if (type === 'integer' || type === 'number') {
        broken.push({ record: { ...sound, [name]: 'many' }, column: name, code: 'BAD_NUMBER' });
        broken.push({ record: { ...sound, [name]: '-9999999999999' }, column: name, code: 'OUT_OF_RANGE' });
      }
      if (type === 'code' || type === 'sealed') continue;
      if (type === 'reference' || type === 'token' || type === 'alias' || type === 'person')
        broken.push({ record: { ...sound, [name]: 'x'.repeat(201) }, column: name, code: 'TOO_LONG' });
    }
    for (const { first, last } of kindOf(kind).orders ?? []) {
      const isTime = kindOf(kind).columns.find(({ name }) => name === last)?.type === 'time';
      const record = { ...sound, [first]: isTime ? '2026-03-02T00:00:00Z' : '2026-03-02' };
      const early = isTime ? '2026-03-01T23:59:59Z' : '2026-03-01';
      broken.push({ record: { ...record, [last]: early }, column: last, code: 'END_BEFORE_START' });
    }
    const records = [sound, ...broken.map(({ record }) => record)];
    const file = fileOf(columns, records);
    const checked = await session.call('imports.check', { file, kind, mapping: null });
    const loaded = await load(file, kind);
    expect({ ...checked, batch: loaded.batch }).toEqual(loaded);
    expect(loaded.rows).toEqual({
      read: records.length,
      accepted: 1,
      superseded: 0,
      rejected: broken.length,
      duplicate: 0,
    });
    const { read, accepted, rejected, duplicate } = loaded.rows;
    expect(accepted + rejected + duplicate).toBe(read);
    expect(codesOf(loaded)).toEqual(broken.map(({ column, code }, at) => `${at + 2} ${column} ${code}`));
    const counts = loaded.rejectsByCode.reduce((sum, { count }) => sum + count, 0);
    expect(counts).toBe(broken.length);
    await undo(loaded);
    expect(held(kind)).toEqual(nothing);
  });
});
