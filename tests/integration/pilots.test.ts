import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { erasePerson } from '#main/store/erase-person.ts';
import { personSet } from '#main/store/person-tables.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import {
  copyVault,
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('pilots');
const vault = join(folder, 'vault');
const pilot = 'Brief mindfulness';
let session: Session;
let dataKey: Buffer;

/** Somebody else at the vault, while nobody has it open. */
async function as<T>(name: string, work: (other: Session) => Promise<T>): Promise<T> {
  await session.engine.close();
  const other = await unlocked(vault, name);
  const answer = await work(other);
  await other.engine.close();
  session = await unlocked(vault);
  return answer;
}

/** What the store says to a change that goes round the engine. */
function storeSays(sql: string, of = vault): string {
  return withStore(of, dataKey, (connection) => {
    try {
      connection.exec(sql);
      return 'done';
    } catch (error) {
      return (error as Error).message;
    }
  });
}

async function load(of: Session, kind: string, header: string, lines: readonly string[]): Promise<void> {
  const file = csvFile(folder, `${kind}-${lines.length}.csv`, header, lines);
  const { rows } = await of.call('imports.load', { file, kind, mapping: null });
  expect(rows.rejected).toBe(0);
}

const enrolmentHeader = 'pilot,person_ref,eligible_on,stratum,consented_on,withdrawn_on,not_enrolled_reason';
function enrolments(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, at) => {
    const number = from + at;
    return `${pilot},P${String(number).padStart(3, '0')},2026-01-05,${number % 3 === 0 ? 'nights' : 'days'},2026-01-10,,`;
  });
}

beforeAll(async () => {
  session = await newVault(vault, ['administrator', 'evaluator']);
  dataKey = await dataKeyOf(vault);
  for (const [name, role] of [
    ['ana', 'analyst'],
    ['cleo', 'clinician'],
  ] as const) {
    await session.call('users.add', { name, roles: [role], passphrase });
  }
}, 60_000);
afterAll(() => session.engine.close());

describe('a plan', () => {
  it('may begin as an idea, which says by field what it lacks and cannot be locked', async () => {
    const idea = await session.call('pilots.save', { plan: { pilot: 'Peer walks', title: 'Walks with a peer' } });
    expect(idea).toMatchObject({ status: 'idea', version: 1, design: null, lock: null });
    expect(idea.gaps.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['design', 'primary', 'estimand.summary', 'sampleSize', 'eligibility']),
    );
    const refused = await session.refused('pilots.lock', { pilot: 'Peer walks', hash: idea.hash });
    expect(refused.code).toBe('BAD_INPUT');
    expect(refused.params['primary']).toBe('the primary outcome');
  });

  it('is held to its design, to the instruments there are, and to which way is better', async () => {
    const gaps = async (parts: Parameters<typeof pilotPlan>[0]) => {
      const view = await session.call('pilots.save', { plan: pilotPlan({ pilot: 'Faulty', ...parts }) });
      return view.gaps.map(({ field }) => field);
    };
    const followUp = { fromDay: 80, toDay: 120 };
    const score = (instrument: string, scale: string | null) => ({ of: 'score' as const, instrument, scale });
    expect(await gaps({ arms: [{ arm: 'sessions' }] })).toEqual(['arms', 'arms']);
    expect(await gaps({ allocation: { blockSizes: [3] } })).toEqual(['allocation.blockSizes']);
    expect(await gaps({ primary: { measure: score('NONE', null), better: 'low', followUp } })).toEqual(['primary']);
    expect(await gaps({ primary: { measure: score('GHQ-12', 'none'), better: 'low', followUp } })).toEqual(['primary']);
    expect(await gaps({ primary: { measure: score('SWEMWBS', null), better: 'low', followUp } })).toEqual(['primary']);
    expect(await gaps({ primary: { measure: score('SWEMWBS', null), better: 'high', followUp } })).toEqual([]);
    expect(await gaps({ design: 'stepped-wedge' })).toEqual(['rollout']);
    const sized = (spec: Record<string, unknown>) => gaps({ sampleSize: { by: 'power', spec } });
    expect(await sized({ design: 'randomised' })).toEqual(['sampleSize.spec']);
    expect(await sized({ design: 'randomised', effect: 0.5, lost: 0.2 })).toEqual([]);
    expect(await sized({ design: 'pre-post', effect: 0.5 })).toEqual(['sampleSize.spec']);
  });

  it('is saved in versions, and only evaluators write it', async () => {
    const first = await session.call('pilots.save', { plan: pilotPlan({ title: 'First words' }) });
    expect((await session.refused('pilots.save', { plan: pilotPlan({ title: 'First words' }) })).code).toBe(
      'BAD_INPUT',
    );
    const second = await session.call('pilots.save', { plan: pilotPlan() });
    expect(second).toMatchObject({ status: 'planned', version: 2, gaps: [] });
    expect(second.versions.map(({ hash }) => hash)).toEqual([first.hash, second.hash]);
    const late = { plan: pilotPlan({ title: 'Late words' }), basedOn: first.hash };
    const { message, hint } = await session.refused('pilots.save', late);
    expect(message).toBe('Version 2 of this plan, by tester, was saved since you began to change it.');
    expect(hint).toContain('Nothing was saved');
    const refused = await as('ana', (other) => other.refused('pilots.save', { plan: pilotPlan({ title: 'Mine' }) }));
    expect(refused.code).toBe('FORBIDDEN');
  });

  it('lets nobody be allocated, and nothing be recorded as a deviation, before it is locked', async () => {
    for (const [name, input] of [
      ['pilots.allocate', { pilot }],
      ['pilots.deviate', { pilot, what: 'fewer sessions', reason: 'no room was free' }],
      ['pilots.finish', { pilot, reason: 'all were asked' }],
    ] as const) {
      expect((await session.refused(name, input)).code, name).toBe('BAD_INPUT');
    }
  });
});

