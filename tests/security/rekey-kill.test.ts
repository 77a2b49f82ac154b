import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseRecoveryKey } from '#main/crypto/recovery-key.ts';
import { readKeyring } from '#main/services/vault/keyring.ts';
import { unwrapFromRecovery } from '#main/services/vault/keys.ts';
import { randomStream } from '#shared/domain/random.ts';
import {
  contentHash,
  copyVault,
  csvFile,
  dataKeyOf,
  keysOf,
  newVault,
  passphrase,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';

const folder = temporaryFolder('rekey-kill');
const before = join(folder, 'before');
/** A full run takes 100. */
const kills = Number(process.env['TIDEMARK_KILLS'] ?? '6');
const names = 20_000;
const secrets: { vault: Buffer; clinic: Buffer } = { vault: Buffer.alloc(0), clinic: Buffer.alloc(0) };
let passphraseFile: string;
let oldKey: Buffer;
let content: string;

beforeAll(async () => {
  passphraseFile = join(folder, 'passphrase.txt');
  writeFileSync(passphraseFile, passphrase);
  const session = await newVault(before, ['analyst', 'clinician']);
  secrets.vault = parseRecoveryKey('vault-key', session.recovery.vaultKey)!;
  secrets.clinic = parseRecoveryKey('clinic-key', session.recovery.clinicKey)!;
  const rows = Array.from({ length: names }, (_, at) => `P${at},R,U,Name ${at}`);
  const file = csvFile(folder, 'people.csv', 'person_ref,role,unit,name', rows);
  await session.call('imports.load', { file, kind: 'people', mapping: null });
  await session.engine.close();
  oldKey = await dataKeyOf(before);
  content = contentOf(before, oldKey);
});

/** Everything but what a change of keys must change: its own audit event, and the boxes. */
function contentOf(vault: string, dataKey: Buffer): string {
  const but = ['audit', 'packed', 'sealed_identity', 'sealed_answers', 'sealed_safety', 'sealed_reject'];
  return withStore(vault, dataKey, (connection) => contentHash(connection, but));
}

function rekey(vault: string): ChildProcess {
  const node = resolve('node_modules/.bin/node');
  const args = ['vault', 'rekey', vault, '--user', user, '--passphrase-file', passphraseFile];
  return spawn(node, [resolve('bin/tidemark.mjs'), ...args], { stdio: 'ignore' });
}

function ended(child: ChildProcess): Promise<{ readonly killed: boolean; readonly code: number | null }> {
  return new Promise((done) => child.once('exit', (code, signal) => done({ killed: signal === 'SIGKILL', code })));
}

/** Opens with the same passphrase and recovery keys, whole, and says which keys it has. */
async function stateOf(vault: string): Promise<'old' | 'new'> {
  const session = await unlocked(vault);
  await session.call('vault.check', { head: null });
  await session.engine.close();
  expect(readdirSync(vault).filter((name) => name.startsWith('rekey') || name.endsWith('.new'))).toEqual([]);
  const keys = await keysOf(vault);
  expect(contentOf(vault, keys.dataKey)).toBe(content);
  const { recovery } = readKeyring(vault).body;
  expect(unwrapFromRecovery(secrets.vault, 'vault-key', recovery.dataKey)).toEqual(keys.dataKey);
  expect(unwrapFromRecovery(secrets.clinic, 'clinic-key', recovery.clinicKey)).toEqual(keys.clinicPair!.privateKey);
  const rekeyed = withStore(vault, keys.dataKey, (connection) =>
    connection.prepare<[], number>("SELECT count(*) FROM audit WHERE action = 'vault.rekey'").pluck().get(),
  );
  const state = keys.dataKey.equals(oldKey) ? 'old' : 'new';
  expect(rekeyed).toBe(state === 'new' ? 1 : 0);
  return state;
}

/** How long a change takes that nobody disturbs, in milliseconds. */
async function undisturbed(name: string): Promise<number> {
  const vault = copyVault(before, join(folder, name));
  const started = performance.now();
  expect(await ended(rekey(vault))).toEqual({ killed: false, code: 0 });
  const took = performance.now() - started;
  expect(await stateOf(vault)).toBe('new');
  return took;
}

describe('a change of keys', () => {
  it('killed at any moment leaves a vault that opens with all of its old keys or all of its new ones', {
    timeout: 1_200_000,
  }, async () => {
    // The quicker of two, for the machine has other work.
    const wholeMs = Math.min(await undisturbed('first'), await undisturbed('second'));
    const random = randomStream(20_260_306, 'rekey');
    const states: string[] = [];
    let killedRuns = 0;
    for (let index = 0; index < kills; index += 1) {
      const vault = copyVault(before, join(folder, 'killed'));
      const child = rekey(vault);
      const end = ended(child);
      const share = 0.2 + (0.85 * (index + random.nextUniform())) / kills;
      const timer = setTimeout(() => child.kill('SIGKILL'), wholeMs * share);
      killedRuns += (await end).killed ? 1 : 0;
      clearTimeout(timer);
      states.push(await stateOf(vault));
      rmSync(vault, { recursive: true });
    }
    if (process.env['TIDEMARK_KILLS'] !== undefined) {
      const count = (state: string): number => states.filter((other) => other === state).length;
      process.stdout.write(
        `rekey: ${killedRuns} killed of ${kills}; ${count('old')} old, ${count('new')} new; whole ${Math.round(wholeMs)} ms\n`,
      );
    }
    expect(killedRuns).toBeGreaterThan(kills / 3);
    evidence(
      3,
      'change of keys',
      `${killedRuns} of ${kills} runs killed, each vault opens with all old keys or all new ones`,
    );
    expect(states).toContain('old');
  });

  it('stopped between any two of its last steps is finished or taken back on opening', {
    timeout: 120_000,
  }, async () => {
    const changed = copyVault(before, join(folder, 'changed'));
    expect((await ended(rekey(changed))).code).toBe(0);
    const files = ['vault.db', 'audit.head', 'keyring.json'];
    // Not decided yet: whatever lies there is cleared away.
    const undecided = copyVault(before, join(folder, 'undecided'));
    mkdirSync(join(undecided, 'rekey.preparing'));
    for (const name of files) copyVault(join(changed, name), join(undecided, 'rekey.preparing', name));
    expect(await stateOf(undecided)).toBe('old');
    // Decided: with none, one, two or all of the three files moved already, and the old log still there.
    for (let moved = 0; moved <= files.length; moved += 1) {
      const vault = copyVault(before, join(folder, `decided-${moved}`));
      const ready = join(vault, 'rekey.ready');
      mkdirSync(ready);
      for (const name of files) copyVault(join(changed, name), join(ready, name));
      if (moved === 0) writeFileSync(join(vault, 'vault.db-wal'), Buffer.alloc(8_192, 7));
      for (const name of files.slice(0, moved)) renameSync(join(ready, name), join(vault, name));
      expect(await stateOf(vault), `${moved} moved`).toBe('new');
      expect(existsSync(ready)).toBe(false);
    }
  });
});
