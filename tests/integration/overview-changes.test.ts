import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { csvFile, newSession, newVault, passphrase, temporaryFolder, unlocked, user } from './test-vault.ts';

const folder = temporaryFolder('overview-changes');

it('tells each user what was done since they were last here, and only what their roles may see', async () => {
  const vault = join(folder, 'vault');
  const first = await newVault(vault, ['analyst', 'administrator']);
  expect(await first.call('work.changes', {})).toEqual({ since: null, changes: [] });
  await first.call('users.add', { name: 'ann', roles: ['evaluator'], passphrase });
  await first.engine.close();

  const before = await unlocked(vault, 'ann');
  expect(await before.call('work.changes', {})).toEqual({ since: null, changes: [] });
  await before.engine.close();

  const second = await unlocked(vault);
  const quiet = await second.call('work.changes', {});
  expect(quiet.since).not.toBeNull();
  expect(quiet.changes).toEqual([]);
  const file = csvFile(folder, 'people.csv', 'person_ref,role,unit,service_start,service_end', [
    'P1,Response,Ann,2015-01-01,',
  ]);
  await second.call('imports.load', { file, kind: 'people', mapping: null });
  await second.call('users.add', { name: 'ben', roles: ['evaluator'], passphrase });
  const own = await second.call('work.changes', {});
  expect(own.changes.map(({ action, kind, times, rows }) => [action, kind, times, rows])).toEqual([
    ['import.load', 'people', 1, 1],
    ['user.add', null, 1, null],
  ]);
  await second.engine.close();

  const after = await unlocked(vault, 'ann');
  const told = await after.call('work.changes', {});
  expect(told.changes.map(({ action, kind, times }) => [action, kind, times])).toEqual([['import.load', 'people', 1]]);
  const { pilot, hash } = await after.call('pilots.save', { plan: pilotPlan() });
  await after.call('pilots.lock', { pilot, hash });
  await after.call('pilots.deviate', { pilot, what: 'Eight sessions.', reason: 'the room was closed' });
  await after.engine.close();

  const last = await unlocked(vault);
  const { changes } = await last.call('work.changes', {});
  expect(changes.map(({ action }) => action)).toEqual(['import.load', 'pilot.lock', 'pilot.deviate', 'user.add']);
  await last.engine.close();
});

it('keeps telling of what was done overnight through every unlocking of a day, in batches and rows', async () => {
  const vault = join(folder, 'visits');
  const first = await newVault(vault, ['analyst', 'administrator']);
  await first.call('users.add', { name: 'ann', roles: ['analyst'], passphrase });
  await first.engine.close();
  const start = Date.now();
  const at = async (hours: number, who: string, files: number) => {
    const session = newSession(() => start + hours * 3_600_000);
    await session.call('vault.unlock', { folder: vault, user: who, passphrase });
    for (let file = 0; file < files; file += 1) {
      const lines = [1, 2, 3].map((row) => `P${row},2026-01-0${row}T0${hours % 10}:0${file}:00Z,RTC_FATAL`);
      const path = csvFile(folder, `exposures-${hours}-${file}.csv`, 'person_ref,occurred_at,category', lines);
      await session.call('imports.load', { file: path, kind: 'exposures', mapping: null });
    }
    const { since, changes } = await session.call('work.changes', {});
    await session.engine.close();
    return { since, told: changes.map(({ action, times, rows }) => [action, times, rows]) };
  };
  await at(2, 'ann', 1);
  const overnight = ['import.load', 2, 6];
  await at(10, user, 2);
  // Her evening, a look before bed, the morning and after a coffee are one visit, until half a day has passed.
  const seen = [await at(20, 'ann', 0), await at(21, 'ann', 0), await at(31, 'ann', 0)];
  expect(seen.map(({ told }) => told)).toEqual([[overnight], [overnight], [overnight]]);
  expect(new Set(seen.map(({ since }) => since)).size).toBe(1);
  expect((await at(44, 'ann', 0)).told).toEqual([]);
});
