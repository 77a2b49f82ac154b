import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePeerExtracts } from '../fixtures/peer-extracts.ts';
import { type App, createVault, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();

describe.skipIf(why !== null)(`the peer network on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, 'seven quiet herons wait');
  });
  afterAll(() => app.close());

  it('says what to import while nothing of it is held', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Support', exact: true }).click();
    await page.getByRole('tab', { name: 'Peer network' }).click();
    await page.getByText('No peer network yet').waitFor();
    expect(await lookAtPlace(app, 'peer-network-empty')).toEqual([]);
    await page.getByRole('link', { name: 'Administration', exact: true }).click();
  });

  it('shows who is ready and who carries much, where places are short and how long people wait', {
    timeout: 120_000,
  }, async () => {
    const { page } = app;
    for (const { kind, file } of writePeerExtracts(app.folder, 60)) {
      await app.call('imports.load', { file, kind, mapping: null });
    }
    await page.getByRole('link', { name: 'Support', exact: true }).click();
    await page
      .getByRole('heading', { name: /^Coast: people asked, and no ready volunteer/ })
      .waitFor({ timeout: 30_000 });
    expect(await lookAtWholePlace(app, 'peer-network', 3_400)).toEqual([]);
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
