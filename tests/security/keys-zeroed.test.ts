import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newKdfParameters } from '#main/crypto/passphrase-key.ts';
import { newSealer } from '#main/crypto/seal.ts';
import { randomBytes } from '#main/crypto/secret-bytes.ts';
import { encryptBytes } from '#main/crypto/wrap.ts';
import { lockVault, type OpenVault, unlockVault } from '#main/services/vault/index.ts';
import { keysOf, newSession, newVault, passphrase, temporaryFolder, user } from '../integration/test-vault.ts';

const folder = temporaryFolder('zeroed');
const vault = join(folder, 'vault');

beforeAll(async () => {
  await (await newVault(vault, ['analyst', 'clinician'])).engine.close();
});

describe('locking', () => {
  it('overwrites every key of the session, and ends the threads that had copies', async () => {
    const opened = await unlockVault({ folder: vault, user, passphrase }, Date.now());
    const open = (opened as { readonly value: OpenVault }).value;
    const secrets = [open.keys.dataKey, open.keys.userPrivateKey, open.keys.clinicPair!.privateKey];
    expect(secrets.every((secret) => secret.length === 32 && secret.some((byte) => byte !== 0))).toBe(true);
    await open.analysis.overview(20_000, new AbortController().signal);
    expect(open.analysis.isRunning).toBe(true);
    await lockVault(open, { nowMs: Date.now(), reason: 'asked' });
    expect(secrets.map((secret) => secret.every((byte) => byte === 0))).toEqual([true, true, true]);
    expect(open.analysis.isRunning).toBe(false);
    expect(() => open.store.connection.prepare('SELECT 1')).toThrow();
  });

  it.each(['idle', 'screen', 'suspend', 'asked'] as const)('for %s leaves no call that is answered', async (reason) => {
    const session = newSession();
    const told: unknown[] = [];
    session.engine.subscribe((event) => {
      if (event.type === 'locked') told.push(event.reason);
    });
    await session.call('vault.unlock', { folder: vault, user, passphrase });
    await session.engine.lock(reason);
    expect(told).toEqual([reason]);
    for (const name of ['overview.get', 'users.list', 'vault.touch'])
      expect((await session.refused(name, {})).code).toBe('LOCKED');
    expect((await session.call('vault.state', {})).session).toBeNull();
  });

  it('waits as many minutes as an administrator sets, from 1 to 15', async () => {
    const session = newSession();
    const { session: view } = await session.call('vault.unlock', { folder: vault, user, passphrase });
    expect(view.lockAfterMinutes).toBe(5);
    expect((await session.refused('vault.setLockAfter', { minutes: 16 })).code).toBe('BAD_INPUT');
    expect((await session.refused('vault.setLockAfter', { minutes: 0 })).code).toBe('BAD_INPUT');
    await session.call('vault.setLockAfter', { minutes: 15 });
    expect((await session.call('vault.state', {})).session!.lockAfterMinutes).toBe(15);
    await session.engine.close();
    expect((await keysOf(vault)).dataKey).toHaveLength(32);
  });
});

describe('salts, keys and nonces', () => {
  it('never come twice in a hundred thousand draws', () => {
    const draws = 100_000;
    const key = randomBytes(32);
    const sealer = newSealer(randomBytes(32));
    const seen = {
      nonce: new Set<string>(),
      boxNonce: new Set<string>(),
      salt: new Set<string>(),
      key: new Set<string>(),
    };
    const nothing = Buffer.alloc(0);
    for (let draw = 0; draw < draws; draw += 1) {
      seen.nonce.add(encryptBytes(key, nothing, '').toString('latin1', 0, 12));
      seen.boxNonce.add(sealer.seal(nothing, '').toString('latin1', 32, 44));
      seen.salt.add(newKdfParameters().salt);
      seen.key.add(randomBytes(32).toString('latin1'));
    }
    sealer.close();
    expect(Object.values(seen).map((set) => set.size)).toEqual([draws, draws, draws, draws]);
  });
});
