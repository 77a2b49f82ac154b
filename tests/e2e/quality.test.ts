import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPlanted } from '../integration/quality-force.ts';
import { type App, createVault, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`data quality on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  const call = (operation: string, input: unknown) => app.call(operation, input);

  const goToQuality = async (): Promise<void> => {
    const { page } = app;
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('link', { name: 'Quality', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Data quality' }).waitFor();
  };

  /** Looks at the place from its top to its end, a screen at a time. */
  const lookAll = async (name: string): Promise<unknown[]> => {
    const { page } = app;
    const found: unknown[] = [];
    await page.setViewportSize({ width: 1360, height: 5_200 });
    await page.waitForTimeout(600);
    found.push(...(await lookAtPlace(app, name)));
    await page.setViewportSize({ width: 1360, height: 860 });
    return found;
  };

  beforeAll(async () => {
    app = await openApp();
    await createVault(app, passphrase);
  });
  afterAll(() => app.close());

  it('says what to do while there is nothing to judge', async () => {
    await goToQuality();
    await app.page.getByText('There is nothing to judge yet').waitFor();
    expect(await lookAtPlace(app, 'quality-empty')).toEqual([]);
  });

  it('is worked out anew when extracts have come', { timeout: 400_000 }, async () => {
    const { page } = app;
    // A place that asks nothing of the extracts, so that not every one of them is followed by a new reading.
    await page.getByRole('link', { name: 'Administration', exact: true }).click();
    const extracts = join(app.folder, 'extracts');
    mkdirSync(extracts);
    await loadPlanted({ call: call as never }, extracts);
    await goToQuality();
    await page.getByRole('heading', { name: /things to look into/ }).waitFor({ timeout: 60_000 });
  });

  it('shows the planted faults first and in words, clean for axe in both themes', async () => {
    const { page } = app;
    await page.getByRole('heading', { name: /things to look into/ }).waitFor();
    for (const words of [
      'Duties: no rows for South, May 2025',
      'Absences: reason_code is no longer filled since Oct 2025',
      'Attendances: three months below the lower limit since Dec 2025',
      'Incidents: opened_code “RTC-NEW” is new',
    ]) {
      expect(await page.getByRole('heading', { name: words }).count(), words).toBeGreaterThan(0);
    }
    expect(await lookAtPlace(app, 'quality')).toEqual([]);
    expect(await lookAll('quality-whole')).toEqual([]);
  });

  it('has a table behind each chart, and lists the rows that were noted', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Show table' }).first().click();
    await page.getByText('0% (gap)').first().waitFor();
    await page.getByRole('button', { name: 'Show chart' }).first().click();
    await page
      .getByRole('row', { name: /UNKNOWN_PERSON/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('UNKNOWN_PERSON').first().waitFor();
    expect(await lookAtPlace(app, 'quality-notes')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'How was this worked out?' }).click();
    await page
      .getByText(/false discovery rate/)
      .first()
      .waitFor();
    expect(await lookAtPlace(app, 'quality-worked-out')).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
