import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '#main/engine/index.ts';
import type { InputOf, OperationName } from '#shared/contract/index.ts';
import { csvFile, passphrase, user } from '../integration/test-vault.ts';
import { type App, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();

const codes = ['SUDDEN DEATH', 'RTC FATAL', 'Concern for safety', 'NOISE', 'P101', 'Q17'];

/** A vault with incidents and attendances, which the app then finds among those opened before. */
async function prepare(folder: string): Promise<void> {
  const engine = createEngine({ settingsFolder: join(folder, 'settings'), idleLock: false });
  const ask = async <Name extends OperationName>(operation: Name, input: InputOf<Name>): Promise<void> => {
    const answer = await engine.call({ operation, input, callId: `${operation} ${JSON.stringify(input).length}` });
    expect(answer.ok ? null : answer.error, operation).toBeNull();
  };
  await ask('vault.create', { folder: join(folder, 'vault'), user, roles: ['analyst'], passphrase });
  const load = (kind: string, header: string, lines: readonly string[]): Promise<void> =>
    ask('imports.load', { file: csvFile(folder, `${kind}.csv`, header, lines), kind, mapping: null });
  await load(
    'people',
    'person_ref,role,unit',
    Array.from({ length: 30 }, (_, at) => `P${at},Response,North`),
  );
  const days = Array.from({ length: 120 }, (_, at) => at);
  const day = (at: number): string => `2026-0${1 + Math.floor(at / 28)}-${String(1 + (at % 28)).padStart(2, '0')}`;
  await load(
    'incidents',
    'incident_ref,created_at,opened_code,closed_codes',
    days
      .slice(0, 110)
      .map((at) => `I${at},${day(at % 112)}T09:00:00,${codes[at % 6]},${at % 3 === 0 ? codes[at % 6] : ''}`),
  );
  await load(
    'attendances',
    'incident_ref,person_ref,arrived_at,cleared_at',
    days.flatMap((at) =>
      [0, 1, 2].map((one) => `I${at},P${(at + one) % 30},${day(at % 112)}T09:1${one}:00,${day(at % 112)}T10:00:00`),
    ),
  );
  await engine.close();
}

describe.skipIf(why !== null)(`code lists on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  beforeAll(async () => {
    app = await openApp();
    await prepare(app.folder);
    await app.page.reload();
    await app.page.locator('input[type=password]').fill(passphrase);
    await app.page.getByRole('button', { name: 'Unlock' }).click();
    await app.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });
  afterAll(() => app.close());

  it('shows what has no rule, and works through it by keyboard', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('link', { name: 'Code lists' }).click();
    await page.getByRole('heading', { level: 2, name: '6 codes without a rule' }).waitFor();
    await page.getByText('0% of 360 attendances belong to incidents whose codes have a rule.').waitFor();
    expect(await lookAtPlace(app, 'codes-unmapped')).toEqual([]);
    const first = page.locator('table[aria-label="6 codes without a rule"] tr[data-index="0"]');
    await first.focus();
    // The first row's proposal, the second not traumatic, the third chosen by typing.
    await page.keyboard.press('p');
    await page.keyboard.press('n');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('fatal road');
    await page.keyboard.press('Enter');
    expect(await lookAtPlace(app, 'codes-choose')).toEqual([]);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    // The focus is back on the row, from where the next two are marked and decided together.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.getByText('2 codes marked').waitFor();
    await page.getByRole('button', { name: 'Not traumatic', exact: true }).click();
    await page.getByText('Not saved yet: 5 rules added or changed, 0 taken out').waitFor();
  });

  it('shows what would change, and saves it with a reason', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'See what would change' }).click();
    await page.getByText('With the changes').waitFor();
    await page.getByLabel('Why are the rules changed?').fill('The first list');
    await page.getByLabel('Why are the rules changed?').scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'codes-preview')).toEqual([]);
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText('Version 1 is in force. Results from now on name it.').waitFor();
    await page.getByRole('heading', { level: 2, name: '1 code without a rule' }).waitFor();
    await page.getByText('The first list').scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'codes-saved')).toEqual([]);
  });

  it('gives a rule days, and refuses one for everything', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Add a rule…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Code' }).fill('*');
    await dialog.getByRole('textbox', { name: 'From' }).fill('1/4/2026');
    await dialog.getByRole('textbox', { name: 'To' }).fill('31/3/2026');
    await dialog.getByRole('button', { name: 'Use it' }).click();
    await dialog.getByText('A * alone would hide').waitFor();
    await dialog.getByText('The last day lies before the first.').waitFor();
    expect(await lookAtPlace(app, 'codes-rule')).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Code' }).fill('P10*');
    await dialog.getByRole('textbox', { name: 'To' }).fill('');
    await dialog.getByRole('combobox', { name: 'Category' }).fill('homicide');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Use it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Not saved yet: 1 rule added or changed, 0 taken out').waitFor();
    await page.getByRole('button', { name: 'Discard the changes' }).click();
    await page.getByText('Not saved yet').waitFor({ state: 'hidden' });
    expect(app.complaints).toEqual([]);
  });
});
