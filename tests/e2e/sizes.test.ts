import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf, OperationName, OutputOf } from '#shared/contract/index.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { csvFile } from '../integration/test-vault.ts';
import { type App, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
const places = [
  ...['Overview', 'Exposure', 'Early warning', 'Absence', 'Families', 'Support', 'Pilots', 'Indicators', 'Cases'],
];
const pilot = 'Brief mindfulness';
const kinds = [
  ...['people', 'exposures', 'duties', 'absences', 'screenings', 'families', 'support'],
  ...['volunteers', 'peer_requests', 'peer_contacts'],
];
const longName = 'Neighbourhood, Response and Custody of the Only Unit that this Force has ever had';
/** What a figure that is not there looks like when nobody thought of it, and a plural of one. */
const slips =
  /\b(NaN|undefined|null|Infinity)\b|\b1 (are|were|days|events|exposures|months|people|screenings|units)\b/g;

type Line = readonly string[];

/** The force’s extract cut by `keep`, as a file of its own. */
function cutExtract(path: string, to: string, keep: (lines: readonly Line[], header: Line) => readonly Line[]): string {
  const [header = [], ...lines] = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.split(','));
  writeFileSync(to, `${[header, ...keep(lines, header)].map((cells) => cells.join(',')).join('\n')}\n`);
  return to;
}