describe('a plan that is locked', () => {
  it('is the one that was read, and says who could see outcomes before', async () => {
    expect((await session.refused('pilots.lock', { pilot, hash: '0'.repeat(64) })).code).toBe('BAD_INPUT');
    await as('ana', (other) => load(other, 'pilot_enrolments', enrolmentHeader, enrolments(0, 41)));
    const { hash } = await session.call('pilots.show', { pilot });
    const view = await session.call('pilots.lock', { pilot, hash });
    expect(view).toMatchObject({ status: 'locked', lock: { by: 'tester', version: 2, hash }, finish: null });
    expect(view.couldSeeOutcomes).toEqual([
      { user: 'ana', roles: ['analyst'], why: 'by role' },
      { user: 'tester', roles: ['evaluator'], why: 'before the plan named its outcomes' },
    ]);
  });

  it('cannot be saved, locked again, or changed in the store', async () => {
    expect((await session.refused('pilots.save', { plan: pilotPlan({ title: 'Better words' }) })).message).toContain(
      'locked',
    );
    const { hash } = await session.call('pilots.show', { pilot });
    expect((await session.refused('pilots.lock', { pilot, hash })).code).toBe('BAD_INPUT');
    const never = 'what is kept of a pilot is never changed';
    expect(storeSays("UPDATE pilot_plan SET body = '{}'")).toBe(never);
    expect(storeSays('DELETE FROM pilot_lock')).toBe(never);
    expect(storeSays(`INSERT INTO pilot_plan VALUES (NULL, '${pilot}', 9, '{}', '', '', '')`)).toBe(
      'a plan that is locked has no later version',
    );
    const columns = 'pilot, plan_id, plan_hash, seed, seed_hash, at, user';
    expect(storeSays('INSERT OR REPLACE INTO pilot_lock SELECT * FROM pilot_lock')).toBe('a plan is locked once');
    expect(storeSays(`INSERT OR REPLACE INTO pilot_lock (${columns}) SELECT ${columns} FROM pilot_lock`)).toBe(
      'a plan is locked once',
    );
  });

  it('goes with every deviation and its reason, which nobody changes either', async () => {
    const deviation = { what: 'Eight sessions instead of ten.', reason: 'the room was closed in March' };
    const view = await session.call('pilots.deviate', { pilot, ...deviation });
    expect(view.deviations).toEqual([{ ...deviation, at: view.deviations[0]!.at, by: 'tester' }]);
    expect((await session.refused('pilots.deviate', { pilot, what: 'more', reason: '' })).code).toBe('BAD_INPUT');
    expect(storeSays("UPDATE pilot_deviation SET reason = 'none'")).toContain('never changed');
    expect(storeSays('INSERT OR REPLACE INTO pilot_deviation SELECT * FROM pilot_deviation')).toBe(
      'deviations are only added',
    );
    const events = withStore(vault, dataKey, (connection) =>
      connection.prepare<[], string>("SELECT event FROM audit WHERE action LIKE 'pilot.%'").pluck().all().join('\n'),
    );
    expect(events).not.toContain('March');
    expect(events).toContain('pilot.deviate');
  });
});

