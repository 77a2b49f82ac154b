import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { backupEnding } from '#main/store/backup-manifest.ts';
import { readBackup } from '#main/store/read-backup.ts';
import { evidence } from '../security/evidence.ts';
import {
  contentHash,
  csvFile,
  dataKeyOf,
  newSession,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  withStore,
  writeText,
} from './test-vault.ts';

const folder = temporaryFolder('backup');
const vault = join(folder, 'vault');
const report = join(folder, 'report');
const backupFile = join(folder, 'vault.backup');
const secret = { user, passphrase, recoveryKey: null };
let recovery: { readonly vaultKey: string; readonly clinicKey: string };
let made: { readonly auditHead: { readonly sequence: number; readonly hash: string }; readonly bytes: number };

async function resultsOf({ call }: Session): Promise<string[]> {
  const asked = [
    { method: 'exposure-load', spec: { asOf: '2026-03-31', rows: true } },
    { method: 'exposure-series', spec: { from: '2025-04', to: '2026-03' } },
    { method: 'screening-summary', spec: { from: '2025-04-01', to: '2026-03-31' } },
  ];
  const answers: string[] = [];
  for (const one of asked) answers.push(JSON.stringify(await call('analyses.run', one)));
  return answers;
}

let before: string[];

beforeAll(async () => {
  const maker = newSession();
  const force = await maker.call('synthetic.write', {
    folder: join(folder, 'force'),
    people: 250,
    years: 1,
    seed: 5,
    kinds: ['people', 'exposures', 'screenings'],
  });
  const session = await newVault(vault);
  recovery = session.recovery;
  for (const { kind, path } of force.files) await session.call('imports.load', { file: path, kind, mapping: null });
  const spec = { template: 'exposure-and-wellbeing' as const, from: '2025-04-01', to: '2026-03-31' };
  await session.call('reports.build', { spec, folder: report });
  before = await resultsOf(session);
  made = await session.call('vault.backup', { file: backupFile });
  await session.engine.close();
});

describe('a backup that is restored', () => {
  it('opens with the vault recovery key, and neither with the clinic key nor a passphrase of today', async () => {
    const byKey = join(folder, 'by-key');
    const session = newSession();
    const file = backupFile;
    const keys = { user: null, passphrase: null };
    for (const wrong of [
      { ...keys, recoveryKey: recovery.clinicKey },
      { user, passphrase: 'another passphrase altogether', recoveryKey: null },
      { user: 'nobody', passphrase, recoveryKey: null },
    ]) {
      expect(await session.refused('vault.restore', { file, folder: byKey, ...wrong })).toMatchObject({
        code: 'WRONG_PASSPHRASE',
      });
    }
    for (const unclear of [keys, { user, passphrase: null }, { user, passphrase, recoveryKey: recovery.vaultKey }]) {
      const input = { file, folder: byKey, recoveryKey: null, ...unclear };
      expect((await session.refused('vault.restore', input)).code).toBe('BAD_INPUT');
    }
    expect(existsSync(byKey)).toBe(false);
    await session.call('vault.restore', { file, folder: byKey, ...keys, recoveryKey: recovery.vaultKey });
    await session.call('vault.unlock', { folder: byKey, user, passphrase });
    await session.call('vault.check', { head: null });
    await session.engine.close();
  });

  it('goes into a new or empty folder only, and leaves any other as it is', async () => {
    const session = newSession();
    const full = join(folder, 'full');
    mkdirSync(full);
    writeText(join(full, 'letter.txt'), 'mine');
    const file = backupFile;
    expect((await session.refused('vault.restore', { file, folder: full, ...secret })).code).toBe('VAULT_EXISTS');
    expect(readdirSync(full)).toEqual(['letter.txt']);
    const notOne = join(full, 'letter.txt');
    expect((await session.refused('vault.restore', { file, folder: notOne, ...secret })).code).toBe('BAD_INPUT');
    const missing = join(folder, 'missing.backup');
    expect((await session.refused('vault.restore', { file: missing, folder: full, ...secret })).code).toBe(
      'NO_SUCH_FILE',
    );
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    await session.call('vault.restore', { file, folder: empty, ...secret });
    await session.engine.close();
  });
});

