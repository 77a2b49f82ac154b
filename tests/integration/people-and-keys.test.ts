import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hmacHex } from '#main/crypto/hash-chain.ts';
import { parseRecoveryKey } from '#main/crypto/recovery-key.ts';
import { openSealed } from '#main/crypto/seal.ts';
import { decryptBytes, deriveKey, encryptBytes } from '#main/crypto/wrap.ts';
import { readKeyring, verifyKeyring } from '#main/services/vault/keyring.ts';
import { unwrapFromRecovery } from '#main/services/vault/keys.ts';
import { sealedColumns } from '#main/store/sealed-columns.ts';
import { joinVaultStore } from '#main/store/vault-store.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { evidence } from '../security/evidence.ts';
import {
  contentHash,
  copyVault,
  csvFile,
  dataKeyOf,
  keysOf,
  newSession,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('keys');
const intact = join(folder, 'intact');
let recovery: { readonly vaultKey: string; readonly clinicKey: string };
let copies = 0;
const other = 'nine kites above the quiet moor';

/** A vault with an administrator who is an analyst, a clinician, an administrator, a pending clinician, and people. */
beforeAll(async () => {
  const made = await newVault(intact, ['analyst', 'clinician']);
  recovery = made.recovery;
  await made.call('users.add', { name: 'cleo', roles: ['clinician'], passphrase });
  await made.call('users.add', { name: 'ada', roles: ['administrator'], passphrase });
  await made.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
  const rows = Array.from({ length: 40 }, (_, at) => `P${at},R,U,Name ${at}`);
  const people = csvFile(folder, 'people.csv', 'person_ref,role,unit,name', rows);
  await made.call('imports.load', { file: people, kind: 'people', mapping: null });
  await made.engine.close();
  const ada = await unlocked(intact, 'ada');
  await ada.call('users.add', { name: 'pam', roles: ['clinician', 'analyst'], passphrase });
  await ada.engine.close();
}, 60_000);

function copied(): string {
  copies += 1;
  return copyVault(intact, join(folder, `copy-${copies}`));
}

async function as<T>(vault: string, name: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await unlocked(vault, name);
  try {
    return await work(session);
  } finally {
    await session.engine.close();
  }
}

async function opens(vault: string, name: string, typed: string): Promise<string> {
  const { engine } = newSession();
  const input = { folder: vault, user: name, passphrase: typed };
  const result = await engine.call({ operation: 'vault.unlock', input, callId: 'try' });
  await engine.close();
  return result.ok ? 'open' : result.error.code;
}

async function audited(vault: string, action: string): Promise<unknown[]> {
  return withStore(vault, await dataKeyOf(vault), (connection) =>
    connection
      .prepare<[string], string>('SELECT event FROM audit WHERE action = ? ORDER BY sequence')
      .pluck()
      .all(action),
  ).map((text) => JSON.parse(text) as unknown);
}

async function namesOpenedBy(vault: string, name: string): Promise<number> {
  const { dataKey, clinicPair } = await keysOf(vault, name);
  return withStore(vault, dataKey, (connection) =>
    connection.prepare<[], Buffer>('SELECT box FROM sealed_identity').pluck().all(),
  ).filter((box) => clinicPair && openSealed(clinicPair, box, 'tidemark identity')).length;
}

describe('removing a user', () => {
  it('closes their way in, keeps everybody else’s, and remembers that a change of keys is due', async () => {
    const vault = copied();
    await as(vault, 'ada', async ({ call, refused }) => {
      expect((await call('users.list', {})).rekeyDue).toEqual({ dataKey: null, clinicKey: null });
      const { rekeyDue } = await call('users.remove', { name: 'eva' });
      expect(rekeyDue).toEqual({ dataKey: expect.stringMatching(/^20/), clinicKey: null });
      expect((await refused('users.remove', { name: 'eva' })).code).toBe('NOT_FOUND');
      const listed = await call('users.list', {});
      expect(listed.users.map(({ name }) => name)).toEqual([user, 'cleo', 'ada', 'pam']);
      expect(listed.rekeyDue).toEqual(rekeyDue);
      const again = await call('users.remove', { name: 'cleo' });
      expect(again.rekeyDue).toEqual({ dataKey: rekeyDue.dataKey, clinicKey: expect.stringMatching(/^20/) });
    });
    expect(await opens(vault, 'eva', passphrase)).toBe('WRONG_PASSPHRASE');
    expect(await opens(vault, 'pam', passphrase)).toBe('open');
    expect(await audited(vault, 'user.remove')).toMatchObject([
      { user: 'ada', object: 'eva', outcome: 'done', details: { hadClinicKey: false } },
      { outcome: 'failed', reason: 'NOT_FOUND' },
      { user: 'ada', object: 'cleo', outcome: 'done', details: { hadClinicKey: true } },
    ]);
  });

  it('never leaves a vault without an administrator or a clinician, not even when they remove themselves', async () => {
    const vault = copied();
    await as(vault, user, async ({ call, refused }) => {
      await call('users.remove', { name: 'ada' });
      await call('users.remove', { name: 'cleo' });
      const refusal = await refused('users.remove', { name: user });
      expect(refusal).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('last administrator') });
      await call('users.add', { name: 'second', roles: ['administrator'], passphrase });
      // Somebody who only waits to be a clinician is none.
      const clinician = await refused('users.remove', { name: user });
      expect(clinician).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('last clinician') });
      await call('users.grant', { name: 'pam' });
      await call('users.remove', { name: user });
    });
    expect(await opens(vault, user, passphrase)).toBe('WRONG_PASSPHRASE');
    expect(await opens(vault, 'second', passphrase)).toBe('open');
  });

  it('is not for those who are no administrators', async () => {
    const vault = copied();
    await as(vault, 'cleo', async ({ refused }) => {
      expect((await refused('users.remove', { name: 'eva' })).code).toBe('FORBIDDEN');
      expect((await refused('users.setRoles', { name: 'eva', roles: ['clinician'] })).code).toBe('FORBIDDEN');
    });
  });
});

