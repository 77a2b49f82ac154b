import { join } from 'node:path';
import { expect, it } from 'vitest';
import { csvFile, newVault, passphrase, temporaryFolder, unlocked } from './test-vault.ts';

const folder = temporaryFolder('overview-changes');

it('tells each user what was done since they were last here, and only what their roles may see', async () => {
  const vault = join(folder, 'vault');
  const first = await newVault(vault, ['analyst', 'administrator']);
  expect(await first.call('overview.changes', {})).toEqual({ since: null, changes: [] });
  await first.call('users.add', { name: 'ann', roles: ['evaluator'], passphrase });
  await first.engine.close();

  const before = await unlocked(vault, 'ann');
  expect(await before.call('overview.changes', {})).toEqual({ since: null, changes: [] });
  await before.engine.close();

  const second = await unlocked(vault);
  const quiet = await second.call('overview.changes', {});
  expect(quiet.since).not.toBeNull();
  expect(quiet.changes).toEqual([]);
  const file = csvFile(folder, 'people.csv', 'person_ref,role,unit,service_start,service_end', [
    'P1,Response,Ann,2015-01-01,',
  ]);
  await second.call('imports.load', { file, kind: 'people', mapping: null });
  await second.call('users.add', { name: 'ben', roles: ['evaluator'], passphrase });
  const own = await second.call('overview.changes', {});
  expect(own.changes.map(({ action, kind, times }) => [action, kind, times])).toEqual([
    ['import.load', 'people', 1],
    ['user.add', null, 1],
  ]);
  await second.engine.close();

  const after = await unlocked(vault, 'ann');
  const told = await after.call('overview.changes', {});
  expect(told.changes.map(({ action, kind, times }) => [action, kind, times])).toEqual([['import.load', 'people', 1]]);
  await after.engine.close();
});
