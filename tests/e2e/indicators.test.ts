import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createVault, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`indicators on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  let files: readonly { readonly kind: string; readonly path: string }[] = [];

  const call = (operation: string, input: unknown) => app.call(operation, input);

  const load = async (kinds: readonly string[]): Promise<void> => {
    for (const { kind, path } of files) {
      if (kinds.includes(kind)) await call('imports.load', { file: path, kind, mapping: null });
    }
  };

  const lookAll = (name: string) => lookAtWholePlace(app, name, 2_100);

  beforeAll(async () => {
    app = await openApp();
    const { page } = app;
    await page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, passphrase);
  });
  afterAll(() => app.close());

  it('says what to do while nothing is held', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Indicators', exact: true }).click();
    await page.getByText('Nothing to measure yet').waitFor();
    expect(await lookAtPlace(app, 'indicators-empty')).toEqual([]);
    await page.getByRole('link', { name: 'Administration', exact: true }).click();
  });

  it('lists what part of the extracts can tell, and says what the rest needs', { timeout: 240_000 }, async () => {
    const { page } = app;
    const force = (await call('synthetic.write', {
      folder: join(app.folder, 'force'),
      people: 500,
      years: 3,
      seed: 7,
    })) as unknown as { readonly files: typeof files };
    files = force.files;
    await load(['people', 'postings', 'exposures', 'absences']);
    await page.getByRole('link', { name: 'Indicators', exact: true }).click();
    await page.getByRole('gridcell', { name: 'Sickness absence', exact: true }).waitFor({ timeout: 60_000 });
    await page.getByText('Needs screenings: import it').first().waitFor();
    await page.getByText('The families extract holds answers only').first().waitFor();
    expect(await page.getByRole('gridcell', { name: 'Screening uptake', exact: true }).count()).toBe(1);
    expect(await lookAll('indicators-part')).toEqual([]);
    await page.getByRole('link', { name: 'Administration', exact: true }).click();
  });

  it('shows them by what they are about, with how each varies, once all is held', { timeout: 240_000 }, async () => {
    const { page } = app;
    const loaded = ['people', 'postings', 'exposures', 'absences'];
    await load(files.map(({ kind }) => kind).filter((kind) => !loaded.includes(kind)));
    await page.getByRole('link', { name: 'Indicators', exact: true }).click();
    await page.getByRole('heading', { name: 'Peer network' }).waitFor({ timeout: 60_000 });
    for (const title of ['Exposure', 'Screening', 'Absence', 'Support']) {
      await page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
    }
    expect(await page.getByTitle(/^(As usual|Concern: |Improvement: |Changed: )/).count()).toBeGreaterThan(5);
    // Three months of answers make no limits.
    expect(await page.getByTitle('Too few months', { exact: true }).count()).toBeGreaterThan(0);
    expect(await lookAll('indicators')).toEqual([]);
  });

  it('opens one: its run chart, the table behind it, its definition and its method', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByRole('gridcell', { name: 'Coverage of exposure tracking', exact: true }).click();
    await page.getByRole('img', { name: /^Run chart of coverage of exposure tracking/ }).waitFor({ timeout: 60_000 });
    await page.getByText(/^95% or more: (consistently passing|consistently failing|hit and miss)$/).waitFor();
    await page.getByRole('heading', { name: 'What it is' }).waitFor();
    expect(await lookAll('indicator')).toEqual([]);
    await page.getByRole('button', { name: 'Show table' }).click();
    await page.getByRole('columnheader', { name: /Upper limit/ }).waitFor();
    await page.getByRole('button', { name: 'How was this worked out?' }).click();
    await page.getByText('The same in R').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'All indicators' }).click();
    await page.getByText('36 months', { exact: true }).click();
    await page.getByRole('gridcell', { name: 'Sickness absence', exact: true }).waitFor({ timeout: 60_000 });
    expect(await lookAll('indicators-three-years')).toEqual([]);
    await page.getByText('24 months', { exact: true }).click();
  });

  it('has a target set by form, with what it means and what was wanted before', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByRole('gridcell', { name: 'Sickness absence', exact: true }).click();
    await page.getByText('No target is set. Set one').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Set a target' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Target' }).fill('30');
    const confirm = dialog.getByRole('button', { name: 'Set the target' });
    expect(await confirm.isDisabled(), 'without a reason').toBe(true);
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Agreed by the people board');
    expect(await lookAtPlace(app, 'indicator-target-form')).toEqual([]);
    await confirm.click();
    await page.getByText('30% or less: consistently passing').waitFor({ timeout: 60_000 });
    await page.getByText('Agreed by the people board', { exact: true }).waitFor();
    expect(await lookAll('indicator-target')).toEqual([]);
    await page.getByRole('button', { name: 'Change the target' }).click();
    await dialog.getByRole('textbox', { name: 'Target' }).fill('1');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Asked for by the chief officers');
    await confirm.click();
    await page.getByText('1% or less: consistently failing').waitFor({ timeout: 60_000 });
    await page.getByText('Agreed by the people board', { exact: true }).waitFor();
  });

  it('has the main ones on the overview, from where they open', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    const row = page.getByRole('gridcell', { name: 'Uptake of offers', exact: true });
    await row.waitFor({ timeout: 60_000 });
    expect(await lookAll('overview-indicators')).toEqual([]);
    await row.click();
    await page.getByRole('img', { name: /^Run chart of uptake of offers/ }).waitFor({ timeout: 60_000 });
    expect(await lookAll('indicator-offers')).toEqual([]);
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
