import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvFile } from '../integration/test-vault.ts';
import { type App, createVault, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
const guidance = { review: 'Brief mindfulness', guidance: 'G1' };

/** From a statement of guidance to the pilot of an action; a review that the pilot enters closes it. */
describe.skipIf(why !== null)(`the plan on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  const goTo = (name: string) => app.page.getByRole('link', { name, exact: true }).click();
  const openTab = (name: string) => app.page.getByRole('tab', { name }).click();
  const press = (name: string) => app.page.getByRole('button', { name, exact: true }).click();
  const inDialog = () => app.page.getByRole('dialog');

  /** Locks the vault and opens it as somebody else. */
  const becomes = async (name: string): Promise<void> => {
    const { page } = app;
    await press('Lock the vault');
    await page.getByRole('combobox', { name: 'User name' }).fill(name);
    await page.locator('input[type=password]').fill(passphrase);
    await press('Unlock');
  };

  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, passphrase);
    await app.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
    const load = (kind: string, header: string, lines: readonly string[]) =>
      app.call('imports.load', { file: csvFile(app.folder, `${kind}.csv`, header, lines), kind, mapping: null });
    const people = Array.from({ length: 40 }, (_, at) => at);
    await load(
      'people',
      'person_ref,role,unit,sex,service_start',
      people.map((at) => `P${at},${at % 2 ? 'Response' : 'CID'},North,${at % 3 ? 'male' : 'female'},2020-01-01`),
    );
    await load('exposures', 'person_ref,occurred_at,category', ['P1,2026-03-31T10:00:00,RTC_FATAL']);
    await load(
      'absences',
      'person_ref,start,end',
      people.map((at) => `P${at},2026-0${1 + (at % 2)}-05,2026-0${1 + (at % 2)}-14`),
    );
  });
  afterAll(() => app.close());

  it('says what to do where nothing is planned yet, and rates what the force has', async () => {
    const { page } = app;
    await goTo('Plan');
    await page.getByText('The loop has not begun').waitFor();
    expect(await lookAtPlace(app, 'plan-empty')).toEqual([]);
    await openTab('Audit');
    await press('Rate a resource');
    await inDialog().getByRole('combobox', { name: 'Theme' }).fill('Early help');
    await inDialog().getByRole('textbox', { name: 'Resource' }).fill('Brief sessions in shift time');
    await inDialog().getByRole('textbox', { name: 'Rated on' }).fill('30 Jun 2026');
    await inDialog().getByRole('textbox', { name: 'Rated by' }).fill('Head of Wellbeing');
    expect(await lookAtPlace(app, 'plan-rate-dialog')).toEqual([]);
    await inDialog().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('grid', { name: 'What the force has' }).getByText('Brief sessions in shift time').click();
    await page.getByText('Ratings so far').waitFor();
    expect(await lookAtWholePlace(app, 'plan-audit', 1_000)).toEqual([]);
  });

  it('starts an action from its gap, and lets nobody sign off what they wrote', async () => {
    const { page } = app;
    await press('Start an action from this gap');
    await page.getByRole('heading', { level: 1, name: 'A1' }).waitFor();
    await page.getByText('Before it can be signed off it lacks').waitFor();
    await press('Change the action');
    const dialog = inDialog();
    await dialog.getByRole('textbox', { name: 'Review' }).fill(guidance.review);
    await dialog.getByRole('textbox', { name: 'Statement of guidance' }).fill(guidance.guidance);
    await dialog.getByRole('textbox', { name: 'Why' }).fill('Nights have no quiet quarter of an hour.');
    await dialog.getByRole('textbox', { name: 'Owner' }).fill('Head of Wellbeing');
    await dialog.getByRole('textbox', { name: 'Begins' }).fill('1 Feb 2026');
    await dialog.getByRole('textbox', { name: 'Due' }).fill('30 Apr 2026');
    await dialog.getByRole('combobox', { name: 'Indicator that it is to move' }).click();
    await page.getByRole('option', { name: 'Sickness absence' }).click();
    await dialog.getByRole('textbox', { name: 'Target of its own' }).fill('20');
    expect(await lookAtPlace(app, 'plan-edit-dialog')).toEqual([]);
    await dialog.getByRole('button', { name: 'Change the action' }).click();
    await page.getByText('Somebody who saved no version of it signs it off.').waitFor();
    expect(await page.getByRole('button', { name: 'Sign off' }).count()).toBe(0);
  });

  it('is signed off by another, leads to a pilot, and shows the indicator against its target', async () => {
    const { page } = app;
    await app.call('plan.saveAction', {
      action: {
        ...{ action: 'A2', title: 'Train two facilitators a team', owner: 'Head of Learning', guidance },
        ...{ start: '2026-05-01', due: '2026-09-30', dependsOn: ['A1'], indicator: { indicator: 'absence-rate' } },
      },
    });
    await becomes('eva');
    await goTo('Plan');
    await openTab('Actions');
    await page.getByRole('grid', { name: 'Actions' }).getByText('A1', { exact: true }).first().click();
    await press('Sign off');
    await inDialog().getByRole('textbox', { name: 'On behalf of' }).fill('Assistant Chief Constable');
    await inDialog().getByRole('button', { name: 'Sign off' }).click();
    await page.getByText('version 2, for Assistant Chief Constable').waitFor();
    await press('Start a pilot from this action');
    await inDialog().getByRole('textbox', { name: 'Name in the extracts' }).fill('Quiet quarter');
    await inDialog().getByRole('button', { name: 'Start a pilot from this action' }).click();
    await page.getByRole('heading', { level: 1, name: 'Quiet quarter' }).waitFor();
    await goTo('Plan');
    await openTab('Actions');
    await page.getByText('When, and what waits for what').waitFor();
    expect(await lookAtWholePlace(app, 'plan-actions', 1_000)).toEqual([]);
    await page.getByRole('button', { name: /^A1 / }).click();
    await page.getByRole('table', { name: 'What happened' }).getByText('Quiet quarter').waitFor();
    expect(await lookAtPlace(app, 'plan-action')).toEqual([]);
    await page.getByRole('link', { name: 'The plan' }).click();
    await openTab('The loop');
    await page.getByText('target met').or(page.getByText('target not met')).first().waitFor();
    expect(await lookAtWholePlace(app, 'plan-loop', 1_000)).toEqual([]);
    await page.getByRole('cell').getByRole('link', { name: 'A1 Close the gap' }).waitFor();
  });

  it('says who was asked, who is missed, what most agree with, and what was done about it', async () => {
    const { page } = app;
    await openTab('Engagement');
    await page.getByText('Nobody was asked yet').waitFor();
    await press('Enter an activity');
    const dialog = inDialog();
    const fill = (name: string, value: string) => dialog.getByRole('textbox', { name, exact: true }).fill(value);
    await fill('Title', 'Spring survey');
    await fill('From', '1 Mar 2026');
    await fill('To', '31 Mar 2026');
    await fill('Invited', '200');
    await fill('Answered', '80');
    const counts = [
      'of,by,group,level,count',
      ...[
        'invited,role,CID,,80',
        'responded,role,CID,,56',
        'invited,role,Response,,120',
        'responded,role,Response,,24',
      ],
      ...[10, 10, 10, 30, 20].map((count, at) => `I can speak up when I am not well,,,${at + 1},${count}`),
      ...[3, 12, 15, 30, 20].map((count, at) => `My breaks are kept,,,${at + 1},${count}`),
    ];
    await fill('Counts by group and answers', counts.join('\n'));
    await fill('Themes', '24 No quiet minute on nights: breaks are given up first\n3 Parking');
    await fill('You said, we did', 'Breaks are given up -> A quarter of an hour is kept free');
    expect(await lookAtWholePlace(app, 'plan-activity-dialog', 1_000)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Response are missed most: 60.0% of their share of the workforce').waitFor();
    await page.getByRole('table', { name: 'What was named' }).getByText('withheld: fewer than 5').waitFor();
    expect(await lookAtWholePlace(app, 'plan-engagement', 1_900)).toEqual([]);
    await press('Start an action');
    await page.getByRole('heading', { level: 1, name: 'A3' }).waitFor();
    await page.getByRole('link', { name: 'The plan' }).click();
    await page.getByText('A3, proposed').waitFor();
  });

  it('keeps a review with the indicators as the engine reads them', async () => {
    const { page } = app;
    await openTab('Indicators and reviews');
    await page.getByText('No review yet').waitFor();
    await press('Keep a meeting');
    const dialog = inDialog();
    await dialog.getByRole('textbox', { name: 'On', exact: true }).fill('31 Mar 2026');
    await dialog.getByRole('textbox', { name: 'Posts that were there' }).fill('Head of Wellbeing, Federation lead');
    await dialog.getByRole('textbox', { name: 'What was decided' }).fill('A1 Invite nights first.');
    await dialog.getByRole('button', { name: 'Keep a meeting' }).click();
    await page.getByText('Indicators as they stood on 31 Mar 2026').first().waitFor();
    await page.getByText('Invite nights first.').waitFor();
    expect(await lookAtWholePlace(app, 'plan-reviews', 1_300)).toEqual([]);
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
