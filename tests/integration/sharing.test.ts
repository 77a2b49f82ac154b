import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReleaseSpec } from '#shared/contract/release-spec.ts';
import {
  copyVault,
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('sharing');
const months = ['2026-01', '2026-02', '2026-03'];
const spec: Pick<ReleaseSpec, 'force' | 'from' | 'to'> = { force: 'North', from: '2026-01-01', to: '2026-03-31' };
let north: Session;
let southFolder: string;

function exposures(force: number): string[] {
  const of = (code: string, month: string, count: number): string[] =>
    Array.from({ length: count }, (_, at) => `P${at % 80},${month}-1${at % 10}T10:00,${code},I-${code}-${month}-${at}`);
  return months.flatMap((month, at) => [
    ...of('RTC_FATAL', month, 30 + 5 * at + force),
    ...of('HOMICIDE_SCENE', month, [25, 20, 3][at]!),
    ...of('DOG_ANIMAL', month, 10),
    // Three in all.
    ...of('TERROR', month, at === 0 ? 3 : 0),
    ...of('SUICIDE_COMPLETED', month, 20 + at),
  ]);
}

function screenings(force: number): string[] {
  return months.flatMap((month) =>
    Array.from({ length: 80 }, (_, at) => `P${at},PHQ-9,completed,${month}-2${at % 8},${at < 18 + force ? 14 : 3}`),
  );
}

async function fill(session: Session, force: number): Promise<void> {
  const load = async (kind: 'people' | 'exposures' | 'screenings', header: string, lines: readonly string[]) => {
    const file = csvFile(folder, `${kind}-${force}.csv`, header, lines);
    await session.call('imports.load', { file, kind, mapping: null });
  };
  await load(
    'people',
    'person_ref,role,unit',
    Array.from({ length: 80 }, (_, at) => `P${at},Constable,${at % 2 === 0 ? 'A' : 'B'}`),
  );
  await load('exposures', 'person_ref,occurred_at,category,incident_ref', exposures(force));
  await load('screenings', 'person_ref,instrument,status,taken_on,score', screenings(force));
}

beforeAll(async () => {
  north = await newVault(join(folder, 'north'));
  await fill(north, 0);
  southFolder = join(folder, 'south');
  const south = await newVault(southFolder);
  await fill(south, 6);
  await south.engine.close();
});

describe('a bundle for other forces', () => {
  it('is shown before it leaves: small counts and what would give them away are withheld, and no row of a person is in it', async () => {
    const { body, counts, withheld, notes } = await north.call('releases.prepare', { spec });
    const told = new Map(body.exposures!.categories.map(({ category, count }) => [category, count]));
    expect(told.get('TERROR')).toBeNull();
    expect([...told.values()].filter((count) => count === null).length).toBeGreaterThan(1);
    expect(withheld).toBeGreaterThan(0);
    expect(counts).toBeGreaterThan(withheld);
    const caseness = body.indicators.find(({ definition }) => definition === 'indicator:caseness-phq-9')!;
    expect(caseness.months).toEqual(months.map((month) => ({ month, numerator: 18, denominator: 80 })));
    expect(notes.join(' ')).toContain('absence');
    expect(JSON.stringify(body)).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect((await north.call('releases.list', {})).releases).toEqual([]);
  });

  it('is entered in the log before it is written, is the same body each time, and never written over', async () => {
    const file = join(folder, 'north.bundle');
    const { hash } = await north.call('releases.prepare', { spec });
    const shared = await north.call('releases.share', { spec, reason: 'National picture', file });
    expect(shared).toMatchObject({ state: 'written', hash, file });
    expect(shared.fingerprint).toBe((await north.call('releases.key', {})).fingerprint);
    const [entry] = (await north.call('releases.list', {})).releases;
    expect(entry).toMatchObject({
      kind: 'bundle',
      purpose: 'National picture',
      manifestHash: shared.sha256,
      withdrawn: null,
    });
    expect((await north.refused('releases.share', { spec, reason: 'again', file })).code).toBe('BAD_INPUT');
    const again = await north.call('releases.share', { spec, reason: 'again', file: join(folder, 'again.bundle') });
    expect(readFileSync(again.file!)).toEqual(readFileSync(file));
  });

  it('withholds what only an earlier release would give away', async () => {
    const whole = await north.call('releases.prepare', { spec });
    const part = await north.call('releases.prepare', { spec: { ...spec, to: '2026-02-28' } });
    const countOf = ({ body }: typeof whole): number | null | undefined =>
      body.exposures!.categories.find(({ category }) => category === 'HOMICIDE_SCENE')?.count;
    // 48 are out; 45 of two months would give the 3 of the third away.
    expect([countOf(whole), countOf(part)]).toEqual([48, null]);
  });

  it('can be withdrawn with a reason, stays in the log, and is pooled with another force’s by the command’s own call', async () => {
    const south = await unlocked(southFolder);
    const other = await south.call('releases.share', {
      spec: { ...spec, force: 'South' },
      reason: 'National picture',
      file: join(folder, 'south.bundle'),
    });
    await south.engine.close();
    const files = [join(folder, 'north.bundle'), join(folder, 'south.bundle')];
    const { fingerprint } = await north.call('releases.key', {});
    const trusted = { North: fingerprint, South: other.fingerprint! };
    const trust = join(folder, 'trusted.json');
    writeFileSync(trust, JSON.stringify(trusted));
    const pooled = await north.call('bundles.pool', { files, spec: {}, trust, report: null });
    const result = pooled.result as { indicators: { id: string; all: { numerator: number; denominator: number } }[] };
    expect(result.indicators.find(({ id }) => id === 'indicator:caseness-phq-9')!.all).toMatchObject({
      numerator: 3 * (18 + 24),
      denominator: 3 * 160,
    });
    expect((await north.refused('bundles.pool', { files, spec: {}, trust: null, report: null })).message).toContain(
      'north.bundle',
    );
    const [release] = (await north.call('releases.list', {})).releases;
    await north.call('releases.withdraw', { id: release!.id, reason: 'a wrong period' });
    expect((await north.call('releases.list', {})).releases[0]!.withdrawn).toMatchObject({
      reason: 'a wrong period',
      user,
    });
    expect((await north.refused('releases.withdraw', { id: release!.id, reason: 'again' })).code).toBe('BAD_INPUT');
  });

  it('leaves only once another person has agreed to exactly this body, where the vault asks for two', async () => {
    const where = copyVault(southFolder, join(folder, 'two-people'));
    const author = await unlocked(where);
    await author.call('users.add', { name: 'second', roles: ['administrator'], passphrase });
    await author.call('releases.setRule', { twoPeople: true, reason: 'agreed with information security' });
    const file = join(folder, 'agreed.bundle');
    const asked = { spec: { ...spec, force: 'South' }, reason: 'National picture', file };
    const waiting = await author.call('releases.share', asked);
    expect(waiting).toMatchObject({ state: 'waiting', file: null });
    expect(existsSync(file)).toBe(false);
    expect((await author.refused('approvals.decide', { id: waiting.request, agree: true, note: '' })).code).toBe(
      'FORBIDDEN',
    );
    await author.engine.close();
    const second = await unlocked(where, 'second');
    await second.call('approvals.decide', { id: waiting.request!, agree: true, note: '' });
    await second.engine.close();
    const back = await unlocked(where);
    const other = await back.call('releases.share', {
      ...asked,
      spec: { ...asked.spec, to: '2026-02-28' },
      file: join(folder, 'other.bundle'),
    });
    expect(other.state).toBe('waiting');
    expect((await back.call('releases.share', asked)).state).toBe('written');
    expect((await back.call('releases.requests', {})).requests.map(({ state }) => state)).toEqual(['waiting', 'done']);
    await back.engine.close();
  });

  it('is signed by the same key after the keys of the vault have changed, which is nowhere in clear', async () => {
    const where = copyVault(southFolder, join(folder, 'rekeyed'));
    const session = await unlocked(where);
    const before = await session.call('releases.key', {});
    await session.call('vault.rekey', {});
    expect(await session.call('releases.key', {})).toEqual(before);
    const shared = await session.call('releases.share', {
      spec: { ...spec, force: 'South' },
      reason: 'After',
      file: join(folder, 'after.bundle'),
    });
    expect(shared.fingerprint).toBe(before.fingerprint);
    await session.engine.close();
    withStore(where, await dataKeyOf(where), (connection) => {
      const rows = connection.prepare<[], { wrapped_private_key: Buffer }>('SELECT * FROM signing_key').all();
      expect(rows.map(({ wrapped_private_key: wrapped }) => wrapped.length)).toEqual([60]);
    });
  });
});
