import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endBatch, findBatch, removeBatchRecord, startBatch } from '#main/store/batch-records.ts';
import { BatchWriter } from '#main/store/batch-writer.ts';
import { layoutOf, type RowShape, shapeOf } from '#main/store/extract-layout.ts';
import { createSideWriter, removeOrphans, removeSides } from '#main/store/import-sides.ts';
import { type RowChunk, sortChunk } from '#main/store/row-chunk.ts';
import { undoBatch } from '#main/store/undo-batch.ts';
import { createVaultStore, type VaultStore } from '#main/store/vault-store.ts';
import { RunMerger, runOfChunk } from '#main/workers/import/merge-runs.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { ImportModel, type ModelFile, type ModelRow } from './import-model.ts';
import { csvFile, newVault, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('model');
const event = { at: '2026-01-01T00:00:00.000Z', user: 'model', action: 'test', outcome: 'done' } as const;
/** Seeds are fixed; `TIDEMARK_RUNS` multiplies the runs. */
const more = Number(process.env['TIDEMARK_RUNS'] ?? '1');

type Kind = 'people' | 'exposures' | 'incidents' | 'support' | 'families';
const persons = [1, 2, 3, 4, 5];
const codes = [1, 2, 3];

/** How a model row of a kind lies in its table. */
const kinds = {
  people: {
    key: (key: number) => [persons[key % persons.length]!],
    values: (value: number) => [null, null, codes[value % 3]!, codes[1]!, null, null, 1980 + value, null, null, 1],
    keys: persons.length,
  },
  exposures: {
    // Keys differ in time, person, category or reference alone; days are far apart, so that bounds by day matter.
    key: (key: number) => [
      86_400 * (100 * (key % 3) + 1),
      persons[Math.floor(key / 3) % 2]!,
      codes[Math.floor(key / 6) % 2]!,
      key >= 12 ? 'INC-é' : '',
    ],
    values: (value: number, key: number) => [
      100 * (key % 3) + 1,
      value % 4 === 0 ? null : 1 + (value % 3),
      value * 1.5,
      null,
      1,
      null,
      null,
      null,
    ],
    keys: 18,
  },
  incidents: {
    // The key begins with a text: texts that begin alike, and beyond ASCII.
    key: (key: number) => [['INC-1', 'INC-10', 'INC-é', 'INC-2', 'inc-1', ' '][key]!],
    values: (value: number, key: number) => [
      100 + key,
      86_400 * (100 + key),
      codes[value % 3]!,
      value === 3 ? null : codes[0]!,
      null,
      codes[key % 3]!,
    ],
    keys: 6,
  },
  support: {
    key: (key: number) => [
      persons[key % 2]!,
      codes[Math.floor(key / 2) % 2]!,
      ['', 'EP-1', 'EP-é'][Math.floor(key / 4) % 3]!,
      1 + Math.floor(key / 12),
    ],
    values: (value: number) => [100 + value, 86_400 * (100 + value)],
    keys: 24,
  },
  families: {
    // An empty scale is 0, and no person stands behind a row of a family.
    key: (key: number) => [
      ['HH-A', 'HH-AB'][key % 2]!,
      1 + (Math.floor(key / 2) % 2),
      codes[0]!,
      codes[1]!,
      key >= 4 ? codes[2]! : 0,
    ],
    values: (value: number, key: number) => [
      key % 4 < 2 ? persons[key % 5]! : null,
      value === 2 ? persons[0]! : null,
      null,
      200 + value,
      100,
      null,
      value % 2 === 0 ? null : value,
      value === 3 ? '[1,null]' : null,
      value === 1 ? '{"scales":{}}' : null,
    ],
    keys: 8,
  },
} as const satisfies Record<Kind, unknown>;

function chunkOf(kind: Kind, rows: readonly { readonly row: ModelRow; readonly number: number }[]): RowChunk {
  const layout = layoutOf(kind);
  const shape: RowShape = shapeOf(layout);
  const numbers = new Float64Array(rows.length * shape.width).fill(Number.NaN);
  const texts: Buffer[] = [];
  let used = 0;
  rows.forEach(({ row, number }, at) => {
    const key = Number(row.key);
    const cells: readonly (number | string | null)[] = [
      ...kinds[kind].key(key),
      ...kinds[kind].values(Number(row.value), key),
    ];
    shape.columns.forEach((column, index) => {
      const cell = cells[index]!;
      const slot = at * shape.width + column.slot;
      if (typeof cell === 'number') numbers[slot] = cell;
      if (typeof cell !== 'string') return;
      const bytes = Buffer.from(cell);
      texts.push(bytes);
      numbers[slot] = used;
      used += bytes.length;
      numbers[slot + 1] = used;
    });
    numbers[at * shape.width + shape.rowSlot] = number;
  });
  return { count: rows.length, numbers, text: Buffer.concat(texts) };
}

/** Loads a file as the writing thread does: in sorted chunks of `chunkRows`, merged. */
function load(store: VaultStore, kind: Kind, file: ModelFile, sameFile: boolean, chunkRows: number) {
  return store.commit(event, (transaction) => {
    const batch = startBatch(transaction, { kind, fileName: 'f', mapping: '{}', at: event.at, user: 'model' });
    const shape = shapeOf(layoutOf(kind));
    const writer = new BatchWriter({
      connection: store.connection,
      kind,
      batchId: batch,
      confirm: !sameFile,
      trackRows: sameFile,
    });
    const merger = new RunMerger(shape);
    const rows = file.map((row, index) => ({ row, number: index + 1 }));
    for (let from = 0; from < rows.length; from += chunkRows) {
      merger.add(runOfChunk(sortChunk(shape, chunkOf(kind, rows.slice(from, from + chunkRows)))));
    }
    merger.drain(null, (chunk, row) => writer.add(chunk, row));
    const counts = writer.finish();
    endBatch(transaction, batch, {
      ...counts,
      fileHash: '',
      fileBytes: 1,
      read: file.length,
      rejected: 0,
      problems: '[]',
      warnings: '[]',
    });
    const { accepted, superseded, duplicate } = counts;
    return { batch, counts: { accepted, superseded, duplicate } };
  });
}

function undo(store: VaultStore, kind: Kind, id: number): void {
  const batch = findBatch(store.connection, id)!;
  store.commit(event, (transaction) => {
    undoBatch(transaction, kind, id, {
      first: batch.from === null ? null : dayOfIso(batch.from),
      last: batch.to === null ? null : dayOfIso(batch.to),
    });
    removeSides(transaction, id);
    removeBatchRecord(transaction, id);
    removeOrphans(transaction);
    // The model names people by number; they are wanted again by the next load.
    addPersons(store);
  });
}

function addPersons(store: VaultStore): void {
  const add = store.connection.prepare('INSERT OR IGNORE INTO person (id, pseudonym) VALUES (?, ?)');
  for (const id of persons) add.run(id, `P-${id}`);
}

function tableRows(store: VaultStore, table: string): unknown[][] {
  return store.connection.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][];
}

