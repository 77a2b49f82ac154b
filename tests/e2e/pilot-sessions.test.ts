import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { OutputOf } from '#shared/contract/index.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { csvFile } from '../integration/test-vault.ts';
import { type App, lookAtPlace, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
const pilot = 'Brief mindfulness';
const units = ['North', 'South', 'East'];
/** Start and end by the clock, and whether the duty ends on the next day. */
const shifts = [
  ['07:00', '16:00', 0],
  ['08:00', '17:00', 0],
  ['14:00', '00:00', 1],
  ['22:00', '07:00', 1],
  ['10:00', '18:00', 0],
] as const;
const people = Array.from({ length: 90 }, (_, at) => `P${at}`);
const firstDay = '2026-03-02';

function dayAfter(days: number): string {
  return new Date(Date.parse(firstDay) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Five on and two off over four weeks, in one of five shift patterns. */
function dutiesOf(ref: string, at: number): string[] {
  const [start, end, over] = shifts[at % shifts.length]!;
  return Array.from({ length: 28 }, (_, day) => day)
    .filter((day) => (day + at) % 7 < 5)
    .map((day) => `${ref},${dayAfter(day)}T${start},${dayAfter(day + over)}T${end},on`);
}

describe.skipIf(why !== null)(`sessions of a pilot on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  const tab = (name: string) => app.page.getByRole('tab', { name, exact: true }).click();

  /** Locks the vault and opens the pilot as somebody else. */
  const becomes = async (name: string): Promise<void> => {
    const { page } = app;
    await page.getByRole('button', { name: 'Lock the vault' }).click();
    await page.getByRole('combobox', { name: 'User name' }).fill(name);
    await page.locator('input[type=password]').fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('link', { name: 'Pilots', exact: true }).click();
  };

  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 860 });
    const roles = ['administrator', 'analyst', 'clinician'];
    await app.call('vault.create', { folder: join(app.folder, 'vault'), user: 'alice', roles, passphrase });
    await app.page.reload();
    await app.page.getByRole('navigation', { name: 'Places' }).waitFor();
    await app.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
    const load = (kind: string, header: string, lines: readonly string[]) =>
      app.call('imports.load', { file: csvFile(app.folder, `${kind}.csv`, header, lines), kind, mapping: null });
    const unit = (at: number) => units[at % 3] ?? '';
    await load(
      'people',
      'person_ref,role,unit',
      people.map((ref, at) => `${ref},Response,${unit(at)}`),
    );
    await load('duties', 'person_ref,start,end,type', people.flatMap(dutiesOf));
    await load(
      'pilot_enrolments',
      'pilot,person_ref,eligible_on,stratum,cluster,arm,consented_on,withdrawn_on,not_enrolled_reason',
      people.map((ref, at) => {
        const consented = at < 66 ? '2026-02-10' : '';
        const withdrawn = at < 6 ? '2026-02-20' : '';
        const reason = at >= 80 ? 'no time' : '';
        return `${pilot},${ref},2026-02-01,${at % 2 === 0 ? 'days' : 'nights'},${unit(at)},${reason === '' ? 'sessions' : ''},${consented},${withdrawn},${reason}`;
      }),
    );
    const mondays = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23'];
    await load('pilot_session_plan', 'pilot,cluster,at,minutes', [
      ...mondays.flatMap((day) => units.map((team) => `${pilot},${team},${day}T11:00,20`)),
    ]);
    await load(
      'pilot_sessions',
      'pilot,person_ref,at,minutes,within_shift',
      people
        .slice(6, 80)
        .flatMap((ref, at) => mondays.slice(0, at % 5).map((day) => `${pilot},${ref},${day}T11:05,15,yes`)),
    );
    await load('adverse_events', 'pilot,person_ref,on,category,seriousness', [
      ...people.slice(6, 24).map((ref) => `${pilot},${ref},2026-03-03,Headache,Not serious`),
      `${pilot},P30,2026-03-10,Distress in a session,Serious`,
    ]);
    await becomes('eva');
    await app.call('pilots.save', { plan: pilotPlan({ sessions: { planned: 4, minutes: 20, withinShift: true } }) });
    await app.page.getByRole('grid', { name: 'Pilots' }).getByText(pilot, { exact: true }).click();
  }, 120_000);
  afterAll(() => app.close());

  it('counts who has come how far, and records a withdrawal that analyses keep to', async () => {
    const { page } = app;
    await tab('Consent');
    await page.getByRole('table', { name: 'By team' }).getByText('North').waitFor();
    const list = page.getByRole('grid', { name: 'Everybody, by pseudonym' });
    await list.getByText('Taking part').first().waitFor();
    expect(await lookAtWholePlace(app, 'pilots-consent', 2_050)).toEqual([]);
    await list.getByText('Taking part').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'They ask that nothing of theirs is used' }).check();
    expect(await lookAtPlace(app, 'pilots-withdrawal')).toEqual([]);
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await list.getByText('left out', { exact: true }).waitFor();
    const now: OutputOf<'pilots.people'> = await app.call('pilots.people', { pilot });
    expect(now.people.filter(({ isDataUsed }) => !isDataUsed)).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('proposes sessions inside the shifts, names the rule that a change breaks, and writes the plan', async () => {
    const { page } = app;
    await tab('Timetable');
    await page.getByRole('textbox', { name: 'First day' }).fill('2 Mar 2026');
    await page.getByRole('textbox', { name: 'Weeks', exact: true }).fill('4');
    await page.getByRole('button', { name: 'Propose sessions' }).click();
    await page.getByText('have not consented: no session is planned for them.', { exact: false }).waitFor();
    const week = page.getByRole('region', { name: /^Week from/ });
    await week.getByRole('button').first().waitFor();
    expect(await lookAtWholePlace(app, 'pilots-timetable', 1_750)).toEqual([]);
    await week.getByRole('button').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Begins at' }).fill('03:00');
    await dialog.getByRole('button', { name: 'Keep the change' }).click();
    await page.getByText('Changed by hand, and not checked since.').waitFor();
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByText(/^The timetable breaks \d+ rules?$/).waitFor();
    await page.getByText('is not on duty there', { exact: false }).first().waitFor();
    expect(await lookAtWholePlace(app, 'pilots-timetable-broken', 1_750)).toEqual([]);
    await page
      .getByRole('button', { name: /rules? broken$/ })
      .first()
      .click();
    await dialog.getByText('is not on duty there', { exact: false }).first().waitFor();
    expect(await lookAtPlace(app, 'pilots-timetable-session')).toEqual([]);
    await dialog.getByRole('button', { name: 'Remove the session' }).click();
    await page.getByRole('button', { name: 'Give the seats anew' }).click();
    await page.getByText('It breaks no rule.', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Write the plan…' }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('agreed with the sergeants');
    expect(await lookAtPlace(app, 'pilots-timetable-write')).toEqual([]);
    await dialog.getByRole('button', { name: 'Write…' }).click();
    const chooser = page.getByRole('dialog', { name: 'Where to write the plan' });
    await chooser.getByLabel('Folder', { exact: true }).fill(app.folder);
    await page.keyboard.press('Enter');
    await chooser.getByRole('button', { name: 'Use this name' }).click();
    await page.getByText(/sessions were written to/).waitFor();
    const file = join(app.folder, 'session-plan.csv');
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8').split('\r\n')[0]).toBe('pilot,cluster,at,minutes');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
  });

  it('draws what was delivered of what was planned', async () => {
    const { page } = app;
    await tab('Sessions');
    await page
      .getByText(/^\d+ of 12 planned sessions held/)
      .first()
      .waitFor();
    expect(await lookAtWholePlace(app, 'pilots-delivery', 2_300)).toEqual([]);
  });

  it('puts a serious adverse event at the head of the pilot, and lets a clinician record one', async () => {
    const { page } = app;
    await page.getByText('A serious adverse event is recorded').waitFor();
    await page.getByRole('button', { name: 'See the adverse events' }).click();
    await page.getByRole('table', { name: 'People with an event of each kind' }).getByText('Headache').waitFor();
    expect(await page.getByRole('grid', { name: 'Each event' }).count()).toBe(0);
    expect(await lookAtPlace(app, 'pilots-harms-evaluator')).toEqual([]);
    const all: OutputOf<'pilots.people'> = await app.call('pilots.people', { pilot });
    const { person } = all.people[0]!;
    await becomes('alice');
    await page.getByRole('grid', { name: 'Pilots' }).getByText(pilot, { exact: true }).click();
    await tab('Adverse events');
    await page.getByRole('button', { name: 'Record an adverse event' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Pseudonym' }).fill(person);
    await dialog.getByRole('combobox', { name: 'What it was' }).fill('Poor sleep');
    await dialog.getByRole('radio', { name: 'Not serious', exact: true }).check();
    expect(await lookAtPlace(app, 'pilots-harm-dialog')).toEqual([]);
    await dialog.getByRole('button', { name: 'Record it' }).click();
    const list = page.getByRole('grid', { name: 'Each event' });
    await list.getByText('Poor sleep').waitFor();
    expect(await lookAtWholePlace(app, 'pilots-harms', 1_500)).toEqual([]);
    await list.getByText('Poor sleep').click();
    await dialog.getByRole('button', { name: 'It was a mistake' }).click();
    await vi.waitFor(async () => expect(await list.getByText('Poor sleep').count()).toBe(0));
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
