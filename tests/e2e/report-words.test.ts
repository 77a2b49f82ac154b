import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvFile } from '../integration/test-vault.ts';
import { type App, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
const people = 24;

describe.skipIf(why !== null)(
  `words beside the numbers of a report on screen${why === null ? '' : ` (${why})`}`,
  () => {
    let app: App;

    async function load(name: string, kind: string, header: string, lines: readonly string[]): Promise<void> {
      await app.call('imports.load', { file: csvFile(app.folder, name, header, lines), kind, mapping: null });
    }
    const events = (day: string): string[] =>
      Array.from({ length: people }, (_, at) => `P${at},${day}T10:00,RTC_FATAL`);
    const openReports = async (): Promise<void> => {
      await app.page.getByRole('link', { name: 'Reports', exact: true }).click();
      await app.page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
    };
    const preview = async (): Promise<void> => {
      await app.page.getByRole('button', { name: 'Preview', exact: true }).click();
      await app.page.getByRole('button', { name: 'Close the preview' }).waitFor();
    };
    const words = () => app.page.getByLabel('In short: your words at its start', { exact: true });

    beforeAll(async () => {
      app = await openApp();
      await app.page.setViewportSize({ width: 1280, height: 860 });
      const vault = join(app.folder, 'vault');
      await app.call('vault.create', { folder: vault, user: 'alice', roles: ['administrator', 'analyst'], passphrase });
      const rows = Array.from({ length: people }, (_, at) => `P${at},Response,North,2015-01-01`);
      await load('people.csv', 'people', 'person_ref,role,unit,service_start', rows);
      await load('first.csv', 'exposures', 'person_ref,occurred_at,category', [
        ...events('2025-06-01'),
        `P0,2026-03-01T10:00,RTC_FATAL`,
      ]);
      await app.page.reload();
      await app.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    }, 180_000);
    afterAll(() => app.close());

    it('finds the numbers that the report prints, and keeps the words as a draft', async () => {
      const { page } = app;
      await openReports();
      await preview();
      await page.getByLabel('Section to write beside').selectOption('In short');
      await page.getByRole('button', { name: 'Write at its start' }).click();
      await words().fill(`We recorded ${people} exposures; 77 nurses would help.`);
      await page.getByText('as in the report').waitFor();
      await page.getByText('not in this report').waitFor();
      await page.getByLabel('Name of the draft').fill('Spring');
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await page.getByText('“Spring” is saved in the vault.').waitFor();
      expect(await lookAtWholePlace(app, 'report-words', 3_400)).toEqual([]);
    });

    it('marks a number that has changed after an import, in the words of a draft that was opened', async () => {
      const { page } = app;
      const more = events('2025-07-01');
      await load('second.csv', 'exposures', 'person_ref,occurred_at,category', more);
      await page.reload();
      await openReports();
      await page.getByLabel('Drafts of this report').selectOption({ index: 1 });
      await page.getByRole('button', { name: 'Open it' }).click();
      await preview();
      await page.getByText('1 number in your words has changed').waitFor();
      await page.getByText(`${people} → ${2 * people}`).waitFor();
      await page
        .getByRole('mark')
        .or(page.locator('mark'))
        .getByText(`${people} [now ${2 * people}]`)
        .waitFor();
      expect(await lookAtWholePlace(app, 'report-words-changed', 3_400)).toEqual([]);
      await page.getByRole('button', { name: `Use ${2 * people}`, exact: true }).click();
      expect(await words().inputValue()).toBe(`We recorded ${2 * people} exposures; 77 nurses would help.`);
      // Another place and back: nothing is lost.
      await page.getByRole('link', { name: 'Overview', exact: true }).click();
      await openReports();
      expect(await words().inputValue()).toContain(`We recorded ${2 * people} exposures`);
      const folder = join(app.folder, 'report');
      await page.getByLabel('New folder for the report').fill(folder);
      await page.getByRole('button', { name: 'Build and save' }).click();
      await page.getByText('The report is built').waitFor({ timeout: 60_000 });
      const html = readFileSync(join(folder, 'exposure-and-wellbeing.html'), 'utf8');
      expect(html).toContain(`We recorded ${2 * people} exposures; 77 nurses would help.`);
      expect(html).not.toContain('<mark>');
    });
  },
);