/** Rows of the model as the table should hold them, in any order. */
function expected(kind: Kind, rows: ReturnType<ImportModel['standing']>): string[] {
  return rows
    .map(({ key, value, batch, row }) =>
      JSON.stringify([...kinds[kind].key(Number(key)), ...kinds[kind].values(Number(value), Number(key)), batch, row]),
    )
    .sort();
}

const held = (store: VaultStore, table: string): string[] =>
  tableRows(store, table)
    .map((row) => JSON.stringify(row))
    .sort();

type Step =
  | { readonly do: 'load'; readonly file: ModelFile; readonly chunkRows: number }
  | { readonly do: 'again'; readonly which: number }
  | { readonly do: 'correct'; readonly which: number; readonly shift: number }
  | { readonly do: 'undo'; readonly which: number };

function steps(kind: Kind): fc.Arbitrary<Step[]> {
  const row = fc.record({
    key: fc.integer({ min: 0, max: kinds[kind].keys - 1 }).map(String),
    value: fc.integer({ min: 0, max: 3 }).map(String),
  });
  const which = fc.nat({ max: 20 });
  return fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('load' as const),
          file: fc.array(row, { minLength: 1, maxLength: 14 }),
          chunkRows: fc.integer({ min: 1, max: 14 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('again' as const), which }) },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constant('correct' as const), which, shift: fc.integer({ min: 0, max: 2 }) }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), which }) },
    ),
    { minLength: 2, maxLength: 12 },
  );
}