describe('giving and taking roles', () => {
  it('enrols a pending clinician by a clinician, who then opens what is sealed', async () => {
    const vault = copied();
    expect(await namesOpenedBy(vault, 'pam')).toBe(0);
    await as(vault, 'ada', async ({ refused }) => {
      expect((await refused('users.grant', { name: 'pam' })).code).toBe('FORBIDDEN');
    });
    await as(vault, 'cleo', async ({ call, refused }) => {
      expect((await call('users.grant', { name: 'pam' })).user).toMatchObject({
        roles: ['analyst', 'clinician'],
        pendingRoles: [],
      });
      expect((await refused('users.grant', { name: 'pam' })).code).toBe('BAD_INPUT');
      expect((await refused('users.grant', { name: 'eva' })).code).toBe('BAD_INPUT');
      expect((await refused('users.grant', { name: 'nobody' })).code).toBe('NOT_FOUND');
    });
    expect(await namesOpenedBy(vault, 'pam')).toBe(40);
    expect(await audited(vault, 'user.grant')).toMatchObject([
      { user: 'cleo', object: 'pam', outcome: 'done' },
      { outcome: 'failed' },
      { outcome: 'failed' },
      { outcome: 'failed' },
    ]);
  });

  it('makes a clinician pending where an administrator without the clinic key gives the role', async () => {
    const vault = copied();
    await as(vault, 'ada', async ({ call, refused }) => {
      const given = await call('users.setRoles', { name: 'eva', roles: ['clinician', 'analyst'] });
      expect(given.user).toMatchObject({ roles: ['analyst'], pendingRoles: ['clinician'] });
      const taken = await call('users.setRoles', { name: 'cleo', roles: ['evaluator'] });
      expect(taken).toMatchObject({
        user: { roles: ['evaluator'] },
        rekeyDue: { dataKey: null, clinicKey: expect.any(String) },
      });
      expect((await refused('users.setRoles', { name: user, roles: ['analyst'] })).message).toContain('last clinician');
    });
    expect(await namesOpenedBy(vault, 'cleo')).toBe(0);
    await as(vault, user, async ({ call }) => {
      expect((await call('users.setRoles', { name: 'eva', roles: ['clinician'] })).user.pendingRoles).toEqual([]);
    });
    expect(await namesOpenedBy(vault, 'eva')).toBe(40);
  });
});

