import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprintOf, newSigningPair } from '#main/crypto/sign.ts';
import { writeBundle } from '#main/services/sharing/bundle-file.ts';
import { bodyOf, drawForces } from '../fixtures/drawn-forces.ts';
import { type App, choosePath, createVault, lookAtWholePlace, obstacle, openApp } from './app.ts';

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

  it('pools what forces released, once the key of each is named, and writes it where it is asked for', {
    timeout: 240_000,
  }, async () => {
    const { page } = app;
    const bundles = join(app.folder, 'bundles');
    mkdirSync(bundles);
    const signed = drawForces(4, 5, { slope: 0.12, between: 0.03, bend: -0.002 }).map((drawn, at) => {
      const body = bodyOf(drawn, at);
      const pair = newSigningPair();
      writeFileSync(join(bundles, `${at}.bundle`), writeBundle(body, pair));
      return { force: body.force, fingerprint: fingerprintOf(pair.publicKey) };
    });
    const panel = page.getByRole('region', { name: 'Pool bundles of several forces' });
    for (const at of signed.keys()) {
      await panel.getByRole('button', { name: 'Add a bundle…' }).click();
      await choosePath(page, bundles, `${at}.bundle`);
    }
    const name = async ({ force, fingerprint }: { readonly force: string; readonly fingerprint: string }) => {
      await panel.getByLabel('Force', { exact: true }).fill(force);
      await panel.getByLabel('Fingerprint', { exact: true }).fill(fingerprint);
      await panel.getByRole('button', { name: 'Add this key' }).click();
    };
    for (const key of signed.slice(1)) await name(key);
    await panel.getByRole('button', { name: 'Pool and show' }).click();
    await panel.getByText(/^0\.bundle .* nobody has named as a key/).waitFor({ timeout: 60_000 });
    await name(signed[0]!);
    await panel.getByRole('button', { name: 'Pool and show' }).click();
    await page.getByRole('article').getByText('forces pooled', { exact: true }).waitFor({ timeout: 120_000 });
    expect(await lookAtWholePlace(app, 'sharing-pooled', 3_400)).toEqual([]);
    const out = join(app.folder, 'pooled');
    await panel.getByLabel('New folder for the pooled report').fill(out);
    await panel.getByRole('button', { name: 'Write the report' }).click();
    await panel.getByRole('button', { name: 'Open pooled.pdf' }).waitFor({ timeout: 120_000 });
    expect(readdirSync(out)).toContain('manifest.json');
    expect(app.complaints).toEqual([]);
  });
});
