import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readKeyring } from '#main/services/vault/keyring.ts';
import { exitCodeFor } from '#shared/domain/result.ts';
import {
  copyVault,
  dataKeyOf,
  keysOf,
  newSession,
  newVault,
  passphrase,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from '../integration/test-vault.ts';

const folder = temporaryFolder('passphrases');
const intact = join(folder, 'intact');
const start = Date.UTC(2026, 0, 1);
let clock = start;
const now = (): number => clock;
let copies = 0;

beforeAll(async () => {
  await (await newVault(intact, ['analyst'])).engine.close();
});

function copied(): string {
  copies += 1;
  clock = start;
  return copyVault(intact, join(folder, `copy-${copies}`));
}

async function tryOnce(vault: string, typed: string, as = user): Promise<string> {
  const { engine } = newSession(now);
  const result = await engine.call({
    operation: 'vault.unlock',
    input: { folder: vault, user: as, passphrase: typed },
    callId: 'try',
  });
  await engine.close();
  if (result.ok) return 'open';
  const wait = result.error.params['retryAfterSeconds'];
  return wait === undefined ? result.error.code : `${result.error.code} ${String(wait)}`;
}

describe('a wrong passphrase', () => {
  it('is refused without saying what was wrong, and opens nothing', async () => {
    const vault = copied();
    const messages = new Set<string>();
    for (const [typed, as] of [
      [`${passphrase} `, user],
      [passphrase.toUpperCase(), user],
      [passphrase.slice(1), user],
      [passphrase, 'nobody'],
    ] as const) {
      const session = newSession(now);
      const error = await session.refused('vault.unlock', { folder: vault, user: as, passphrase: typed });
      expect([error.code, exitCodeFor(error.code)]).toEqual(['WRONG_PASSPHRASE', 4]);
      messages.add(error.message);
      expect((await session.refused('overview.get', {})).code).toBe('LOCKED');
    }
    expect(messages.size).toBe(1);
  });

  it('costs a wait after five, which doubles to 300 seconds, survives a restart and never locks anybody out', async () => {
    const vault = copied();
    for (let failure = 1; failure <= 5; failure += 1)
      expect(await tryOnce(vault, 'not this one')).toBe('WRONG_PASSPHRASE');
    expect(await tryOnce(vault, 'not this one')).toBe('THROTTLED 1');
    // Waiting is for the right passphrase too, and a refused try costs nothing more; another user does not wait.
    expect(await tryOnce(vault, passphrase)).toBe('THROTTLED 1');
    expect(await tryOnce(vault, 'not this one', 'nobody')).toBe('WRONG_PASSPHRASE');
    const waits: number[] = [];
    for (let failure = 6; failure <= 16; failure += 1) {
      clock += (waits.at(-1) ?? 1) * 1_000;
      expect(await tryOnce(vault, 'not this one')).toBe('WRONG_PASSPHRASE');
      waits.push(Number((await tryOnce(vault, 'not this one')).split(' ')[1]));
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    clock += 299_000;
    expect(await tryOnce(vault, passphrase)).toBe('THROTTLED 1');
    // A clock set back does not lengthen the wait beyond what it was.
    clock = start - 86_400_000;
    expect(await tryOnce(vault, passphrase)).toBe('THROTTLED 300');
    clock = start + 86_400_000;
    expect(await tryOnce(vault, passphrase)).toBe('open');
    const recorded = withStore(vault, await dataKeyOf(vault), (connection) =>
      connection
        .prepare<[], string>("SELECT event FROM audit WHERE action = 'vault.unlock' ORDER BY sequence DESC LIMIT 1")
        .pluck()
        .get(),
    );
    expect(JSON.parse(recorded!)).toMatchObject({ details: { failedTriesBefore: 16 } });
    expect(await tryOnce(vault, 'not this one')).toBe('WRONG_PASSPHRASE');
    expect(await tryOnce(vault, passphrase)).toBe('open');
  });
});

describe('changing a passphrase', () => {
  it('re-encrypts no page, closes the old way in and keeps every key', async () => {
    const vault = copied();
    const before = await keysOf(vault);
    const session = await unlocked(vault);
    const wrong = await session.refused('vault.changePassphrase', {
      passphrase: 'not this one at all',
      newPassphrase: 'eight boats under the bridge',
    });
    expect(wrong.code).toBe('WRONG_PASSPHRASE');
    const weak = await session.refused('vault.changePassphrase', { passphrase, newPassphrase: 'short' });
    expect(weak.code).toBe('WEAK_PASSPHRASE');
    const slot = readKeyring(vault).body.users[0]!;
    await session.call('vault.changePassphrase', { passphrase, newPassphrase: 'eight boats under the bridge' });
    await session.engine.close();
    const changed = readKeyring(vault).body.users[0]!;
    expect(changed.wrappedPrivateKey).not.toBe(slot.wrappedPrivateKey);
    expect(changed.kdf.salt).not.toBe(slot.kdf.salt);
    expect(changed.sealedDataKey).toBe(slot.sealedDataKey);
    expect(await tryOnce(vault, passphrase)).toBe('WRONG_PASSPHRASE');
    expect(await tryOnce(vault, 'eight boats under the bridge')).toBe('open');
    expect(
      withStore(vault, before.dataKey, (connection) => connection.pragma('user_version', { simple: true })),
    ).toBeGreaterThan(0);
  });
});

describe('adding users', () => {
  it('gives each their own keys to the same store, and no clinic key without a clinician', async () => {
    const vault = copied();
    const session = await unlocked(vault);
    const added = await session.call('users.add', {
      name: 'cleo',
      roles: ['clinician', 'analyst', 'analyst'],
      passphrase,
    });
    expect(added.user).toMatchObject({ roles: ['analyst'], pendingRoles: ['clinician'] });
    await session.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
    for (const [name, code] of [
      ['CLEO', 'BAD_INPUT'],
      ['../x', 'BAD_INPUT'],
      ['', 'BAD_INPUT'],
      ['__proto__', 'BAD_INPUT'],
    ] as const) {
      expect((await session.refused('users.add', { name, roles: ['analyst'], passphrase })).code).toBe(code);
    }
    expect(
      (await session.refused('users.add', { name: 'weak', roles: ['analyst'], passphrase: 'passwordpassword' })).code,
    ).toBe('WEAK_PASSPHRASE');
    await session.engine.close();
    const keys = await Promise.all([user, 'cleo', 'eva'].map((name) => keysOf(vault, name)));
    expect(keys.every((each) => each.dataKey.equals(keys[0]!.dataKey))).toBe(true);
    expect(keys.map((each) => each.clinicPair)).toEqual([null, null, null]);
    expect(new Set(keys.map((each) => each.userPrivateKey.toString('hex'))).size).toBe(3);
    const eva = await unlocked(vault, 'eva');
    expect((await eva.call('vault.state', {})).session).toMatchObject({ user: 'eva', roles: ['evaluator'] });
    await eva.engine.close();
  });

  it('lets a clinician enrol another, who then opens what is sealed', async () => {
    const vault = join(folder, 'clinic');
    const { call, engine } = await newVault(vault, ['clinician']);
    const added = await call('users.add', { name: 'cleo', roles: ['clinician'], passphrase });
    expect(added.user).toMatchObject({ roles: ['clinician'], pendingRoles: [] });
    await engine.close();
    const [first, second] = [await keysOf(vault), await keysOf(vault, 'cleo')];
    expect(second.clinicPair?.privateKey).toEqual(first.clinicPair?.privateKey);
    expect(readFileSync(join(vault, 'keyring.json'), 'utf8')).not.toContain(first.dataKey.toString('base64'));
  });
});
