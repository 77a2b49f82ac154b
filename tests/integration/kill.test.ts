import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { evidence } from '../security/evidence.ts';
import {
  contentHash,
  copyVault,
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('kill');
const before = join(folder, 'before');
const after = join(folder, 'after');
/** Kills of a load; half as many each of a load that supersedes every row and of an undo. A full run takes 100. */
const kills = Number(process.env['TIDEMARK_KILLS'] ?? '6');
const rowCount = 60_000;
let file: string;
let passphraseFile: string;
let dataKey: Buffer;
const corrected = join(folder, 'corrected');
let correction: string;
const results = { before: '', after: '', corrected: '' };

function tidemark(vault: string, ...args: string[]): ChildProcess {
  return spawn(
    resolve('node_modules/.bin/node'),
    [resolve('bin/tidemark.mjs'), 'import', vault, '--user', user, '--passphrase-file', passphraseFile, ...args],
    { stdio: 'ignore' },
  );
}

/** Ends when the process has; gives whether it was killed. */
function ended(child: ChildProcess): Promise<boolean> {
  return new Promise((done) => child.once('exit', (_, signal) => done(signal === 'SIGKILL')));
}

async function resultOf({ call }: Session): Promise<string> {
  const load = await call('analyses.run', { method: 'exposure-load', spec: { asOf: '2026-12-31', rows: true } });
  return JSON.stringify([load.result, load.reading, load.provenance.snapshot]);
}

beforeAll(async () => {
  const random = randomStream(20_260_305, 'kill');
  const lines = Array.from({ length: rowCount }, (_, at) => {
    const time = new Date(Date.UTC(2025, 0, 1) + at * 900_000).toISOString();
    return `P${random.nextBelow(300)},${time},RTC_FATAL,I${at},${random.nextBelow(90)}`;
  });
  const header = 'person_ref,occurred_at,category,incident_ref,minutes_on_scene';
  file = csvFile(folder, 'exposures.csv', header, lines);
  passphraseFile = join(folder, 'passphrase.txt');
  writeFileSync(passphraseFile, passphrase);
  const session = await newVault(before);
  const people = csvFile(
    folder,
    'people.csv',
    'person_ref,role,unit',
    Array.from({ length: 250 }, (_, at) => `P${at},R,U`),
  );
  await session.call('imports.load', { file: people, kind: 'people', mapping: null });
  // Some of the rows are there already with other values, so that an import also supersedes and an undo also restores.
  const earlier = csvFile(
    folder,
    'earlier.csv',
    header,
    lines.filter((_, at) => at % 50 === 0).map((line) => `${line}9`),
  );
  await session.call('imports.load', { file: earlier, kind: 'exposures', mapping: null });
  results.before = await resultOf(session);
  await session.engine.close();
  dataKey = await dataKeyOf(before);
  copyVault(before, after);
  const whole = await unlocked(after);
  expect((await whole.call('imports.load', { file, kind: 'exposures', mapping: null })).rows).toMatchObject({
    accepted: rowCount,
    superseded: rowCount / 50,
  });
  results.after = await resultOf(whole);
  expect(results.after).not.toBe(results.before);
  await whole.engine.close();
  // The same rows with other values: every one supersedes.
  correction = csvFile(
    folder,
    'correction.csv',
    header,
    lines.map((line) => `${line}1`),
  );
  copyVault(after, corrected);
  const again = await unlocked(corrected);
  expect((await again.call('imports.load', { file: correction, kind: 'exposures', mapping: null })).rows).toMatchObject(
    {
      accepted: rowCount,
      superseded: rowCount,
    },
  );
  results.corrected = await resultOf(again);
  await again.engine.close();
});

/** How long a run takes that nobody disturbs, in milliseconds: the quicker of two, for the machine has other work. */
async function undisturbed(from: string, args: readonly string[]): Promise<number> {
  return Math.min(await timed(from, args), await timed(from, args));
}

async function timed(from: string, args: readonly string[]): Promise<number> {
  const vault = copyVault(from, join(folder, 'undisturbed'));
  const started = performance.now();
  expect(await ended(tidemark(vault, ...args))).toBe(false);
  const took = performance.now() - started;
  rmSync(vault, { recursive: true });
  return took;
}

type Held = 'before' | 'after' | 'corrected';
type Outcome = { readonly held: Held; readonly killed: boolean };
const batchesOf: Readonly<Record<Held, number>> = { before: 2, after: 3, corrected: 4 };

async function killed(
  from: string,
  states: readonly Held[],
  args: readonly string[],
  delayMs: number,
): Promise<Outcome> {
  const vault = copyVault(from, join(folder, 'killed'));
  try {
    const child = tidemark(vault, ...args);
    const end = ended(child);
    const timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
    const wasKilled = await end;
    clearTimeout(timer);
    const session = await unlocked(vault);
    const result = await resultOf(session);
    const held = states.find((state) => results[state] === result);
    expect(held).toBeDefined();
    await session.call('vault.check', { head: null });
    expect(readdirSync(vault).filter((name) => name.startsWith('staging') || name.endsWith('.new'))).toEqual([]);
    // The vault works on: what was cut off can be done again.
    const list = await session.call('imports.list', {});
    expect(list.batches).toHaveLength(batchesOf[held!]);
    await session.engine.close();
    return { held: held!, killed: wasKilled };
  } finally {
    rmSync(vault, { recursive: true, force: true });
  }
}

async function run(
  from: string,
  states: readonly Held[],
  args: readonly string[],
  times: number,
  random: RandomStream,
): Promise<Outcome[]> {
  const wholeMs = await undisturbed(from, args);
  const outcomes: Outcome[] = [];
  for (let index = 0; index < times; index += 1) {
    outcomes.push(await killed(from, states, args, wholeMs * (0.2 + (0.85 * (index + random.nextUniform())) / times)));
  }
  if (process.env['TIDEMARK_KILLS'] !== undefined) {
    const told = outcomes.map(({ held, killed: was }) => `${held}${was ? '' : ' (ended first)'}`);
    process.stdout.write(
      `${args[0]}: ${[...new Set(told)].map((text) => `${told.filter((other) => other === text).length} ${text}`).join(', ')} of ${Math.round(wholeMs)} ms\n`,
    );
  }
  const real = outcomes.filter(({ killed: was }) => was).length;
  evidence(
    3,
    args[0] === '--undo' ? 'undo' : from === after ? 'load that supersedes every row' : 'load',
    `${real} of ${times} runs killed, each vault sound and wholly before or after`,
  );
  return outcomes;
}

describe('a process killed at any moment', () => {
  it('of an import leaves its batch absent or whole', { timeout: 1_200_000 }, async () => {
    const outcomes = await run(
      before,
      ['before', 'after'],
      ['--kind', 'exposures', '--file', file],
      kills,
      randomStream(1, 'import'),
    );
    expect(outcomes.filter((outcome) => outcome.killed).length).toBeGreaterThan(kills / 2);
    expect(outcomes.some(({ held }) => held === 'before')).toBe(true);
  });

  it('of a correction leaves every row superseded or none', { timeout: 1_200_000 }, async () => {
    const times = Math.ceil(kills / 2);
    const args = ['--kind', 'exposures', '--file', correction];
    const outcomes = await run(after, ['after', 'corrected'], args, times, randomStream(3, 'correction'));
    expect(outcomes.filter((outcome) => outcome.killed).length).toBeGreaterThan(times / 3);
  });

  it('of an undo leaves its batch whole or absent', { timeout: 1_200_000 }, async () => {
    const times = Math.ceil(kills / 2);
    const outcomes = await run(after, ['after', 'before'], ['--undo', '3'], times, randomStream(2, 'undo'));
    expect(outcomes.filter((outcome) => outcome.killed).length).toBeGreaterThan(times / 3);
  });
});

describe('undoing', () => {
  it('gives the store back as it was, but for its history and numbers', async () => {
    const vault = copyVault(after, join(folder, 'undone'));
    const content = (of: string): string =>
      withStore(of, dataKey, (connection) => contentHash(connection, ['audit', 'packed']));
    const session = await unlocked(vault);
    expect(await session.call('imports.undo', { batch: 3 })).toEqual({
      batch: 3,
      removed: rowCount,
      restored: rowCount / 50,
    });
    expect(await resultOf(session)).toBe(results.before);
    await session.engine.close();
    expect(content(vault)).toBe(content(before));
  });

  it('clears what a killed import had put aside at the next unlocking', async () => {
    const vault = copyVault(before, join(folder, 'staged'));
    writeFileSync(join(vault, 'staging-0a1b2c.tmp'), 'left behind');
    const session = await unlocked(vault);
    expect(readdirSync(vault).filter((name) => name.startsWith('staging'))).toEqual([]);
    await session.engine.close();
  });
});
