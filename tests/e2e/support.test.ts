import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createVault, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`support on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  const call = (operation: string, input: unknown) => app.call(operation, input);

  const lookAll = (name: string) => lookAtWholePlace(app, name, 3_000);

  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, passphrase);
  });
  afterAll(() => app.close());

  it('says what to do while no support is held', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Support', exact: true }).click();
    await page.getByText('No support yet').waitFor();
    expect(await lookAtPlace(app, 'support-empty')).toEqual([]);
    await page.getByRole('link', { name: 'Administration', exact: true }).click();
  });

  it('draws the funnel, the wait, who is missed, and before and after a change', { timeout: 240_000 }, async () => {
    const { page } = app;
    const force = (await call('synthetic.write', {
      folder: join(app.folder, 'force'),
      people: 1_500,
      years: 3,
      seed: 7,
    })) as unknown as { readonly files: readonly { readonly kind: string; readonly path: string }[] };
    for (const { kind, path } of force.files) {
      if (['people', 'support'].includes(kind)) await call('imports.load', { file: path, kind, mapping: null });
    }
    await page.getByRole('link', { name: 'Support', exact: true }).click();
    await page.getByRole('img', { name: /^Horizontal bars of people by step/ }).waitFor({ timeout: 60_000 });
    await page.getByRole('img', { name: /^Cumulative incidence of first contacts/ }).waitFor();
    await page.getByRole('img', { name: /^Forest plot of uptake ratios.*Response took an offer up/ }).waitFor();
    await page.getByRole('img', { name: /^Line of uptake by month/ }).waitFor({ timeout: 60_000 });
    expect(await lookAll('support')).toEqual([]);
  });

  it('compares with what a change did not touch, and has a table behind each chart', { timeout: 120_000 }, async () => {
    const { page } = app;
    const day = page.getByLabel('Offer changed on');
    await day.fill('1 Apr 2025');
    await day.press('Enter');
    await page.getByRole('combobox', { name: 'Not touched by it' }).click();
    await page.getByRole('option', { name: 'Occupational health' }).click();
    await page.getByText(/^Against Occupational health, which it did not touch/).waitFor({ timeout: 60_000 });
    await page.getByText('Unit', { exact: true }).click();
    for (const name of ['Show table', 'Show table', 'Show table'])
      await page.getByRole('button', { name }).first().click();
    await page.getByText('withheld: fewer than 10').first().waitFor();
    expect(await lookAll('support-tables')).toEqual([]);
  });

  it('keeps the directory of services, and tells use and cost from it', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByRole('tab', { name: 'Services' }).click();
    await page.getByText('No service entered yet').waitFor();
    await page.getByText('Occupational health, TRiM. Enter each').waitFor();
    await page.getByRole('button', { name: 'Enter a service' }).click();
    await page.getByRole('combobox', { name: 'Name' }).fill('TRiM');
    await page.getByLabel('Cost in pounds').fill('45.5');
    await page.getByLabel('Contacts it can take in a month').fill('40');
    await page.getByLabel('On offer from').fill('1 Jan 2023');
    await page.getByRole('textbox', { name: 'Reason' }).fill('on offer since 2023');
    expect(await lookAtPlace(app, 'support-service-form')).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Correct TRiM' }).waitFor();
    expect(await lookAtPlace(app, 'support-services')).toEqual([]);
    await page.getByRole('tab', { name: 'Uptake' }).click();
    await page.getByText('it can take 40').waitFor({ timeout: 60_000 });
    await page.getByText('£45.50').waitFor();
    expect(await lookAll('support-usage')).toEqual([]);
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