describe('a backup', () => {
  it('is one file that nobody else may read, with nothing left beside it, recorded with its head', async () => {
    expect(readdirSync(folder).filter((name) => name.includes('backup'))).toEqual(['vault.backup']);
    if (process.platform !== 'win32') expect(statSync(backupFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(backupFile).subarray(-16)).toEqual(backupEnding);
    expect(statSync(backupFile).size).toBe(made.bytes);
    const session = await unlocked(vault);
    const state = await session.call('backups.state', {});
    expect(state).toMatchObject({ schedule: null, due: false, running: false, failure: null });
    expect(state.backups).toMatchObject([
      {
        kind: 'asked',
        madeBy: user,
        fileName: 'vault.backup',
        bytes: made.bytes,
        auditHead: made.auditHead,
        present: true,
      },
    ]);
    expect(state.lastGood).toBe(state.backups[0]!.madeAt);
    await session.engine.close();
  });

  it('replaces no file and goes nowhere among the files of its vault', async () => {
    const session = await unlocked(vault);
    const bytes = readFileSync(backupFile);
    expect((await session.refused('vault.backup', { file: backupFile })).code).toBe('BAD_INPUT');
    expect(readFileSync(backupFile)).toEqual(bytes);
    expect((await session.refused('vault.backup', { file: join(vault, 'own.backup') })).code).toBe('BAD_INPUT');
    expect((await session.refused('vault.backup', { file: join(folder, 'no', 'x.backup') })).code).toBe('NO_SUCH_FILE');
    await session.engine.close();
  });

  it('holds one moment while the vault goes on being written and read', async () => {
    const busy = join(folder, 'busy');
    const session = newSession();
    await session.call('vault.restore', { file: backupFile, folder: busy, ...secret });
    await session.call('vault.unlock', { folder: busy, user, passphrase });
    const lines = Array.from(
      { length: 20_000 },
      (_, at) => `P${at % 90},${new Date(Date.UTC(2025, 0, 1) + at * 900_000).toISOString()},RTC_FATAL,X${at}`,
    );
    const file = csvFile(folder, 'more.csv', 'person_ref,occurred_at,category,incident_ref', lines);
    const first = join(folder, 'first.backup');
    const [backup, loaded] = await Promise.all([
      session.call('vault.backup', { file: first }),
      session.call('imports.load', { file, kind: 'exposures', mapping: null }),
      resultsOf(session),
    ]);
    expect(loaded.rows.accepted).toBe(20_000);
    const second = await session.call('vault.backup', { file: join(folder, 'second.backup') });
    await session.call('vault.check', { head: null });
    await session.engine.close();
    // Each holds the import wholly or not at all.
    expect(second.holds.batches).toBe(backup.holds.batches + 1);
    const other = newSession();
    for (const [name, batches] of [
      ['first', backup.holds.batches],
      ['second', second.holds.batches],
    ] as const) {
      const to = join(folder, `${name}-restored`);
      await other.call('vault.restore', { file: join(folder, `${name}.backup`), folder: to, ...secret });
      await other.call('vault.unlock', { folder: to, user, passphrase });
      expect((await other.call('imports.list', {})).batches).toHaveLength(batches);
      await other.call('vault.lock', {});
    }
    await other.engine.close();
  });

  it('that is cancelled leaves no file, as does a restore', async () => {
    const session = await unlocked(vault);
    const file = join(folder, 'cancelled.backup');
    const answer = session.engine.call({ operation: 'vault.backup', input: { file }, callId: 'stop' });
    await new Promise((done) => setTimeout(done, 20));
    session.engine.cancel('stop');
    expect(await answer).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    const to = join(folder, 'cancelled');
    const input = { file: backupFile, folder: to, ...secret };
    const restoring = session.engine.call({ operation: 'vault.restore', input, callId: 'stop' });
    await new Promise((done) => setTimeout(done, 350));
    session.engine.cancel('stop');
    const ended = await restoring;
    if (!ended.ok) expect(ended.error.code).toBe('CANCELLED');
    expect(existsSync(join(to, 'keyring.json'))).toBe(ended.ok);
    expect(readdirSync(folder).filter((name) => name.includes('cancelled'))).toEqual(ended.ok ? ['cancelled'] : []);
    await session.call('vault.check', { head: null });
    await session.engine.close();
  });

  it('is not made or restored into while another process has the vault', async () => {
    const session = await unlocked(vault);
    const other = newSession();
    expect((await other.refused('vault.unlock', { folder: vault, user, passphrase })).code).toBe('VAULT_BUSY');
    const first = session.engine.call({
      operation: 'vault.backup',
      input: { file: join(folder, 'one.backup') },
      callId: 'one',
    });
    expect((await session.refused('vault.backup', { file: join(folder, 'two.backup') })).code).toBe('VAULT_BUSY');
    expect((await first).ok).toBe(true);
    await session.engine.close();
  });

  it('says what it is before any key is known', () => {
    const { manifest } = readBackup(backupFile);
    expect(manifest.body).toMatchObject({ format: 'tidemark backup', madeBy: user, auditHead: made.auditHead });
  });
});

describe('a vault that was backed up and then destroyed', () => {
  it('is sound, answers every analysis byte for byte, and verifies the report that was made before', async () => {
    const key = await dataKeyOf(vault);
    const content = withStore(vault, key, (connection) =>
      contentHash(connection, ['audit', 'packed', 'backup', 'meta']),
    );
    rmSync(vault, { recursive: true });
    const session = newSession();
    const answer = await session.call('vault.restore', { file: backupFile, folder: vault, ...secret });
    expect(answer.backupHead).toEqual(made.auditHead);
    expect(answer.auditHead.sequence).toBe(made.auditHead.sequence + 1);
    // Restoring opens nothing by itself.
    expect((await session.call('vault.state', {})).session).toBeNull();
    await session.call('vault.unlock', { folder: vault, user, passphrase });
    const { sequence, hash } = made.auditHead;
    await session.call('vault.check', { head: `${sequence}:${hash}` });
    await session.call('vault.check', { head: `${answer.auditHead.sequence}:${answer.auditHead.hash}` });
    expect(await resultsOf(session)).toEqual(before);
    expect(await session.call('reports.verify', { folder: report })).toMatchObject({ equal: true, differences: [] });
    await session.engine.close();
    const again = withStore(vault, key, (connection) => contentHash(connection, ['audit', 'packed', 'backup', 'meta']));
    expect(again).toBe(content);
    const events = withStore(vault, key, (connection) =>
      connection.prepare<[], string>("SELECT event FROM audit WHERE action = 'vault.restore'").pluck().all(),
    );
    expect(events).toHaveLength(1);
    expect(JSON.parse(events[0]!)).toMatchObject({ user, outcome: 'done', details: { head: `${sequence}:${hash}` } });
    evidence(3, 'restore drill', 'restored vault sound, analyses byte for byte, earlier report verified');
  });
});
