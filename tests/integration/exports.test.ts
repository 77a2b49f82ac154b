import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#main/report/manifest.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { evidence } from '../security/evidence.ts';
import {
  copyVault,
  csvFile,
  newSession,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
} from './test-vault.ts';

const folder = temporaryFolder('exports');
const whole = join(folder, 'whole');
const reason = 'a check of the rota against the extract';
const dayMs = 86_400_000;
const today = Math.floor(Date.now() / dayMs);
const until = isoOfDay(today + 30);
const loads = { what: 'loads' as const, spec: { asOf: '2026-06-30', windows: [28, 91] }, people: null };
let copies = 0;

/** A vault with an administrator who is a clinician, an administrator, an analyst, and people with exposures. */
beforeAll(async () => {
  const session = await newVault(whole, ['analyst', 'clinician']);
  const names = Array.from({ length: 30 }, (_, at) => `P${at}`);
  const people = csvFile(folder, 'people.csv', 'person_ref,role,unit', [
    ...names.map((name) => `${name},=RESPONSE,North`),
    'P30,PURSUIT,"South, late"',
  ]);
  await session.call('imports.load', { file: people, kind: 'people', mapping: null });
  const exposures = csvFile(
    folder,
    'exposures.csv',
    'person_ref,occurred_at,category',
    names.map((name, at) => `${name},2026-06-${String(1 + (at % 28)).padStart(2, '0')}T10:00:00Z,RTC_FATAL`),
  );
  await session.call('imports.load', { file: exposures, kind: 'exposures', mapping: null });
  await session.call('users.add', { name: 'ada', roles: ['administrator'], passphrase });
  await session.call('users.add', { name: 'ann', roles: ['analyst'], passphrase });
  await session.call('users.add', { name: 'cleo', roles: ['clinician'], passphrase });
  await session.engine.close();
}, 60_000);

function copied(): string {
  copies += 1;
  return copyVault(whole, join(folder, `copy-${copies}`));
}

async function as<T>(vault: string, name: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await unlocked(vault, name);
  try {
    return await work(session);
  } finally {
    await session.engine.close();
  }
}

/** Ada asks for Ann; the clinician agrees. Gives the number of the permission. */
async function permit(vault: string): Promise<number> {
  const asked = await as(vault, 'ada', ({ call }) => call('exports.permit', { user: 'ann', until, reason }));
  expect(asked.state).toBe('waiting');
  await as(vault, 'cleo', async ({ call }) => {
    const { approvals } = await call('approvals.list', {});
    expect(approvals[0]).toMatchObject({ action: 'exports.permit', object: 'ann', state: 'waiting' });
    await call('approvals.decide', { id: approvals[0]!.id, agree: true, note: '' });
  });
  return asked.id;
}

