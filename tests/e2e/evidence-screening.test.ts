import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutputOf } from '#shared/contract/index.ts';
import { reviewProtocol } from '../fixtures/review-protocol.ts';
import { writeText } from '../integration/test-vault.ts';
import { type App, createVault, obstacle, openApp } from './app.ts';
import { risOfTitles } from './screening-file.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
const review = 'Mindfulness for police';
const titles = Number(process.env['TIDEMARK_SCREENED_TITLES'] ?? 30);

/** What the scripted reviewer does with each title: every key is a real key press, and the mouse is never touched. */
const keysOf = (at: number): readonly string[] => [['i'], ['e', '1'], ['e', '2'], ['u'], ['e', '0']][at % 5] ?? [];

describe.skipIf(why !== null)(`screening by keyboard alone${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  const waitsMs: number[] = [];

  /** Moves the focus by the tab key until it is at what is called so. */
  const tabTo = async (name: string): Promise<void> => {
    for (let presses = 0; presses < 80; presses += 1) {
      await app.page.keyboard.press('Tab');
      const focused = await app.page.evaluate(() => {
        const at = document.activeElement as HTMLElement | null;
        const label = at?.id ? document.querySelector(`label[for="${at.id}"]`)?.textContent : null;
        return [at?.textContent, label, at?.getAttribute('aria-label')].map((words) => words?.trim());
      });
      if (focused.some((words) => words === name || words?.startsWith(`${name} *`))) return;
    }
    throw new Error(`The focus never came to “${name}”.`);
  };

  const enter = async (name: string): Promise<void> => {
    await tabTo(name);
    await app.page.keyboard.press('Enter');
  };

  const openDesk = async (): Promise<void> => {
    const { page } = app;
    await enter('Evidence');
    await page.getByRole('grid', { name: 'Reviews' }).waitFor();
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.getAttribute('role') === 'row')) break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Protocol', exact: true }).waitFor();
    await tabTo('Protocol');
    for (const _ of ['Search', 'Duplicates', 'Screening']) await page.keyboard.press('ArrowRight');
    await enter('Begin screening');
    await page.locator('article:focus').waitFor();
  };

  /** Decides on some titles; the wait is from the last key of a decision to the next title being there to be read. */
  const screen = async (from: number, to: number): Promise<void> => {
    const { page } = app;
    for (let at = from; at < to; at += 1) {
      const before = await page.locator('article').getAttribute('aria-label');
      const keys = keysOf(at);
      for (const key of keys.slice(0, -1)) await page.keyboard.press(key);
      const pressed = performance.now();
      await page.keyboard.press(keys.at(-1) ?? '');
      await page.waitForFunction(
        (title) => document.querySelector('article')?.getAttribute('aria-label') !== title,
        before,
        { polling: 'raf' },
      );
      waitsMs.push(performance.now() - pressed);
    }
  };

  const decided = async (): Promise<OutputOf<'reviews.next'>['progress']> => {
    const next: OutputOf<'reviews.next'> = await app.call('reviews.next', { review, stage: 'title', limit: 1 });
    return next.progress;
  };

  beforeAll(async () => {
    app = await openApp();
    await createVault(app, passphrase);
    await app.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
    const file = writeText(join(app.folder, 'titles.ris'), risOfTitles(titles));
    const protocol = reviewProtocol({ reviewers: ['alice', 'eva'] });
    const { hash } = await app.call<{ hash: string }>('reviews.save', { protocol });
    await app.call('reviews.register', { review, hash });
    await app.call('reviews.search', {
      ...{ review, database: 'PubMed', on: '2026-03-31', query: 'police*', hits: titles },
    });
    await app.call('reviews.importReferences', { review, search: 1, file });
  });
  afterAll(() => app.close());

  it('loses nothing when the app closes in the middle, and lets nobody wait between two titles', async () => {
    const half = Math.floor(titles / 2);
    expect(await decided()).toMatchObject({ decided: 0, remaining: titles });
    await openDesk();
    await screen(0, half);
    await app.window.close();
    await app.engine.close();

    app = await openApp(app.folder);
    const { page } = app;
    await page.getByRole('combobox', { name: 'User name' }).waitFor();
    await page.keyboard.press('Tab');
    await tabTo('User name');
    await page.keyboard.type('alice');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.type(passphrase);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect(await decided()).toMatchObject({ decided: half, remaining: titles - half });
    await openDesk();
    await screen(half, titles);
    await page.getByText('No record waits for you').waitFor();

    expect(await decided()).toMatchObject({ decided: titles, remaining: 0 });
    expect(app.complaints).toEqual([]);
    const sorted = waitsMs.toSorted((a, b) => a - b);
    const figures = {
      titles,
      meanMs: waitsMs.reduce((sum, wait) => sum + wait, 0) / waitsMs.length,
      medianMs: sorted[Math.floor(sorted.length / 2)],
      slowestMs: sorted.at(-1),
    };
    writeFileSync(join(import.meta.dirname, '../../test-results/screening-pace.json'), JSON.stringify(figures));
    // 300 an hour is 12 s a record: what the app takes of it leaves the rest to reading.
    expect(figures.meanMs).toBeLessThan(1_000);
  }, 600_000);
});
