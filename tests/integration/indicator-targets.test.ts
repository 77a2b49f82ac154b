import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Indicator } from '#main/analysis/indicators/evaluate.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import {
  copyVault,
  csvFile,
  dataKeyOf,
  newSession,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('indicator-targets');
const vault = join(folder, 'vault');
const months = Array.from(
  { length: 13 },
  (_, at) => `${at < 12 ? 2024 : 2025}-${String((at % 12) + 1).padStart(2, '0')}`,
);
const people = Array.from({ length: 40 }, (_, at) => `P${at}`);
const reviewOn = '2126-03-31';
const owner = 'Head of people';

beforeAll(async () => {
  const session = await newVault(vault, ['analyst']);
  const files = {
    people: csvFile(
      folder,
      'people.csv',
      'person_ref,role,unit',
      people.map((ref) => `${ref},Response,North`),
    ),
    // A fifth or a quarter of them wait for longer than a day, month about.
    peer_requests: csvFile(
      folder,
      'requests.csv',
      'request_ref,requester_token,requested_at,responded_at',
      months.flatMap((month, odd) =>
        people.map(
          (ref, at) =>
            `${month}-${at},T${ref},${month}-02T09:00:00Z,${month}-0${at < (odd % 2 ? 28 : 27) ? 3 : 8}T09:00:00Z`,
        ),
      ),
    ),
  };
  for (const [kind, file] of Object.entries(files)) {
    const { rows } = await session.call('imports.load', { file, kind, mapping: null });
    expect([kind, rows.rejected]).toEqual([kind, 0]);
  }
  await session.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
  await session.engine.close();
});

const indicator = 'peer-response';
const spec = { asOf: '2025-01-31', months: 13, indicators: [indicator, 'exposure-coverage'] };

async function run(session: Session, of: object = spec) {
  const answer = await session.call('analyses.run', { method: 'indicators', spec: { ...of } });
  const [first, second] = answer.result['indicators'] as readonly Indicator[];
  const named = [first, second].find((one) => one?.id === indicator)!;
  return { ...answer, named, bytes: canonicalJson(answer) };
}

