import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createVault, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`dose and response on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  let files: readonly { readonly kind: string; readonly path: string }[] = [];

  const call = (operation: string, input: unknown) => app.call(operation, input);
  const load = async (kinds: readonly string[]): Promise<void> => {
    for (const { kind, path } of files) {
      if (kinds.includes(kind)) await call('imports.load', { file: path, kind, mapping: null });
    }
  };
  const openTab = async (): Promise<void> => {
    await app.page.getByRole('link', { name: 'Exposure', exact: true }).click();
    await app.page.getByRole('tab', { name: 'Dose–response' }).click();
  };
  const choose = async (label: string, option: RegExp): Promise<void> => {
    await app.page.getByRole('combobox', { name: label, exact: true }).click();
    await app.page.getByRole('option', { name: option }).click();
  };
  /** The whole place at once, to look at. */
  const lookAll = (name: string, heightPx: number) => lookAtWholePlace(app, name, heightPx);

  beforeAll(async () => {
    app = await openApp();
    const { page } = app;
    await page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, passphrase);
    const force = { folder: join(app.folder, 'force'), people: 1_500, years: 4, seed: 5 };
    ({ files } = await call('synthetic.write', { ...force, kinds: ['people', 'exposures', 'screenings'] }));
    await load(['people', 'exposures']);
  }, 240_000);
  afterAll(() => app.close());

  it('says what to import while there are no screenings', { timeout: 60_000 }, async () => {
    await openTab();
    await app.page.getByText('No screenings yet').waitFor();
    expect(await lookAtPlace(app, 'dose-empty')).toEqual([]);
  });

  it('draws the curve, the windows and the schemes of a score', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await load(['screenings']);
    await openTab();
    await choose('Instrument', /PHQ-9|Patient Health/);
    await page.getByText('180 days', { exact: true }).click();
    await page
      .getByRole('heading', { level: 2, name: /^Each exposure more went with 0\.\d+ points more on PHQ-9 \(95%/ })
      .waitFor({ timeout: 60_000 });
    await page.getByRole('img', { name: /^Curve of the outcome by exposure with its 95% interval/ }).waitFor();
    await page.getByRole('img', { name: /^One row a window/ }).waitFor();
    await page.getByText('Rank correlation of the two').waitFor();
    await page.getByText(/^Associations, not causes/).waitFor();
    expect(await lookAll('dose-score', 2_200)).toEqual([]);
    await page.getByRole('button', { name: 'Show table' }).first().click();
    await page.getByRole('columnheader', { name: /Upper 95%/ }).waitFor();
  });

  it('tells caseness as odds on a log scale', { timeout: 120_000 }, async () => {
    const { page } = app;
    await choose('Outcome', /^Case by caseness: 10 or more/);
    await page.getByRole('heading', { level: 2, name: /times the odds of a case/ }).waitFor({ timeout: 60_000 });
    expect(await lookAll('dose-case', 2_200)).toEqual([]);
  });

  it('names the unit of a scheme of weights, and marks it as a sensitivity view', { timeout: 120_000 }, async () => {
    const { page } = app;
    await choose('Scheme', /^Tiered weights/);
    await page.getByText('A sensitivity view').waitFor();
    await page
      .getByRole('heading', { level: 2, name: /^Each unit of weighted exposure more went with 1\.\d+ times the odds/ })
      .waitFor({ timeout: 60_000 });
    expect(await lookAll('dose-tiered', 2_300)).toEqual([]);
    await choose('Scheme', /^Plain counts/);
  });

  it('says why where too few screenings make no curve', { timeout: 60_000 }, async () => {
    const { page } = app;
    await page.getByLabel('As of').fill('1 May 2022');
    await page.keyboard.press('Enter');
    await page.getByText('No curve can be drawn from these screenings').waitFor({ timeout: 30_000 });
    await page.getByText(/a curve needs 100/).waitFor();
    expect(await lookAtPlace(app, 'dose-too-few')).toEqual([]);
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