describe('a pilot that is given up', () => {
  it('is dropped before its lock by somebody who is not only an evaluator, and never locked afterwards', async () => {
    const reason = 'no team can be spared';
    expect((await session.refused('pilots.drop', { pilot: 'Peer walks', reason })).code).toBe('FORBIDDEN');
    await as('ana', async (other) => {
      expect((await other.refused('pilots.drop', { pilot, reason })).message).toContain('locked');
      const view = await other.call('pilots.drop', { pilot: 'Peer walks', reason });
      expect(view).toMatchObject({ status: 'dropped', drop: { by: 'ana', reason }, lock: null });
      expect((await other.refused('pilots.drop', { pilot: 'Peer walks', reason })).code).toBe('BAD_INPUT');
    });
    const refused = await session.refused('pilots.save', { plan: { pilot: 'Peer walks', title: 'Again' } });
    expect(refused.message).toContain('dropped');
    const { hash } = await session.call('pilots.show', { pilot: 'Peer walks' });
    expect((await session.refused('pilots.lock', { pilot: 'Peer walks', hash })).message).toContain('dropped');
    expect(storeSays("INSERT INTO pilot_plan VALUES (NULL, 'Peer walks', 9, '{}', '', '', '')")).toContain('dropped');
    expect(storeSays('DELETE FROM pilot_drop')).toContain('never changed');
    expect(storeSays(`INSERT INTO pilot_drop VALUES (NULL, '${pilot}', '', '', '')`)).toContain('not locked');
  });
});

describe('chance', () => {
  it('keeps the arms even in every stratum, takes late comers into blocks that are open, and tells no seed', async () => {
    const first = await session.call('pilots.allocate', { pilot });
    expect(first.allocated).toBe(41);
    expect((await session.refused('pilots.allocate', { pilot })).message).toContain('Nobody');
    await as('ana', (other) =>
      load(other, 'pilot_enrolments', enrolmentHeader, [
        ...enrolments(41, 60),
        `${pilot},Q1,2026-01-05,days,,,`,
        `${pilot},Q2,2026-01-05,days,2026-01-06,2026-01-20,`,
        `${pilot},Q3,2026-01-05,days,2026-01-06,,on leave`,
        `${pilot},Q4,,days,2026-01-06,,`,
        `Another,Q5,2026-01-05,days,2026-01-06,,`,
      ]),
    );
    expect((await session.call('pilots.allocate', { pilot })).allocated).toBe(19);
    const { allocations, isReproduced } = await session.call('pilots.allocations', { pilot });
    expect(isReproduced).toBeNull();
    expect(new Set(allocations.map(({ person }) => person)).size).toBe(60);
    expect(JSON.stringify(allocations)).not.toMatch(/P0\d\d/);
    for (const stratum of ['days', 'nights']) {
      const own = allocations.filter((allocation) => allocation.stratum === stratum);
      const sessions = own.filter(({ arm }) => arm === 'sessions').length;
      expect(Math.abs(2 * sessions - own.length), stratum).toBeLessThanOrEqual(3);
      for (const block of new Set(own.map((allocation) => allocation.block))) {
        const inBlock = own.filter((allocation) => allocation.block === block);
        expect(inBlock.filter(({ arm }) => arm === 'sessions').length).toBeLessThanOrEqual(3);
      }
    }
    const { seed, seedHash } = withStore(
      vault,
      dataKey,
      (connection) =>
        connection.prepare('SELECT seed, seed_hash AS seedHash FROM pilot_lock').get() as Record<string, string>,
    );
    const told = JSON.stringify(await session.call('pilots.show', { pilot }));
    expect(told).toContain(seedHash);
    expect(told).not.toContain(seed);
  });

  it('is told with the seed once the pilot is finished, and drawing again gives the same', async () => {
    const { finish, lock } = await session.call('pilots.finish', { pilot, reason: 'all were followed up' });
    expect(finish?.seed).toMatch(/^[0-9a-f]{64}$/);
    expect(lock?.seedHash).not.toBe(finish?.seed);
    expect((await session.call('pilots.allocations', { pilot })).isReproduced).toBe(true);
    expect((await session.refused('pilots.allocate', { pilot })).code).toBe('BAD_INPUT');
    expect(storeSays(`INSERT INTO pilot_draw VALUES (NULL, '${pilot}', '', '', '')`)).toContain('finished');
  });

  it('stays as it was drawn where a person is erased, who goes from the list', async () => {
    await session.engine.close();
    const copy = copyVault(vault, join(folder, 'erased'));
    session = await unlocked(vault);
    const removed = withStore(copy, dataKey, (connection) => {
      const person = connection.prepare<[], string>('SELECT person FROM pilot_allocated_person').pluck().get()!;
      const set = personSet(connection, person)!;
      return connection.transaction(() => erasePerson({ connection } as WriteTransaction, set, () => null))();
    });
    expect(removed).toMatchObject({ pilot_allocated_person: 1, pilot_enrolments: 1 });
    const other = await unlocked(copy);
    const { allocations, isReproduced } = await other.call('pilots.allocations', { pilot });
    expect(allocations.filter(({ person }) => person === null)).toHaveLength(1);
    expect([allocations.length, isReproduced]).toEqual([60, true]);
    await other.call('vault.check', { head: null });
    await other.engine.close();
  });

  it('puts clusters into the sequences of a stepped wedge, once', async () => {
    const wedge = pilotPlan({
      pilot: 'Wedge',
      design: 'stepped-wedge',
      arms: [],
      rollout: [
        { group: 'first', from: '2026-02-01' },
        { group: 'second', from: '2026-03-01' },
      ],
      allocation: { blockSizes: [2] },
    });
    const { hash } = await session.call('pilots.save', { plan: wedge });
    await session.call('pilots.lock', { pilot: 'Wedge', hash });
    await as('ana', (other) =>
      load(
        other,
        'pilot_clusters',
        'pilot,cluster',
        ['North A', 'North B', 'South A', 'South B'].map((cluster) => `Wedge,${cluster}`),
      ),
    );
    expect((await session.call('pilots.allocate', { pilot: 'Wedge' })).arms).toEqual([
      { arm: 'first', allocated: 2 },
      { arm: 'second', allocated: 2 },
    ]);
    const { allocations } = await session.call('pilots.allocations', { pilot: 'Wedge' });
    expect(allocations.map(({ cluster, person }) => [cluster, person])).toEqual([
      ['North A', null],
      ['North B', null],
      ['South A', null],
      ['South B', null],
    ]);
  });
});

