import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { reviewProtocol } from '../fixtures/review-protocol.ts';
import { writeText } from '../integration/test-vault.ts';
import { type App, createVault, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';
import { risOfTitles } from './screening-file.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
const review = 'Mindfulness for police';

/** A review from its beginning to its flow; alice works on screen, eva decides beside it. */
describe.skipIf(why !== null)(`evidence on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  const goTo = (name: string) => app.page.getByRole('link', { name, exact: true }).click();
  const openTab = (name: string) => app.page.getByRole('tab', { name, exact: true }).click();
  const press = (name: string) => app.page.getByRole('button', { name, exact: true }).click();
  const inDialog = () => app.page.getByRole('dialog');
  const shown = async (): Promise<ReviewView> => app.call('reviews.show', { review });

  /** Locks the vault and opens it as somebody else. */
  const becomes = async (name: string): Promise<void> => {
    const { page } = app;
    await press('Lock the vault');
    await page.getByRole('combobox', { name: 'User name' }).fill(name);
    await page.locator('input[type=password]').fill(passphrase);
    await press('Unlock');
    await goTo('Evidence');
  };

  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 800 });
    await createVault(app, passphrase);
    await app.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
  });
  afterAll(() => app.close());

  it('begins a review where there is none, and registers its protocol once nothing is lacking', async () => {
    const { page } = app;
    await goTo('Evidence');
    await page.getByText('No review yet').waitFor();
    expect(await lookAtPlace(app, 'evidence-empty')).toEqual([]);
    await press('Begin a review');
    await inDialog().getByRole('textbox', { name: 'Short name' }).fill(review);
    await inDialog().getByRole('textbox', { name: 'Title' }).fill('Brief mindfulness for police');
    await inDialog().getByRole('button', { name: 'Begin a review' }).click();
    await page.getByText('Before it can be registered it lacks').waitFor();
    await press('Change the protocol');
    await page.getByRole('textbox', { name: 'Population' }).fill('Police officers and staff.');
    await press('Add a reason');
    expect(await lookAtWholePlace(app, 'evidence-protocol-form', 1_500)).toEqual([]);
    await page.getByRole('textbox', { name: 'Code 1' }).fill('wrong-population');
    await page.getByRole('textbox', { name: 'In words 1' }).fill('Nobody in it works for the police.');
    await press('Save');
    await page.getByText('wrong-population').waitFor();
    await app.call('reviews.save', { protocol: reviewProtocol({ reviewers: ['alice', 'eva'] }) });
    await page.getByText('It is complete and can be registered').waitFor();
    await press('Register the protocol');
    await inDialog().getByRole('button', { name: 'Register the protocol' }).click();
    await page.getByText('in this vault').waitFor();
    expect(await lookAtWholePlace(app, 'evidence-protocol', 1_500)).toEqual([]);
  });

  it('takes references with their search, says what was wrong with a file, and asks about two that may be one', async () => {
    const { page, folder } = app;
    await openTab('Search');
    await press('Enter a search');
    await inDialog().getByRole('textbox', { name: 'Where was searched' }).fill('PubMed');
    await inDialog().getByRole('textbox', { name: 'Search string' }).fill('police* AND (mindfulness OR meditation)');
    await inDialog().getByRole('button', { name: 'Enter a search' }).click();
    await page
      .getByRole('textbox', { name: 'File of references' })
      .fill(writeText(`${folder}/search.ris`, risOfTitles(6, { doubled: true, broken: true })));
    await press('Import the references');
    await page.getByText('read from a file of').waitFor();
    expect(await lookAtWholePlace(app, 'evidence-search', 1_200)).toEqual([]);
    await openTab('Duplicates');
    const showPairs = async (which: string): Promise<void> => {
      await page.getByRole('combobox', { name: 'Show' }).click();
      await page.getByRole('option', { name: which }).click();
    };
    await showPairs('taken as one');
    await page.getByRole('button', { name: 'Ask again' }).waitFor();
    expect(await lookAtPlace(app, 'evidence-duplicates')).toEqual([]);
    await press('Ask again');
    await page.getByText('No two records are taken as one.').waitFor();
    expect((await shown()).flow.removed.duplicates).toBe(0);
    await showPairs('waiting for an answer');
    await press('They are one');
    await page.getByText('No pair of records waits for an answer.').waitFor();
    expect((await shown()).flow.removed.duplicates).toBe(1);
  });

  it('is screened by single keys, which never reach past the record, and takes a decision back', async () => {
    const { page } = app;
    await openTab('Screening');
    await press('Begin screening');
    await page.getByRole('article').waitFor();
    expect(await lookAtPlace(app, 'evidence-screening')).toEqual([]);
    await page.keyboard.press('n');
    await page.keyboard.type('include me, unsure');
    await page.keyboard.press('Enter');
    await page.keyboard.press('e');
    await page.getByText('Why is it excluded?').waitFor();
    expect(await lookAtPlace(app, 'evidence-reasons')).toEqual([]);
    expect((await shown()).flow.screened.waiting).toBe((await shown()).flow.screened.records);
    await page.keyboard.press('1');
    await page.getByText('1 of 6 decided').first().waitFor();
    await page.keyboard.press('b');
    await page.getByText('0 of 6 decided').first().waitFor();
    for (const key of ['i', 'i', 'i', 'u', 'e']) await decideBy(key);
    await decideBy('e');
    await page.getByText('No record waits for you').waitFor();
  });

  /** Presses the key of a decision, and waits until the next record stands there. */
  async function decideBy(key: string): Promise<void> {
    const { page } = app;
    const bar = page.getByRole('progressbar').first();
    const before = await bar.getAttribute('aria-label');
    await page.keyboard.press(key);
    if (key === 'e') await page.keyboard.press('1');
    await expect.poll(() => bar.getAttribute('aria-label')).not.toBe(before);
  }

  it('shows where two reviewers differ only to be settled, and every box of the flow adds up', async () => {
    const { page } = app;
    await becomes('eva');
    const { records } = (await app.call('reviews.next', { review, stage: 'title', limit: 10 })) as {
      records: { record: number }[];
    };
    for (const [at, { record }] of records.entries()) {
      await app.call('reviews.decide', {
        ...{ review, stage: 'title', record, decision: at < 2 || at === 4 ? 'include' : 'exclude' },
      });
    }
    await page.getByRole('grid', { name: 'Reviews' }).getByText(review, { exact: true }).click();
    await openTab('Agreement');
    await page.getByText('Records to settle').waitFor();
    expect(await lookAtWholePlace(app, 'evidence-agreement', 1_300)).toEqual([]);
    await page.getByRole('button', { name: 'Include', exact: true }).first().click();
    await inDialog().getByRole('textbox', { name: 'Reason' }).fill('Talked over: it is police staff.');
    await inDialog().getByRole('button', { name: 'Settle the record' }).click();
    await inDialog().waitFor({ state: 'hidden' });
    await openTab('Full text');
    await page.getByRole('grid', { name: 'Full texts to find' }).getByRole('row').nth(1).click();
    await press('They are here');
    await page.getByText('here, to be assessed').waitFor();
    expect(await lookAtWholePlace(app, 'evidence-full-text', 1_100)).toEqual([]);
    await openTab('Flow');
    await page.getByText('Records screened (n = 6)').waitFor();
    expect(await lookAtWholePlace(app, 'evidence-flow', 1_300)).toEqual([]);
    await page.setViewportSize({ width: 640, height: 800 });
    expect(await lookAtPlace(app, 'evidence-flow-zoomed')).toEqual([]);
    expect(app.complaints).toEqual([]);
  });

  it('begins a review from published findings, and judges, pools and advises down to an action of the plan', async () => {
    const { page } = app;
    await page.setViewportSize({ width: 1280, height: 800 });
    await goTo('Evidence');
    await press('Begin a review from these');
    await inDialog().getByRole('textbox', { name: 'Short name' }).fill('Published');
    await inDialog().getByRole('button', { name: 'Begin a review' }).click();
    await page.getByRole('heading', { level: 1, name: 'Published' }).waitFor();
    await openTab('Studies');
    await page.getByRole('grid', { name: 'Studies' }).getByText('Fitzhugh 2019').click();
    await press('Appraise');
    const domain = page.getByRole('group').first();
    await domain.getByRole('combobox', { name: /^Judgement/ }).click();
    await page.getByRole('option').first().click();
    await domain.getByRole('textbox', { name: /^Reason/ }).fill('As table 1 of the paper tells.');
    expect(await lookAtWholePlace(app, 'evidence-appraise', 2_400)).toEqual([]);
    await press('Keep the appraisal');
    await page.getByText(/^Appraisal by/).waitFor();
    expect(await lookAtWholePlace(app, 'evidence-studies', 1_500)).toEqual([]);
    await press('Enter a finding');
    expect(await lookAtPlace(app, 'evidence-finding')).toEqual([]);
    await page.keyboard.press('Escape');

    await openTab('Findings');
    await page.getByText('Summary of findings').waitFor({ timeout: 60_000 });
    expect(await lookAtWholePlace(app, 'evidence-findings', 2_200)).toEqual([]);
    await openTab('Guidance');
    await press('Enter guidance');
    await inDialog().getByRole('textbox', { name: 'For whom' }).fill('Police officers and staff');
    await inDialog().getByRole('textbox', { name: 'What is advised' }).fill('Offer brief sessions in shift time.');
    await inDialog().getByRole('combobox', { name: 'Outcomes it rests on' }).press('ArrowDown');
    await page.getByRole('option').first().click();
    await inDialog().getByRole('textbox', { name: 'How it follows' }).fill('Low certainty, no harm seen, low cost.');
    await inDialog().getByRole('button', { name: 'Enter guidance' }).click();
    await page.getByRole('button', { name: 'Start an action from this' }).waitFor();
    expect(await lookAtPlace(app, 'evidence-guidance')).toEqual([]);
    await press('Start an action from this');
    await page.getByRole('heading', { level: 1, name: 'A1' }).waitFor();
    expect(app.complaints).toEqual([]);
  });
});
