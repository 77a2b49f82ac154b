import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '#main/engine/index.ts';
import type { InputOf, OperationName } from '#shared/contract/index.ts';
import { foretellableForce } from '../fixtures/foretellable-force.ts';
import { csvFile, passphrase, user } from '../integration/test-vault.ts';
import { type App, lookAtPlace, obstacle, openApp } from './app.ts';

const why = obstacle();

/** A vault with a clinician, an analyst, an evaluator and a force whose burnout can be foretold. */
async function prepare(folder: string): Promise<void> {
  const engine = createEngine({ settingsFolder: join(folder, 'settings'), idleLock: false });
  let calls = 0;
  const ask = async <Name extends OperationName>(operation: Name, input: InputOf<Name>): Promise<void> => {
    calls += 1;
    const answer = await engine.call({ operation, input, callId: `prepare ${calls}` });
    expect(answer.ok ? null : answer.error, operation).toBeNull();
  };
  await ask('vault.create', { folder: join(folder, 'vault'), user, roles: ['analyst', 'clinician'], passphrase });
  await ask('users.add', { name: 'ana', roles: ['analyst'], passphrase });
  await ask('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
  for (const { kind, header, lines } of foretellableForce(900)) {
    await ask('imports.load', { file: csvFile(folder, `${kind}.csv`, header, lines), kind, mapping: null });
  }
  await engine.close();
}

describe.skipIf(why !== null)(`kept early-warning models on screen${why === null ? '' : ` (${why})`}`, () => {
  let app: App;

  const becomes = async (name: string, isOpen = true): Promise<void> => {
    const { page } = app;
    if (isOpen) await page.getByRole('button', { name: 'Lock the vault' }).click();
    await page.locator('input[type=password]').waitFor();
    await page.getByRole('combobox', { name: 'User name' }).fill(name);
    await page.locator('input[type=password]').fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('link', { name: 'Early warning', exact: true }).click();
    await page.getByRole('heading', { level: 2, name: 'Kept models' }).waitFor();
  };
  const lookAtPanel = async (name: string): Promise<unknown[]> => {
    await app.page.getByRole('heading', { level: 2, name: 'Kept models' }).scrollIntoViewIfNeeded();
    return lookAtPlace(app, name);
  };

  beforeAll(async () => {
    app = await openApp();
    await prepare(app.folder);
    await app.page.reload();
    await becomes('ana', false);
  }, 180_000);
  afterAll(() => app.close());

  it('says what to do while no model is kept', async () => {
    await app.page.getByText('No model is kept').waitFor();
    expect(await lookAtPanel('early-warning-models-none')).toEqual([]);
  });

  it('keeps a run that is fit for use, with a reason', { timeout: 240_000 }, async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Fit for use', { exact: true }).waitFor({ timeout: 180_000 });
    await page.getByRole('button', { name: 'Keep this model…' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Keep', exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('Passes every check');
    expect(await lookAtPlace(app, 'early-warning-keep')).toEqual([]);
    await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByText(/^Kept as model 1\./).waitFor({ timeout: 180_000 });
    await page.getByRole('cell', { name: /Passes every check/ }).waitFor();
    expect(await page.getByRole('button', { name: 'Put into use…' }).count()).toBe(0);
    expect(await lookAtPanel('early-warning-models-kept')).toEqual([]);
  });

  it('says which predictors have changed since training, the worst first', { timeout: 120_000 }, async () => {
    const { page } = app;
    await page.getByRole('tab', { name: 'Over time' }).click();
    const table = page.getByRole('table', { name: 'What has changed in the people screened' });
    await table.waitFor();
    expect(await table.getByText(/^\d\.\d\d, (stable|some change|shifted)$/).count()).toBeGreaterThan(11);
    await page.setViewportSize({ width: 1280, height: 2_400 });
    await page.waitForTimeout(500);
    expect(await lookAtPlace(app, 'early-warning-drift')).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('shows an evaluator the kept models and no way to decide', async () => {
    const { page } = app;
    await becomes('eva');
    await page.getByRole('cell', { name: /Passes every check/ }).waitFor();
    expect(await page.getByRole('button', { name: /use…$/ }).count()).toBe(0);
  });

  it('is put into use by another person and taken out again, each with a reason', { timeout: 120_000 }, async () => {
    const { page } = app;
    await becomes(user);
    await page.getByRole('button', { name: 'Put into use…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Put model 1 into use?').waitFor();
    await dialog.getByLabel('Reason').fill('Read its card');
    expect(await lookAtPlace(app, 'early-warning-use')).toEqual([]);
    await dialog.getByRole('button', { name: 'Put into use', exact: true }).click();
    await page.getByText('In use', { exact: true }).waitFor();
    expect(await lookAtPanel('early-warning-models-in-use')).toEqual([]);
    await page.getByRole('button', { name: 'Take out of use…' }).click();
    await dialog.getByLabel('Reason').fill('It is to be looked at again');
    await dialog.getByRole('button', { name: 'Take out of use', exact: true }).click();
    await page.getByText('Taken out of use', { exact: true }).waitFor();
    expect(await lookAtPanel('early-warning-models-stopped')).toEqual([]);
  });

  it('broke no policy and threw nothing', () => {
    expect(app.window.blockedRequests()).toBe(0);
    expect(app.complaints).toEqual([]);
  });
});
