import { join } from 'node:path';
import { expect, it } from 'vitest';
import tieredV1 from '#resources/schemes/tiered-v1.json' with { type: 'json' };
import { type Scheme, schemeSchema } from '#shared/domain/scheme.ts';
import { csvFile, newSession, newVault, passphrase, temporaryFolder, unlocked, user } from './test-vault.ts';

const folder = temporaryFolder('overview-tasks');

it('tells each user what waits for them, and not what they asked for themselves', async () => {
  const vault = join(folder, 'vault');
  const first = await newVault(vault, ['analyst', 'administrator']);
  const nothing = await first.call('overview.tasks', {});
  expect(nothing).toEqual({ tasks: [] });
  await first.call('users.add', { name: 'ann', roles: ['analyst'], passphrase });
  const own: Scheme = { ...schemeSchema.parse(tieredV1), id: 'north-v1', cap_per_day: 5 };
  await first.call('schemes.draft', { document: own, copiedFrom: 'tiered-v1', reason: 'ours, to begin with' });
  await first.call('schemes.submit', { scheme: 'north-v1', reason: 'ready to be read' });
  expect(await first.call('overview.tasks', {})).toEqual({ tasks: [] });
  await first.engine.close();

  const reader = await unlocked(vault, 'ann');
  expect(await reader.call('overview.tasks', {})).toEqual({ tasks: [{ task: 'schemes', count: 1 }] });
  await reader.engine.close();

  const asker = await unlocked(vault);
  expect(await asker.call('overview.tasks', {})).toEqual({ tasks: [] });
  await asker.engine.close();
});

it('asks for a newer extract, a backup and the review of a target once they are due', async () => {
  const vault = join(folder, 'aged');
  const first = await newVault(vault, ['analyst', 'administrator']);
  const file = csvFile(folder, 'people.csv', 'person_ref,role,unit,service_start,service_end', [
    'P1,Response,Ann,2015-01-01,',
  ]);
  await first.call('imports.load', { file, kind: 'people', mapping: null });
  const schedule = { everyDays: 7, folder, keep: 2 };
  await first.call('backups.schedule', { schedule });
  await first.call('vault.backup', { file: join(folder, 'whole.tidemark') });
  const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const target = { indicator: 'absence-rate', value: 4, owner: 'Head of wellbeing', reviewOn: inAMonth };
  await first.call('targets.set', { ...target, reason: 'Agreed for the year.' });
  expect(await first.call('overview.tasks', {})).toEqual({ tasks: [] });
  await first.engine.close();

  const later = newSession(() => Date.now() + 60 * 86_400_000);
  await later.call('vault.unlock', { folder: vault, user, passphrase });
  expect(await later.call('overview.tasks', {})).toEqual({
    tasks: [
      { task: 'targets', count: 1 },
      { task: 'backup', count: 1 },
      { task: 'import', count: 60 },
    ],
  });
  await later.engine.close();
});
