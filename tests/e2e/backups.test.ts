import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSession } from '../integration/test-vault.ts';
import { type App, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`backups on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  let file: string;

  beforeAll(async () => {
    app = await openApp();
    file = join(app.folder, 'vault.backup');
    const { call, engine } = newSession();
    await call('vault.create', { folder: join(app.folder, 'vault'), user: 'alice', roles: [], passphrase });
    await call('vault.backup', { file });
    await engine.close();
  });
  afterAll(async () => {
    await app.close();
  });

  it('restores one from the first screen, with what is wrong said in words', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Restore a backup…' }).click();
    await page.getByLabel('Backup file').fill(file);
    await page.getByLabel('Folder of the restored vault').fill(join(app.folder, 'restored'));
    await page.getByLabel('User name').fill('alice');
    await page.locator('input[type=password]').first().fill('not the passphrase of then');
    expect(await lookAtPlace(app, 'restore')).toEqual([]);
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText('That does not open this backup.').waitFor();
    expect(await lookAtPlace(app, 'restore-refused')).toEqual([]);
    await page.locator('input[type=password]').first().fill(passphrase);
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText('It is equal to what was backed up').waitFor();
    expect(await lookAtPlace(app, 'restored')).toEqual([]);
    await page.getByRole('button', { name: 'Unlock it' }).click();
    await page.locator('input[type=password]').first().fill(passphrase);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('makes one now, sets a schedule, and lists what was made', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByText('There is no backup of this vault yet.').waitFor();
    expect(await lookAtPlace(app, 'backups-none')).toEqual([]);
    await page.getByLabel('File of the backup').fill(join(app.folder, 'second.backup'));
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByText('The backup is written and was read back in full').waitFor();
    await page.getByText('The last good backup was made on').waitFor();
    await page.getByLabel('Folder for scheduled backups').fill(app.folder);
    await page.getByRole('button', { name: 'Set the schedule' }).click();
    await page.getByText('the newest 8 are kept').waitFor();
    await page.getByRole('heading', { name: 'Backups', exact: true }).scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'backups-made')).toEqual([]);
    await page.getByLabel('File of the backup').fill(file);
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByText('There is already a file of that name.').waitFor();
    expect(app.complaints).toEqual([]);
  });
});
