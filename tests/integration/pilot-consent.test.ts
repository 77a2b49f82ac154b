import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { erasePerson } from '#main/store/erase-person.ts';
import { personSet } from '#main/store/person-tables.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import type { PilotPerson } from '#shared/contract/pilot-people.ts';
import type { PilotEnrolmentResult } from '#shared/domain/pilot-enrolment.ts';
import type { PilotFidelityResult } from '#shared/domain/pilot-fidelity.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { csvFile, dataKeyOf, newVault, type Session, temporaryFolder, withStore } from './test-vault.ts';

const folder = temporaryFolder('pilot-consent');
const vault = join(folder, 'vault');
const pilot = 'Brief mindfulness';
const header = 'pilot,person_ref,eligible_on,stratum,cluster,consented_on,withdrawn_on,not_enrolled_reason';
let session: Session;
let files = 0;

/** 40 people: twelve have no consent yet, six were not enrolled, two withdrew. */
function line(at: number, withdrawn = at >= 38 ? '2026-02-10' : ''): string {
  const consented = at < 12 || (at >= 12 && at < 18) ? '' : '2026-01-10';
  const reason = at >= 12 && at < 18 ? 'declined' : '';
  const cluster = at % 2 === 0 ? 'North' : 'South';
  return `${pilot},P${at},2026-01-05,${at < 20 ? 'days' : 'nights'},${cluster},${consented},${withdrawn},${reason}`;
}

async function load(kind: string, head: string, lines: readonly string[]): Promise<void> {
  files += 1;
  const file = csvFile(folder, `${kind}-${files}.csv`, head, lines);
  const { rows } = await session.call('imports.load', { file, kind, mapping: null });
  expect(rows.rejected).toBe(0);
}

async function people(state?: PilotPerson['state']): Promise<readonly PilotPerson[]> {
  const all = await session.call('pilots.people', { pilot });
  return state === undefined ? all.people : all.people.filter((one) => one.state === state);
}

async function personNow(person: string): Promise<PilotPerson> {
  return (await people()).find((one) => one.person === person)!;
}

async function enrolment(): Promise<{ result: PilotEnrolmentResult; reading: readonly string[]; snapshot: string }> {
  const spec = { asOf: '2026-06-01', pilot };
  const { result, reading, provenance } = await session.call('analyses.run', { method: 'pilot-enrolment', spec });
  return { result: result as unknown as PilotEnrolmentResult, reading, snapshot: provenance.snapshot };
}

beforeAll(async () => {
  session = await newVault(vault, ['administrator', 'analyst', 'evaluator']);
  await load(
    'pilot_enrolments',
    header,
    Array.from({ length: 40 }, (_, at) => line(at)),
  );
}, 60_000);
afterAll(() => session.engine.close());

describe('how far people have come in a pilot', () => {
  it('is counted with few people withheld, and whatever they would follow from', async () => {
    const { result, reading } = await enrolment();
    expect(result.all.people).toBe(40);
    expect(result.all.byState).toMatchObject({ withdrawn: null, 'taking part': 0 });
    const withheld = Object.values(result.all.byState).filter((count) => count === null);
    expect(withheld.length).toBeGreaterThanOrEqual(2);
    expect(result.strata.map(({ group }) => group)).toEqual(['days', 'nights']);
    expect(result.clusters.map(({ people: count }) => count)).toEqual([20, 20]);
    expect(result.reasons.map(({ reason }) => reason)).toEqual(['declined']);
    expect(reading).toContain('Some counts are withheld: they are small, or a small one would follow from them.');
  });
});

describe('consent to a pilot', () => {
  it('is recorded once of whoever is in the enrolments, on a day that has come', async () => {
    const { person } = (await people('no consent'))[0]!;
    const on = '2026-03-02';
    for (const [wrong, words] of [
      [{ person, on: '2999-01-01' }, 'has come'],
      [{ person: 'ZZZZ-ZZZZ-ZZZZ', on }, 'not in the enrolments'],
      [{ person: (await people('not enrolled'))[0]!.person, on }, 'was not enrolled: declined'],
      [{ person: (await people('withdrawn'))[0]!.person, on: '2026-02-10' }, 'does not follow'],
    ] as const) {
      expect((await session.refused('pilots.consent', { pilot, ...wrong })).message).toContain(words);
    }
    const before = (await enrolment()).snapshot;
    const given = await session.call('pilots.consent', { pilot, person, on });
    expect(given).toMatchObject({ person, state: 'waiting', consentedOn: on, withdrawnOn: null });
    expect((await enrolment()).snapshot).not.toBe(before);
    expect((await session.refused('pilots.consent', { pilot, person, on })).message).toContain('already');
  });
});

