import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';
import type { Result } from '#shared/domain/result.ts';
import { csvLine, fullRecord, type Sample } from '../integration/kind-samples.ts';
import { writeText } from '../integration/test-vault.ts';
import { evidence } from '../security/evidence.ts';
import { type App, choosePath, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';
/** Ways in which text becomes script where it is taken for markup, for an attribute, a formula or a template. */
const hostile = [
  '<img src=q onerror="window.hit=1">',
  '"><svg onload=window.hit=1>',
  '<script>window.hit=1</script>',
  "javascript:window.hit=1//'`$" + '{window.hit=1}`',
  '<style>*{display:none}</style><iframe srcdoc="<script>parent.hit=1</script>">',
  '=HYPERLINK("http://example.invalid","x")',
  '{{constructor.constructor("window.hit=1")()}}',
  '{b|<b id=injected>bold</b>}%s\u202eevil',
] as const;
const free = new Set(['person', 'alias', 'reference', 'token', 'code', 'codes', 'text', 'sealed', 'category']);

/** A full record whose every column that takes text holds markup; keys of one record fit each other. */
function hostileRecord(kind: string, record: number): Sample {
  const columns = extractKinds.find((each) => each.kind === kind)?.columns ?? [];
  const sample = fullRecord(kind, record);
  const cells = columns.map((column, at) => {
    const sound = sample[column.name] ?? '';
    if (!free.has(column.type) || (column.name === 'instrument' && sound !== '') || column.name === 'scale') {
      return [column.name, sound];
    }
    const shift = column.type === 'person' ? 0 : at;
    const markup = hostile[(record + shift) % hostile.length] ?? hostile[0];
    return [column.name, column.type === 'person' ? `${markup}${record}` : `${markup.replaceAll(';', ',')}`];
  });
  return Object.fromEntries(cells) as Sample;
}

describe.skipIf(why !== null)(`markup and script in the data${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  let calls = 0;
  let seen = 0;
  const places: string[] = [];

  const call = async (operation: string, input: unknown): Promise<Result<unknown>> => {
    calls += 1;
    return app.engine.call({ operation, input, callId: `test ${calls}` });
  };

  /** What became of the markup: nothing ran, nothing of it is an element, nothing was complained of. */
  const lookForHarm = async (where: string): Promise<void> => {
    const found = await app.page.evaluate(() => ({
      hit: 'hit' in window,
      elements: document.querySelectorAll(
        'img[src="q"], svg[onload], #injected, iframe, script:not([src]), a[href^="javascript"], [onerror]',
      ).length,
      shown: document.body.textContent?.includes('onerror=') === true || document.body.innerText.includes('window.hit'),
    }));
    expect({ where, hit: found.hit, elements: found.elements }).toEqual({ where, hit: false, elements: 0 });
    expect(app.complaints, where).toEqual([]);
    places.push(where);
    if (found.shown) seen += 1;
  };

  beforeAll(async () => {
    app = await openApp();
    const { page } = app;
    await page.getByRole('button', { name: 'Create a vault…' }).click();
    await page.getByLabel('Folder of the new vault').fill(join(app.folder, 'vault'));
    await page.getByLabel('User name').fill('alice');
    for (const role of await page.getByRole('checkbox').all()) {
      if (await role.isEnabled()) await role.check();
    }
    for (const field of await page.locator('input[type=password]').all()) await field.fill(passphrase);
    await page.getByRole('button', { name: 'Create the vault' }).click();
    await page.getByText('Put these two keys away').waitFor();
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Go to the vault' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });
  afterAll(() => app.close());

  it('is taken in by every kind of extract', { timeout: 300_000 }, async () => {
    const folder = join(app.folder, 'extracts');
    mkdirSync(folder);
    await app.page.getByRole('link', { name: 'Administration', exact: true }).click();
    const refused: string[] = [];
    for (const { kind, columns } of extractKinds) {
      const names = columns.map(({ name }) => name);
      const lines = Array.from({ length: 8 }, (_, record) => csvLine(names, hostileRecord(kind, record)));
      // A broken line too, so that rejects and notes hold markup as well.
      lines.push(names.map(() => `"${hostile[1].replaceAll('"', '""')}"`).join(','));
      const file = writeText(
        join(folder, `${kind} <img src=q onerror=hit()>.csv`),
        `${names.join(',')}\n${lines.join('\n')}\n`,
      );
      const answer = await call('imports.load', { file, kind, mapping: null });
      if (!answer.ok) refused.push(`${kind}: ${answer.error.message}`);
    }
    // Enough people in units and roles of such names for a report to tell of them.
    const quoted = (at: number): string => `"${(hostile[at] ?? '').replaceAll('"', '""')}"`;
    const people = Array.from({ length: 180 }, (_, at) => `P${at},${quoted(3 + (at % 2))},${quoted(at % 3)}`);
    const events = people.flatMap((_, at) =>
      [1, 2, 3].map((month) => `P${at},2026-0${month}-1${at % 9}T10:00:00,${quoted(at % 2)}`),
    );
    for (const [kind, header, lines] of [
      ['people', 'person_ref,role,unit', people],
      ['exposures', 'person_ref,occurred_at,category', events],
    ] as const) {
      const file = writeText(join(folder, `many-${kind}.csv`), `${header}\n${lines.join('\n')}\n`);
      const answer = await call('imports.load', { file, kind, mapping: null });
      if (!answer.ok) refused.push(`${kind}: ${answer.error.message}`);
    }
    expect(refused).toEqual([]);
  });

  it('is inert text in every place, tab and drawer', { timeout: 300_000 }, async () => {
    const { page } = app;
    const links = await page.getByRole('navigation', { name: 'Places' }).getByRole('link').allTextContents();
    for (const link of links) {
      await page.getByRole('link', { name: link, exact: true }).click();
      await page.waitForTimeout(2_500);
      await lookForHarm(link);
      const inside = await page.locator('main').getByRole('link').all();
      const addresses = (await Promise.all(inside.map((each) => each.getAttribute('href')))).filter(
        (at) => at !== null,
      );
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await page.waitForTimeout(1_500);
        await lookForHarm(`${link} › ${(await tab.textContent()) ?? ''}`);
        await openRows(`${link} › ${(await tab.textContent()) ?? ''}`);
      }
      await openRows(link);
      for (const address of [...new Set(addresses)]) {
        await page.evaluate((to) => {
          window.location.hash = to.replace(/^.*#/, '');
        }, address);
        await page.waitForTimeout(2_500);
        await lookForHarm(`${link} › ${address}`);
        await openRows(`${link} › ${address}`);
      }
    }
    expect(seen, 'places that show what the data holds').toBeGreaterThan(3);
  });

  /** Opens what the first rows of the tables open. */
  const openRows = async (where: string): Promise<void> => {
    const { page } = app;
    const openers = page.locator('main [role=row] button, main td button');
    for (let at = 0; at < Math.min(3, await openers.count()); at += 1) {
      const opener = openers.nth(at);
      if (!(await opener.isVisible()) || !(await opener.isEnabled())) continue;
      await opener.click({ timeout: 3_000 }).catch(() => undefined);
      await page.waitForTimeout(700);
      await lookForHarm(`${where} › row ${at + 1}`);
      await page.keyboard.press('Escape');
      await page.waitForTimeout(200);
    }
  };

  it('is inert text in the wizard, as header, as cell and as the name of a file', async () => {
    const { page } = app;
    const texts = hostile.slice(0, 6).map((text) => `"${text.replaceAll('"', '""')}"`);
    const header = ['person_ref', 'occurred_at', 'category', ...texts].join(',');
    const row = [texts[0], '2026-02-03T10:00:00', texts[2], ...texts].join(',');
    writeText(join(app.folder, 'x <img src=q onerror=hit()>.csv'), `${header}\n${row}\n${row}\n`);
    await page.evaluate(() => {
      window.location.hash = '/data/import';
    });
    await page.getByRole('button', { name: 'Choose a file…' }).click();
    await choosePath(page, app.folder, 'x <img src=q onerror=hit()>.csv');
    await page.getByText('Rows of the file').first().waitFor();
    await lookForHarm('Import › look');
    await page.getByRole('button', { name: 'Next' }).click();
    // Of markup alone no kind can be told.
    await page.getByLabel('Kind of extract').first().click();
    await page.getByRole('option', { name: /^Exposures/ }).click();
    await page.getByText('What the columns mean').first().waitFor();
    await lookForHarm('Import › map');
    await page.getByRole('button', { name: 'Check every row' }).click();
    await page.getByText('What loading would do').waitFor();
    await lookForHarm('Import › check');
  });

  it('is inert text in a report, which is one file without script', async () => {
    const folder = join(app.folder, 'report');
    const built = await call('reports.build', {
      spec: { template: 'exposure-and-wellbeing', from: '2026-01-01', to: '2026-06-30' },
      folder,
    });
    expect(built.ok ? null : built.error).toBeNull();
    const page = readdirSync(folder).find((name) => name.endsWith('.html')) ?? '';
    const html = readFileSync(join(folder, page), 'utf8');
    expect(html).not.toMatch(/<script|<img src=q|<svg onload|<iframe|<a href="javascript:/i);
    expect(html).toContain('&lt;img src=q');
    expect(html).toContain('Content-Security-Policy');
  });

  it('would be seen if it were not inert', async () => {
    const { page } = app;
    const before = app.complaints.length;
    const found = await page.evaluate((markup) => {
      const place = document.createElement('div');
      place.innerHTML = markup;
      document.body.append(place);
      return document.querySelectorAll('img[src="q"]').length;
    }, hostile[0]);
    await page.waitForTimeout(500);
    expect(found).toBe(1);
    // The second wall: what is an element all the same may not run, and the content policy says so.
    expect(await page.evaluate(() => 'hit' in window)).toBe(false);
    expect(app.complaints.slice(before).join('\n')).toMatch(/Content Security Policy/);
    evidence(
      9,
      'markup and script in every text column of every kind',
      `inert on ${places.length} screens, tabs and drawers, shown as text on ${seen}; ${extractKinds.length} kinds × ${hostile.length} texts; 0 scripts run`,
    );
  });
});
