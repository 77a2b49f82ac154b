import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createVault, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`the charts of exposure on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  const call = (operation: string, input: unknown) => app.call(operation, input);

  /** The whole place at once, to look at. */
  const lookAll = (name: string, heightPx: number) => lookAtWholePlace(app, name, heightPx);

  beforeAll(async () => {
    app = await openApp();
    const { page } = app;
    await page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, passphrase);
    const force = (await call('synthetic.write', {
      folder: join(app.folder, 'force'),
      people: 500,
      years: 3,
      seed: 7,
    })) as unknown as { readonly files: readonly { readonly kind: string; readonly path: string }[] };
    for (const { kind, path } of force.files) {
      if (['people', 'exposures', 'duties'].includes(kind)) {
        await call('imports.load', { file: path, kind, mapping: null });
      }
    }
  }, 240_000);
  afterAll(() => app.close());

  it('draws a run chart of the force, and says how often a signal is chance', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Exposure', exact: true }).click();
    await page.getByText(/% of stable charts of \d+ points show a signal by chance/).waitFor({ timeout: 60_000 });
    await page.getByRole('img', { name: /^Run chart by month with its mean and limits/ }).waitFor();
    expect(await lookAll('exposure-run-force', 2_100)).toEqual([]);
  });

  it('lists the charts of the units, and draws the one that is chosen by key', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByText('Unit', { exact: true }).first().click();
    const list = page.getByRole('grid', { name: 'All charts' });
    await list.waitFor({ timeout: 60_000 });
    await page.getByText(/Of these \d+ charts \d+ signal; about [\d.]+ would even if nothing had changed/).waitFor();
    const third = list.getByRole('row').nth(3);
    const name = await third.getByRole('gridcell').first().innerText();
    await list.getByRole('row').nth(1).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: new RegExp(`^${name}:`) }).waitFor();
    expect(await lookAll('exposure-run-units', 1_500)).toEqual([]);
  });

  it('sets units in a funnel, beside all units and beside the same roles', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByRole('tab', { name: 'Teams' }).click();
    await page.getByRole('img', { name: /^Funnel plot of units/ }).waitFor({ timeout: 60_000 });
    await page.getByText(/^Exposures per 100 duty days, by the unit held on the day/).waitFor();
    expect(await lookAll('exposure-funnel', 3_000)).toEqual([]);
    await page.getByText('The same roles elsewhere', { exact: true }).click();
    await page.getByText(/as if it had the roles of the whole force/).waitFor();
    expect(await lookAll('exposure-funnel-roles', 900)).toEqual([]);
    await page.getByRole('button', { name: 'Show table' }).first().click();
    await page.getByRole('columnheader', { name: /Upper 99.8%/ }).waitFor();
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
