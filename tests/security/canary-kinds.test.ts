import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { layoutOf } from '#main/store/extract-layout.ts';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { changedRecord, csvLine, fullRecord, type Sample } from '../integration/kind-samples.ts';
import { csvFile, dataKeyOf, newVault, temporaryFolder, withStore } from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';

const folder = temporaryFolder('canary-kinds');
const vault = join(folder, 'vault');

/** Occurs nowhere else, at whatever place it is put. */
const marker = 'zqOssifragexv';
/** What leads to a person, and is therefore in no byte of a vault. */
const hidden: ReadonlySet<string> = new Set(['person', 'alias', 'token', 'sealed']);
/** What is stored in clear by design: the search must find it. */
const shown = 'plainMandrakeqz';
const shownTypes: ReadonlySet<string> = new Set(['code', 'reference', 'text']);

function marked(kind: string, record: Sample, number: number): Sample {
  const { columns } = extractKinds.find((candidate) => candidate.kind === kind)!;
  const cells = columns.map(({ name, type }) => {
    if (hidden.has(type)) return [name, `${marker} ${name} ${number}`];
    if (shownTypes.has(type) && name !== 'instrument' && name !== 'scale') return [name, `${shown} ${name} ${number}`];
    return [name, record[name] ?? ''];
  });
  return Object.fromEntries(cells) as Sample;
}

type Standing = { readonly bytes: readonly string[]; readonly values: readonly string[]; readonly shown: number };

/** Files and values that hold a text, and how many values hold what may be seen. */
async function search(): Promise<Standing> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => file.startsWith(vault) && statSync(file).isFile());
  const needles = [Buffer.from(marker, 'utf8'), Buffer.from(marker, 'utf16le')];
  const bytes = files.filter((file) => needles.some((needle) => readFileSync(file).includes(needle)));
  return withStore(vault, await dataKeyOf(vault), (connection) => {
    const values: string[] = [];
    let seen = 0;
    const tables = connection.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    for (const table of tables) {
      for (const row of connection.prepare(`SELECT * FROM "${table}"`).raw().iterate() as Iterable<unknown[]>) {
        for (const value of row) {
          const text = Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
          if (text.toLowerCase().includes(marker.toLowerCase())) values.push(table);
          if (text.includes(shown)) seen += 1;
        }
      }
    }
    return { bytes, values, shown: seen };
  });
}

describe('what leads to a person, in every kind of extract', () => {
  let loaded: Standing;
  let undone: Standing;
  let rejected = 0;

  beforeAll(async () => {
    const { call, engine } = await newVault(vault, ['analyst', 'clinician']);
    const batches: number[] = [];
    for (const { kind, columns } of extractKinds) {
      const names = columns.map(({ name }) => name);
      const first = columns.find((column) => column.required && !hidden.has(column.type));
      const records = [
        marked(kind, fullRecord(kind, 1), 1),
        marked(kind, changedRecord(kind, 1), 1),
        marked(kind, fullRecord(kind, 2), 2),
        // Rejected, with whatever it names.
        ...(first ? [{ ...marked(kind, fullRecord(kind, 3), 3), [first.name]: '' }] : []),
      ];
      const file = csvFile(
        folder,
        `${kind}.csv`,
        names.join(','),
        records.map((record) => csvLine(names, record)),
      );
      await call('imports.check', { file, kind, mapping: null });
      const result = await call('imports.load', { file, kind, mapping: null });
      expect(result.rows.accepted, kind).toBeGreaterThanOrEqual(2);
      rejected += result.rows.rejected;
      batches.push(result.batch!);
      if (columns.some((column) => hidden.has(column.type))) {
        expect(readFileSync(file, 'utf8'), kind).toContain(marker);
      }
    }
    loaded = await search();
    for (const batch of batches.reverse()) await call('imports.undo', { batch });
    undone = await search();
    await engine.close();
  });

  it('is in no byte of the vault and no value of any table', () => {
    expect(loaded.bytes).toEqual([]);
    expect(loaded.values).toEqual([]);
    expect(rejected).toBeGreaterThan(15);
    // The search itself finds what is kept in clear.
    expect(loaded.shown).toBeGreaterThan(60);
    evidence(
      1,
      'every sealed column, reference and token of every kind',
      `0 found in any byte or value; ${rejected} rejected rows, ${loaded.shown} clear values found`,
    );
  });

  it('is undone with all that came beside it, but for what clinicians must see', async () => {
    expect(undone.bytes).toEqual([]);
    expect(undone.values).toEqual([]);
    expect(undone.shown).toBe(0);
    const left = withStore(vault, await dataKeyOf(vault), (connection) =>
      [
        ...extractKinds.flatMap(({ kind }) => {
          const { table } = layoutOf(kind);
          return [table, `${table}_history`, `${table}_confirmed`];
        }),
        ...['person', 'code', 'batch', 'note', 'reject', 'sealed_reject', 'sealed_identity', 'sealed_answers'],
      ].filter((table) => connection.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined),
    );
    expect(left).toEqual([]);
  });
});
