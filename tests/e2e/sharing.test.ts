import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createVault, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
const kinds = ['people', 'postings', 'exposures', 'absences', 'screenings'];

describe.skipIf(why !== null)(`sharing on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, passphrase);
    const { files } = (await app.call('synthetic.write', {
      folder: join(app.folder, 'force'),
      people: 400,
      years: 2,
      seed: 7,
    })) as unknown as { readonly files: readonly { readonly kind: string; readonly path: string }[] };
    for (const { kind, path } of files) {
      if (kinds.includes(kind)) await app.call('imports.load', { file: path, kind, mapping: null });
    }
  }, 240_000);
  afterAll(() => app.close());

  it('shows exactly what would leave before anything does', { timeout: 240_000 }, async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Reports', exact: true }).click();
    await page.getByLabel('Name of the force').fill('North');
    await page.getByRole('button', { name: 'Show what would leave' }).click();
    await page.getByRole('heading', { name: 'What would leave' }).waitFor({ timeout: 120_000 });
    expect(await lookAtWholePlace(app, 'sharing-preview', 3_000)).toEqual([]);
  });

  it('releases a signed bundle with a reason, which stays in the log when it is withdrawn', {
    timeout: 240_000,
  }, async () => {
    const { page } = app;
    const file = join(app.folder, 'north.bundle');
    const panel = page.getByRole('region', { name: 'Share with other forces' });
    await panel.getByLabel('For whom and why').fill('National picture');
    await panel.getByLabel('File', { exact: true }).fill(file);
    await panel.getByRole('button', { name: 'Release', exact: true }).click();
    await panel.getByText('Released', { exact: true }).waitFor({ timeout: 120_000 });
    expect(existsSync(file)).toBe(true);
    await panel.getByRole('button', { name: 'Show the fingerprint' }).click();
    await panel.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){7}$/).waitFor();
    await page.getByRole('button', { name: /^Withdraw Bundle of North/ }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('a wrong period');
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.getByText('withdrawn', { exact: true }).waitFor();
    expect(await lookAtWholePlace(app, 'sharing-released', 3_000)).toEqual([]);
  });
});
