import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '#main/engine/index.ts';
import type { InputOf, OperationName } from '#shared/contract/index.ts';
import { csvFile, passphrase, user } from '../integration/test-vault.ts';
import { type App, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const purpose = 'Chief officers, first quarter';

/** A vault with an analyst who administers it too, an administrator beside them, and a unit too small to show. */
async function prepare(folder: string): Promise<void> {
  const engine = createEngine({ settingsFolder: join(folder, 'settings'), idleLock: false });
  const ask = async <Name extends OperationName>(operation: Name, input: InputOf<Name>): Promise<void> => {
    const answer = await engine.call({ operation, input, callId: `${operation} ${JSON.stringify(input).length}` });
    expect(answer.ok ? null : answer.error, operation).toBeNull();
  };
  await ask('vault.create', { folder: join(folder, 'vault'), user, roles: ['administrator', 'analyst'], passphrase });
  await ask('users.add', { name: 'bea', roles: ['administrator'], passphrase });
  const load = (kind: string, header: string, lines: readonly string[]): Promise<void> =>
    ask('imports.load', { file: csvFile(folder, `${kind}.csv`, header, lines), kind, mapping: null });
  const people = Array.from({ length: 120 }, (_, at) => `P${at},Constable,${at < 3 ? 'Marine' : at < 60 ? 'A' : 'B'}`);
  await load('people', 'person_ref,role,unit', people);
  const codes = ['RTC_FATAL', 'HOMICIDE_SCENE', 'SUICIDE_COMPLETED'];
  const exposures = Array.from({ length: 600 }, (_, at) => {
    const day = new Date(Date.UTC(2025, 0, 1 + (at % 365))).toISOString().slice(0, 10);
    return `P${at % 120},${day}T10:00:00,${codes[at % 3]},I${at}`;
  });
  await load('exposures', 'person_ref,occurred_at,category,incident_ref', exposures);
  await engine.close();
}

describe.skipIf(why !== null)(`the release of a report on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  async function unlock(name: string): Promise<void> {
    const { page } = app;
    await page.locator('input[type=password]').waitFor();
    await page.getByRole('combobox', { name: 'User name' }).fill(name);
    await page.locator('input[type=password]').fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('link', { name: 'Administration', exact: true }).waitFor();
  }

  async function becomes(name: string): Promise<void> {
    await app.page.getByRole('button', { name: 'Lock the vault' }).click();
    await unlock(name);
  }

  beforeAll(async () => {
    app = await openApp();
    await prepare(app.folder);
    await app.page.reload();
    await unlock(user);
  }, 60_000);
  afterAll(() => app.close());

  it('shows what leaves, writes the forms that were chosen, and offers to open them', {
    timeout: 180_000,
  }, async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Reports', exact: true }).click();
    const maker = page.getByRole('region', { name: 'Build a report' });
    await maker.getByLabel('Word', { exact: true }).uncheck();
    await maker.getByRole('button', { name: 'Preview' }).click();
    const leaves = page.getByRole('region', { name: 'What leaves' });
    await leaves.getByText('OFFICIAL-SENSITIVE').waitFor({ timeout: 60_000 });
    expect(await leaves.getByText('exposure-and-wellbeing.docx').count()).toBe(0);
    await leaves.getByRole('columnheader', { name: 'Places for a number' }).waitFor();
    expect(await lookAtWholePlace(app, 'report-leaves', 3_400)).toEqual([]);
    await maker.getByLabel('New folder for the report').fill(join(app.folder, 'first'));
    await maker.getByRole('button', { name: 'Build and save' }).click();
    await maker.getByRole('button', { name: 'Open exposure-and-wellbeing.pdf' }).waitFor({ timeout: 120_000 });
    expect(await maker.getByRole('button', { name: 'Open tables.R' }).count()).toBe(0);
    expect(readdirSync(join(app.folder, 'first')).filter((name) => name.endsWith('.docx'))).toEqual([]);
    await maker.getByRole('button', { name: 'Show in folder: tables.R' }).scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'report-built')).toEqual([]);
  });

  it('is made a matter of two people by an administrator, with a reason', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Administration', exact: true }).click();
    const rule = page.getByRole('region', { name: 'Who releases reports and bundles' });
    await rule.getByRole('button', { name: 'Ask for two people…' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Agreed with information security');
    await page.getByRole('dialog').getByRole('button', { name: 'Set the rule' }).click();
    await rule.getByText(/^Two people release:/).waitFor();
    await rule.scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'release-rule')).toEqual([]);
  });

  it('waits for another person, who sees exactly what leaves and agrees to it', { timeout: 240_000 }, async () => {
    const { page } = app;
    const out = join(app.folder, 'agreed');
    await page.getByRole('link', { name: 'Reports', exact: true }).click();
    const maker = page.getByRole('region', { name: 'Build a report' });
    await maker.getByLabel('New folder for the report').fill(out);
    const ask = maker.getByRole('button', { name: 'Ask to release' });
    expect(await ask.isDisabled()).toBe(true);
    await maker.getByLabel('For whom and why').fill(purpose);
    await ask.click();
    await maker.getByText('Waiting for a second person').waitFor({ timeout: 60_000 });
    expect(existsSync(out)).toBe(false);
    expect(await lookAtWholePlace(app, 'report-asked', 2_600)).toEqual([]);

    await becomes('bea');
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByText('1 request waits for you to agree or decline.').waitFor();
    await page.getByRole('link', { name: 'Open the requests' }).click();
    await page.getByRole('button', { name: 'Look at it… Exposure and wellbeing' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(purpose).waitFor();
    await dialog.getByRole('article').waitFor({ timeout: 60_000 });
    expect(await lookAtWholePlace(app, 'report-look', 1_900)).toEqual([]);
    await dialog.getByLabel('Note').fill('Read in full');
    await dialog.getByRole('button', { name: 'Agree to this' }).click();
    await page.getByText('Agreed', { exact: true }).waitFor();
    expect(await lookAtPlace(app, 'report-agreed-rights')).toEqual([]);
  });

  it('is then built once by whoever asked', { timeout: 240_000 }, async () => {
    const { page } = app;
    const out = join(app.folder, 'agreed');
    await becomes(user);
    await page.getByRole('link', { name: 'Reports', exact: true }).click();
    const asked = page.getByRole('region', { name: 'Asked to be released' });
    await asked.getByText('Read in full').waitFor();
    await asked.getByRole('button', { name: 'Build… Exposure and wellbeing' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New folder for the report').fill(out);
    await dialog.getByRole('button', { name: 'Build and save' }).click();
    await dialog.getByText('The report is built').waitFor({ timeout: 120_000 });
    expect(await lookAtPlace(app, 'report-agreed-built')).toEqual([]);
    expect(readdirSync(out)).toContain('manifest.json');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await asked.getByText('Built', { exact: true }).waitFor();
    expect(app.complaints).toEqual([]);
  });
});
