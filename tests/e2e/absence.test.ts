import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createVault, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`absence on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  const call = (operation: string, input: unknown) => app.call(operation, input);

  const lookAll = (name: string) => lookAtWholePlace(app, name, 4_100);

  beforeAll(async () => {
    app = await openApp();
    const { page } = app;
    await page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, passphrase);
  });
  afterAll(() => app.close());

  it('says what to do while no absences are held', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Absence', exact: true }).click();
    await page.getByText('No absences yet').waitFor();
    expect(await lookAtPlace(app, 'absence-empty')).toEqual([]);
    await page.getByRole('link', { name: 'Administration', exact: true }).click();
  });

  it('draws rates, ratios and returns once they are', { timeout: 240_000 }, async () => {
    const { page } = app;
    const force = (await call('synthetic.write', {
      folder: join(app.folder, 'force'),
      people: 500,
      years: 3,
      seed: 7,
    })) as unknown as { readonly files: readonly { readonly kind: string; readonly path: string }[] };
    for (const { kind, path } of force.files) {
      if (['people', 'absences'].includes(kind)) await call('imports.load', { file: path, kind, mapping: null });
    }
    await page.getByRole('link', { name: 'Absence', exact: true }).click();
    await page.getByRole('img', { name: /^Kaplan–Meier curve/ }).waitFor({ timeout: 60_000 });
    await page.getByRole('img', { name: /^Run chart of FTE days lost per 100 by month/ }).waitFor();
    await page.getByRole('img', { name: /^Forest plot of rate ratios/ }).waitFor();
    await page.getByText(/spells go on: censored/).waitFor();
    await page.getByText(/It is shown as context only: it raises no flag/).waitFor();
    expect(await lookAll('absence')).toEqual([]);
  });

  it('compares curves by reason, and has a table and a method behind the chart', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByText('By reason', { exact: true }).click();
    await page.getByText('Role', { exact: true }).click();
    await page.getByRole('heading', { name: /^By role:/ }).waitFor({ timeout: 60_000 });
    await page.getByText('By reason', { exact: true }).click();
    expect(await lookAll('absence-roles')).toEqual([]);
    await page.getByRole('button', { name: 'Show table' }).first().click();
    await page.getByRole('columnheader', { name: /Spells begun/ }).waitFor();
    await page.getByRole('button', { name: 'Show table' }).first().click();
    await page.getByRole('columnheader', { name: /Spells a year/ }).waitFor();
    await page.getByRole('button', { name: 'How was this worked out?' }).first().click();
    await page.getByText('The same in R').waitFor();
    await page.keyboard.press('Escape');
  });

  it('refuses a period that ends before it begins, in words', async () => {
    const { page } = app;
    const field = page.getByLabel('From', { exact: true });
    await field.fill('1 Apr 2030');
    await field.press('Enter');
    await page.getByText('The period ends before it begins').waitFor();
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
