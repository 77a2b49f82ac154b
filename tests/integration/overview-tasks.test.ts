import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { Role } from '#shared/domain/roles.ts';
import {
  copyVault,
  csvFile,
  dataKeyOf,
  newSession,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('overview-tasks');
const whole = join(folder, 'whole');
const now = Date.UTC(2026, 5, 30, 12);
const dayMs = 86_400_000;
const users: readonly (readonly [string, readonly Role[]])[] = [
  ['ada', ['administrator']],
  ['ann', ['analyst']],
  ['ben', ['analyst']],
  ['cleo', ['clinician']],
  ['eva', ['evaluator']],
];

/** Something done by one of them at a time of the tests. */
async function as<T>(vault: string, who: string, work: (session: Session) => Promise<T>, at = now): Promise<T> {
  const session = newSession(() => at);
  await session.call('vault.unlock', { folder: vault, user: who, passphrase });
  const answer = await work(session);
  await session.engine.close();
  return answer;
}

function tasksOf(vault: string, who: string, at = now) {
  return as(vault, who, async ({ call }) => (await call('work.tasks', {})).tasks, at);
}

async function everybodys(vault: string, at = now): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const [who] of users) found[who] = (await tasksOf(vault, who, at)).map(({ task }) => task);
  return found;
}

beforeAll(async () => {
  const session = await newVault(whole, ['administrator', 'analyst', 'clinician']);
  for (const [name, roles] of users) await session.call('users.add', { name, roles: [...roles], passphrase });
  const { users: listed } = await session.call('users.list', {});
  const pending = listed.filter(({ pendingRoles }) => pendingRoles.length > 0).map(({ name }) => name);
  for (const name of pending) await session.call('users.grant', { name });
  await session.engine.close();
});

it('asks nobody for anything in a vault where nothing is to be done', async () => {
  const vault = copyVault(whole, join(folder, 'nothing'));
  expect(await everybodys(vault)).toEqual({ ada: [], ann: [], ben: [], cleo: [], eva: [] });
});

it('tells analysts of old extracts, codes without a rule and targets to review', async () => {
  const vault = copyVault(whole, join(folder, 'analysts'));
  const exposures = csvFile(folder, 'exposures.csv', 'person_ref,occurred_at,category', [
    'P1,2026-05-31T10:00:00Z,RTC_FATAL',
    'P1,2026-05-30T10:00:00Z,Local code',
  ]);
  const absences = csvFile(folder, 'absences.csv', 'person_ref,start,end,reason_code', [
    'P1,2026-05-01,2026-05-03,Flu',
  ]);
  await as(vault, 'ann', async ({ call }) => {
    await call('imports.load', { file: exposures, kind: 'exposures', mapping: null });
    await call('imports.load', { file: absences, kind: 'absences', mapping: null });
    const target = { value: 95, owner: 'Force analyst', reason: 'agreed by the board' };
    await call('targets.set', { ...target, indicator: 'screening-uptake', reviewOn: '2026-07-14' });
    await call('targets.set', { ...target, indicator: 'offer-uptake', reviewOn: '2026-07-31' });
    await call('overview.get', {});
  });
  expect(await tasksOf(vault, 'ann')).toEqual([
    { task: 'data', count: 1, names: ['Absences'], since: '2026-05-01' },
    { task: 'codes', count: 1, names: [], since: null },
  ]);
  expect(await tasksOf(vault, 'ann', now + 15 * dayMs)).toMatchObject([
    { task: 'targets', count: 1, names: ['Screening uptake'], since: '2026-07-14' },
    { task: 'data', count: 1 },
    { task: 'codes' },
  ]);
  expect(await tasksOf(vault, 'ann', now + 20 * dayMs)).toMatchObject([
    { task: 'targets' },
    { task: 'data', count: 2, names: ['Exposures', 'Absences'] },
    { task: 'codes' },
  ]);
  expect(await everybodys(vault)).toMatchObject({ ada: ['backup'], cleo: [], eva: [] });
});

it('tells administrators of a backup that is overdue, and of one that was never made', async () => {
  const vault = copyVault(whole, join(folder, 'backups'));
  const people = csvFile(folder, 'people.csv', 'person_ref,role,unit', ['P1,Response,North']);
  await as(vault, 'ann', ({ call }) => call('imports.load', { file: people, kind: 'people', mapping: null }));
  expect(await tasksOf(vault, 'ada')).toEqual([{ task: 'backup', count: 1, names: [], since: null }]);
  await as(vault, 'ada', ({ call }) => call('vault.backup', { file: join(folder, 'one.backup') }));
  expect(await tasksOf(vault, 'ada', now + 7 * dayMs)).toEqual([]);
  expect(await tasksOf(vault, 'ada', now + 7 * dayMs + 1)).toEqual([
    { task: 'backup', count: 1, names: [], since: new Date(now).toISOString() },
  ]);
});

