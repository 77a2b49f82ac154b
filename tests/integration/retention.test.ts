import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { layoutOf } from '#main/store/extract-layout.ts';
import { retentionKinds } from '#shared/domain/retention.ts';
import { rawBytes } from './rights-force.ts';
import {
  contentHash,
  copyVault,
  csvFile,
  dataKeyOf,
  newSession,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  user,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('retention');
const whole = join(folder, 'whole');
const now = Date.UTC(2026, 5, 30, 12);
let dataKey: Buffer;
let copies = 0;

beforeAll(async () => {
  const session = await newVault(whole, ['administrator', 'analyst', 'clinician']);
  const lines = Array.from(
    { length: 240 },
    (_, at) =>
      `P${at % 12},20${15 + (at % 12)}-0${1 + (at % 9)}-10T10:00:00,RTC_FATAL,${at % 12 < 4 ? 'OLDMARK' : 'NEWMARK'}-${at}`,
  );
  const exposures = csvFile(folder, 'exposures.csv', 'person_ref,occurred_at,category,incident_ref', lines);
  await session.call('imports.load', { file: exposures, kind: 'exposures', mapping: null });
  const items = Array.from({ length: 9 }, (_, at) => `item_${at + 1}`).join(',');
  const answers = ['P1,PHQ-9,2016-05-01', 'P2,PHQ-9,2026-05-01'].map((start) => `${start},${'1,'.repeat(8)}1`);
  const phq = csvFile(folder, 'phq.csv', `person_ref,instrument,taken_on,${items}`, answers);
  await session.call('imports.load', { file: phq, kind: 'screenings', mapping: null });
  await session.engine.close();
  dataKey = await dataKeyOf(whole);
});

async function copy(): Promise<Session & { readonly vault: string }> {
  copies += 1;
  const vault = copyVault(whole, join(folder, `copy-${copies}`));
  const session = newSession(() => now);
  await session.call('vault.unlock', { folder: vault, user, passphrase });
  return { vault, ...session };
}

function counted(vault: string, sql: string): number {
  return withStore(vault, dataKey, (connection) => connection.prepare<[], number>(sql).pluck().get()!);
}

describe('how long rows are kept', () => {
  it('can be set for every kind whose rows have a day, and says that its starting values are no more than that', async () => {
    for (const { kind } of retentionKinds) expect(layoutOf(kind).dayColumn, kind).not.toBeNull();
    const { call, engine } = await copy();
    const { periods } = await call('retention.get', {});
    expect(periods.every(({ months, suggestedMonths }) => months === null && suggestedMonths > 0)).toBe(true);
    expect((await call('retention.review', {})).aged).toEqual([]);
    await engine.close();
  });

  it('puts what is older up for review, and deletes nothing by itself', async () => {
    const { vault, call, engine } = await copy();
    const before = withStore(vault, dataKey, (connection) =>
      contentHash(connection, ['audit', 'packed', 'retention_period']),
    );
    await call('retention.set', { kind: 'exposures', months: 84 });
    const { aged } = await call('retention.review', {});
    const old = counted(vault, "SELECT count(*) FROM exposures WHERE day < julianday('2019-06-30') - 2440587.5");
    expect(aged).toMatchObject([{ kind: 'exposures', before: '2019-06-30', rows: old, people: 5, kept: null }]);
    expect(aged[0]!.byMonth.reduce((sum, { rows }) => sum + rows, 0)).toBe(old);
    expect(aged[0]!.byBatch).toEqual([{ batch: 1, fileName: 'exposures.csv', rows: old }]);
    expect(
      withStore(vault, dataKey, (connection) => contentHash(connection, ['audit', 'packed', 'retention_period'])),
    ).toBe(before);
    await call('retention.keep', { kind: 'exposures', until: '2027-01-31', reason: 'an inquiry is open' });
    const kept = await call('retention.review', {});
    expect(kept.aged[0]!.kept).toEqual({ until: '2027-01-31', reason: 'an inquiry is open', by: 'tester' });
    await engine.close();
  });

  it('deletes what is older when somebody decides so: it is in no byte any more, the rest is as it was', async () => {
    const { vault, call, refused, engine } = await copy();
    await call('retention.set', { kind: 'exposures', months: 84 });
    await call('retention.set', { kind: 'screenings', months: 96 });
    const load = { method: 'exposure-load', spec: { asOf: '2026-12-31', rows: true } };
    await call('analyses.run', load);
    const { aged } = await call('retention.review', {});
    const [exposures] = aged;
    const young = counted(vault, 'SELECT count(*) FROM exposures WHERE day >= 18077');
    expect(
      (await refused('retention.delete', { kind: 'exposures', before: '2019-01-01', reason: 'too old' })).code,
    ).toBe('BAD_INPUT');
    const deleted = await call('retention.delete', { kind: 'exposures', before: exposures!.before, reason: 'too old' });
    expect(deleted).toEqual({ rows: exposures!.rows, removed: [{ batch: 1, rows: exposures!.rows }] });
    expect(counted(vault, 'SELECT count(*) FROM exposures')).toBe(young);
    expect((await call('imports.list', {})).batches.at(-1)!.rows.accepted).toBe(240);
    const after = await call('analyses.run', load);
    expect(JSON.stringify(after.result)).toContain(`${young}`);

    expect(counted(vault, 'SELECT count(*) FROM sealed_answers')).toBe(2);
    const screenings = aged.find(({ kind }) => kind === 'screenings')!;
    await call('retention.delete', { kind: 'screenings', before: screenings.before, reason: 'too old' });
    for (const table of ['screenings', 'sealed_answers', 'sealed_safety']) {
      expect(counted(vault, `SELECT count(*) FROM ${table}`), table).toBe(1);
    }
    const review = await call('retention.review', {});
    expect(review.aged).toEqual([]);
    expect(review.decisions.map(({ decision, reason }) => [decision, reason])).toEqual([
      ['deleted', 'too old'],
      ['deleted', 'too old'],
    ]);
    await call('vault.check', { head: null });
    await engine.close();
    const bytes = rawBytes(vault, dataKey, join(folder, 'scratch')).toString('latin1');
    expect(bytes.includes('OLDMARK')).toBe(false);
    expect(bytes.includes('NEWMARK')).toBe(true);
    expect(rawBytes(whole, dataKey, join(folder, 'scratch')).includes('OLDMARK')).toBe(true);
  });

  it('is for clinicians to decide where the rows are clinical', async () => {
    const { vault, call, engine } = await copy();
    await call('retention.set', { kind: 'screenings', months: 96 });
    await call('users.add', { name: 'ana', roles: ['analyst'], passphrase });
    await engine.close();
    const analyst = newSession(() => now);
    await analyst.call('vault.unlock', { folder: vault, user: 'ana', passphrase });
    const { aged } = await analyst.call('retention.review', {});
    expect(aged).toMatchObject([{ kind: 'screenings', reviewer: 'clinician' }]);
    const asked = { kind: 'screenings', before: aged[0]!.before, reason: 'too old' };
    expect((await analyst.refused('retention.delete', asked)).code).toBe('FORBIDDEN');
    expect((await analyst.refused('retention.set', { kind: 'screenings', months: 1 })).code).toBe('FORBIDDEN');
    await analyst.engine.close();
    const events = withStore(vault, dataKey, (connection) =>
      connection.prepare<[], string>('SELECT event FROM audit ORDER BY sequence DESC LIMIT 4').pluck().all(),
    ).join('\n');
    expect(events).toMatch(/"action":"retention.delete".*FORBIDDEN/);
    expect(events).toMatch(/"action":"retention.set".*"refused"/);
  });
});
