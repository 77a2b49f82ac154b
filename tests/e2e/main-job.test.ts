import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeForce } from '#main/services/synthetic/index.ts';
import { type App, chooseFolder, choosePath, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`the main job on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  let extracts: string;

  beforeAll(async () => {
    app = await openApp();
    extracts = join(app.folder, 'extracts');
    await writeForce(extracts, { people: 250, years: 2 });
  });
  afterAll(async () => {
    await app.close();
  });

  it('creates a vault and shows the recovery keys once', async () => {
    const { page } = app;
    expect(await lookAtPlace(app, 'lock')).toEqual([]);
    await page.getByRole('button', { name: 'Create a vault…' }).click();
    await page.getByLabel('Folder of the new vault').fill(join(app.folder, 'vault'));
    await page.getByLabel('User name').fill('alice');
    const [first, second] = await page.locator('input[type=password]').all();
    await first?.fill(passphrase);
    await second?.fill(passphrase);
    expect(await lookAtPlace(app, 'create-vault')).toEqual([]);
    await page.getByRole('button', { name: 'Create the vault' }).click();
    await page.getByText('Put these two keys away').waitFor();
    expect(await page.getByText(/^vault-key /).count()).toBe(1);
    expect(await page.getByText(/^clinic-key /).count()).toBe(1);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Go to the vault' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect(existsSync(join(app.folder, 'vault', 'vault.db'))).toBe(true);
  });

  it('says what to do while the vault is empty', async () => {
    await app.page
      .getByText(/import/i)
      .first()
      .waitFor();
    expect(await lookAtPlace(app, 'overview-empty')).toEqual([]);
  });

  it.each([
    ['people', 'people.csv'],
    ['exposures', 'exposures.csv'],
    ['screenings', 'screenings.csv'],
  ])('imports %s through the wizard', async (kind, file) => {
    const { page } = app;
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    const begin = page
      .getByRole('link', { name: 'Import a file' })
      .or(page.getByRole('button', { name: 'Import a file' }));
    await begin.first().click();
    // The wizard keeps its place, and after the first import that is the end of it.
    const another = page.getByRole('button', { name: 'Import another file' });
    await page.getByRole('button', { name: 'Choose a file…' }).or(another).first().waitFor();
    if (await another.isVisible()) await another.click();
    await page.getByRole('button', { name: 'Choose a file…' }).click();
    await choosePath(page, extracts, file);
    await page.getByText('Rows of the file').first().waitFor();
    expect(await lookAtPlace(app, `import-look-${kind}`)).toEqual([]);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('What the columns mean').first().waitFor();
    expect(await lookAtPlace(app, `import-map-${kind}`)).toEqual([]);
    await page.getByRole('button', { name: 'Check every row' }).click();
    await page.getByText('What loading would do').waitFor();
    expect(await lookAtPlace(app, `import-check-${kind}`)).toEqual([]);
    await page.getByRole('button', { name: /^Load [\d,]+ rows?$/ }).click();
    await page.getByText(/Loaded as batch \d+/).waitFor();
    expect(await lookAtPlace(app, `import-done-${kind}`)).toEqual([]);
  });

  it.each([
    ['Overview', 'Overview'],
    ['Data', 'Data'],
    ['Exposure', 'Exposure'],
    ['Administration', 'Administration'],
  ])('shows the place %s, clean for axe in both themes', async (place, heading) => {
    const { page } = app;
    await page.getByRole('link', { name: place, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.waitForTimeout(1_500);
    expect(await lookAtPlace(app, place.toLowerCase())).toEqual([]);
  });

  it('shows teams and people, and one person’s timeline', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Exposure', exact: true }).click();
    await page.getByRole('tab', { name: 'Teams' }).click();
    await page.waitForTimeout(1_500);
    expect(await lookAtPlace(app, 'exposure-teams')).toEqual([]);
    await page.getByRole('tab', { name: 'People' }).click();
    const pseudonym = page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/).first();
    await pseudonym.waitFor();
    expect(await lookAtPlace(app, 'exposure-people')).toEqual([]);
    await pseudonym.click();
    await page.waitForTimeout(1_500);
    expect(await lookAtPlace(app, 'exposure-person')).toEqual([]);
    expect(await page.locator('body').textContent()).not.toMatch(/risk of illness|risk score/i);
    await page.keyboard.press('Escape');
  });

  it('previews, builds and saves the report, and verifies it', async () => {
    const { page } = app;
    const folder = join(app.folder, 'report');
    await page.getByRole('link', { name: 'Reports', exact: true }).click();
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.getByRole('button', { name: 'Close the preview' }).waitFor();
    expect(await lookAtPlace(app, 'report-preview')).toEqual([]);
    await page.getByRole('button', { name: 'Close the preview' }).click();
    await page.getByLabel('New folder for the report').fill(folder);
    await page.getByRole('button', { name: 'Build and save' }).click();
    await page.getByText('The report is built').waitFor({ timeout: 60_000 });
    expect(await lookAtPlace(app, 'reports')).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual([
      'exposure-and-wellbeing.docx',
      'exposure-and-wellbeing.html',
      'exposure-and-wellbeing.pdf',
      'facts.json',
      'manifest.json',
      'signature.json',
      'tables.R',
    ]);
    expect(readFileSync(join(folder, 'exposure-and-wellbeing.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByRole('button', { name: 'Choose a report’s folder…' }).click();
    await chooseFolder(page, folder);
    await page.getByText(/Everything is the same/).waitFor({ timeout: 60_000 });
  });

  it('works by keyboard: the palette goes to a place, and the lock ends the session', async () => {
    const { page } = app;
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('combobox', { name: 'Find or do' });
    await palette.waitFor();
    await palette.pressSequentially('Exposure');
    await page
      .getByRole('listbox')
      .getByRole('option', { name: /Exposure/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Exposure' }).waitFor();
    await page.getByRole('button', { name: /lock/i }).first().click();
    await page.getByRole('button', { name: 'Unlock' }).waitFor();
    expect(await page.locator('body').textContent()).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
  });

  it('refuses a wrong passphrase in words and opens again with the right one', async () => {
    const { page } = app;
    const passphraseField = page.locator('input[type=password]');
    await passphraseField.fill('not the passphrase at all');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText(/do not open this vault/).waitFor();
    await passphraseField.fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('made no request to anywhere, broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
