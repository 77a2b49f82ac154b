import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '#shared/domain/result.ts';
import { type App, createVault, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();
const passphrase = 'seven quiet herons wait';

describe.skipIf(why !== null)(`the overview on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;
  let calls = 0;

  const call = async (operation: string, input: unknown): Promise<never> => {
    calls += 1;
    const answer: Result<unknown> = await app.engine.call({ operation, input, callId: `since ${calls}` });
    expect(answer.ok ? null : answer.error, operation).toBeNull();
    return (answer as Extract<typeof answer, { ok: true }>).value as never;
  };

  const unlock = async (): Promise<void> => {
    const { page } = app;
    await page.locator('input[type=password]').first().fill(passphrase);
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  };

  beforeAll(async () => {
    app = await openApp();
    const { page } = app;
    await page.setViewportSize({ width: 1280, height: 1_200 });
    await createVault(app, passphrase);
  });
  afterAll(() => app.close());

  it('says that nothing is waiting, and of changes nothing in a first session', async () => {
    await app.page.getByText('Nothing is waiting for you.').waitFor();
    expect(await app.page.getByRole('table', { name: /since/i }).count()).toBe(0);
    expect(await lookAtPlace(app, 'overview-nothing')).toEqual([]);
  });

  it('lists what was done, each with the way to its place', { timeout: 240_000 }, async () => {
    const { page } = app;
    const force = (await call('synthetic.write', {
      folder: join(app.folder, 'force'),
      people: 60,
      years: 1,
      seed: 7,
    })) as {
      readonly files: readonly { readonly kind: string; readonly path: string }[];
    };
    for (const { kind, path } of force.files.slice(0, 3))
      await call('imports.load', { file: path, kind, mapping: null });
    await page.getByRole('button', { name: /Lock/ }).last().click();
    await unlock();
    // Done in this session, by whoever has the vault open.
    for (const { kind, path } of force.files.slice(3, 5))
      await call('imports.load', { file: path, kind, mapping: null });
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page
      .getByText(/^What changed since/)
      .first()
      .waitFor();
    expect(await lookAtPlace(app, 'overview-since')).toEqual([]);
  });

  it('lists what is waiting in sentences, each with the way to its place', async () => {
    const { page } = app;
    await page.getByText('No backup of this vault has been made, or none is where it was.').waitFor();
    await page.getByText(/ are more than six weeks behind, the oldest since /).waitFor();
    await page.getByRole('link', { name: 'Open the backups' }).click();
    await page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();
  });
});
