import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newKeyPair } from '#main/crypto/seal.ts';
import { readKnownCodes } from '#main/store/import-sides.ts';
import { createVaultStore, type VaultStore } from '#main/store/vault-store.ts';
import { runImport } from '#main/workers/import/run-import.ts';
import type { EngineEvent } from '#shared/contract/index.ts';
import { randomStream } from '#shared/domain/random.ts';
import {
  contentHash,
  copyVault,
  csvFile,
  dataKeyOf,
  newVault,
  temporaryFolder,
  unlocked,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('large');
const empty = join(folder, 'empty');
const header = 'person_ref,occurred_at,category,incident_ref,minutes_on_scene';
const rowCount = 80_000;
const categories = ['RTC_FATAL', 'DEATH_MESSAGE', 'SUICIDE_COMPLETED', 'A_NEW_CODE'];
let sorted: string;
let unsorted: string;
let people: string;
let dataKey: Buffer;

/** Four years of rows in order of time, every fortieth a second version of the row before it. */
function makeLines(): string[] {
  const random = randomStream(20_260_303, 'large files');
  const start = Date.UTC(2022, 0, 1);
  const lines: string[] = [];
  while (lines.length < rowCount) {
    const at = lines.length;
    const time = new Date(start + at * 1_500_000).toISOString().slice(0, 19);
    const key = `P${random.nextBelow(400)},${time}Z,${categories[random.nextBelow(4)]!},I${at % 9_000}`;
    lines.push(`${key},${random.nextBelow(300)}`);
    if (at % 40 === 0) lines.push(`${key},${random.nextBelow(300) + 300}`);
  }
  return lines;
}

beforeAll(async () => {
  const made = await newVault(empty);
  await made.engine.close();
  dataKey = await dataKeyOf(empty);
  const lines = makeLines();
  sorted = csvFile(folder, 'sorted.csv', header, lines);
  // Turned about in blocks: rows of one key keep their order, and the earliest time of all comes last.
  const blocks = Array.from({ length: 1_000 }, (_, block) =>
    lines.slice((block * rowCount) / 1_000, ((block + 1) * rowCount) / 1_000),
  );
  unsorted = csvFile(folder, 'unsorted.csv', header, blocks.reverse().flat());
  people = csvFile(
    folder,
    'people.csv',
    'person_ref,role,unit',
    Array.from({ length: 300 }, (_, at) => `P${at},Response,North`),
  );
});

const staging = (vault: string): string[] => readdirSync(vault).filter((name) => name.startsWith('staging'));

describe('large files', () => {
  it('gives the same results whatever the order of the rows, and takes none of them twice', async () => {
    const results: string[] = [];
    for (const file of [sorted, unsorted]) {
      const vault = copyVault(empty, join(folder, `vault-${results.length}`));
      const { call, engine } = await unlocked(vault);
      await call('imports.load', { file: people, kind: 'people', mapping: null });
      const { rows, warnings } = await call('imports.load', { file, kind: 'exposures', mapping: null });
      const seconds = rowCount - new Set(makeLines().map((line) => line.slice(0, line.lastIndexOf(',')))).size;
      expect(rows).toEqual({ read: rowCount, accepted: rowCount, superseded: seconds, rejected: 0, duplicate: 0 });
      expect(warnings.map(({ code }) => code).sort()).toEqual(['UNKNOWN_PERSON', 'UNMAPPED_CODE']);
      const load = await call('analyses.run', {
        method: 'exposure-load',
        spec: { asOf: '2025-06-30', scheme: 'tiered-v1', rows: true },
      });
      const series = await call('analyses.run', {
        method: 'exposure-series',
        spec: { from: '2022-03', to: '2025-06' },
      });
      results.push(
        JSON.stringify([load, series].map(({ result, reading, warnings: told, r }) => ({ result, reading, told, r }))),
      );
      expect((await call('imports.load', { file, kind: 'exposures', mapping: null })).rows).toMatchObject({
        accepted: 0,
      });
      expect(staging(vault)).toEqual([]);
      await engine.close();
    }
    expect(results[1]).toBe(results[0]);
  });

  it('leaves nothing behind when it is cancelled, wherever it is', async () => {
    const vault = copyVault(empty, join(folder, 'cancelled'));
    const { engine, call } = await unlocked(vault);
    await call('imports.load', { file: people, kind: 'people', mapping: null });
    const before = withStore(vault, dataKey, (connection) => contentHash(connection));
    const stages = new Set<string>();
    for (const wanted of ['Reading and checking', 'Writing']) {
      const callId = `cancel at ${wanted}`;
      const stop = engine.subscribe((event: EngineEvent) => {
        if (event.type !== 'progress' || event.callId !== callId || event.progress.stage !== wanted) return;
        stages.add(wanted);
        engine.cancel(callId);
      });
      const input = { file: unsorted, kind: 'exposures', mapping: null };
      const result = await engine.call({ operation: 'imports.load', input, callId });
      stop();
      expect(result).toMatchObject({ ok: false, error: { code: 'CANCELLED', hint: 'Nothing of the file was kept.' } });
      expect(withStore(vault, dataKey, (connection) => contentHash(connection))).toBe(before);
      expect(staging(vault)).toEqual([]);
    }
    expect([...stages]).toEqual(['Reading and checking', 'Writing']);
    // A call that is cancelled before it begins does nothing either, and the next one works.
    const check = await call('imports.check', { file: sorted, kind: 'exposures', mapping: null });
    expect(check.rows.accepted).toBe(rowCount);
    await engine.close();
  });
});

describe('rows beyond the memory set aside for them', () => {
  async function rowsAfter(
    file: string,
    name: string,
    memoryForRunsBytes: number,
  ): Promise<{ hash: string; staged: boolean }> {
    const vault = join(folder, name);
    mkdirSync(vault);
    const key = randomBytes(32);
    const event = { at: '2026-01-01T00:00:00.000Z', user: 'test', action: 'test', outcome: 'done' } as const;
    const store: VaultStore = createVaultStore(vault, key, event, () => undefined);
    let staged = false;
    const columns = Object.fromEntries(header.split(',').map((column) => [column, column]));
    const { outcome, ended } = await runImport(
      {
        job: {
          folder: vault,
          file,
          fileName: 'f.csv',
          kind: 'exposures',
          mapping: { kind: 'exposures', columns },
          dryRun: false,
          user: 'test',
          at: event.at,
          allRejects: false,
          memoryForRunsBytes,
          sameFile: false,
          watched: null,
        },
        known: readKnownCodes(store.connection),
        keys: { dataKey: key, pseudonymKey: Buffer.alloc(32, 7), clinicPublicKey: newKeyPair().publicKey },
        progress: () => {
          staged ||= staging(vault).length > 0;
        },
        signal: new AbortController().signal,
      },
      false,
    );
    await ended;
    expect(outcome.rows.accepted).toBe(rowCount);
    const rows = store.connection
      .prepare(
        `SELECT occurred_at, pseudonym, value, incident_ref, minutes_on_scene FROM exposures
         JOIN person ON person.id = person_id JOIN code ON code.id = category_id ORDER BY 1, 2, 3, 4`,
      )
      .raw()
      .all();
    expect(store.connection.prepare('SELECT count(*) FROM exposures_history').pluck().get()).toBe(
      rowCount - rows.length,
    );
    store.close();
    expect(staging(vault)).toEqual([]);
    return { hash: JSON.stringify(rows), staged };
  }

  it('go through the encrypted staging file and come out the same', async () => {
    const inMemory = await rowsAfter(unsorted, 'in-memory', 64 * 1024 ** 2);
    const through = await rowsAfter(unsorted, 'staged', 1024 ** 2);
    expect([inMemory.staged, through.staged]).toEqual([false, true]);
    expect(through.hash).toBe(inMemory.hash);
  });
});
