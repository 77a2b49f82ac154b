import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutputOf } from '#shared/contract/index.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { randomStream } from '#shared/domain/random.ts';
import { drawRandomisedPilot } from '../fixtures/drawn-pilots.ts';
import { answer, enrol, headerOf, inWholePoints, noExtracts, type PilotExtracts } from '../fixtures/pilot-extracts.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { reviewProtocol } from '../fixtures/review-protocol.ts';
import { csvFile } from '../integration/test-vault.ts';
import { type App, createVault, lookAtWholePlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
const review = 'Brief sessions';
const pilot = 'Quiet quarter';
const first = dayOfIso('2026-01-12') ?? 0;

/** Guidance starts an action, the action a pilot; its result enters the review, the indicator moves, and the plan shows it. */
describe.skipIf(why !== null)(`the loop from evidence to practice and back${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  const drawn = inWholePoints(drawRandomisedPilot(randomStream(22, pilot), 160, -4));
  const refs = drawn.people.map((_, at) => `${pilot} ${at}`);

  const goTo = (name: string) => app.page.getByRole('link', { name, exact: true }).click();
  const openTab = (name: string) => app.page.getByRole('tab', { name, exact: true }).click();
  const press = (name: string) => app.page.getByRole('button', { name, exact: true }).click();
  const inDialog = () => app.page.getByRole('dialog');

  /** Locks the vault and opens it as somebody else. */
  const becomes = async (name: string): Promise<void> => {
    const { page } = app;
    await press('Lock the vault');
    await page.getByRole('combobox', { name: 'User name' }).fill(name);
    await page.locator('input[type=password]').fill(passphrase);
    await press('Unlock');
    await page.getByRole('button', { name: 'Lock the vault' }).waitFor();
  };

  const load = async (extracts: PilotExtracts): Promise<void> => {
    for (const [kind, lines] of Object.entries(extracts)) {
      if (lines.length === 0) continue;
      const file = csvFile(app.folder, `${kind}.csv`, headerOf(kind as keyof PilotExtracts), lines);
      await app.call('imports.load', { file, kind, mapping: null });
    }
  };

  /** Ten days off for everybody of the few who are, in the month that begins on a day. */
  const absent = (extracts: PilotExtracts, month: string, share: number): void => {
    for (const ref of refs.slice(0, Math.round(refs.length * share))) {
      extracts.absences.push(`${ref},${month}-05,${month}-14,`);
    }
  };

  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 860 });
    await createVault(app, passphrase);
    await app.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
    const extracts = noExtracts();
    for (const ref of refs) extracts.people.push(`${ref},Response,North,1990,2020-01-01`);
    drawn.people.forEach(({ offered }, at) => {
      const ref = refs[at] ?? '';
      enrol(extracts, pilot, ref, { allocatedOn: isoOfDay(first), arm: offered ? 'sessions' : 'as usual' });
      answer(extracts, ref, first - 3, drawn.scores.baseline[at] ?? null);
    });
    for (const month of ['2025-11', '2025-12', '2026-01']) absent(extracts, month, 0.6);
    await load(extracts);
    await app.call('reviews.save', { protocol: reviewProtocol({ review, reviewers: ['alice', 'eva'] }) });
    await app.call('evidence.startFrom', { review, library: 'police-wellbeing' });
    await app.call('evidence.saveGuidance', {
      review,
      guidance: {
        ...{ guidance: 'sessions-1', who: 'Response teams', what: 'Offer brief sessions within shifts' },
        ...{
          strength: 'conditional for',
          certainty: 'low',
          outcomes: ['distress'],
          reason: 'Little cost, likely benefit.',
        },
      },
    });
  });
  afterAll(() => app.close());

  it('begins with guidance of a review, which starts an action', async () => {
    const { page } = app;
    await goTo('Evidence');
    await page.getByRole('grid', { name: 'Reviews' }).getByText(review, { exact: true }).first().click();
    await openTab('Guidance');
    await press('Start an action from this');
    await page.getByRole('heading', { level: 1, name: 'A1' }).waitFor();
    await app.call('plan.saveAction', {
      action: {
        ...{ action: 'A1', title: 'Offer brief sessions within shifts', owner: 'Head of Wellbeing' },
        ...{ guidance: { review, guidance: 'sessions-1' }, start: '2026-01-05', due: '2027-06-30' },
        indicator: { indicator: 'absence-rate', target: 2 },
      },
    });
  });

  it('goes on to a pilot once another has signed the action off', async () => {
    const { page } = app;
    await becomes('eva');
    await goTo('Plan');
    await openTab('Actions');
    await page.getByRole('grid', { name: 'Actions' }).getByText('A1', { exact: true }).first().click();
    await press('Sign off');
    await inDialog().getByRole('textbox', { name: 'On behalf of' }).fill('Assistant Chief Constable');
    await inDialog().getByRole('button', { name: 'Sign off' }).click();
    await press('Start a pilot from this action');
    await inDialog().getByRole('textbox', { name: 'Name in the extracts' }).fill(pilot);
    await inDialog().getByRole('button', { name: 'Start a pilot from this action' }).click();
    await page.getByRole('heading', { level: 1, name: pilot }).waitFor();
  });

  it('enters the result of the finished pilot into the review', async () => {
    const { page } = app;
    const primary = {
      measure: { of: 'score' as const, instrument: 'PCL-5' },
      ...{ better: 'low' as const, baseline: { fromDay: -30, toDay: 0 }, followUp: { fromDay: 70, toDay: 100 } },
    };
    const { hash } = await app.call<OutputOf<'pilots.save'>>('pilots.save', {
      plan: pilotPlan({ pilot, primary, secondaries: [] }),
    });
    await app.call('pilots.lock', { pilot, hash });
    await becomes('alice');
    const extracts = noExtracts();
    const after = drawn.scores.waves.find(({ wave }) => wave === drawn.scores.primaryWave)?.scores ?? [];
    refs.forEach((ref, at) => {
      answer(extracts, ref, first + 84, after[at] ?? null);
    });
    absent(extracts, '2026-02', 0.4);
    absent(extracts, '2026-03', 0.2);
    await load(extracts);
    await becomes('eva');
    await app.call('pilots.finish', { pilot, reason: 'everybody was asked' });
    await goTo('Evidence');
    await page.getByRole('grid', { name: 'Reviews' }).getByText(review, { exact: true }).first().click();
    await openTab('Studies');
    await press('Take a finished pilot in');
    await inDialog().getByRole('combobox', { name: 'Pilot' }).click();
    await page.getByRole('option', { name: pilot }).click();
    await inDialog().getByRole('combobox', { name: 'Outcome' }).click();
    await page.getByRole('option', { name: 'distress' }).click();
    await inDialog().getByRole('button', { name: 'Take a finished pilot in' }).click();
    await page.getByRole('grid', { name: 'Studies' }).getByText(`Pilot ${pilot}`).waitFor({ timeout: 60_000 });
  });

  it('shows in the plan the turn whole, with how its indicator moved', async () => {
    const { page } = app;
    await goTo('Plan');
    await openTab('The loop');
    const turn = page.getByRole('row').filter({ hasText: 'A1' });
    await turn.getByText(/% to .*% since|to .* since/).waitFor({ timeout: 60_000 });
    const moved = /([\d.]+)\D* to ([\d.]+)\D* since/.exec((await turn.textContent()) ?? '');
    expect(Number(moved?.[2])).toBeLessThan(Number(moved?.[1]));
    expect(await turn.textContent()).toContain(`Pilot ${pilot}`);
    await page.getByText('Nothing is broken.').waitFor();
    expect(await lookAtWholePlace(app, 'loop-whole', 900)).toEqual([]);
    await turn.getByRole('link', { name: review, exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: review }).waitFor();
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