describe.skipIf(why !== null)(
  `vaults of nobody, of one person and of one unit${why === null ? '' : ` (${why})`}`,
  () => {
    let app: App;
    let force: OutputOf<'synthetic.write'>;
    let calls = 0;

    const call = async <Name extends OperationName>(operation: Name, input: InputOf<Name>): Promise<OutputOf<Name>> => {
      calls += 1;
      const answer = await app.engine.call({ operation, input, callId: `sizes ${calls}` });
      expect(answer.ok ? null : answer.error, operation).toBeNull();
      return (answer as { readonly value: OutputOf<Name> }).value;
    };

    /** A new vault with the force’s extracts, each cut by `keep`; unlocked, and on screen. */
    const openVault = async (name: string, keep: Parameters<typeof cutExtract>[2] | null): Promise<void> => {
      const folder = join(app.folder, name);
      mkdirSync(folder);
      if (calls > 1) await call('vault.lock', {});
      await call('vault.create', {
        folder: join(folder, 'vault'),
        user: 'alice',
        roles: ['analyst', 'clinician', 'evaluator'],
        passphrase,
      });
      for (const { kind, path } of keep === null ? [] : force.files) {
        if (!kinds.includes(kind)) continue;
        await call('imports.load', { file: cutExtract(path, join(folder, `${kind}.csv`), keep!), kind, mapping: null });
      }
      if (keep !== null) await planPilot(folder);
      await app.page.reload();
      await app.page.getByRole('navigation', { name: 'Places' }).waitFor();
    };

    /** A pilot in which everybody who is held is enrolled and has consented, and somebody came to harm. */
    const planPilot = async (folder: string): Promise<void> => {
      await call('pilots.save', { plan: pilotPlan({ pilot }) });
      const [header = '', ...lines] = readFileSync(join(folder, 'people.csv'), 'utf8').trim().split('\n');
      const at = header.split(',').indexOf('person_ref');
      const people = lines.map((line) => line.split(',')[at] ?? '');
      const load = (kind: string, head: string, rows: readonly string[]) =>
        call('imports.load', { file: csvFile(folder, `${kind}.csv`, head, rows), kind, mapping: null });
      await load(
        'pilot_enrolments',
        'pilot,person_ref,eligible_on,cluster,arm,consented_on',
        people.map((ref) => `${pilot},${ref},2026-01-05,${longName.replaceAll(',', '')},sessions,2026-01-10`),
      );
      await load('pilot_sessions', 'pilot,person_ref,at,minutes', [`${pilot},${people[0]},2026-02-02T10:00,15`]);
      await load('adverse_events', 'pilot,person_ref,on,category,seriousness', [
        `${pilot},${people[0]},2026-02-02,Headache,Serious`,
      ]);
    };

    const settled = async (): Promise<void> => {
      await app.page.waitForTimeout(150);
      await app.page.waitForFunction(
        () => document.querySelector('main [aria-busy=true], main [role=progressbar]') === null,
      );
      await app.page.waitForTimeout(100);
    };

    /** What is wrong with the screen as it stands. */
    const faults = async (): Promise<readonly string[]> => {
      await settled();
      const main = app.page.locator('main');
      const shown = await main.innerText();
      const errors = await main.getByRole('alert').allInnerTexts();
      // In legacy mode axe opens no page of its own, which the host would close.
      const { violations } = await new AxeBuilder({ page: app.page }).setLegacyMode(true).analyze();
      return [
        ...errors.map((error) => `error: ${error}`),
        ...[...shown.matchAll(slips)].map(({ index }) => shown.slice(Math.max(0, index - 40), index + 40)),
        ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`),
      ];
    };

    /** Every place and tab, with what is wrong there; and the names of what was visited. */
    const visitAll = async (): Promise<{ readonly visited: readonly string[]; readonly found: readonly unknown[] }> => {
      const { page } = app;
      const visited: string[] = [];
      const found: unknown[] = [];
      const visit = async (where: string): Promise<void> => {
        visited.push(where);
        const wrong = await faults();
        if (wrong.length > 0) found.push({ where, wrong });
      };
      for (const place of places) {
        await page.getByRole('link', { name: place, exact: true }).click();
        await page.getByRole('heading', { level: 1, name: place }).waitFor();
        await settled();
        const run = page.getByRole('button', { name: /^Run( with these choices)?$/ });
        if ((await run.count()) > 0) await run.click();
        await settled();
        const held = page.getByRole('grid', { name: 'Pilots' }).getByText(pilot, { exact: true });
        if ((await held.count()) > 0) await held.click();
        await settled();
        const tabs = await page.getByRole('main').getByRole('tab').all();
        if (tabs.length === 0) await visit(place);
        for (const tab of tabs) {
          await tab.click();
          await visit(`${place} › ${await tab.innerText()}`);
        }
      }
      return { visited, found };
    };

    beforeAll(async () => {
      app = await openApp();
      await app.page.setViewportSize({ width: 1280, height: 860 });
      force = await call('synthetic.write', { folder: join(app.folder, 'force'), people: 40, years: 1, seed: 7 });
    }, 60_000);
    afterAll(() => app.close());

    it('says what to do next while nothing is held', { timeout: 180_000 }, async () => {
      await openVault('nobody', null);
      const { visited, found } = await visitAll();
      expect(found).toEqual([]);
      // Only what takes data by hand has its tabs already.
      expect(visited.filter((where) => !where.startsWith('Support ›'))).toEqual(
        places.filter((place) => place !== 'Support'),
      );
      await app.page.getByRole('link', { name: 'Exposure', exact: true }).click();
      await app.page.getByRole('main').getByRole('link', { name: 'Import a file' }).waitFor();
    });

    it('holds on every place and tab for one person', { timeout: 300_000 }, async () => {
      await app.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await openVault('one', (lines) => {
        const one = lines[0]?.[0];
        return lines.filter(([person]) => person === one).slice(0, 60);
      });
      const { visited, found } = await visitAll();
      expect(found).toEqual([]);
      expect(visited).toEqual(expect.arrayContaining(['Early warning › Model card', 'Support › Matching']));
      await app.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    });

    it('holds on every place and tab for one unit of a long name', { timeout: 300_000 }, async () => {
      await openVault('unit', (lines, header) => {
        const unit = header.indexOf('unit');
        return unit < 0
          ? lines
          : lines.map((cells) => cells.map((cell, at) => (at === unit ? longName.replaceAll(',', '') : cell)));
      });
      const { visited, found } = await visitAll();
      expect(found).toEqual([]);
      expect(visited).toEqual(
        expect.arrayContaining(['Exposure › Teams', 'Pilots › Consent', 'Pilots › Adverse events']),
      );
    });

    it('broke no policy and threw nothing', () => {
      expect(app.window.blockedRequests()).toBe(0);
      expect(app.complaints).toEqual([]);
    });
  },
);