describe('rows of single people', () => {
  it('are seen by an analyst, read on the command line under an audit event, and not exported by anybody', async () => {
    const vault = copied();
    await as(vault, 'ann', async ({ call, refused }) => {
      const seen = await call('analyses.run', { method: 'exposure-load', spec: { asOf: '2026-06-30', rows: true } });
      expect(seen.result['rows']).toHaveLength(31);
      expect(await call('exports.own', {})).toEqual({ until: null });
      const file = join(folder, 'never.csv');
      expect(await refused('exports.personRows', { of: loads, reason, file })).toMatchObject({ code: 'FORBIDDEN' });
      expect(await refused('exports.personRows', { of: loads, reason, file: null })).toMatchObject({
        code: 'FORBIDDEN',
      });
      expect(existsSync(file)).toBe(false);
    });
    // An administrator's own roles give nothing either, until somebody else has agreed.
    await as(vault, user, async ({ refused }) => {
      expect((await refused('exports.personRows', { of: loads, reason, file: null })).code).toBe('FORBIDDEN');
    });
    await as(vault, 'ada', async ({ call }) => {
      const { entries } = await call('audit.list', { offset: 0, limit: 50 });
      expect(entries.find(({ action }) => action === 'analysis.rows')).toMatchObject({
        user: 'ann',
        object: 'exposure-load',
        details: { rows: 31 },
      });
      const refusals = entries.filter(({ action }) => action === 'export.personRows');
      expect(refusals.map(({ outcome, reason: why }) => [outcome, why])).toEqual(
        Array.from({ length: 3 }, () => ['failed', 'FORBIDDEN']),
      );
    });
  });

  it('go to a new file with marking and manifest once two people have agreed, and into the audit log first', async () => {
    const vault = copied();
    await permit(vault);
    await as(vault, 'ann', async ({ call, refused }) => {
      expect(await call('exports.own', {})).toEqual({ until });
      const file = join(folder, 'rows.csv');
      const written = await call('exports.personRows', { of: loads, reason, file });
      expect(written).toMatchObject({ rows: 31, file, text: null });
      const text = readFileSync(file, 'utf8');
      expect(sha256Hex(text)).toBe(written.sha256);
      const [head, first] = text.split('\r\n');
      expect(head).toBe(
        'person,unit,role,load_28_days,load_91_days,percentile_28_days,percentile_91_days,decayed_load,signals,marking',
      );
      expect(text.split('\r\n').filter((line) => line.endsWith(',OFFICIAL-SENSITIVE'))).toHaveLength(31);
      expect(first).toContain(",'=RESPONSE,");
      const manifest = JSON.parse(readFileSync(`${file}.manifest.json`, 'utf8')) as Record<string, unknown>;
      expect(manifest).toMatchObject({
        madeBy: 'ann',
        reason,
        rows: 31,
        sha256: written.sha256,
        permission: { agreedBy: 'cleo' },
      });
      expect(await refused('exports.personRows', { of: loads, reason, file })).toMatchObject({ code: 'BAD_INPUT' });
      expect((await refused('exports.personRows', { of: loads, reason: 'x', file: null })).code).toBe('BAD_INPUT');
      expect(readFileSync(file, 'utf8')).toBe(text);
    });
    await as(vault, 'ada', async ({ call }) => {
      const { entries } = await call('audit.list', { offset: 0, limit: 50, action: 'export.personRows' });
      const done = entries.find(({ outcome }) => outcome === 'done');
      expect(done).toMatchObject({ user: 'ann', reason, details: { what: 'loads', rows: 31, to: 'file' } });
    });
    evidence(7, 'rows of single people', 'no export without a permission that two people agreed to, and a reason');
  });

  it('are copied for the people chosen alone, and one person’s timeline with what it holds', async () => {
    const vault = copied();
    await permit(vault);
    await as(vault, 'ann', async ({ call, refused }) => {
      const { result } = await call('analyses.run', {
        method: 'exposure-load',
        spec: { asOf: '2026-06-30', rows: true },
      });
      const rows = result['rows'] as { readonly person: string; readonly unit: string; readonly role: string }[];
      const chosen = rows.find(({ role }) => role === '=RESPONSE')!.person;
      const copy = await call('exports.personRows', { of: { ...loads, people: [chosen] }, reason, file: null });
      expect(copy.rows).toBe(1);
      expect(copy.text!.split('\n')[1]!.split('\t').slice(0, 3)).toEqual([chosen, 'North', "'=RESPONSE"]);
      const timeline = await call('exports.personRows', {
        of: { what: 'timeline', person: chosen },
        reason,
        file: null,
      });
      expect(timeline).toMatchObject({ rows: 1, file: null });
      expect(timeline.text).toContain('RTC_FATAL');
      const nobody = { what: 'timeline', person: 'AAAA-AAAA-AAAA' };
      expect((await refused('exports.personRows', { of: nobody, reason, file: null })).code).toBe('NOT_FOUND');
    });
  });
});

