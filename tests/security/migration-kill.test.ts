import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { schemaVersion } from '#main/store/migrate.ts';
import { migrations, newestVersion } from '#main/store/migrations/index.ts';
import { randomStream } from '#shared/domain/random.ts';
import { asOlderVault } from '../integration/older-vault.ts';
import {
  contentHash,
  copyVault,
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';

const folder = temporaryFolder('migration-kill');
const now = join(folder, 'now');
const older = join(folder, 'older');
const oldest = Math.min(...migrations.map(({ version }) => version));
/** A full run takes 220, of a vault five times as large. */
const kills = Number(process.env['TIDEMARK_KILLS'] ?? '6');
const scale = kills < 100 ? 1 : 5;
const people = 1_000 * scale;
let passphraseFile: string;
let dataKey: Buffer;
let content: string;
/** Tables that the first schema has no place for: what came later is not lost where it never was. */
let later: string[];

beforeAll(async () => {
  passphraseFile = join(folder, 'passphrase.txt');
  writeFileSync(passphraseFile, passphrase);
  const session = await newVault(now, ['analyst', 'clinician']);
  const load = (name: string, kind: string, header: string, rows: readonly string[]) =>
    session.call('imports.load', { file: csvFile(folder, name, header, rows), kind, mapping: null });
  await load(
    'people.csv',
    'people',
    'person_ref,role,unit,name',
    Array.from({ length: people }, (_, at) => `P${at},R,U${at % 7},"Name ${at}, ""the ${at}th"" — ’n\u0301"`),
  );
  await load(
    'exposures.csv',
    'exposures',
    'person_ref,occurred_at,category,incident_ref',
    Array.from({ length: 12_000 * scale }, (_, at) => {
      const time = new Date(Date.UTC(2025, 0, 1) + at * 500_000).toISOString();
      return `P${(at * 7) % (people + 9)},${time},${at % 11 === 0 ? 'NOT KNOWN' : 'RTC_FATAL'},${at % 3 === 0 ? '' : `I${at}`}`;
    }),
  );
  // Answers that are sealed, a safety answer among them, and rows that are rejected with what they said.
  await load(
    'screenings.csv',
    'screenings',
    'person_ref,instrument,status,taken_on,item_1,item_2,item_3,item_4,item_5,item_6,item_7,item_8,item_9',
    Array.from({ length: 400 * scale }, (_, at) => {
      const items = Array.from({ length: 9 }, (__, item) => (at % 50 === 0 && item === 4 ? 7 : (at + item) % 4));
      return `P${at},PHQ-9,completed,2025-0${1 + (at % 9)}-11,${items.join(',')}`;
    }),
  );
  await session.engine.close();
  dataKey = await dataKeyOf(now);
  copyVault(now, older);
  later = asOlderVault(older, dataKey, oldest);
  content = contentOf(now);
});

/** Everything but the trail and what can be rebuilt; the copy before a migration is noted where backups are. */
function contentOf(vault: string): string {
  return withStore(vault, dataKey, (connection) => contentHash(connection, ['audit', 'packed', ...later]));
}

function versionOf(vault: string): number {
  return withStore(vault, dataKey, schemaVersion);
}

/** Opens the vault by the command line, killed after so many milliseconds. */
function open(vault: string, killAfterMs: number | null): Promise<{ readonly killed: boolean; readonly ms: number }> {
  const started = performance.now();
  const args = ['vault', 'check', vault, '--user', user, '--passphrase-file', passphraseFile];
  const child = spawn(resolve('node_modules/.bin/node'), [resolve('bin/tidemark.mjs'), ...args], { stdio: 'ignore' });
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((done) =>
    child.once('exit', (_, signal) => {
      if (timer) clearTimeout(timer);
      done({ killed: signal === 'SIGKILL', ms: performance.now() - started });
    }),
  );
}

async function expectWhole(vault: string): Promise<void> {
  const session = await unlocked(vault);
  await session.call('vault.check', { head: null });
  await session.engine.close();
  expect(versionOf(vault)).toBe(newestVersion);
  expect(contentOf(vault)).toBe(content);
}

/** The copies made before migrating: each under its name is a whole store of the old schema. */
function expectWholeCopies(vault: string): void {
  const backups = join(vault, 'backups');
  const names = existsSync(backups) ? readdirSync(backups) : [];
  for (const name of names.filter((other) => other.startsWith('before-migration') && other.endsWith('.db'))) {
    const copy = join(folder, 'copy');
    copyVault(vault, copy);
    for (const end of ['', '-wal', '-shm']) rmSync(join(copy, `vault.db${end}`), { force: true });
    copyVault(join(backups, name), join(copy, 'vault.db'));
    expect(versionOf(copy)).toBe(oldest);
    rmSync(copy, { recursive: true });
  }
}

/** How long it takes that nobody disturbs, in milliseconds. */
async function undisturbed(name: string): Promise<number> {
  const vault = copyVault(older, join(folder, name));
  const { killed, ms } = await open(vault, null);
  expect(killed).toBe(false);
  await expectWhole(vault);
  expectWholeCopies(vault);
  return ms;
}

describe('a vault of the first schema', () => {
  it.each(migrations.map(({ version }) => version))(
    'brought forward from version %i holds what it held',
    async (version) => {
      const vault = copyVault(now, join(folder, `from-${version}`));
      asOlderVault(vault, dataKey, version);
      expect(versionOf(vault)).toBe(version);
      await expectWhole(vault);
      rmSync(vault, { recursive: true });
    },
  );

  it('killed at any moment of its migration opens with the old schema or the new one, and nothing lost', {
    timeout: 1_200_000,
  }, async () => {
    // The quicker of two, for the machine has other work.
    const wholeMs = Math.min(await undisturbed('first'), await undisturbed('second'));
    const random = randomStream(20_261_126, 'migration');
    const found = { old: 0, new: 0 };
    let killed = 0;
    for (let index = 0; index < kills; index += 1) {
      const vault = copyVault(older, join(folder, 'killed'));
      const share = 0.2 + (0.85 * (index + random.nextUniform())) / kills;
      if ((await open(vault, wholeMs * share)).killed) killed += 1;
      const version = versionOf(vault);
      expect([oldest, newestVersion]).toContain(version);
      found[version === oldest ? 'old' : 'new'] += 1;
      expectWholeCopies(vault);
      await expectWhole(vault);
      rmSync(vault, { recursive: true });
    }
    if (process.env['TIDEMARK_KILLS'] !== undefined) {
      process.stdout.write(
        `migration: ${killed} killed of ${kills}; ${found.old} old, ${found.new} new; whole ${Math.round(wholeMs)} ms\n`,
      );
    }
    expect(killed).toBeGreaterThan(kills / 3);
    expect(found.old).toBeGreaterThan(0);
    evidence(
      3,
      'migration',
      `${killed} of ${kills} runs killed, ${found.old} found with the old schema and ${found.new} with the new one, each then opened with nothing lost`,
    );
  });
});
