import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '#main/engine/index.ts';
import type { InputOf, OperationName, OutputOf } from '#shared/contract/index.ts';
import { csvFile, passphrase, user } from '../integration/test-vault.ts';
import { type App, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const other = 'nine kites above the quiet moor';

/** A vault of an administrator who is a clinician, with one who leaves and one who waits to be enrolled. */
async function prepare(folder: string): Promise<{ readonly vaultKey: string; readonly clinicKey: string }> {
  const engine = createEngine({ settingsFolder: join(folder, 'settings'), idleLock: false });
  const ask = async <Name extends OperationName>(operation: Name, input: InputOf<Name>): Promise<OutputOf<Name>> => {
    const answer = await engine.call({ operation, input, callId: `${operation} ${JSON.stringify(input).length}` });
    expect(answer.ok ? null : answer.error, operation).toBeNull();
    return (answer as Extract<typeof answer, { ok: true }>).value as never;
  };
  const vault = join(folder, 'vault');
  const { recovery } = await ask('vault.create', { folder: vault, user, roles: ['analyst', 'clinician'], passphrase });
  const file = csvFile(folder, 'people.csv', 'person_ref,role,unit,name', ['P1,Response,North,Name One']);
  await ask('imports.load', { file, kind: 'people', mapping: null });
  await ask('users.add', { name: 'Ada', roles: ['administrator'], passphrase });
  await ask('users.add', { name: 'Cleo', roles: ['clinician'], passphrase });
  await ask('vault.lock', {});
  await ask('vault.unlock', { folder: vault, user: 'Ada', passphrase });
  await ask('users.add', { name: 'Pam', roles: ['clinician'], passphrase });
  await engine.close();
  return recovery;
}

describe.skipIf(why !== null)(`people and keys on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  let recovery: { readonly vaultKey: string; readonly clinicKey: string };

  beforeAll(async () => {
    app = await openApp();
    recovery = await prepare(app.folder);
    await app.page.reload();
    await app.page.getByRole('combobox', { name: 'User name' }).fill(user);
    await app.page.locator('input[type=password]').fill(passphrase);
    await app.page.getByRole('button', { name: 'Unlock' }).click();
    await app.page.getByRole('link', { name: 'Administration', exact: true }).click();
    await app.page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();
  }, 60_000);
  afterAll(() => app.close());

  it('enrols who waits, removes who leaves, and then changes the keys', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Enrol Pam…' }).click();
    expect(await lookAtPlace(app, 'keys-enrol')).toEqual([]);
    await page.getByRole('button', { name: 'Enrol them' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Enrol Pam…' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove Cleo…' }).click();
    expect(await lookAtPlace(app, 'keys-remove')).toEqual([]);
    await page.getByRole('button', { name: 'Remove them' }).click();
    await page.getByText('A change of keys is due since').waitFor();
    await page.getByText('A new clinic key is due since').waitFor();
    expect(await lookAtPlace(app, 'keys-administration')).toEqual([]);
    await page.getByRole('button', { name: 'Change the keys' }).click();
    await page.getByText('sealed entries are sealed to a new clinic key').waitFor();
    await page.getByText('Nobody who has left holds a key that is in use.').waitFor();
    expect(await page.getByText('A change of keys is due since').count()).toBe(0);
    await page.getByLabel('Lock by itself').selectOption('15');
    await expect.poll(() => page.getByLabel('Lock by itself').inputValue()).toBe('15');
  });

  it('changes one’s own passphrase', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Change your passphrase…' }).click();
    const typed = page.getByRole('dialog').locator('input[type=password]');
    await typed.nth(0).fill(passphrase);
    await typed.nth(1).fill(other);
    await typed.nth(2).fill(other);
    expect(await lookAtPlace(app, 'keys-passphrase')).toEqual([]);
    await page.getByRole('button', { name: 'Change it' }).click();
    await page.getByText('Your new passphrase holds from now on').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  });

  it('lets somebody in with the recovery keys from the lock screen', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Lock the vault' }).click();
    await page.getByRole('button', { name: 'I have a recovery key…' }).click();
    await page.getByLabel('Recovery key, or both').fill(`${recovery.vaultKey}\n${recovery.clinicKey}`);
    await page.getByRole('combobox', { name: 'Who is to be let in' }).fill('Rae');
    await page.locator('input[type=password]').nth(0).fill(other);
    await page.locator('input[type=password]').nth(1).fill(other);
    expect(await lookAtPlace(app, 'keys-recover')).toEqual([]);
    await page.getByRole('button', { name: 'Let them in' }).click();
    await page.getByText('Rae is a new administrator').waitFor();
    await page.getByText('They can also open what is sealed to clinicians.').waitFor();
    await page.getByRole('button', { name: 'To the passphrase' }).click();
    await page.getByRole('combobox', { name: 'User name' }).fill('Rae');
    await page.locator('input[type=password]').fill(other);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('link', { name: 'Administration', exact: true }).waitFor();
    expect(app.complaints).toEqual([]);
  });
});