/** The file of a step, from those loaded before where it says so. */
function fileOf(step: Exclude<Step, { do: 'undo' }>, loaded: readonly ModelFile[]): ModelFile | null {
  if (step.do === 'load') return step.file;
  const earlier = loaded[step.which % Math.max(1, loaded.length)];
  if (!earlier) return null;
  if (step.do === 'again') return earlier;
  return earlier.map((row, index) =>
    index % 3 === step.shift ? { ...row, value: String(Number(row.value) ^ 1) } : row,
  );
}

describe('loading and undoing, beside a naive model', () => {
  let store: VaultStore;

  beforeAll(() => {
    mkdirSync(join(folder, 'direct'));
    store = createVaultStore(join(folder, 'direct'), randomBytes(32), event, () => undefined);
    store.commit(event, (transaction) => {
      createSideWriter(transaction, 0).addCodes(codes.map((id) => [id, 'model', `C${id}`]));
      addPersons(store);
    });
    // Some thousand small commits: what a power cut would take matters elsewhere.
    store.connection.pragma('synchronous = OFF');
  });
  afterAll(() => store.close());

  function emptied(): void {
    const tables = Object.keys(kinds).flatMap((kind) => [kind, `${kind}_history`, `${kind}_confirmed`]);
    for (const table of [...tables, 'batch']) store.connection.exec(`DELETE FROM ${table}`);
  }

  function check(kind: Kind, model: ImportModel): void {
    expect(held(store, kind)).toEqual(expected(kind, model.standing()));
    expect(held(store, `${kind}_history`)).toEqual(expected(kind, model.superseded()));
    expect(store.connection.pragma('foreign_key_check')).toEqual([]);
  }

  function runSteps(kind: Kind, sequence: readonly Step[]): void {
    emptied();
    const model = new ImportModel();
    const loaded: ModelFile[] = [];
    let onlyNew = true;
    for (const step of sequence) {
      if (step.do === 'undo') {
        const batch = model.batches[step.which % Math.max(1, model.batches.length)];
        if (batch === undefined) continue;
        undo(store, kind, batch);
        model.undo(batch);
      } else {
        const file = fileOf(step, loaded);
        if (!file) continue;
        const same = model.holds(file);
        onlyNew &&= !same;
        const before = [held(store, kind), held(store, `${kind}_history`), held(store, `${kind}_confirmed`)];
        const chunkRows = step.do === 'load' ? step.chunkRows : 5;
        const { batch, counts } = load(store, kind, file, same, chunkRows);
        expect(counts).toEqual(model.load(batch, file));
        check(kind, model);
        // Taking out the batch loaded last gives everything back exactly; then it is loaded again for what follows.
        undo(store, kind, batch);
        expect([held(store, kind), held(store, `${kind}_history`), held(store, `${kind}_confirmed`)]).toEqual(before);
        model.undo(batch);
        const again = load(store, kind, file, same, chunkRows);
        expect(again.counts).toEqual(counts);
        model.load(again.batch, file);
        // Loaded once more on top it changes nothing.
        const twice = load(store, kind, file, true, chunkRows);
        expect(twice.counts).toEqual({ accepted: 0, superseded: 0, duplicate: file.length });
        undo(store, kind, twice.batch);
        loaded.push(file);
      }
      check(kind, model);
      if (onlyNew) {
        expect(model.standing().map(({ key, value }) => ({ key, value }))).toEqual(model.replayed());
      }
    }
    // Whatever came before, nothing is left when every batch has been taken out.
    for (const batch of model.batches) undo(store, kind, batch);
    expect([held(store, kind), held(store, `${kind}_history`), held(store, `${kind}_confirmed`)]).toEqual([[], [], []]);
  }

  it.each([
    ['exposures', 20_260_301],
    ['people', 20_260_302],
    ['incidents', 20_260_303],
    ['support', 20_260_304],
    ['families', 20_260_305],
  ] as const)('agrees with it over random sequences: %s', (kind, seed) => {
    fc.assert(
      fc.property(steps(kind), (sequence) => runSteps(kind, sequence)),
      { seed, numRuns: 60 * more },
    );
  });
});