describe('changing the keys', () => {
  it('gives a new data key to every user and the paper, and leaves pseudonyms and content alone', async () => {
    const vault = copied();
    const before = await keysOf(vault);
    const content = withStore(vault, before.dataKey, (connection) => contentHash(connection));
    await as(vault, 'ada', async ({ call }) => {
      await call('users.remove', { name: 'eva' });
      const rekeyed = await call('vault.rekey', {});
      expect(rekeyed).toMatchObject({ clinicKey: 'kept', resealed: 0, rekeyDue: { dataKey: null, clinicKey: null } });
      expect(rekeyed.pages).toBeGreaterThan(10);
      // The session goes on under the new keys.
      expect((await call('users.list', {})).rekeyDue).toEqual({ dataKey: null, clinicKey: null });
      await call('vault.check', { head: null });
      await call('users.add', { name: 'late', roles: ['analyst'], passphrase });
    });
    const after = await keysOf(vault);
    expect(after.dataKey.equals(before.dataKey)).toBe(false);
    expect(after.clinicPublicKey.equals(before.clinicPublicKey)).toBe(true);
    expect(() => withStore(vault, before.dataKey, () => undefined)).toThrow();
    expect(withStore(vault, after.dataKey, (connection) => contentHash(connection))).toBe(content);
    for (const name of [user, 'cleo', 'ada', 'pam', 'late']) expect(await opens(vault, name, passphrase)).toBe('open');
    const secret = parseRecoveryKey('vault-key', recovery.vaultKey)!;
    const { body } = readKeyring(vault);
    expect(unwrapFromRecovery(secret, 'vault-key', body.recovery.dataKey)).toEqual(after.dataKey);
    expect(existsSync(join(vault, 'rekey.preparing')) || existsSync(join(vault, 'rekey.ready'))).toBe(false);
    // The same reference is the same person still.
    await as(vault, user, async ({ call }) => {
      const file = csvFile(folder, 'more.csv', 'person_ref,role,unit,name', ['P1,R,U2,Name 1', 'P99,R,U,Name 99']);
      await call('imports.load', { file, kind: 'people', mapping: null });
    });
    const people = withStore(vault, after.dataKey, (connection) =>
      connection.prepare<[], number>('SELECT count(*) FROM person').pluck().get(),
    );
    expect(people).toBe(41);
  });

  it('by an administrator leaves a new clinic key due, which a clinician then makes', async () => {
    const vault = copied();
    const old = await keysOf(vault, 'cleo');
    await as(vault, 'ada', async ({ call }) => {
      await call('users.remove', { name: 'cleo' });
      const { rekeyDue, clinicKey } = await call('vault.rekey', {});
      expect([clinicKey, rekeyDue]).toEqual(['kept', { dataKey: null, clinicKey: expect.any(String) }]);
    });
    const between = await keysOf(vault);
    // Until then whoever was removed opens sealed entries of a copy that they can get at.
    const boxes = (dataKey: Buffer): Buffer[] =>
      withStore(vault, dataKey, (connection) =>
        connection.prepare<[], Buffer>('SELECT box FROM sealed_identity').pluck().all(),
      );
    expect(boxes(between.dataKey).every((box) => openSealed(old.clinicPair!, box, 'tidemark identity'))).toBe(true);
    await as(vault, user, async ({ call }) => {
      const rekeyed = await call('vault.rekey', {});
      expect(rekeyed).toMatchObject({ clinicKey: 'changed', rekeyDue: { dataKey: null, clinicKey: null } });
      expect(rekeyed.resealed).toBeGreaterThanOrEqual(40);
      // What is imported in the same session is sealed to the new pair.
      const file = csvFile(folder, 'later.csv', 'person_ref,role,unit,name', ['P77,R,U,Name 77']);
      await call('imports.load', { file, kind: 'people', mapping: null });
      await call('users.grant', { name: 'pam' });
    });
    const after = await keysOf(vault);
    expect(await namesOpenedBy(vault, user)).toBe(41);
    expect(await namesOpenedBy(vault, 'pam')).toBe(41);
    expect(boxes(after.dataKey).some((box) => openSealed(old.clinicPair!, box, 'tidemark identity'))).toBe(false);
    const secret = parseRecoveryKey('clinic-key', recovery.clinicKey)!;
    const { body } = readKeyring(vault);
    expect(unwrapFromRecovery(secret, 'clinic-key', body.recovery.clinicKey)).toEqual(after.clinicPair!.privateKey);
    expect(await audited(vault, 'vault.rekey')).toMatchObject([
      { user: 'ada', details: { clinicKey: false, resealed: 0 } },
      { user, details: { clinicKey: true, resealed: expect.any(Number) } },
    ]);
  });

  it('that is cancelled leaves the keys what they were', async () => {
    const vault = copied();
    const before = await dataKeyOf(vault);
    const session = await unlocked(vault);
    session.engine.subscribe((event) => {
      if (event.type === 'progress') session.engine.cancel('rekey');
    });
    const result = await session.engine.call({ operation: 'vault.rekey', input: {}, callId: 'rekey' });
    expect(result).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    await session.call('vault.check', { head: null });
    await session.engine.close();
    expect(await dataKeyOf(vault)).toEqual(before);
    expect(existsSync(join(vault, 'rekey.preparing'))).toBe(false);
  });

  it('starts over when the vault was written to meanwhile, and loses nothing of it', async () => {
    const vault = copied();
    const session = await unlocked(vault);
    const beside = joinVaultStore(vault, await dataKeyOf(vault));
    let copies = 0;
    session.engine.subscribe((event) => {
      if (event.type !== 'progress' || !event.progress.stage.startsWith('Encrypting')) return;
      copies += 1;
      if (copies > 1) return;
      // A writer that does not wait for its turn, after the copy was made.
      const at = new Date().toISOString();
      beside.commit({ at, user, action: 'meanwhile', outcome: 'done' }, () => undefined);
      beside.close();
    });
    await session.call('vault.rekey', {});
    await session.call('vault.check', { head: null });
    await session.engine.close();
    expect(copies).toBe(2);
    expect(await audited(vault, 'meanwhile')).toHaveLength(1);
    expect(await audited(vault, 'vault.rekey')).toHaveLength(1);
  });

  it('of which a sealed entry does not open is refused whole', async () => {
    const vault = copied();
    const before = await dataKeyOf(vault);
    withStore(vault, before, (connection) =>
      connection.exec('UPDATE sealed_identity SET box = zeroblob(100) WHERE person_id = 1'),
    );
    await as(vault, user, async ({ refused, call }) => {
      expect((await refused('vault.rekey', {})).code).toBe('CORRUPT');
      await call('vault.check', { head: null });
    });
    expect(await dataKeyOf(vault)).toEqual(before);
  });
});

