import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '#main/engine/index.ts';
import type { InputOf, OperationName } from '#shared/contract/index.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import { csvFile, passphrase, user } from '../integration/test-vault.ts';
import { randomFrom } from '../unit/analysis/exposure/force.ts';
import { type App, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();

/** A vault with an author, two readers, a clinician and a year and a half of exposures. */
async function prepare(folder: string): Promise<void> {
  const engine = createEngine({ settingsFolder: join(folder, 'settings'), idleLock: false });
  const ask = async <Name extends OperationName>(operation: Name, input: InputOf<Name>): Promise<void> => {
    const answer = await engine.call({ operation, input, callId: `${operation} ${JSON.stringify(input).length}` });
    expect(answer.ok ? null : answer.error, operation).toBeNull();
  };
  await ask('vault.create', { folder: join(folder, 'vault'), user, roles: ['analyst', 'clinician'], passphrase });
  await ask('users.add', { name: 'bea', roles: ['evaluator'], passphrase });
  await ask('users.add', { name: 'cas', roles: ['analyst'], passphrase });
  await ask('users.add', { name: 'cora', roles: ['clinician'], passphrase });
  const load = (kind: string, header: string, lines: readonly string[]): Promise<void> =>
    ask('imports.load', { file: csvFile(folder, `${kind}.csv`, header, lines), kind, mapping: null });
  const units = ['North', 'South', 'Custody', 'Contact'];
  const roles = ['Response', 'Neighbourhood', 'Investigation'];
  const people = Array.from({ length: 180 }, (_, at) => `P${at},${roles[at % 3]},${units[at % 4]}`);
  await load('people', 'person_ref,role,unit', people);
  const random = randomFrom(7);
  const exposures = Array.from({ length: 1_700 }, (_, at) => {
    const day = new Date(Date.UTC(2025, 0, 1 + Math.floor(random() ** 0.8 * 480))).toISOString().slice(0, 10);
    const person = Math.floor(random() * random() * 180);
    const category = exposureCategories[Math.floor(random() * 27)]?.code;
    return `P${person},${day}T10:00:00,${category},I${at}`;
  });
  await load('exposures', 'person_ref,occurred_at,category,incident_ref', exposures);
  await engine.close();
}

describe.skipIf(why !== null)(`schemes and signals on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  /** Locks the vault and opens it as somebody else. */
  async function becomes(name: string): Promise<void> {
    const { page } = app;
    await page.getByRole('button', { name: 'Lock the vault' }).click();
    await unlock(name);
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('link', { name: 'Schemes' }).click();
    await page.getByText('force-2026').first().click();
    await page.getByRole('heading', { level: 2, name: 'force-2026' }).waitFor();
  }

  async function unlock(name: string): Promise<void> {
    const { page } = app;
    await page.locator('input[type=password]').waitFor();
    await page.getByRole('combobox', { name: 'User name' }).fill(name);
    await page.locator('input[type=password]').fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('link', { name: 'Data', exact: true }).waitFor();
  }

  beforeAll(async () => {
    app = await openApp();
    await prepare(app.folder);
    await app.page.reload();
    await unlock(user);
  }, 60_000);
  afterAll(() => app.close());

  it('lists the schemes and says in words what each says', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('link', { name: 'Schemes' }).click();
    await page.getByText('Every exposure counts one, whatever it was.').waitFor();
    expect(await lookAtPlace(app, 'schemes-list')).toEqual([]);
    const row = page.locator('table[aria-label="Weighting schemes"] tr[data-index="0"]');
    await row.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Tier A, weight 3:').waitFor();
    await page.getByText('2 or more exposures of tier A in 28 days').waitFor();
    expect(await lookAtPlace(app, 'schemes-tiered')).toEqual([]);
  });

  it('drafts a scheme from a copy, says what is wrong as it is written, and saves it', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Draft a new one from it' }).click();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    // The focus is where the writing begins.
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('force-2026');
    await page.getByText('The draft can be saved.').waitFor();
    await page.getByLabel('Weight of tier B').fill('5');
    await page.getByText('Tier “B” weighs 5, more than tier “A” before it (3)').waitFor();
    expect(await lookAtPlace(app, 'schemes-draft')).toEqual([]);
    await page.getByLabel('Weight of tier B').fill('2');
    await page.getByRole('button', { name: 'Remove tier C' }).click();
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByText('the rule “count>=8 in 180d” is there twice', { exact: false }).waitFor();
    await page.getByLabel('At least, rule 5').fill('4');
    await page.getByLabel('Days, rule 5').fill('60');
    await page.getByText('4 or more exposures in 60 days').waitFor();
    await page.getByLabel('Why?').scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'schemes-draft-rules')).toEqual([]);
    await page.getByLabel('Why?').fill('Two tiers are enough');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByRole('heading', { level: 2, name: 'force-2026' }).waitFor();
    await page.getByText('A draft. It can be compared, and no analysis is made with it.').waitFor();
  });

  it('compares the draft with plain counts before anybody agrees', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('Who would be in which third').waitFor();
    await page.getByText('The scheme force-2026 is not approved (draft)').waitFor();
    await page.getByText('Rank correlation').first().scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'schemes-compare')).toEqual([]);
    await page.getByRole('heading', { level: 3, name: 'Whom the rules reach' }).scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'schemes-compare-people')).toEqual([]);
  });

  it('goes before two others, whom the author is not, and is approved by both', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Put before two others' }).click();
    await page.keyboard.type('Ready to be read');
    await page.keyboard.press('Enter');
    await page.getByText('Waits for two people to read it and agree.').waitFor();
    expect(await page.getByRole('button', { name: 'Agree' }).count()).toBe(0);
    await becomes('bea');
    await page.getByRole('button', { name: 'Agree' }).click();
    await page.keyboard.type('Read it');
    expect(await lookAtPlace(app, 'schemes-agree')).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('bea agreed; one more is needed.').waitFor();
    await becomes('cas');
    await page.getByRole('button', { name: 'Agree' }).click();
    await page.keyboard.type('As we said');
    await page.keyboard.press('Enter');
    await page.getByText('Approved by bea and cas, in force from').waitFor();
    await page.getByText('What happened to it').scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'schemes-approved')).toEqual([]);
  });

  it('is adopted for the worklist by a clinician, who sees first whom it would change', async () => {
    const { page } = app;
    await page.getByText('The worklist goes by count-v1 (built in), as every vault begins.').waitFor();
    await page.getByText('To put another scheme into use is for clinicians.').waitFor();
    await becomes('cora');
    await page.getByRole('button', { name: 'See what force-2026 would change' }).click();
    const adopt = page.getByRole('button', { name: 'Adopt force-2026, version 1' });
    await adopt.scrollIntoViewIfNeeded();
    expect(await adopt.isDisabled()).toBe(true);
    await page
      .getByRole('table', { name: 'Who is new and who no longer' })
      .or(page.getByLabel('Who is new and who no longer'))
      .first()
      .waitFor();
    await page.getByText('If the worklist went by force-2026').scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'schemes-adopt')).toEqual([]);
    await page.getByLabel('Why is it adopted?').fill('What the force has seen');
    await page.keyboard.press('Enter');
    await page.getByText('cora adopted it on', { exact: false }).waitFor();
    await page.getByText('force-2026 is in use.', { exact: false }).waitFor();
    await page.getByRole('heading', { name: 'What was adopted' }).scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'schemes-adopted')).toEqual([]);
    await page.getByRole('link', { name: 'Cases', exact: true }).click();
    await page.getByText('Signals are raised by the scheme force-2026, version 1').waitFor();
    const first = page.getByRole('grid', { name: 'Worklist' }).getByRole('row').nth(1);
    await first.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Raised by').waitFor();
    expect(await lookAtPlace(app, 'cases-raised-by')).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('shows which rules spoke, for whom and when, as offers of support', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Exposure', exact: true }).click();
    await page.getByRole('tab', { name: 'Signals' }).click();
    await page.getByText('Offers of support, never verdicts').waitFor();
    expect(await lookAtPlace(app, 'signals')).toEqual([]);
    await page.getByRole('heading', { level: 2, name: 'The rules, in words' }).scrollIntoViewIfNeeded();
    expect(await lookAtPlace(app, 'signals-rules')).toEqual([]);
    const table = page.locator('table[aria-label="Signals"]');
    await table.scrollIntoViewIfNeeded();
    await page.getByRole('switch', { name: 'Standing now' }).press(' ');
    await table.locator('tr[data-index="0"]').focus();
    expect(await lookAtPlace(app, 'signals-people')).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Signal: an offer of support').waitFor();
    expect(await lookAtPlace(app, 'signals-timeline')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Rules of' }).click();
    await page.getByRole('option', { name: 'force-2026' }).click();
    await page.getByText('4 or more exposures in 60 days').first().waitFor();
    // What was approved can be chosen for the other tabs too, and is still a view beside plain counts.
    await page.getByRole('tab', { name: 'Trend' }).click();
    await page.getByRole('combobox', { name: 'Scheme' }).click();
    await page.getByRole('option', { name: 'force-2026: sensitivity view', exact: true }).click();
    await page.getByText('force-2026 was approved by two people.').waitFor();
    await page.getByText('Median weighted load', { exact: true }).waitFor();
    expect(await lookAtPlace(app, 'exposure-own-scheme')).toEqual([]);
    expect(app.complaints).toEqual([]);
  });
});
