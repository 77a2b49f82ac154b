import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAll, writeExtracts } from '../integration/rights-force.ts';
import { type App, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`rights and the audit log on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  let person: string;

  const call = (operation: string, input: unknown) => app.call(operation, input);
  const goTo = async (link: string, heading: string): Promise<void> => {
    await app.page.getByRole('link', { name: link, exact: true }).click();
    await app.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  const lookTall = async (name: string): Promise<unknown[]> => {
    await app.page.setViewportSize({ width: 1360, height: 1_900 });
    await app.page.waitForTimeout(400);
    const found = await lookAtPlace(app, name);
    await app.page.setViewportSize({ width: 1360, height: 860 });
    return found;
  };

  beforeAll(async () => {
    app = await openApp();
    const folder = join(app.folder, 'vault');
    await call('vault.create', { folder, user: 'alice', roles: ['administrator', 'analyst', 'clinician'], passphrase });
    await loadAll({ call } as never, writeExtracts(app.folder));
    await call('retention.set', { kind: 'exposures', months: 12 });
    const load: { result: { rows: { person: string }[] } } = await call('analyses.run', {
      method: 'exposure-load',
      spec: { asOf: '2026-12-31', rows: true },
    });
    person = load.result.rows[0]!.person;
    await app.page.reload();
    await app.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  }, 180_000);
  afterAll(() => app.close());

  it('shows who did what in words, filters it, and says that the chain holds', async () => {
    const { page } = app;
    await goTo('Administration', 'Administration');
    await page.getByText('Imported attendances').first().waitFor();
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText(/Every link holds/).waitFor();
    await page.getByText('Audit log', { exact: true }).first().scrollIntoViewIfNeeded();
    expect(await lookTall('audit-log')).toEqual([]);
    await page.getByLabel('Search codes and numbers').fill('attendances');
    await page.getByText('1 entries').waitFor();
  });

  it('shows what is held on a person, and asks twice before they are erased', async () => {
    const { page } = app;
    await goTo('Rights', 'Rights and retention');
    await page.getByLabel('Pseudonym').fill(person);
    await page.getByLabel('Reason').first().fill('request of 3 March');
    await page.getByRole('button', { name: 'Show what is held' }).click();
    await page.getByText('Known as').waitFor();
    expect(await lookTall('rights-held')).toEqual([]);
    await page.getByRole('button', { name: 'Ask for erasure…' }).click();
    await page.getByRole('button', { name: 'File the request' }).click();
    await page.getByRole('button', { name: 'Erase…' }).click();
    await page.getByText('This cannot be undone.').waitFor();
    expect(await lookAtPlace(app, 'rights-erase')).toEqual([]);
    const erase = page.getByRole('button', { name: 'Erase for good' });
    expect(await erase.isDisabled()).toBe(true);
    await page.getByLabel(`Type ${person} to erase this person`).fill(person);
    await erase.click();
    await page.getByText(`${person} has been erased`).waitFor({ timeout: 60_000 });
    expect(await lookTall('rights-erased')).toEqual([]);
  });

  it('puts old rows up for review and deletes them when somebody says so', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByText('Batches keep the counts').waitFor();
    expect(await lookAtPlace(app, 'retention-delete')).toEqual([]);
    await page.getByRole('dialog').getByLabel('Reason').fill('older than agreed');
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText(/^Deleted \d/).waitFor();
    expect(app.complaints).toEqual([]);
  });
});
