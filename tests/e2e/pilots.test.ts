import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PilotView } from '#shared/contract/pilots.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { csvFile } from '../integration/test-vault.ts';
import { type App, createVault, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
const pilot = 'Brief mindfulness';

describe.skipIf(why !== null)(`pilots on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  const shown = async (): Promise<PilotView> => app.call('pilots.show', { pilot });
  const goTo = (name: string) => app.page.getByRole('link', { name, exact: true }).click();

  /** Locks the vault and opens it as somebody else. */
  const becomes = async (name: string): Promise<void> => {
    const { page } = app;
    await page.getByRole('button', { name: 'Lock the vault' }).click();
    await page.getByRole('combobox', { name: 'User name' }).fill(name);
    await page.locator('input[type=password]').fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await goTo('Pilots');
  };

  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, passphrase);
    await app.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
    const load = (kind: string, header: string, lines: readonly string[]) =>
      app.call('imports.load', { file: csvFile(app.folder, `${kind}.csv`, header, lines), kind, mapping: null });
    const cluster = (at: number) => (at % 2 === 0 ? 'North' : 'South');
    await load('pilot_enrolments', 'pilot,person_ref,eligible_on,stratum,cluster,allocated_on,consented_on', [
      ...Array.from({ length: 23 }, (_, at) => {
        return `${pilot},P${at},2026-01-05,${at % 3 === 0 ? 'nights' : 'days'},,,2026-01-10`;
      }),
      ...Array.from({ length: 24 }, (_, at) => `Peer walks,P${at},2026-01-05,,${cluster(at)},2026-03-01,2026-01-10`),
    ]);
    const people = Array.from({ length: 60 }, (_, at) => ({ ref: `H${at}`, isOffered: at % 2 === 0 }));
    await load(
      'pilot_enrolments',
      'pilot,person_ref,arm,allocated_on,consented_on',
      people.map(
        ({ ref, isOffered }) => `Quiet hour,${ref},${isOffered ? 'sessions' : 'as usual'},2026-01-12,2026-01-10`,
      ),
    );
    await load(
      'screenings',
      'person_ref,instrument,taken_on,score',
      people.flatMap(({ ref, isOffered }, at) => {
        const before = 20 + ((at * 7) % 12);
        const after = at < 12 ? [] : [`${ref},PCL-5,2026-04-06,${before - (isOffered ? 6 : 0) + ((at * 5) % 7) - 3}`];
        return [`${ref},PCL-5,2026-01-08,${before}`, ...after];
      }),
    );
    await load('costs', 'item,period,amount_gbp,pilot', ['Room,2026-01,1200,Quiet hour']);
    const mondays = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23'];
    await load('pilot_session_plan', 'pilot,cluster,at,minutes', [
      ...mondays.flatMap((day) => ['North', 'South'].map((team) => `Peer walks,${team},${day}T10:00,20`)),
    ]);
    await load('pilot_sessions', 'pilot,person_ref,at,minutes,within_shift', [
      ...Array.from({ length: 24 }, (_, at) =>
        mondays.slice(0, at % 5).map((day) => `Peer walks,P${at},${day}T10:05,15,${at % 4 === 0 ? 'no' : 'yes'}`),
      ).flat(),
    ]);
  });
  afterAll(() => app.close());

  it('tells an analyst what a pilot is, and leaves its plan to an evaluator', async () => {
    const { page } = app;
    await goTo('Pilots');
    await page.getByText('An evaluator begins one').waitFor();
    expect(await page.getByRole('button', { name: 'Begin a pilot' }).count()).toBe(0);
    await becomes('eva');
    await page.getByText('No pilot yet').waitFor();
    expect(await lookAtPlace(app, 'pilots-empty')).toEqual([]);
  });

  it('begins as an idea, and names by field what its plan lacks', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Begin a pilot' }).click();
    await page.getByRole('textbox', { name: 'Name in the extracts' }).fill(pilot);
    await page.getByRole('textbox', { name: 'Title' }).fill('Brief mindfulness in shift time');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: pilot }).waitFor();
    await page.getByText(/things to settle before the plan can be locked/).waitFor();
    await page.getByText('To settle: the problem that the pilot is for.').waitFor();
    expect(await lookAtWholePlace(app, 'pilots-idea', 1_350)).toEqual([]);
    await page.getByRole('textbox', { name: 'Problem' }).fill('Strain builds up over weeks of nights.');
    await page.getByText('To settle: the problem that the pilot is for.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Design/ }).click();
    await page.getByRole('combobox', { name: 'Design' }).click();
    await page.getByRole('option', { name: 'People allocated by chance' }).click();
    await page.getByText('To settle: the sizes of the blocks.').waitFor();
    await page.getByRole('button', { name: 'Add an arm' }).click();
    await page.getByText('An arm has no name.').waitFor();
    await page.getByRole('textbox', { name: 'Arm', exact: true }).fill('sessions');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByRole('cell', { name: '2', exact: true }).waitFor();
    expect((await shown()).plan).toMatchObject({
      design: 'randomised',
      logicModel: { problem: 'Strain builds up over weeks of nights.' },
      arms: [{ arm: 'sessions', isComparison: false }],
    });
  });

  it('shows every step of a plan, and what the engine finds in it', async () => {
    const { page } = app;
    const { primary } = pilotPlan();
    const measure = { of: 'score', instrument: 'NONE' } as const;
    await app.call('pilots.save', { plan: pilotPlan({ primary: { ...primary!, measure } }) });
    await page.getByRole('link', { name: 'All pilots' }).click();
    await page.getByRole('grid', { name: 'Pilots' }).getByRole('row').nth(1).click();
    await page.getByRole('button', { name: /Design/ }).click();
    await page.getByRole('textbox', { name: 'Sizes of the blocks' }).waitFor();
    expect(await lookAtWholePlace(app, 'pilots-design', 1_350)).toEqual([]);
    await page.getByRole('button', { name: /Outcomes/ }).click();
    await page.getByText('To settle: there is no instrument “NONE”.').waitFor();
    expect(await lookAtWholePlace(app, 'pilots-outcomes', 1_350)).toEqual([]);
    await page.getByRole('combobox', { name: 'Instrument' }).fill('GHQ-12');
    await page.getByRole('combobox', { name: 'Scale' }).fill('likert');
    await page.getByRole('button', { name: /Estimand and analysis/ }).click();
    expect(await lookAtWholePlace(app, 'pilots-analysis', 1_500)).toEqual([]);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Work it out instead' }).click();
    await page.getByRole('textbox', { name: 'Difference that matters' }).fill('0.3');
    await page.getByRole('button', { name: 'Work it out' }).click();
    await page
      .getByText(/^To find a true difference of 0\.30 standard deviations 8 times in 10, it takes \d+ people\.$/)
      .waitFor();
    expect(await lookAtWholePlace(app, 'pilots-size', 1_100)).toEqual([]);
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText('Nothing is lacking. The plan can be locked.').waitFor();
    expect((await shown()).gaps).toEqual([]);
  });

  it('locks the plan that was read, says who could see outcomes before, and closes the form', async () => {
    const { page } = app;
    await page.getByRole('tab', { name: 'Lock' }).click();
    await page.getByText('Who could see outcomes so far').waitFor();
    await page.getByRole('tab', { name: 'Results' }).click();
    await page.getByText('Outcomes are closed').waitFor();
    expect(await lookAtPlace(app, 'pilots-closed')).toEqual([]);
    await page.getByRole('tab', { name: 'Lock' }).click();
    expect(await lookAtPlace(app, 'pilots-before-lock')).toEqual([]);
    await page.getByRole('button', { name: 'Lock the plan' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Lock the plan' }).isDisabled()).toBe(true);
    await dialog.getByRole('checkbox').check();
    expect(await lookAtPlace(app, 'pilots-lock-dialog')).toEqual([]);
    await dialog.getByRole('button', { name: 'Lock the plan' }).click();
    const { lock } = await vi.waitFor(async () => {
      const view = await shown();
      expect(view.status).toBe('locked');
      return view;
    });
    await page.getByText(lock!.hash).waitFor();
    await page.getByText('Their role sees outcomes').waitFor();
    expect(await lookAtWholePlace(app, 'pilots-locked', 1_100)).toEqual([]);
    await page.getByRole('tab', { name: 'Plan' }).click();
    await page.getByText('The plan is locked, and stays as it is.', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: 'Save as a new version' }).count()).toBe(0);
    expect(await lookAtWholePlace(app, 'pilots-plan-locked', 1_750)).toEqual([]);
  });

  it('records a deviation with its reason', async () => {
    const { page } = app;
    await page.getByRole('tab', { name: 'Deviations' }).click();
    await page.getByRole('button', { name: 'Record a deviation' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'What is done instead' }).fill('Eight sessions, not ten.');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('no room was free');
    await dialog.getByRole('button', { name: 'Record a deviation' }).click();
    await page.getByRole('table', { name: 'Deviations' }).getByText('Eight sessions, not ten.').waitFor();
    expect(await lookAtPlace(app, 'pilots-deviations')).toEqual([]);
    expect((await shown()).deviations).toMatchObject([
      { what: 'Eight sessions, not ten.', reason: 'no room was free' },
    ]);
  });

  it('lets chance allocate everybody who waits, by pseudonym, and draws again at the end', async () => {
    const { page } = app;
    await page.getByRole('tab', { name: 'Allocation' }).click();
    await page.getByText('Nobody is allocated yet.').waitFor();
    await page.getByRole('button', { name: 'Allocate everybody who waits' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Allocate' }).click();
    await page.getByText(/^23 people allocated now: \d+ to sessions, \d+ to as usual\.$/).waitFor();
    await page.getByRole('table', { name: 'Allocated so far' }).getByText('nights').waitFor();
    expect(await lookAtWholePlace(app, 'pilots-allocation', 1_350)).toEqual([]);
    // A part of a pseudonym may look like a reference.
    expect(await page.getByRole('main').innerText()).not.toMatch(/(?<![\w-])P\d+(?![\w-])/);
    await page.getByRole('tab', { name: 'Lock' }).click();
    await page.getByRole('button', { name: 'Finish the pilot' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('everybody was asked');
    await page.getByRole('dialog').getByRole('button', { name: 'Finish the pilot' }).click();
    await page.getByText('everybody was asked').waitFor();
    await page.getByRole('tab', { name: 'Allocation' }).click();
    await page.getByText('Every step was drawn again from the seed, and gives the same allocations.').waitFor();
    expect(await page.getByRole('button', { name: 'Allocate everybody who waits' }).count()).toBe(0);
    await page.getByRole('link', { name: 'All pilots' }).click();
    await page.getByRole('grid', { name: 'Pilots' }).getByText('finished').waitFor();
    expect(await lookAtPlace(app, 'pilots-list')).toEqual([]);
  });

  it('shows what a pilot did by its locked plan, its deviations first, and what it cost', async () => {
    const { page } = app;
    const name = 'Quiet hour';
    const plan = pilotPlan({
      ...{ pilot: name, title: 'An hour of quiet', secondaries: [] },
      primary: {
        measure: { of: 'score', instrument: 'PCL-5' },
        better: 'low',
        baseline: { fromDay: -30, toDay: 0 },
        followUp: { fromDay: 70, toDay: 100 },
      },
      analysis: { covariates: [], smallSample: 'none', tippingPointDeltas: [0, 2] },
    });
    const { hash } = (await app.call('pilots.save', { plan })) as PilotView;
    await app.call('pilots.lock', { pilot: name, hash });
    await app.call('pilots.deviate', { pilot: name, what: 'Half an hour, not one.', reason: 'nobody could be spared' });
    await page.reload();
    await goTo('Pilots');
    await page.getByRole('grid', { name: 'Pilots' }).getByText(name).first().click();
    await page.getByRole('tab', { name: 'Results' }).click();
    await page.getByText('The primary outcome is better with the pilot').waitFor();
    await page.getByText(/^\d+ \w+ \d+: Half an hour, not one\. Because: nobody could be spared\.$/).waitFor();
    await page.getByRole('list', { name: 'as usual' }).getByText('30 allocated').waitFor();
    await page.getByRole('table', { name: 'For the report: CONSORT 2025' }).waitFor();
    expect(await lookAtWholePlace(app, 'pilots-results', 3_700)).toEqual([]);
    await page.getByRole('button', { name: 'Show table' }).first().click();
    await page
      .getByText(/^Analysis of covariance of “day 70 to 100”/)
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Cost' }).click();
    await page.getByText('£40.00').waitFor();
    expect(await lookAtPlace(app, 'pilots-cost')).toEqual([]);
    await page.getByRole('link', { name: 'All pilots' }).click();
  });

  it('lets an analyst give up a pilot that is not locked, with a reason, and shows what was delivered of it', async () => {
    const { page } = app;
    await app.call('pilots.save', { plan: { pilot: 'Peer walks', title: 'Walks with a peer' } });
    await becomes('alice');
    await page.getByRole('grid', { name: 'Pilots' }).getByText('Peer walks').click();
    await page.getByText('An evaluator writes the plan.').waitFor();
    await page.getByRole('tab', { name: 'Lock' }).click();
    await page.getByRole('button', { name: 'Give up the pilot' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('no one could walk');
    await dialog.getByRole('button', { name: 'Give up the pilot' }).click();
    await page.getByText('This pilot was given up before its plan was locked.').waitFor();
    expect(await app.call('pilots.show', { pilot: 'Peer walks' })).toMatchObject({
      status: 'dropped',
      drop: { by: 'alice', reason: 'no one could walk' },
    });
    await page.getByRole('tab', { name: 'Sessions' }).click();
    await page.getByText(/^Somebody came to \d of 8 planned sessions\.$/).waitFor();
    await page.getByRole('table', { name: 'By team' }).getByText('North').waitFor();
    expect(await lookAtWholePlace(app, 'pilots-sessions', 1_650)).toEqual([]);
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