describe('withdrawal from a pilot', () => {
  it('ends taking part, and no later extract undoes it', async () => {
    const { person } = (await people('waiting')).find(({ consentedOn }) => consentedOn === '2026-01-10')!;
    const left = { pilot, person, on: '2026-02-01', isDataUsed: true };
    expect((await session.refused('pilots.withdraw', { ...left, on: '2025-12-01' })).message).toContain('after this');
    expect((await session.call('pilots.withdraw', left)).state).toBe('withdrawn');
    await load(
      'pilot_enrolments',
      header,
      Array.from({ length: 40 }, (_, at) => line(at, '').replace('2026-01-10', '2026-05-01')),
    );
    expect(await personNow(person)).toMatchObject({ state: 'withdrawn', isContradicted: true, isDataUsed: true });
    expect((await people('withdrawn')).map(({ isContradicted }) => isContradicted)).toEqual([true, true, true]);
  });

  it('may be followed by the wish that nothing of theirs is used, which analyses keep and count', async () => {
    const leaving = [...(await people('waiting')).slice(0, 6), ...(await people('withdrawn')).slice(0, 1)];
    const on = '2026-06-01';
    for (const { person } of leaving) {
      await session.call('pilots.withdraw', { pilot, person, on, isDataUsed: false });
      const again = await session.refused('pilots.withdraw', { pilot, person, on, isDataUsed: false });
      expect(again.message).toContain('already');
    }
    await load('pilot_session_plan', 'pilot,cluster,at,minutes', [`${pilot},North,2026-06-08T09:00:00,20`]);
    const { result, warnings } = await session.call('analyses.run', {
      method: 'pilot-fidelity',
      spec: { asOf: '2026-06-10', pilot },
    });
    expect((result as unknown as PilotFidelityResult).all.people).toBe(34 - leaving.length);
    expect(warnings).toContain('7 people withdrew and asked that nothing of theirs is used: they are left out.');
  });

  it('takes people out of the draw', async () => {
    const { hash } = await session.call('pilots.save', { plan: pilotPlan() });
    await session.call('pilots.lock', { pilot, hash });
    const waiting = (await people('waiting')).map(({ person }) => person);
    expect((await session.call('pilots.allocate', { pilot })).allocated).toBe(waiting.length);
    const { allocations } = await session.call('pilots.allocations', { pilot });
    expect(allocations.map(({ person }) => person).sort()).toEqual([...waiting].sort());
  });

  it('is followed by a consent of a later day, which is recorded here', async () => {
    const { person } = (await people('withdrawn')).find(({ isDataUsed }) => !isDataUsed)!;
    const back = await session.call('pilots.consent', { pilot, person, on: '2026-06-02' });
    expect(back).toMatchObject({ withdrawnOn: null, isDataUsed: true, isContradicted: false });
  });
});

it('keeps who said what out of the audit log, changes nothing that was said, and erases it with the person', async () => {
  const dataKey = await dataKeyOf(vault);
  const everybody = await people();
  withStore(vault, dataKey, (connection) => {
    const events = connection
      .prepare<[], string>(
        `SELECT event FROM audit WHERE action IN ('pilot.consent', 'pilot.withdraw') AND event ->> 'outcome' = 'done'`,
      )
      .pluck()
      .all();
    expect(events).toHaveLength(10);
    expect(everybody.filter(({ person }) => events.join('\n').includes(person))).toEqual([]);
    for (const sql of ['UPDATE pilot_statement SET on_day = 1', 'DELETE FROM pilot_statement']) {
      expect(() => connection.exec(sql)).toThrow('never changed');
    }
    expect(() => connection.exec('INSERT OR REPLACE INTO pilot_statement SELECT * FROM pilot_statement')).toThrow(
      'only added',
    );
    const [person, rows] = connection
      .prepare<[], [string, number]>('SELECT person, count(*) FROM pilot_statement GROUP BY person LIMIT 1')
      .raw()
      .get()!;
    const erase = connection.transaction(() =>
      erasePerson({ connection } as WriteTransaction, personSet(connection, person)!, () => null),
    );
    expect(erase()).toMatchObject({ pilot_statement: rows });
  });
});