describe('recovery keys', () => {
  const recover = (vault: string, keys: string, name: string, more: object = {}) =>
    newSession().engine.call({
      operation: 'vault.recover',
      input: { folder: vault, keys, user: name, newPassphrase: other, ...more },
      callId: 'recover',
    });

  it('let a user back in with the vault key, whose clinician’s role then waits', async () => {
    const vault = copied();
    expect(await recover(vault, recovery.vaultKey, 'cleo')).toMatchObject({
      ok: true,
      value: { roles: [], pendingRoles: ['clinician'], made: false, clinicKeyUsed: false },
    });
    expect([await opens(vault, 'cleo', passphrase), await opens(vault, 'cleo', other)]).toEqual([
      'WRONG_PASSPHRASE',
      'open',
    ]);
    expect(await audited(vault, 'vault.recover')).toMatchObject([
      { user: 'cleo', details: { vaultKey: true, clinicKey: false, newUser: false } },
    ]);
  });

  it('make an administrator where there is no such user, and a clinician too with both', async () => {
    const vault = copied();
    const made = await recover(vault, recovery.vaultKey, 'new one');
    expect(made).toMatchObject({ ok: true, value: { roles: ['administrator'], pendingRoles: [], made: true } });
    const both = await recover(vault, `${recovery.vaultKey}\n${recovery.clinicKey}\n`, 'newer');
    expect(both).toMatchObject({ ok: true, value: { roles: ['administrator', 'clinician'], clinicKeyUsed: true } });
    expect(await opens(vault, 'new one', other)).toBe('open');
    expect(await opens(vault, 'newer', other)).toBe('open');
    expect(await recover(vault, recovery.vaultKey, 'CLEO')).toMatchObject({ error: { code: 'BAD_INPUT' } });
  });

  it('enrol a pending clinician with the clinic key and the passphrase that they have', async () => {
    const vault = copied();
    expect(await recover(vault, recovery.clinicKey, 'pam')).toMatchObject({ error: { code: 'WRONG_PASSPHRASE' } });
    expect(await recover(vault, recovery.clinicKey, 'eva', { passphrase })).toMatchObject({
      error: { code: 'BAD_INPUT', message: expect.stringContaining('clinician’s role') },
    });
    expect(await recover(vault, recovery.clinicKey, 'pam', { newPassphrase: passphrase })).toMatchObject({
      ok: true,
      value: { roles: ['analyst', 'clinician'], pendingRoles: [], clinicKeyUsed: true },
    });
    expect(await namesOpenedBy(vault, 'pam')).toBe(40);
  });

  it('of another vault are refused, ever more slowly, and the next unlocking records it', async () => {
    const vault = copied();
    const foreign = await newVault(join(folder, `foreign-${copies}`));
    await foreign.engine.close();
    for (let time = 0; time < 5; time += 1) {
      expect(await recover(vault, foreign.recovery.vaultKey, 'ada')).toMatchObject({
        error: { code: 'WRONG_PASSPHRASE' },
      });
    }
    expect(await recover(vault, recovery.vaultKey, 'ada')).toMatchObject({
      error: { code: 'THROTTLED', params: { retryAfterSeconds: 1 } },
    });
    // A mistyped key is told apart without asking the vault.
    expect(await recover(vault, recovery.vaultKey.replace(/.$/, 'U'), 'ada')).toMatchObject({
      error: { code: 'BAD_INPUT' },
    });
    await as(vault, 'ada', async () => undefined);
    await as(vault, 'ada', async () => undefined);
    expect((await audited(vault, 'vault.unlock')).slice(-2)).toMatchObject([
      { details: { failedTriesBefore: 0, failedTriesByOthers: 5 } },
      { details: { failedTriesBefore: 0, failedTriesByOthers: 0 } },
    ]);
  });

  it('are refused while the vault is open, and a weak passphrase always', async () => {
    const vault = copied();
    const session = await unlocked(vault);
    expect(await recover(vault, recovery.vaultKey, 'ada')).toMatchObject({ error: { code: 'VAULT_BUSY' } });
    await session.engine.close();
    expect(await recover(vault, recovery.vaultKey, 'ada', { newPassphrase: 'short' })).toMatchObject({
      error: { code: 'WEAK_PASSPHRASE' },
    });
    expect(await opens(vault, 'ada', passphrase)).toBe('open');
  });
});

