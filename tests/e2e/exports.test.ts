import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAll, writeExtracts } from '../integration/rights-force.ts';
import { type App, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`rows of single people on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  const call = (operation: string, input: unknown) => app.call(operation, input);
  const goTo = async (link: string, heading: string): Promise<void> => {
    await app.page.getByRole('link', { name: link, exact: true }).click();
    await app.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  const openPeople = async (): Promise<void> => {
    await goTo('Exposure', 'Exposure');
    await app.page.getByRole('tab', { name: 'People' }).click();
    await app.page.getByRole('button', { name: 'Take rows out…' }).first().click();
  };

  beforeAll(async () => {
    app = await openApp();
    const folder = join(app.folder, 'vault');
    await call('vault.create', { folder, user: 'alice', roles: ['administrator', 'analyst'], passphrase });
    await loadAll({ call } as never, writeExtracts(app.folder));
    await app.page.reload();
    await app.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  }, 180_000);
  afterAll(() => app.close());

  it('are not given, and says who can allow it', async () => {
    const { page } = app;
    await openPeople();
    await page.getByText('You may look at these rows, and not take them out').waitFor();
    expect(await page.getByRole('button', { name: 'Save as CSV…' }).count()).toBe(0);
    expect(await lookAtPlace(app, 'exports-not-permitted')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Copy table' }).count()).toBe(0);
  });

  it('are allowed by name, until a day, for a reason', async () => {
    const { page } = app;
    await goTo('Administration', 'Administration');
    await page.getByText('Nobody may take rows of single people out of this vault.').waitFor();
    await page.getByPlaceholder('Choose a user').click();
    await page.getByRole('option', { name: 'alice' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('a check of the rota');
    await page.getByRole('button', { name: 'Ask for it' }).click();
    await page.getByText(/alice may take rows out until/).waitFor();
    await page.getByText('In force').waitFor();
    await page.setViewportSize({ width: 1360, height: 1_900 });
    await page.waitForTimeout(400);
    expect(await lookAtPlace(app, 'exports-administration')).toEqual([]);
    await page.setViewportSize({ width: 1360, height: 860 });
  });

  it('are copied with a reason, and saved with a manifest', async () => {
    const { page } = app;
    await openPeople();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^Takes out/).waitFor();
    expect(await dialog.getByRole('button', { name: 'Copy' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('a check of the rota');
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await dialog.getByText(/^Copied/).waitFor();
    expect(await lookAtPlace(app, 'exports-copied')).toEqual([]);
    const file = join(app.folder, 'rows.csv');
    await dialog.getByRole('button', { name: 'Save as CSV…' }).click();
    const chooser = page.getByRole('dialog', { name: 'Where to save the rows' });
    await chooser.getByLabel('Folder', { exact: true }).fill(app.folder);
    await page.keyboard.press('Enter');
    await chooser.getByLabel('Name').fill('rows.csv');
    await chooser.getByRole('button', { name: 'Use this name' }).click();
    await page.getByText(/^Wrote/).waitFor({ timeout: 30_000 });
    expect(readFileSync(file, 'utf8')).toContain('OFFICIAL-SENSITIVE');
    expect(existsSync(`${file}.manifest.json`)).toBe(true);
    const { entries }: { entries: { reason: string | null; details: Record<string, unknown> | null }[] } = await call(
      'audit.list',
      { offset: 0, limit: 10, action: 'export.personRows' },
    );
    expect(entries.map(({ details }) => details?.['to'])).toEqual(['file', 'copied']);
    expect(entries.every(({ reason }) => reason === 'a check of the rota')).toBe(true);
    expect(app.complaints).toEqual([]);
  });
});
