import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvFile, newSession } from '../integration/test-vault.ts';
import { absence, header } from '../integration/watch-folder.ts';
import { type App, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`the watched folder on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  let arrivals: string;

  beforeAll(async () => {
    app = await openApp();
    arrivals = join(app.folder, 'arrivals');
    mkdirSync(arrivals);
    const vault = join(app.folder, 'vault');
    const { call, engine } = newSession();
    await call('vault.create', { folder: vault, user: 'alice', roles: ['analyst'], passphrase });
    await call('mappings.save', { name: 'HR monthly', mapping: absence, fileName: 'absence_2026-03.csv' });
    await engine.close();
    const { page } = app;
    await page
      .getByRole('button', { name: /open|choose|browse/i })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Folder', { exact: true }).fill(vault);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1_000);
    await dialog.getByRole('button', { name: 'Choose this folder' }).click();
    const name = page.getByLabel(/User/);
    await name.first().fill('alice');
    await page.locator('input[type=password]').first().fill(passphrase);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });
  afterAll(async () => {
    await app.close();
  });

  it('is chosen, watched, and says what became of each file', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('link', { name: 'Watched folder' }).click();
    await page.getByText('Nothing is being watched.').waitFor();
    await page.getByText('HR monthly').waitFor();
    expect(await lookAtPlace(app, 'watch-off')).toEqual([]);
    csvFile(arrivals, 'absence_2026-04.csv', header, ['1,Ash,01/04/2026,,S1', '2,Elm,02/04/2026,,S1']);
    csvFile(arrivals, 'absence_2026-05.csv', header, ['3,Oak,31/02/2026,,S1']);
    csvFile(arrivals, 'shoes.csv', 'size,colour', ['9,black']);
    await page.getByLabel('Folder to watch').fill(arrivals);
    await page.getByLabel('Seconds at rest').fill('0.5');
    await page.getByRole('button', { name: 'Start watching' }).click();
    await page.getByText(`Watching ${arrivals}.`).waitFor();
    await page.getByText(/2 files waiting, 1 loaded/).waitFor();
    await page.getByText('absence_2026-05.csv').click();
    await page.getByText('absence_2026-05.csv: waits').waitFor();
    expect(await lookAtPlace(app, 'watch-files')).toEqual([]);
  });

  it('leaves a file be when it is told to, and changes the pattern of a mapping', async () => {
    const { page } = app;
    await page.getByText('shoes.csv').first().click();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText(/1 file waiting, 1 loaded/).waitFor();
    await page.getByRole('button', { name: 'Change… names for “HR monthly”' }).click();
    await page.getByLabel('Names of its files').fill('sick_*.csv');
    expect(await lookAtPlace(app, 'watch-pattern')).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('sick_*.csv').waitFor();
    await page.getByRole('button', { name: 'Retire “HR monthly”' }).click();
    await page.getByRole('button', { name: 'Bring back “HR monthly”' }).waitFor();
    await page.getByText('No saved mapping fits this file.').first().waitFor();
  });

  it('opens a waiting file in the import wizard', async () => {
    const { page } = app;
    await page.getByText('absence_2026-05.csv').first().click();
    await page.getByRole('link', { name: 'Open in the import wizard' }).click();
    await page.getByText('Rows of the file').first().waitFor();
    expect(page.url()).not.toContain('absence');
  });

  it('says on the lock screen that watching is paused', async () => {
    const { page } = app;
    rmSync(join(arrivals, 'shoes.csv'));
    await page.keyboard.press('Control+l');
    await page
      .getByText('Watching the folder is paused.')
      .or(page.getByRole('button', { name: /lock/i }))
      .first()
      .waitFor();
    if (!(await page.getByText('Watching the folder is paused.').isVisible())) {
      await page.getByRole('button', { name: /lock/i }).first().click();
    }
    await page.getByText('Watching the folder is paused.').waitFor();
    expect(await lookAtPlace(app, 'watch-locked')).toEqual([]);
    expect(app.complaints).toEqual([]);
  });
});
