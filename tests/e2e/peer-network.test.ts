import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePeerExtracts } from '../fixtures/peer-extracts.ts';
import { type App, createVault, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`the peer network on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, passphrase);
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
    expect(await lookAtWholePlace(app, 'peer-network', 3_900)).toEqual([]);
  });

  it('looks closer at a place in words, with a table behind the picture', async () => {
    const { page } = app;
    await page.getByRole('combobox', { name: 'Look closer at a place' }).click();
    await page.getByRole('option', { name: 'Asked in South' }).click();
    await page.getByText(/^South, \d+ people asked. By the base of their first contact: /).waitFor();
    const picture = page
      .getByRole('region')
      .filter({ has: page.getByRole('img', { name: /^Picture of the network/ }) });
    await picture.getByRole('button', { name: 'Show table' }).click();
    await page.getByRole('columnheader', { name: 'First met somebody of' }).waitFor();
  });

  it('proposes matches, and keeps the one that is accepted and the one that is declined', {
    timeout: 60_000,
  }, async () => {
    const { page } = app;
    await page.getByRole('tab', { name: 'Matching' }).click();
    await page.getByRole('heading', { name: /^12 requests wait, / }).waitFor({ timeout: 30_000 });
    await page.getByText('Nothing here happens by itself').waitFor();
    await page.getByText('Nobody ready speaks Urdu.').waitFor();
    const request = (at: number) =>
      page
        .getByRole('table', { name: 'Proposed matches' })
        .locator('code')
        .nth(2 * at);
    const [first, second] = [await request(0).innerText(), await request(1).innerText()];
    await page.getByRole('button', { name: `Accept ${first}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('button', { name: `Take back ${first}` }).waitFor();
    await page.getByRole('heading', { name: /^11 requests wait, / }).waitFor();
    await page.getByRole('button', { name: `Decline ${second}` }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('they work in one team');
    expect(await lookAtPlace(app, 'peer-matching-decline')).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click();
    const decided = page.getByRole('table', { name: 'Decisions' });
    await decided.getByText('they work in one team').waitFor();
    await decided.getByText('accepted by alice').waitFor();
    expect(await lookAtWholePlace(app, 'peer-matching', 1_700)).toEqual([]);
    const { decisions } = (await app.call('peers.decisions', {})) as { readonly decisions: readonly object[] };
    expect(decisions).toMatchObject([
      { request: second, decision: 'declined', reason: 'they work in one team', holds: true },
      { request: first, decision: 'accepted', reason: '', holds: true },
    ]);
    expect(await page.getByRole('main').innerText()).not.toContain('token-');
  });

  it('shows an evaluator the figures, and neither a volunteer nor a request', { timeout: 60_000 }, async () => {
    const { page } = app;
    await app.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
    await page.getByRole('button', { name: 'Lock the vault' }).click();
    await page.getByRole('combobox', { name: 'User name' }).fill('eva');
    await page.locator('input[type=password]').fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('link', { name: 'Support', exact: true }).click();
    await page.getByRole('tab', { name: 'Peer network' }).click();
    await page.getByText('The list of volunteers, with their load').waitFor();
    await page.getByText('Places are withheld where fewer than five').waitFor();
    expect(await lookAtWholePlace(app, 'peer-network-evaluator', 2_900)).toEqual([]);
    expect(await page.getByRole('main').innerText()).not.toMatch(/REQ-\d|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    await page.getByRole('tab', { name: 'Matching' }).click();
    await page.getByText('Matches are proposed to whoever coordinates the network').waitFor();
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