describe('the target of an indicator', () => {
  it('is drawn and judged by where it lies against the limits, and belongs to the snapshot', async () => {
    const session = await unlocked(copyVault(vault, join(folder, 'judged')));
    const before = await run(session);
    expect(before.named).toMatchObject({ target: null, chart: { assurance: null } });
    const { centre, lower, upper } = before.named.chart;
    const judged = async (value: number) => {
      await session.call('targets.set', { indicator, value, owner, reviewOn, reason: 'agreed by the board' });
      return run(session);
    };
    const within = await judged(Math.round(centre!));
    expect(within.named).toMatchObject({
      target: { value: Math.round(centre!), setBy: 'force', owner, reviewOn },
      chart: { assurance: 'hit or miss', centre, lower, upper },
    });
    expect(within.reading.join(' ')).toMatch(/hit and miss: it lies within the limits/);
    expect((await judged(Math.ceil(upper!) + 1)).named.chart.assurance).toBe('fail');
    const passing = await judged(Math.floor(lower!) - 1);
    expect(passing.named.chart.assurance).toBe('pass');
    expect(passing.reading.join(' ')).toMatch(/is met \(consistently passing/);
    // Same snapshot and spec, same bytes; another target is another snapshot.
    expect((await run(session)).bytes).toBe(passing.bytes);
    expect(new Set([before, within, passing].map(({ provenance }) => provenance.snapshot)).size).toBe(3);
    await session.call('targets.withdraw', { indicator, reason: 'asked for no longer' });
    expect((await run(session)).bytes).toBe(before.bytes);
    await session.engine.close();
  });

  it('says nothing of chance from fewer than twelve months', async () => {
    const session = await unlocked(copyVault(vault, join(folder, 'few')));
    await session.call('targets.set', { indicator, value: 10, owner, reviewOn, reason: 'agreed by the board' });
    const { named, reading } = await run(session, { ...spec, months: 11 });
    expect(named.chart).toMatchObject({ assurance: null, centre: expect.any(Number) });
    expect(reading.join(' ')).toMatch(/target of 10 is met \(too few months/);
    await session.engine.close();
  });

  it('goes before the one of the definition, which holds again once it is withdrawn', async () => {
    const session = await unlocked(copyVault(vault, join(folder, 'definition')));
    const coverage = async () => {
      const { result } = await session.call('analyses.run', {
        method: 'indicators',
        spec: { ...spec, indicators: ['exposure-coverage'] },
      });
      return (result['indicators'] as readonly Indicator[])[0]!.target;
    };
    const own = { value: 95, setBy: 'definition', owner: null, reviewOn: null };
    expect(await coverage()).toEqual(own);
    const asked = { indicator: 'exposure-coverage', reason: 'agreed by the board' };
    await session.call('targets.set', { ...asked, value: 99, owner, reviewOn });
    expect(await coverage()).toMatchObject({ value: 99, setBy: 'force' });
    await session.call('targets.withdraw', asked);
    expect(await coverage()).toEqual(own);
    await session.engine.close();
  });

  it('keeps all that was set before, by whom and why, and nobody changes it', async () => {
    const into = copyVault(vault, join(folder, 'history'));
    const session = await unlocked(into);
    for (const value of [80, 85]) {
      await session.call('targets.set', { indicator, value, owner, reviewOn, reason: `agreed at ${value}` });
    }
    await session.call('targets.withdraw', { indicator, reason: 'asked for no longer' });
    const { targets } = await session.call('targets.list', {});
    expect(targets).toMatchObject([
      {
        indicator,
        current: null,
        history: [
          { kind: 'withdrawn', value: null, owner: null, by: user, reason: 'asked for no longer' },
          { kind: 'set', value: 85, owner, reviewOn, by: user, reason: 'agreed at 85' },
          { kind: 'set', value: 80, reason: 'agreed at 80' },
        ],
      },
    ]);
    const { entries } = await session.call('audit.list', { offset: 0, limit: 10 });
    expect(entries.filter(({ action }) => action.startsWith('target.'))).toHaveLength(3);
    expect(JSON.stringify(entries), 'the owner in the audit log').not.toContain(owner);
    await session.engine.close();
    const key = await dataKeyOf(into);
    for (const sql of ['UPDATE indicator_target SET value = 1', 'DELETE FROM indicator_target']) {
      expect(() => withStore(into, key, (connection) => connection.exec(sql))).toThrow('never changed');
    }
  });

  it('is refused where nothing could meet it, and set by analysts only', async () => {
    const into = copyVault(vault, join(folder, 'refused'));
    const session = await unlocked(into);
    const common = { indicator, value: 90, owner, reviewOn, reason: 'agreed by the board' };
    for (const [change, code, words] of [
      [{ indicator: 'morale' }, 'NOT_FOUND', 'no such indicator'],
      [{ indicator: 'exposure-rate' }, 'BAD_INPUT', 'neither higher nor lower'],
      [{ value: 101 }, 'BAD_INPUT', 'at most 100'],
      [{ value: -1 }, 'BAD_INPUT', 'below zero'],
      [{ reviewOn: '2020-01-01' }, 'BAD_INPUT', 'not one to come'],
      [{ reviewOn: '2126-02-30' }, 'BAD_INPUT', ''],
      [{ reason: ' ' }, 'BAD_INPUT', ''],
    ] as const) {
      const refused = await session.refused('targets.set', { ...common, ...change });
      expect(refused, JSON.stringify(change)).toMatchObject({ code, message: expect.stringContaining(words) });
    }
    const nothing = await session.refused('targets.withdraw', { indicator, reason: 'asked for no longer' });
    expect(nothing).toMatchObject({ code: 'BAD_INPUT' });
    expect(await session.call('targets.list', {})).toEqual({ targets: [] });
    await session.engine.close();
    const evaluator = await unlocked(into, 'eva');
    expect(await evaluator.refused('targets.set', common)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await evaluator.call('targets.list', {})).toEqual({ targets: [] });
    await evaluator.engine.close();
  });

  it('is due for review from the day after', async () => {
    const into = copyVault(vault, join(folder, 'review'));
    let nowMs = Date.parse('2027-01-10T12:00:00Z');
    const session = newSession(() => nowMs);
    const open = () => session.call('vault.unlock', { folder: into, user, passphrase });
    await open();
    await session.call('targets.set', { indicator, value: 80, owner, reviewOn: '2027-01-12', reason: 'to be seen' });
    const isOverdue = async () => (await session.call('targets.list', {})).targets[0]!.current!.isReviewOverdue;
    const seen: boolean[] = [];
    for (const day of ['2027-01-11', '2027-01-12', '2027-01-13']) {
      nowMs = Date.parse(`${day}T12:00:00Z`);
      seen.push(await isOverdue());
    }
    expect(seen).toEqual([false, false, true]);
    await session.engine.close();
  });
});