describe('a keyring of the first form', () => {
  /** The same vault with the keyring that the first form would have had. */
  async function firstForm(): Promise<string> {
    const vault = copied();
    const keys = await keysOf(vault);
    const { body } = readKeyring(vault);
    const wrap = (kind: 'vault-key' | 'clinic-key', text: string, content: Buffer): string =>
      encryptBytes(
        deriveKey(parseRecoveryKey(kind, text)!, `tidemark recovery ${kind} v1`),
        content,
        `tidemark recovery\n${kind}`,
      ).toString('base64');
    const { rekeyDue: _, ...rest } = body;
    const first = {
      ...rest,
      version: 1,
      recovery: {
        dataKey: wrap('vault-key', recovery.vaultKey, keys.dataKey),
        clinicKey: wrap('clinic-key', recovery.clinicKey, keys.clinicPair!.privateKey),
      },
    };
    const mac = hmacHex(deriveKey(keys.dataKey, 'tidemark keyring mac v1'), canonicalJson(first));
    writeFileSync(join(vault, 'keyring.json'), `${canonicalJson({ body: first, mac })}\n`);
    return vault;
  }

  it('opens, is brought to the new form by its recovery keys, and only then changes its keys', async () => {
    const vault = await firstForm();
    expect(JSON.parse(readFileSync(join(vault, 'keyring.json'), 'utf8'))).toMatchObject({ body: { version: 1 } });
    await as(vault, user, async ({ call, refused }) => {
      expect((await refused('vault.rekey', {})).message).toContain('recovery keys would no longer open it');
      expect((await call('users.list', {})).rekeyDue).toEqual({ dataKey: null, clinicKey: null });
    });
    const keys = `${recovery.vaultKey}\n${recovery.clinicKey}`;
    const input = { folder: vault, keys, user: 'ada', newPassphrase: other };
    await newSession().call('vault.recover', input);
    const keyring = readKeyring(vault);
    verifyKeyring(keyring, await dataKeyOf(vault));
    expect(keyring.written.version).toBe(2);
    await as(vault, user, async ({ call }) => {
      await call('vault.rekey', {});
    });
    const after = await keysOf(vault);
    const { body } = readKeyring(vault);
    const secret = parseRecoveryKey('vault-key', recovery.vaultKey)!;
    expect(unwrapFromRecovery(secret, 'vault-key', body.recovery.dataKey)).toEqual(after.dataKey);
    rmSync(vault, { recursive: true });
  });
});