/** Files for the engine and the same files for the model: what the engine reads as equal has the same text here. */
type EngineFile = { readonly lines: readonly string[]; readonly rejected: number; readonly model: ModelFile };

function engineFile(rows: readonly (readonly [ref: string, time: string, minutes: string])[]): EngineFile {
  const sound = rows.filter(([ref]) => ref !== '');
  return {
    lines: rows.map(([ref, time, minutes]) => `${ref},${time},RTC_FATAL,,${minutes}`),
    rejected: rows.length - sound.length,
    model: sound.map(([ref, time, minutes]) => ({ key: `${ref} ${time}`, value: minutes })),
  };
}

describe('loading and undoing through the engine, beside the same model', () => {
  const header = 'person_ref,occurred_at,category,incident_ref,minutes_on_scene';

  it('gives the same counts and totals', { timeout: 120_000 }, async () => {
    const { call, engine } = await newVault(join(folder, 'engine'));
    const people = ['REF-0', 'REF-1', 'REF-2', 'REF-3', 'REF-4'].map((ref) => `${ref},Response,North`);
    const peopleFile = csvFile(folder, 'people.csv', 'person_ref,role,unit', people);
    await call('imports.load', { file: peopleFile, kind: 'people', mapping: null });
    const model = new ImportModel();
    const times = ['2026-01-05T10:00', '2026-02-05T10:00', '2025-12-24T23:30', '2026-03-01T00:10'];
    const row = (seed: number): [string, string, string] => [
      seed % 11 === 0 ? '' : `REF-${seed % 5}`,
      times[(seed * 7) % 4]!,
      String((seed * 13) % 3),
    ];
    const files = [0, 17, 34, 5, 90].map((from) => engineFile(Array.from({ length: 12 }, (_, at) => row(from + at))));
    let made = 0;
    const load = async (file: EngineFile): Promise<void> => {
      made += 1;
      const path = csvFile(folder, `load-${made}.csv`, header, file.lines);
      const { batch, rows } = await call('imports.load', { file: path, kind: 'exposures', mapping: null });
      expect(rows).toEqual({ read: file.lines.length, rejected: file.rejected, ...model.load(batch!, file.model) });
    };
    const check = async (): Promise<void> => {
      const standing = model.standing();
      const overview = await call('overview.get', {});
      expect(overview.exposures).toBe(standing.length);
      const rows = (await call('analyses.run', { method: 'exposure-load', spec: { asOf: '2026-03-31', rows: true } }))
        .result['rows'] as { person: string }[];
      let minutes = 0;
      for (const { person } of rows) {
        const { events } = await call('exposure.timeline', { person });
        minutes += events.reduce((sum, event) => sum + event.minutes!, 0);
      }
      expect(minutes).toBe(standing.reduce((sum, { value }) => sum + Number(value), 0));
    };
    const undo = async (at: number): Promise<void> => {
      const batch = model.batches[at]!;
      await call('imports.undo', { batch });
      model.undo(batch);
    };
    for (const file of files.slice(0, 3)) await load(file);
    await check();
    await undo(0);
    await check();
    await load(files[3]!);
    await load(files[1]!);
    await undo(0);
    await check();
    await load(files[4]!);
    await undo(2);
    await check();
    while (model.batches.length > 0) await undo(0);
    await check();
    await engine.close();
  });
});
