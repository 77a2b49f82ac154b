import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '#shared/domain/result.ts';
import { csvFile } from '../integration/test-vault.ts';
import { readPdf } from '../unit/report/read-pdf.ts';
import { type App, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`cases on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  let calls = 0;
  let force: { path: string; kind: string }[];

  const call = async <T>(operation: string, input: unknown): Promise<T> => {
    calls += 1;
    const answer: Result<unknown> = await app.engine.call({ operation, input, callId: `test ${calls}` });
    expect(answer.ok ? null : answer.error, operation).toBeNull();
    return (answer as Extract<typeof answer, { ok: true }>).value as T;
  };
  const goToCases = async (): Promise<void> => {
    await app.page.getByRole('link', { name: 'Overview', exact: true }).click();
    await app.page.getByRole('link', { name: 'Cases', exact: true }).click();
    await app.page.getByRole('heading', { level: 1, name: 'Cases', exact: true }).waitFor();
    await app.page.getByRole('heading', { level: 2, name: 'Worklist' }).waitFor({ timeout: 60_000 });
  };
  /** The place as a whole: a screen tall enough for all of it. */
  const lookWhole = async (name: string, heightPx: number): Promise<unknown[]> => {
    await app.page.setViewportSize({ width: 1360, height: heightPx });
    await app.page.waitForTimeout(500);
    const found = await lookAtPlace(app, name);
    await app.page.setViewportSize({ width: 1360, height: 860 });
    return found;
  };

  beforeAll(async () => {
    app = await openApp();
    const vault = { folder: join(app.folder, 'vault'), user: 'clara', roles: ['analyst', 'clinician'], passphrase };
    await call('vault.create', { ...vault, synthetic: true });
    await app.page.reload();
    await app.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const made = await call<{ files: typeof force }>('synthetic.write', {
      folder: join(app.folder, 'force'),
      people: 150,
      years: 1,
      seed: 7,
    });
    force = made.files;
  });
  afterAll(() => app.close());

  it('says what is there while nothing waits, and that it is no crisis service', async () => {
    await goToCases();
    await app.page.getByText('Not a crisis service', { exact: true }).waitFor();
    await app.page.getByText('No safety answer waits to be acknowledged.').waitFor();
    await app.page.getByText(/^Nothing waits\./).waitFor();
    expect(await lookAtPlace(app, 'cases-none')).toEqual([]);
  });

  it('shows one case alone', async () => {
    const extracts = join(app.folder, 'one');
    mkdirSync(extracts);
    const file = csvFile(extracts, 'people.csv', 'person_ref,role,unit,name', ['P1,Response,North,Ada Quill']);
    await call('imports.load', { file, kind: 'people', mapping: null });
    await app.page.getByRole('button', { name: 'New referral or case' }).click();
    const dialog = app.page.getByRole('dialog');
    await dialog.getByLabel('Reference', { exact: true }).fill('P1');
    await dialog.getByLabel(/^Reason/).fill('Asked for a talk after a hard month.');
    expect(await lookAtPlace(app, 'cases-new')).toEqual([]);
    await dialog.getByRole('button', { name: 'Open a case' }).click();
    await app.page.getByRole('heading', { level: 1, name: 'Case 1' }).waitFor();
    await app.page.getByText('Not assessable: no completed screening of this person is held.').waitFor();
    expect(await lookWhole('case-bare', 2_000)).toEqual([]);
    await goToCases();
    await app.page.getByRole('row', { name: /Self-referral/ }).waitFor();
    expect(await lookAtPlace(app, 'cases-one')).toEqual([]);
  });

  it('puts safety answers before signals, of a whole force', { timeout: 300_000 }, async () => {
    for (const { path, kind } of force) await call('imports.load', { file: path, kind, mapping: null });
    await goToCases();
    await app.page.getByRole('heading', { name: /Safety answers: \d+ answers? waits?/ }).waitFor({ timeout: 60_000 });
    expect(await lookWhole('cases-many', 1_500)).toEqual([]);
    const first = app.page.getByRole('grid', { name: 'Safety answers that wait' }).getByRole('row').nth(1);
    await first.focus();
    await app.page.keyboard.press('Enter');
    const dialog = app.page.getByRole('dialog');
    await dialog.getByText('was above its first step').waitFor();
    expect(await lookAtPlace(app, 'cases-safety')).toEqual([]);
    await dialog.getByLabel(/^Note/).fill('Telephoned today.');
    await dialog.getByRole('button', { name: 'Acknowledge' }).click();
    await app.page.getByRole('heading', { name: 'Acknowledged: 1 answer' }).waitFor();
  });

  it('opens a case from a signal by keyboard, shows who it is for a while, and stores a decision', async () => {
    const { page } = app;
    // The dialog before gives the focus back when it has gone.
    await page.waitForTimeout(500);
    await page
      .getByRole('grid', { name: 'Worklist' })
      .getByRole('row', { name: /Self-referral/ })
      .focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(200);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Open a case' }).click();
    await page.getByRole('heading', { level: 1, name: 'Case 2' }).waitFor();
    await page.getByText('new since the last decision').first().waitFor();
    expect(await lookWhole('case-signal', 3_200)).toEqual([]);

    await page.getByRole('button', { name: 'Show who this is…' }).click();
    await page.getByLabel(/^Why you need to know/).fill('To telephone and offer support.');
    await page.getByRole('button', { name: 'Show for a minute' }).click();
    await page.getByText(/Hides itself in/).waitFor();
    expect(await lookAtPlace(app, 'case-revealed')).toEqual([]);
    await page.getByRole('button', { name: 'Hide now' }).click();
    expect(await page.getByText(/Hides itself in/).count()).toBe(0);

    await page.getByRole('combobox', { name: 'Decision' }).click();
    await page.getByRole('option', { name: /^No action/ }).click();
    await page
      .getByLabel(/^Reason \(sealed\)/)
      .first()
      .fill('In contact with peer support already.');
    await page.getByRole('button', { name: 'Store the decision' }).click();
    await page.getByText(/say that you decide otherwise, and why/).waitFor();
    await page.getByRole('combobox', { name: 'Decision' }).click();
    await page.getByRole('option', { name: /^Contact/ }).click();
    await page.getByRole('button', { name: 'Store the decision' }).click();
    await page.getByText('Decision: Contact the person and offer support').waitFor();
    expect(await page.getByText('new since the last decision').count()).toBe(0);
  });

  it('makes a summary for a reason, holding what was chosen', { timeout: 120_000 }, async () => {
    const { page } = app;
    const folder = join(app.folder, 'summary');
    await page.getByText('None has been made.').waitFor();
    await page.getByRole('button', { name: 'Make a summary…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'Make a summary of the case' }).waitFor();
    await dialog.getByLabel('New folder for the summary').fill(folder);
    expect(await dialog.getByRole('button', { name: 'Make and save' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Why it is made, and for whom').fill('For the first talk with the psychologist.');
    await dialog.getByRole('checkbox', { name: 'Absence' }).uncheck();
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByRole('region', { name: /^Preview of Case/ }).waitFor({ timeout: 60_000 });
    expect(await lookWhole('case-summary-dialog', 1_500)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make and save' }).click();
    await dialog.getByText('The summary is made').waitFor({ timeout: 60_000 });
    const { text, pages } = readPdf(readFileSync(join(folder, 'case-summary.pdf')));
    expect(pages.length).toBeGreaterThan(1);
    for (const words of ['OFFICIAL-SENSITIVEPERSONAL', 'Forthefirsttalkwiththepsychologist.', 'Safetyanswers']) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('FTEdays');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('For the first talk with the psychologist.').waitFor();
    expect(await lookWhole('case-summaries', 3_200)).toEqual([]);
  });

  it('counts on the overview what waits', async () => {
    await app.page.getByRole('link', { name: 'Overview', exact: true }).click();
    await app.page.getByRole('heading', { name: 'Waiting for you' }).waitFor();
    expect(await lookAtPlace(app, 'overview-waiting')).toEqual([]);
  });

  it('shows a clinician who is nothing else every place of theirs without an error', { timeout: 300_000 }, async () => {
    const { page } = app;
    await call('users.add', { name: 'nora', roles: ['clinician'], passphrase });
    await page.getByRole('button', { name: 'Lock the vault' }).click();
    await page.getByRole('combobox', { name: 'User name' }).fill('nora');
    await page.locator('input[type=password]').fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const faults: string[] = [];
    let looked = 0;
    const look = async (where: string): Promise<void> => {
      const loading = page.locator('main [aria-busy=true], main [role=progressbar]');
      await expect.poll(() => loading.count(), { timeout: 60_000, message: where }).toBe(0);
      const said = await page.getByRole('alert').allInnerTexts();
      faults.push(...said.map((words) => `${where}: ${words}`));
      looked += 1;
    };
    for (const place of await page.getByRole('navigation', { name: 'Places' }).getByRole('link').all()) {
      await place.click();
      const name = await place.innerText();
      await look(name);
      const parts = page.getByRole('navigation', { name: 'Parts of Data' }).getByRole('link');
      for (const part of await parts.all()) {
        await part.click();
        await look(`${name}, ${await part.innerText()}`);
      }
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await look(`${name}, ${await tab.innerText()}`);
      }
    }
    expect(faults).toEqual([]);
    expect(looked).toBeGreaterThan(15);
    expect(await page.getByRole('link', { name: 'Reports', exact: true }).count(), 'not a place of theirs').toBe(0);
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