it('tells administrators nothing of what others did with the data', async () => {
  const vault = copyVault(whole, join(folder, 'apart'));
  const people = csvFile(folder, 'others.csv', 'person_ref,role,unit', ['P1,Response,North']);
  await tasksOf(vault, 'ada');
  const load = { file: people, kind: 'people', mapping: null } as const;
  await as(vault, 'ann', ({ call }) => call('imports.load', load), now + dayMs);
  const told = (who: string) => as(vault, who, ({ call }) => call('work.changes', {}), now + 2 * dayMs);
  expect((await told('ada')).changes).toEqual([]);
  expect((await told('ada')).since).not.toBeNull();
});

it('tells of what needs a second person only those who are one', async () => {
  const vault = copyVault(whole, join(folder, 'second'));
  await as(vault, 'ann', ({ call }) => call('schemes.submit', { scheme: 'tiered-v1', reason: 'ready to be read' }));
  await as(vault, 'ada', ({ call }) =>
    call('exports.permit', { user: 'ann', until: '2026-07-31', reason: 'for the yearly report' }),
  );
  const body = canonicalJson({ fit: true });
  withStore(vault, await dataKeyOf(vault), (connection) =>
    connection
      .prepare('INSERT INTO early_warning_model (body, body_hash, kept_at, kept_by, reason) VALUES (?, ?, ?, ?, ?)')
      .run(body, 'of the tests', new Date(now).toISOString(), 'ann', 'to be used'),
  );
  expect(await everybodys(vault)).toEqual({
    ada: [],
    ann: [],
    ben: ['schemes'],
    cleo: ['approvals', 'schemes'],
    eva: ['schemes'],
  });
  expect(await tasksOf(vault, 'cleo')).toMatchObject([{ count: 1 }, { names: ['tiered-v1'] }]);
  const { hash } = await as(vault, 'ben', ({ call }) => call('schemes.get', { scheme: 'tiered-v1' }));
  await as(vault, 'ben', ({ call }) =>
    call('schemes.approve', { scheme: 'tiered-v1', hash, agree: true, reason: 'read it' }),
  );
  await as(vault, 'cleo', ({ call }) => call('approvals.decide', { id: 1, agree: true, note: '' }));
  expect(await everybodys(vault)).toEqual({ ada: [], ann: [], ben: [], cleo: ['schemes'], eva: ['schemes'] });
});

it('tells reviewers of rows a month over their period, until they were kept or deleted', async () => {
  const vault = copyVault(whole, join(folder, 'retention'));
  const exposures = csvFile(folder, 'old.csv', 'person_ref,occurred_at,category', [
    'P1,2019-05-29T10:00:00Z,RTC_FATAL',
    'P1,2026-06-20T10:00:00Z,RTC_FATAL',
  ]);
  const screenings = csvFile(folder, 'screenings.csv', 'person_ref,instrument,scale,taken_on,score', [
    'P1,CBI,personal,2016-01-05,40',
  ]);
  await as(vault, 'ann', async ({ call }) => {
    await call('imports.load', { file: exposures, kind: 'exposures', mapping: null });
    await call('imports.load', { file: screenings, kind: 'screenings', mapping: null });
  });
  const task = (count: number, ...names: string[]) => ({ task: 'retention', count, names, since: null });
  expect(await tasksOf(vault, 'ann'), 'before any period is set').toEqual([]);
  await as(vault, 'ada', async ({ call }) => {
    await call('retention.set', { kind: 'exposures', months: 84 });
    await call('retention.set', { kind: 'screenings', months: 96 });
  });
  expect(await tasksOf(vault, 'ann', now - dayMs), 'a month over to the day').toEqual([]);
  expect(await tasksOf(vault, 'ann')).toEqual([task(1, 'Exposures')]);
  expect(await tasksOf(vault, 'cleo')).toEqual([task(1, 'Screenings')]);
  await as(vault, 'ann', async ({ call }) => {
    const { aged } = await call('retention.review', {});
    expect(aged.map(({ kind }) => kind)).toContain('exposures');
    await call('retention.delete', {
      kind: 'exposures',
      before: aged.find(({ kind }) => kind === 'exposures')!.before,
      reason: 'reviewed with the data protection officer',
    });
  });
  expect(await tasksOf(vault, 'ann')).toEqual([]);
  await as(vault, 'cleo', ({ call }) =>
    call('retention.keep', { kind: 'screenings', until: '2026-07-31', reason: 'a claim is open' }),
  );
  expect(await tasksOf(vault, 'cleo')).toEqual([]);
  expect(await tasksOf(vault, 'cleo', now + 40 * dayMs)).toEqual([task(1, 'Screenings')]);
});