describe('a permission', () => {
  it('is agreed to by neither whoever asked nor whoever would hold it', async () => {
    const vault = copied();
    await as(vault, 'ada', async ({ call, refused }) => {
      await call('exports.permit', { user: 'cleo', until, reason });
      const { approvals } = await call('approvals.list', {});
      const own = await refused('approvals.decide', { id: approvals[0]!.id, agree: true, note: '' });
      expect(own.code).toBe('FORBIDDEN');
    });
    await as(vault, 'cleo', async ({ call, refused }) => {
      const { approvals } = await call('approvals.list', {});
      const own = await refused('approvals.decide', { id: approvals[0]!.id, agree: true, note: '' });
      expect(own.code).toBe('FORBIDDEN');
      expect(await call('exports.own', {})).toEqual({ until: null });
      expect((await refused('exports.personRows', { of: loads, reason, file: null })).code).toBe('FORBIDDEN');
    });
  });

  it('ends when it is withdrawn, when its day is over, and with the user it was given to', async () => {
    const withdrawn = copied();
    const id = await permit(withdrawn);
    const over = copyVault(withdrawn, join(folder, 'over'));
    const gone = copyVault(withdrawn, join(folder, 'gone'));
    await as(withdrawn, 'ada', async ({ call, refused }) => {
      expect(await call('exports.withdraw', { id })).toMatchObject({ state: 'withdrawn', withdrawnBy: 'ada' });
      expect((await refused('exports.withdraw', { id })).code).toBe('BAD_INPUT');
    });
    await as(withdrawn, 'ann', async ({ refused }) => {
      expect((await refused('exports.personRows', { of: loads, reason, file: null })).code).toBe('FORBIDDEN');
    });
    const later = newSession(() => Date.now() + 31 * dayMs);
    await later.call('vault.unlock', { folder: over, user: 'ann', passphrase });
    expect(await later.call('exports.own', {})).toEqual({ until: null });
    expect((await later.refused('exports.personRows', { of: loads, reason, file: null })).code).toBe('FORBIDDEN');
    await later.engine.close();
    await as(gone, 'ada', async ({ call }) => {
      await call('users.remove', { name: 'ann' });
      await call('users.add', { name: 'ann', roles: ['analyst'], passphrase });
      expect((await call('exports.permissions', {})).permissions).toMatchObject([{ state: 'gone' }]);
    });
    await as(gone, 'ann', async ({ refused }) => {
      expect((await refused('exports.personRows', { of: loads, reason, file: null })).code).toBe('FORBIDDEN');
    });
  });

  it('is declined, taken back, or refused for no day, no such user, or one who sees no rows', async () => {
    const vault = copied();
    await as(vault, 'ada', async ({ call, refused }) => {
      expect((await refused('exports.permit', { user: 'ada', until, reason })).code).toBe('BAD_INPUT');
      expect((await refused('exports.permit', { user: 'nobody', until, reason })).code).toBe('BAD_INPUT');
      for (const day of [isoOfDay(today - 1), isoOfDay(today + 400), '2026-02-30'])
        expect((await refused('exports.permit', { user: 'ann', until: day, reason })).code).toBe('BAD_INPUT');
      const { id } = await call('exports.permit', { user: 'ann', until, reason });
      await call('exports.withdraw', { id });
      const { approvals } = await call('approvals.list', {});
      expect(approvals).toMatchObject([{ state: 'declined' }]);
    });
    await as(vault, 'ada', ({ call }) => call('exports.permit', { user: 'ann', until, reason }));
    await as(vault, 'cleo', async ({ call }) => {
      const { approvals } = await call('approvals.list', {});
      await call('approvals.decide', { id: approvals[0]!.id, agree: false, note: '' });
    });
    await as(vault, 'ada', async ({ call }) => {
      const { permissions, users } = await call('exports.permissions', {});
      expect(permissions.map(({ state }) => state)).toEqual(['declined', 'withdrawn']);
      expect(users).toEqual([user, 'ann', 'cleo']);
    });
  });

  it('holds at once where nobody else is there to agree, and the audit log says so', async () => {
    const alone = join(folder, 'alone');
    const { call, engine } = await newVault(alone, ['analyst']);
    expect(await call('exports.permit', { user, until, reason })).toMatchObject({ state: 'in-force', agreedBy: null });
    expect(await call('exports.own', {})).toEqual({ until });
    const { entries } = await call('audit.list', { offset: 0, limit: 5, action: 'export.permit' });
    expect(entries[0]).toMatchObject({ object: `user ${user}`, reason, details: { alone: true, until } });
    await engine.close();
  });
});