it('no box of any sealed column opens with a key that an analyst has, and every box with a clinician’s', async () => {
  const analyst = await keysOf(intact, 'pam');
  const clinician = await keysOf(intact, 'cleo');
  expect(analyst.clinicPair).toBeNull();
  const { body } = readKeyring(intact);
  const theirs = [analyst.userPrivateKey, analyst.dataKey];
  const publicKeys = [analyst.clinicPublicKey, ...body.users.map(({ publicKey }) => Buffer.from(publicKey, 'base64'))];
  let boxes = 0;
  for (const { table, column, context } of sealedColumns) {
    const found = withStore(intact, analyst.dataKey, (connection) =>
      connection.prepare<[], Buffer>(`SELECT "${column}" FROM "${table}"`).pluck().all(),
    );
    for (const box of found) {
      boxes += 1;
      expect(openSealed(clinician.clinicPair!, box, context), table).not.toBeNull();
      for (const privateKey of theirs) {
        expect(decryptBytes(privateKey, box.subarray(32), context)).toBeNull();
        for (const publicKey of publicKeys) expect(openSealed({ publicKey, privateKey }, box, context)).toBeNull();
      }
    }
  }
  expect(boxes).toBeGreaterThanOrEqual(40);
  evidence(
    10,
    'every sealed column, with the data key and the analyst’s own',
    `${boxes} of ${boxes} boxes stay shut; all open for a clinician`,
  );
});
