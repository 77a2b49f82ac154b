import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '#shared/domain/random.ts';
import {
  copyVault,
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  temporaryFolder,
  unlocked,
  user,
  withStore,
  writeText,
} from './test-vault.ts';
import { absence, header, newFolder, settleSeconds } from './watch-folder.ts';

const folder = temporaryFolder('watch-command');
const empty = join(folder, 'empty');
const kills = Number(process.env['TIDEMARK_KILLS'] ?? '6');
let passphraseFile: string;
let dataKey: Buffer;
let made = 0;

beforeAll(async () => {
  passphraseFile = writeText(join(folder, 'passphrase.txt'), passphrase);
  const { call, engine } = await newVault(empty);
  await call('mappings.save', { name: 'HR monthly', mapping: absence, fileName: 'absence_2026-03.csv' });
  await engine.close();
  dataKey = await dataKeyOf(empty);
});

function fresh(): { readonly vault: string; readonly arrivals: string } {
  made += 1;
  return {
    vault: copyVault(empty, join(folder, `vault-${made}`)),
    arrivals: newFolder(folder, `arrivals-${made}`),
  };
}

type Told = Readonly<Record<string, unknown>>;
type Running = {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly next: (wanted: (told: Told) => boolean) => Promise<Told>;
  readonly ended: Promise<number | null>;
};

