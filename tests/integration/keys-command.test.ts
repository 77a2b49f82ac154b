import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { passphrase, temporaryFolder, writeText } from './test-vault.ts';

const folder = temporaryFolder('keys-command');
const vault = join(folder, 'vault');
const recoveryFile = join(folder, 'recovery.txt');
const secret = writeText(join(folder, 'passphrase.txt'), passphrase);
const newSecret = writeText(join(folder, 'new.txt'), 'nine kites above the quiet moor\n');
const as = (name: string, file = secret): string[] => ['--user', name, '--passphrase-file', file];

async function tidemark(...argv: string[]): Promise<{ readonly exit: number; readonly json: Record<string, unknown> }> {
  let out = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      if (stream === process.stdout) out += String(text);
      return true;
    }),
  );
  try {
    const exit = await main([...argv, '--json']);
    return { exit, json: JSON.parse(out) as Record<string, unknown> };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

it('looks after people and keys on the command line, with the exit codes of the contract', async () => {
  const create = ['vault', 'create', vault, ...as('ann'), '--role', 'analyst', '--recovery-file', recoveryFile];
  expect((await tidemark(...create)).exit).toBe(0);
  const add = (name: string, role: string) =>
    tidemark('vault', 'users', vault, 'add', name, '--role', role, '--new-passphrase-file', secret, ...as('ann'));
  await add('cleo', 'clinician');
  await add('eva', 'evaluator');

  // The clinic key alone, with the passphrase that she has, enrols the first clinician.
  const clinicOnly = writeText(join(folder, 'clinic.txt'), readFileSync(recoveryFile, 'utf8').split('\n')[1]!);
  const recover = ['vault', 'recover', vault, '--recovery-file'];
  const enrolled = await tidemark(...recover, clinicOnly, '--new-passphrase-file', newSecret, ...as('cleo'));
  expect(enrolled).toMatchObject({ exit: 0, json: { roles: ['clinician'], pendingRoles: [], clinicKeyUsed: true } });

  const users = (...words: string[]) => tidemark('vault', 'users', vault, ...words);
  expect(await users('grant', 'eva', ...as('ann'))).toMatchObject({ exit: 4, json: { error: { code: 'FORBIDDEN' } } });
  expect(await users('roles', 'eva', '--role', 'clinician', ...as('ann'))).toMatchObject({
    exit: 0,
    json: { user: { pendingRoles: ['clinician'] } },
  });
  expect((await users('grant', 'eva', ...as('cleo', newSecret))).exit).toBe(0);
  expect(await users('remove', 'ann', ...as('ann'))).toMatchObject({ exit: 3, json: { error: { code: 'BAD_INPUT' } } });
  expect(await users('remove', 'nobody', ...as('ann'))).toMatchObject({
    exit: 3,
    json: { error: { code: 'NOT_FOUND' } },
  });
  expect(await users('remove', 'eva', ...as('ann'))).toMatchObject({
    exit: 0,
    json: { removed: 'eva', rekeyDue: { dataKey: expect.any(String), clinicKey: expect.any(String) } },
  });
  expect(await users('list', ...as('ann'))).toMatchObject({ json: { rekeyDue: { dataKey: expect.any(String) } } });
  expect((await users('forget', 'eva', ...as('ann'))).exit).toBe(2);

  expect(await tidemark('vault', 'rekey', vault, ...as('ann'))).toMatchObject({
    exit: 0,
    json: { clinicKey: 'kept', rekeyDue: { dataKey: null, clinicKey: expect.any(String) } },
  });
  expect(await tidemark('vault', 'rekey', vault, ...as('cleo', newSecret))).toMatchObject({
    exit: 0,
    json: { clinicKey: 'changed', rekeyDue: { dataKey: null, clinicKey: null } },
  });
  expect(await tidemark('vault', 'rekey', vault, ...as('eva'))).toMatchObject({ exit: 4 });

  // Both keys still open the vault after both changes.
  const both = ['--new-passphrase-file', secret, '--user', 'rae'];
  expect(await tidemark(...recover, recoveryFile, ...both)).toMatchObject({
    exit: 0,
    json: { made: true, roles: ['administrator', 'clinician'] },
  });
  expect((await tidemark('vault', 'check', vault, ...as('rae'))).exit).toBe(0);
  const other = writeText(join(folder, 'no-key.txt'), 'vault-key 00000\n');
  expect(await tidemark(...recover, other, ...both)).toMatchObject({ exit: 3, json: { error: { code: 'BAD_INPUT' } } });
  expect(await tidemark(...recover, join(folder, 'absent.txt'), ...both)).toMatchObject({ exit: 3 });
  expect((await tidemark(...recover, recoveryFile, '--new-passphrase-file', secret)).exit).toBe(2);
  for (let time = 0; time < 5; time += 1) {
    expect((await tidemark(...recover, clinicOnly, '--new-passphrase-file', secret, '--user', 'nobody')).exit).toBe(4);
  }
  expect(await tidemark(...recover, recoveryFile, ...both)).toMatchObject({
    exit: 4,
    json: { error: { code: 'THROTTLED', retryAfterSeconds: 1 } },
  });
}, 60_000);
