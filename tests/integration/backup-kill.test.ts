import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '#shared/domain/random.ts';
import { evidence } from '../security/evidence.ts';
import { csvFile, newSession, newVault, passphrase, temporaryFolder, unlocked, user } from './test-vault.ts';

const folder = temporaryFolder('backup-kill');
const vault = join(folder, 'vault');
const good = join(folder, 'good.backup');
const passphraseFile = join(folder, 'passphrase.txt');
const secret = { user, passphrase, recoveryKey: null };
/** Kills of a backup, and as many of a restore. */
const kills = Number(process.env['TIDEMARK_KILLS'] ?? '3');

beforeAll(async () => {
  writeFileSync(passphraseFile, passphrase);
  const session = await newVault(vault);
  const lines = Array.from(
    { length: 60_000 },
    (_, at) => `P${at % 300},${new Date(Date.UTC(2025, 0, 1) + at * 900_000).toISOString()},RTC_FATAL,I${at}`,
  );
  const file = csvFile(folder, 'rows.csv', 'person_ref,occurred_at,category,incident_ref', lines);
  await session.call('imports.load', { file, kind: 'exposures', mapping: null });
  await session.call('vault.backup', { file: good });
  await session.engine.close();
});

/** Runs a command, killed after so many milliseconds; gives whether it was, and how long it took. */
function run(args: readonly string[], killAfterMs: number | null): Promise<{ killed: boolean; ms: number }> {
  const started = performance.now();
  const child = spawn(
    resolve('node_modules/.bin/node'),
    [resolve('bin/tidemark.mjs'), 'vault', ...args, '--user', user, '--passphrase-file', passphraseFile],
    { stdio: 'ignore' },
  );
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((done) =>
    child.once('exit', (_, signal) => {
      if (timer) clearTimeout(timer);
      done({ killed: signal === 'SIGKILL', ms: performance.now() - started });
    }),
  );
}

describe('a process killed at any moment', () => {
  it.each([
    ['backup', []],
    ['backup of changes', ['--since', good]],
  ])('of a %s leaves the vault sound and a whole file or none', { timeout: 600_000 }, async (what, since) => {
    const random = randomStream(4, 'backup kills');
    const file = join(folder, 'killed.backup');
    const whole = await run(['backup', vault, '--to', file, ...since], null);
    rmSync(file);
    let killed = 0;
    for (let index = 0; index < kills; index += 1) {
      const after = whole.ms * (0.3 + (0.7 * (index + random.nextUniform())) / kills);
      if ((await run(['backup', vault, '--to', file, ...since], after)).killed) killed += 1;
      const session = await unlocked(vault);
      await session.call('vault.check', { head: null });
      // What is there under its name is whole; what is not whole is under no name that anybody would take for one.
      if (existsSync(file)) {
        const to = join(folder, 'from-killed');
        await session.call('vault.restore', { file, folder: to, ...secret });
        rmSync(to, { recursive: true });
        rmSync(file);
      }
      const left = readdirSync(folder).filter((name) => name.startsWith('.killed'));
      for (const name of left) {
        const input = { file: join(folder, name), folder: join(folder, 'never'), ...secret };
        const result = await session.engine.call({ operation: 'vault.restore', input, callId: 'left' });
        if (!result.ok) expect(['CORRUPT', 'NO_SUCH_FILE']).toContain(result.error.code);
        rmSync(join(folder, 'never'), { recursive: true, force: true });
      }
      // The next one takes no notice of what was left, and takes it away.
      await session.call('vault.backup', { file, ...(since.length > 0 ? { since: good } : {}) });
      expect(readdirSync(folder).filter((name) => name.startsWith('.killed'))).toEqual([]);
      rmSync(file);
      await session.engine.close();
    }
    expect(killed).toBeGreaterThan(0);
    evidence(3, what, `${killed} of ${kills} runs killed, each vault sound, no half-written backup taken for one`);
  });

  it('of a restore leaves a whole vault or none', { timeout: 600_000 }, async () => {
    const random = randomStream(5, 'restore kills');
    const to = join(folder, 'restored');
    const whole = await run(['restore', good, '--to', to], null);
    rmSync(to, { recursive: true });
    let killed = 0;
    for (let index = 0; index < kills; index += 1) {
      const after = whole.ms * (0.3 + (0.7 * (index + random.nextUniform())) / kills);
      if ((await run(['restore', good, '--to', to], after)).killed) killed += 1;
      const session = newSession();
      const input = { folder: to, user, passphrase };
      if (existsSync(join(to, 'keyring.json'))) {
        await session.call('vault.unlock', input);
        await session.call('vault.check', { head: null });
        expect((await session.call('imports.list', {})).batches).toHaveLength(1);
      } else {
        expect((await session.refused('vault.unlock', input)).code).toBe('NOT_A_VAULT');
      }
      await session.engine.close();
      rmSync(to, { recursive: true, force: true });
    }
    expect(killed).toBeGreaterThan(0);
    evidence(3, 'restore', `${killed} of ${kills} runs killed, each folder a whole vault or none`);
  });
});
