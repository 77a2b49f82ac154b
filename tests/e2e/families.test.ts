import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isoOfDay } from '#shared/domain/dates.ts';
import { familiesFrom } from '../fixtures/family-answers.ts';
import { type App, createVault, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();

/** Answers of 130 couples as an extract, an officer's rows with the reference of the officer. */
function familiesCsv(): string {
  const lines = familiesFrom(3, 130).rows.flatMap(
    ({ household, member, person, takenOn, consentedOn, instrument, scores }) =>
      Object.entries(scores ?? {}).map(([scale, score]) =>
        [
          household,
          member,
          member === 'officer' ? `R${person}` : '',
          '1',
          isoOfDay(takenOn ?? 0),
          isoOfDay(consentedOn ?? 0),
          instrument,
          scale,
          // Totals of whole answers are whole; means are not.
          scale === 'likert' ? Math.max(0, Math.min(36, Math.round(score ?? 0))) : Number(score).toFixed(2),
        ].join(','),
      ),
  );
  return ['household_ref,member,person_ref,wave,taken_on,consented_on,instrument,scale,score', ...lines].join('\n');
}

describe.skipIf(why !== null)(`families on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  beforeAll(async () => {
    app = await openApp();
    await createVault(app, 'seven quiet herons wait');
  });
  afterAll(() => app.close());

  it('says what to import, how a withdrawal is recorded and whose the answers are', async () => {
    const { page } = app;
    await page.getByRole('link', { name: 'Families', exact: true }).click();
    await page.getByText('No answers of families yet').waitFor();
    await page.getByText(/importing a corrected extract with the day of withdrawal/).waitFor();
    await page.getByText('These answers belong to the people who gave them').waitFor();
    expect(await lookAtPlace(app, 'families-empty')).toEqual([]);
  });

  it('draws the links as path diagrams, with who is in the figures and what was refused in words', {
    timeout: 120_000,
  }, async () => {
    const { page } = app;
    const file = join(app.folder, 'families.csv');
    writeFileSync(file, familiesCsv());
    const loaded = await app.engine.call({
      operation: 'imports.load',
      input: { file, kind: 'families', mapping: null },
      callId: 'families',
    });
    expect(loaded.ok ? null : loaded.error).toBeNull();
    await page.getByRole('link', { name: 'Absence', exact: true }).click();
    await page.getByRole('link', { name: 'Families', exact: true }).click();
    await page.getByRole('img', { name: /^Path diagram of an actor–partner model/ }).waitFor({ timeout: 30_000 });
    await page.getByRole('heading', { name: 'Who is in the figures' }).waitFor();
    await page.setViewportSize({ width: 1280, height: 3_900 });
    expect(await lookAtPlace(app, 'families')).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.getByRole('button', { name: 'Show table' }).first().click();
    await page.getByRole('columnheader', { name: /In SDs/ }).waitFor();
    await page.getByRole('button', { name: 'How was this worked out?' }).first().click();
    await page.getByText('The same in R').waitFor();
    await page.keyboard.press('Escape');
  });

  it('previews the sheet for families and makes it', { timeout: 60_000 }, async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    const preview = page.getByRole('region', { name: 'Preview of Police families: what you told us' });
    await preview.getByText('116 123').waitFor();
    expect(await lookAtWholePlace(app, 'families-sheet', 5_000)).toEqual([]);
    const folder = join(app.folder, 'sheet');
    await page.getByLabel('New folder for the report').fill(folder);
    await page.getByRole('button', { name: 'Build and save' }).click();
    await page.getByText('The report is built').waitFor({ timeout: 60_000 });
    expect(readdirSync(folder).sort()).toEqual([
      'facts.json',
      'family-summary.docx',
      'family-summary.html',
      'family-summary.pdf',
      'manifest.json',
      'signature.json',
      'tables.R',
    ]);
  });

  it('keeps the contacts of the force, and puts them on the sheet', { timeout: 60_000 }, async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Change…' }).click();
    const dialog = page.getByRole('dialog');
    const last = dialog.getByRole('group', { name: 'Contact 5' });
    await last.getByLabel('Name').fill('Family liaison');
    await dialog.getByRole('group', { name: 'Contact 4' }).getByLabel('Name').fill('');
    await dialog.getByText(/Each contact needs a name/).waitFor();
    await dialog.getByRole('group', { name: 'Contact 4' }).getByLabel('Name').fill('NHS 111');
    expect(await lookAtPlace(app, 'families-contacts')).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('These are your force’s own.').waitFor();
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page
      .getByRole('region', { name: /^Preview of/ })
      .getByText('Family liaison')
      .waitFor();
  });

  it('previews the full report on families among the reports', { timeout: 60_000 }, async () => {
    const { page } = app;
    // Reports are offered once something was recorded of the work.
    const file = join(app.folder, 'exposures.csv');
    writeFileSync(file, 'person_ref,occurred_at,category,incident_ref\nR0,2026-01-10T10:00:00Z,RTC_FATAL,I1\n');
    const input = { file, kind: 'exposures', mapping: null };
    const loaded = await app.engine.call({ operation: 'imports.load', input, callId: 'exposures' });
    expect(loaded.ok ? null : loaded.error).toBeNull();
    await page.getByRole('link', { name: 'Reports', exact: true }).click();
    await page.getByRole('combobox', { name: 'Which report' }).click();
    await page.getByRole('option', { name: 'Impact on families' }).click();
    await page.getByLabel('Wave of the survey').waitFor();
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    const preview = page.getByRole('region', { name: 'Preview of Impact on families' });
    await preview.getByText(/Actor and partner effects/).waitFor({ timeout: 30_000 });
    expect(await lookAtWholePlace(app, 'reports-family-impact', 3_000)).toEqual([]);
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
