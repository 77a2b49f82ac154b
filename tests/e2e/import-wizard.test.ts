import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, choosePath, createVault, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
const rowsOfMillion = 1_000_000;

/** As a command and control system writes it: semicolons, Windows-1252, days first, its own words. */
function vendorFile(path: string): void {
  const lines = ['Person Ref;Occurred At;Category;Proximity;Minutes On Scene;Remark'];
  for (let row = 1; row <= 400; row += 1) {
    const day = String((row % 28) + 1).padStart(2, '0');
    const minutes = row % 100 === 7 ? 'about an hour' : String((row * 7) % 240);
    const proximity = row % 50 === 3 ? 'Zone 4' : ['Direct', 'secondary', 'remote'][row % 3];
    lines.push(`0${1_000 + (row % 60)};${day}/06/2026 1${row % 10}:15;RTC_FATAL;${proximity};${minutes};café`);
  }
  writeFileSync(path, Buffer.from(lines.join('\r\n'), 'latin1'));
}

async function millionRows(path: string): Promise<void> {
  function* lines() {
    yield 'person_ref,occurred_at,category,incident_ref,proximity,minutes_on_scene\n';
    for (let row = 1; row <= rowsOfMillion; row += 1) {
      const day = String((row % 28) + 1).padStart(2, '0');
      yield `P${row % 12_000},2026-0${(row % 6) + 1}-${day}T0${row % 10}:15,RTC_FATAL,I${row},direct,${row % 240}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path));
}

async function begin(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByRole('link', { name: 'Import a file' }).first().click();
  await page.getByRole('button', { name: 'Choose a file…' }).waitFor();
}

/** Tabs on until a control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let tabs = 0; tabs < 80; tabs += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the control was not reached by Tab');
}

describe.skipIf(why !== null)(`the import wizard${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  beforeAll(async () => {
    app = await openApp();
    vendorFile(join(app.folder, 'vendor.csv'));
    await createVault(app, passphrase);
  });
  afterAll(async () => {
    await app.close();
  });

  it('takes a file by keyboard, and shows how it was read', async () => {
    const { page } = app;
    await begin(page);
    expect(await lookAtPlace(app, 'wizard-choose')).toEqual([]);
    await tabTo(page, page.getByRole('button', { name: 'Choose a file…' }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.getByLabel('Folder', { exact: true }));
    await page.keyboard.press('Control+a');
    await page.keyboard.type(app.folder);
    await page.keyboard.press('Enter');
    const entry = dialog.getByRole('button', { name: /vendor\.csv/ });
    await entry.waitFor();
    await tabTo(page, entry);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'vendor.csv' }).waitFor();
    await page.getByRole('gridcell', { name: 'Direct' }).first().waitFor();
    expect(await page.getByRole('combobox', { name: 'Encoding' }).inputValue()).toMatch(/Windows-1252/);
    expect(await page.getByRole('combobox', { name: 'Columns parted by' }).inputValue()).toBe('semicolon');
    expect(await page.getByRole('textbox', { name: 'Columns are named in row' }).inputValue()).toBe('1');
    expect(await lookAtPlace(app, 'wizard-look')).toEqual([]);
  });

  it('shows the same rows as understood, and another header row by keyboard', async () => {
    const { page } = app;
    await page.getByText('As understood', { exact: true }).click();
    await page.getByRole('gridcell', { name: '2 Jun 2026, 11:15' }).first().waitFor();
    expect(await lookAtPlace(app, 'wizard-understood')).toEqual([]);
    await page.getByText('As read', { exact: true }).click();
    const grid = page.getByRole('grid');
    const named = page.getByRole('textbox', { name: 'Columns are named in row' });
    await tabTo(page, grid);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => named.inputValue()).toBe('2');
    await tabTo(page, grid);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => named.inputValue()).toBe('1');
    await page.getByRole('gridcell', { name: 'Direct' }).first().waitFor();
  });

  it('proposes what the columns mean, and goes on by keyboard', async () => {
    const { page } = app;
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByRole('heading', { name: 'What the columns mean' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Kind of extract' }).inputValue()).toBe('Exposures');
    await page
      .getByText('0001', { exact: false })
      .or(page.getByText('01001', { exact: false }))
      .first()
      .waitFor();
    expect(await lookAtPlace(app, 'wizard-map')).toEqual([]);
    await tabTo(page, page.getByRole('button', { name: 'Options of minutes_on_scene' }));
    await page.keyboard.press('Enter');
    await page.getByText('Multiply by').waitFor();
    expect(await lookAtPlace(app, 'wizard-map-options')).toEqual([]);
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByText('What loading would do').waitFor();
  });

  it('is gone on with after the vault was locked', async () => {
    const { page } = app;
    await page.getByRole('button', { name: /Not a number/ }).waitFor();
    await page.getByRole('button', { name: 'Lock the vault' }).click();
    await page.locator('input[type=password]').fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await begin(page);
    expect(await lookAtPlace(app, 'wizard-drafts')).toEqual([]);
    await tabTo(page, page.getByRole('button', { name: 'Go on: vendor.csv' }));
    await page.keyboard.press('Enter');
    await page.getByText('What loading would do').waitFor();
  });

  it('mends a problem by a rule and maps a value, by keyboard', async () => {
    const { page } = app;
    const numbers = page.getByRole('region', { name: /Not a number/ });
    const places = page.getByRole('region', { name: /Not in its list/ });
    for (const card of [numbers, places]) {
      const head = card.getByRole('button', { name: /rows/ }).first();
      if ((await head.getAttribute('aria-expanded')) === 'false') {
        await tabTo(page, head);
        await page.keyboard.press('Enter');
      }
    }
    await numbers.getByText('about an hour').first().waitFor();
    await numbers.getByText('Mends 4 of the 4 rows tried').waitFor();
    expect(await lookAtPlace(app, 'wizard-check')).toEqual([]);
    await tabTo(page, numbers.getByRole('radio', { name: 'Leave 4 rows out' }));
    const mend = numbers.getByRole('radio', { name: /Leave the field empty/ });
    for (let presses = 0; presses < 6 && !(await mend.isChecked()); presses += 1)
      await page.keyboard.press('ArrowDown');
    await numbers.getByRole('cell', { name: 'empty' }).first().waitFor();
    await tabTo(page, places.getByRole('radio', { name: 'Leave 8 rows out' }));
    await page.keyboard.press('ArrowDown');
    const meaning = places.getByRole('combobox', { name: 'Meaning of Zone 4' });
    await tabTo(page, meaning);
    await page.keyboard.type('second');
    await page.getByRole('option', { name: 'secondary' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await places.getByRole('cell', { name: 'secondary' }).first().waitFor();
    expect(await lookAtPlace(app, 'wizard-decided')).toEqual([]);
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByText('Every row can be loaded.').waitFor();
  });

  it('loads what is left, says what is next, and takes it out again', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Load 400 rows' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(/Loaded as batch \d+/).waitFor();
    expect(await lookAtPlace(app, 'wizard-done')).toEqual([]);
    await tabTo(page, page.getByRole('button', { name: 'Undo this import' }));
    await page.keyboard.press('Enter');
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Take it out' });
    await confirm.waitFor();
    await tabTo(page, confirm);
    await page.keyboard.press('Enter');
    await page.getByText('The import was taken out again.').waitFor();
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByRole('button', { name: 'Choose a file…' }).waitFor();
    expect(await page.getByText('Go on with an import').count()).toBe(0);
  });

  it('shows any of a million rows', async () => {
    const { page } = app;
    await millionRows(join(app.folder, 'million.csv'));
    await page.getByRole('button', { name: 'Choose a file…' }).click();
    await choosePath(page, app.folder, 'million.csv');
    await page.getByText('1,000,001 rows').waitFor();
    const grid = page.getByRole('grid');
    await grid.focus();
    await page.keyboard.press('Control+End');
    await page.getByRole('gridcell', { name: 'I1000000', exact: true }).waitFor();
    // By the bar: half way down.
    await grid.evaluate((element) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) / 2;
    });
    await page.getByRole('rowheader', { name: '500,000', exact: true }).waitFor();
    await page.getByRole('gridcell', { name: 'I499999', exact: true }).waitFor();
    await page.getByLabel('Go to row').fill('123456');
    await page.keyboard.press('Enter');
    await page.getByRole('gridcell', { name: 'I123455', exact: true }).waitFor();
    // Row by row across the places where the shift changes.
    for (let press = 0; press < 40; press += 1) await page.keyboard.press('PageDown');
    await page.getByRole('gridcell', { name: `I${123_455 + 40 * 12}`, exact: true }).waitFor();
    expect(await lookAtPlace(app, 'wizard-million')).toEqual([]);
    await page.getByText('As understood', { exact: true }).click();
    await page.getByText('1,000,000 rows').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+End');
    await page.getByRole('gridcell', { name: 'I1000000', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('button', { name: 'Choose a file…' }).waitFor();
  });

  it('made no request to anywhere, broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