function start(vault: string, ...args: readonly string[]): Running {
  const credentials = args.includes('--passphrase-file') ? [] : ['--passphrase-file', passphraseFile];
  const child = spawn(
    resolve('node_modules/.bin/node'),
    [resolve('bin/tidemark.mjs'), 'watch', vault, '--user', user, ...credentials, ...args],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    const parts = `${rest}${text}`.split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    for (const look of waiting) look();
  });
  return {
    child,
    lines,
    ended: new Promise((done) => child.once('close', (code) => done(code))),
    next: (wanted) =>
      new Promise((done) => {
        const look = (): void => {
          const found = lines.map((line) => JSON.parse(line) as Told).find(wanted);
          if (!found) return;
          waiting.delete(look);
          done(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

async function answerOf(vault: string, ...args: readonly string[]): Promise<readonly [number | null, Told]> {
  const run = start(vault, ...args, '--json');
  const code = await run.ended;
  return [code, JSON.parse(run.lines.at(-1)!) as Told];
}

const rows = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `${from + at},Ash,01/04/2026,,S1`);
const settle = ['--settle', String(settleSeconds)];

describe('tidemark watch', () => {
  it('tells one JSON object a line, until it is asked to end, and then ends well', async () => {
    const { vault, arrivals } = fresh();
    const run = start(vault, '--folder', arrivals, ...settle, '--json');
    await run.next(({ event }) => event === 'watching');
    csvFile(arrivals, 'absence_04.csv', header, rows(0, 3));
    expect(await run.next(({ event }) => event === 'loaded')).toEqual({
      event: 'loaded',
      file: 'absence_04.csv',
      kind: 'absences',
      mapping: { name: 'HR monthly', version: 1 },
      batch: 1,
      rows: { read: 3, accepted: 3, superseded: 0, rejected: 0, duplicate: 0 },
      code: null,
      reason: null,
    });
    csvFile(arrivals, 'shoes.csv', 'size', ['9']);
    expect(await run.next(({ event }) => event === 'waiting')).toMatchObject({
      file: 'shoes.csv',
      code: 'NOT_RECOGNISED',
      batch: null,
    });
    // The vault is taken meanwhile.
    expect(await answerOf(vault, '--folder', arrivals)).toMatchObject([3, { error: { code: 'VAULT_BUSY' } }]);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(JSON.parse(run.lines.at(-1)!)).toEqual({ event: 'stopped', loaded: 1, waiting: 1 });
    // It was a session of its own: the app remembers nothing of it.
    const session = await unlocked(vault);
    expect((await session.call('watch.state', {})).settings).toBeNull();
    await session.call('vault.check', { head: null });
    await session.engine.close();
  });

  it('with --once looks until nothing changes and gives a summary, in words or as JSON', async () => {
    const { vault, arrivals } = fresh();
    csvFile(arrivals, 'absence_04.csv', header, [...rows(0, 3), '3,Ash,31/02/2026,,S1']);
    csvFile(arrivals, 'people.csv', 'person_ref,role,unit', ['A,R,U']);
    const inWords = start(vault, '--folder', arrivals, '--once', ...settle);
    expect(await inWords.ended).toBe(0);
    const [waits, loaded, summary] = inWords.lines;
    expect(waits).toContain('absence_04.csv: waits (HAS_REJECTS). 1 of 4 rows would be rejected');
    expect(loaded).toContain('people.csv: loaded as batch 1 (people), 1 row accepted.');
    expect(summary).toBe('1 file loaded, 1 waiting.');
    const [code, told] = await answerOf(vault, '--folder', arrivals, '--once', ...settle, '--allow-rejects', '0.25');
    expect(code).toBe(0);
    expect(told).toMatchObject({ loaded: [{ file: 'absence_04.csv', batch: 2, rows: { rejected: 1 } }], waiting: [] });
    expect(Object.keys(told)).toEqual(['loaded', 'waiting']);
  });

  it('refuses what it cannot do with the exit codes of the contract', async () => {
    const { vault, arrivals } = fresh();
    const missing = join(folder, 'nowhere');
    const wrong = writeText(join(folder, 'wrong.txt'), 'nobody knows this passphrase');
    expect(await answerOf(vault, '--folder', missing)).toMatchObject([3, { error: { code: 'NO_SUCH_FILE' } }]);
    expect(await answerOf(vault, '--folder', missing, '--once')).toMatchObject([
      3,
      { error: { code: 'NO_SUCH_FILE' } },
    ]);
    expect(await answerOf(vault, '--folder', arrivals, '--passphrase-file', wrong)).toMatchObject([
      4,
      { error: { code: 'WRONG_PASSPHRASE' } },
    ]);
    for (const args of [
      [],
      ['--folder', arrivals, '--settle', 'soon'],
      ['--folder', arrivals, '--allow-rejects', '2'],
    ]) {
      expect(await answerOf(vault, ...args)).toMatchObject([2, { error: { code: 'USAGE' } }]);
    }
  });
});

/** A run that nobody disturbs ends with every file loaded or held once, whatever was cut off before it. */
async function expectWhole(vault: string, once: readonly string[]): Promise<void> {
  const [code, told] = await answerOf(vault, ...once);
  expect(code).toBe(0);
  const waiting = told['waiting'] as readonly Told[];
  expect(waiting.map(({ file, code: why }) => `${file}: ${why}`)).toEqual([
    'screenings.csv: HAS_REJECTS',
    'shoes.csv: NOT_RECOGNISED',
  ]);
  const held = withStore(vault, dataKey, (connection) => {
    const all = (sql: string): unknown[] => connection.prepare(sql).raw().all();
    return {
      batches: all('SELECT file_name, accepted FROM batch ORDER BY file_name'),
      absences: all('SELECT count(*) FROM absences'),
      safety: all('SELECT count(*) FROM sealed_safety GROUP BY batch_id'),
      notes: all('SELECT file_name, state FROM watched_file ORDER BY file_name'),
    };
  });
  expect(held).toEqual({
    batches: [
      ['absence_a.csv', 20_000],
      ['absence_b.csv', 500],
    ],
    absences: [[20_500]],
    safety: [[2_001]],
    notes: [
      ['absence_a.csv', 'loaded'],
      ['absence_b.csv', 'loaded'],
      ['screenings.csv', 'waiting'],
      ['shoes.csv', 'waiting'],
    ],
  });
  const session = await unlocked(vault);
  await session.call('vault.check', { head: null });
  await session.engine.close();
}

describe('a watch that is killed', () => {
  it('neither loads a file twice nor loses one, and seals each safety answer once', async () => {
    const arrivals = newFolder(folder, 'arrivals-killed');
    const items = Array.from({ length: 9 }, (_, index) => `item_${index + 1}`);
    const answers = Array.from({ length: 2_000 }, (_, at) => `P${at},PHQ-9,2026-04-01,0,0,0,0,0,0,0,0,${at % 2}`);
    csvFile(arrivals, 'absence_a.csv', header, rows(0, 20_000));
    csvFile(arrivals, 'absence_b.csv', header, rows(20_000, 20_500));
    csvFile(arrivals, 'screenings.csv', `person_ref,instrument,taken_on,${items.join(',')}`, [
      ...answers,
      'Q,PHQ-9,2026-04-01,9,0,0,0,0,0,0,0,1',
    ]);
    writeFileSync(join(arrivals, 'shoes.csv'), 'size\n9\n');
    const random = randomStream(20_260_306, 'watch');
    const once = ['--folder', arrivals, '--once', ...settle] as const;
    const measured = join(folder, 'undisturbed');
    copyVault(empty, measured);
    const started = performance.now();
    expect(await start(measured, ...once).ended).toBe(0);
    const whole = performance.now() - started;
    let killed = 0;
    for (let kill = 0; kill < Math.ceil(kills / 2); kill += 1) {
      const vault = copyVault(empty, join(folder, `killed-${kill}`));
      const run = start(vault, ...once);
      // Not in the first third, where it only starts.
      const timer = setTimeout(() => run.child.kill('SIGKILL'), whole * (0.3 + random.nextBelow(700) / 1_000));
      if ((await run.ended) === null) killed += 1;
      clearTimeout(timer);
      await expectWhole(vault, once);
    }
    expect(killed).toBeGreaterThan(0);
    rmSync(measured, { recursive: true });
  }, 240_000);
});