describe('a pilot that was changed outside Tidemark', () => {
  const changes: readonly (readonly [name: string, table: string, sql: string])[] = [
    [
      'another plan',
      'pilot_plan',
      `UPDATE pilot_plan SET body = replace(body, 'GHQ-12', 'PHQ-9') WHERE pilot = '${pilot}'`,
    ],
    [
      'another plan with its hash',
      'pilot_lock',
      `UPDATE pilot_lock SET plan_hash = 'x', plan_id = 1 WHERE pilot = '${pilot}'`,
    ],
    ['a deviation that was taken out', 'pilot_deviation', 'DELETE FROM pilot_deviation'],
    ['a deviation in other words', 'pilot_deviation', "UPDATE pilot_deviation SET reason = 'as planned'"],
    ['a deviation dated back', 'pilot_deviation', "UPDATE pilot_deviation SET at = '2026-01-01T00:00:00.000Z'"],
    ['another arm', 'pilot_allocation', "UPDATE pilot_allocation SET arm = 'sessions' WHERE arm = 'as usual'"],
    ['another seed', 'pilot_lock', "UPDATE pilot_lock SET seed = 'mine'"],
    ['a pilot that was never dropped', 'pilot_drop', 'DELETE FROM pilot_drop'],
    ['a pilot that goes on', 'pilot_finish', 'DELETE FROM pilot_finish'],
  ];

  it.each(changes)('is found by the check and shown to nobody: %s', async (name, table, sql) => {
    const of = table === 'pilot_drop' ? 'Peer walks' : pilot;
    await session.engine.close();
    const copy = copyVault(vault, join(folder, name));
    session = await unlocked(vault);
    for (const trigger of ['changed', 'deleted']) {
      expect(storeSays(`DROP TRIGGER ${table}_is_never_${trigger}`, copy)).toBe('done');
    }
    expect(storeSays(sql, copy)).toBe('done');
    const other = await unlocked(copy);
    for (const [operation, input] of [
      ['vault.check', { head: null }],
      ['pilots.show', { pilot: of }],
    ] as const) {
      const refused = await other.refused(operation, input);
      expect(refused.code, operation).toBe('CORRUPT');
      expect(refused.message).toContain(of);
    }
    await other.engine.close();
  });

  it('leaves others as they are: the vault itself is sound', async () => {
    expect((await session.call('vault.check', { head: null })).auditEvents).toBeGreaterThan(10);
  });
});
