import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import countV1 from '#resources/schemes/count-v1.json' with { type: 'json' };
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { type Scheme, schemeSchema } from '#shared/domain/scheme.ts';
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

const folder = temporaryFolder('worklist-scheme');
const vault = join(folder, 'vault');
const id = 'force-2026';
const lastDay = dayOfIso('2026-05-31')!;

/** Children's deaths at once, much over a year, and every act of terror; a signal stands beside an open case. */
const own: Scheme = {
  ...schemeSchema.parse(countV1),
  id,
  status: 'draft',
  approved_by: null,
  effective_from: null,
  tiers: { A: { weight: 3, categories: ['DEATH_CHILD_INFANT'] } },
  review_triggers: [{ rule: 'A>=2 in 28d' }, { rule: 'single:POLICE_CONTACT_DEATH' }, { rule: 'single:TERROR' }],
  suppress_if_open_case: false,
};

let files = 0;
async function met(session: Session, events: readonly (readonly [ref: string, day: number, category: string])[]) {
  files += 1;
  const lines = events.map(
    ([ref, day, category], at) => `${ref},${isoOfDay(day)}T10:00:00,${category},I${files}-${at}`,
  );
  const file = csvFile(folder, `exposures-${files}.csv`, 'person_ref,occurred_at,category,incident_ref', lines);
  await session.call('imports.load', { file, kind: 'exposures', mapping: null });
}

async function as<T>(name: string, into: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await unlocked(into, name);
  const answer = await work(session);
  await session.engine.close();
  return answer;
}

const list = (session: Session) => session.call('cases.worklist', {});

async function adopt(session: Session, scheme: string) {
  const { seen } = await session.call('worklistScheme.preview', { scheme });
  return session.call('worklistScheme.adopt', { scheme, seen, reason: 'read the comparison' });
}

/** What the store says to a change that goes round the engine. */
async function storeRefuses(into: string, sql: string): Promise<string> {
  return withStore(into, await dataKeyOf(into), (connection) => {
    try {
      connection.exec(sql);
      return 'done';
    } catch (error) {
      return (error as Error).message;
    }
  });
}

beforeAll(async () => {
  const session = await newVault(vault, ['analyst', 'clinician']);
  for (const [name, role] of [
    ['ana', 'analyst'],
    ['eva', 'evaluator'],
    ['cora', 'clinician'],
  ] as const) {
    await session.call('users.add', { name, roles: [role], passphrase });
  }
  const refs = ['Often', 'Children', 'Death', 'Terror', 'Quiet'];
  const people = csvFile(
    folder,
    'people.csv',
    'person_ref,role,unit',
    refs.map((ref) => `${ref},Response,${ref}`),
  );
  await session.call('imports.load', { file: people, kind: 'people', mapping: null });
  await met(session, [
    ...Array.from({ length: 9 }, (_, at) => ['Often', lastDay - 10 * at, 'RTC_FATAL'] as const),
    ['Children', lastDay - 5, 'DEATH_CHILD_INFANT'],
    ['Children', lastDay - 1, 'DEATH_CHILD_INFANT'],
    ['Death', lastDay - 3, 'POLICE_CONTACT_DEATH'],
    ['Terror', lastDay - 20, 'TERROR'],
    ['Quiet', lastDay - 90, 'TERROR'],
  ]);
  await session.call('schemes.draft', { document: own, copiedFrom: 'count-v1', reason: 'for this force' });
  await session.call('schemes.submit', { scheme: id, reason: 'ready to be read' });
  await session.engine.close();
  for (const name of ['ana', 'eva']) {
    await as(name, vault, async (reader) => {
      const { hash } = await reader.call('schemes.get', { scheme: id });
      await reader.call('schemes.approve', { scheme: id, hash, agree: true, reason: 'read it' });
    });
  }
}, 120_000);

describe('the scheme of the worklist', () => {
  it('is plain counts until a clinician who did not write another adopts it, having seen what would change', async () => {
    const into = copyVault(vault, join(folder, 'adopted'));
    for (const name of ['ana', 'eva']) {
      await as(name, into, async (other) => {
        expect(await other.refused('worklistScheme.preview', { scheme: id })).toMatchObject({ code: 'FORBIDDEN' });
        const forced = { scheme: id, seen: '', reason: 'to see it' };
        expect(await other.refused('worklistScheme.adopt', forced)).toMatchObject({ code: 'FORBIDDEN' });
        expect(await other.call('worklistScheme.get', {})).toEqual({ scheme: 'count-v1', version: 0, adoptions: [] });
      });
    }
    await as(user, into, async (author) => {
      const { mayAdopt, seen } = await author.call('worklistScheme.preview', { scheme: id });
      expect(mayAdopt).toBe(false);
      const refused = await author.refused('worklistScheme.adopt', { scheme: id, seen, reason: 'it is mine' });
      expect(refused).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('wrote or submitted') });
    });
    await as('cora', into, async (session) => {
      const before = await list(session);
      expect([before.scheme, before.schemeVersion, before.items.length]).toEqual(['count-v1', 0, 2]);
      const preview = await session.call('worklistScheme.preview', { scheme: id });
      // Children and Terror come to the list, Often would not be on it, and Death is reached by both.
      expect(preview).toMatchObject({
        inUse: { scheme: 'count-v1', version: 0 },
        version: 1,
        people: { gained: 2, lost: 1, kept: 1 },
        signals: 2,
        joinsOpenCase: false,
        mayAdopt: true,
      });
      const reasons = preview.changes.map(({ change, reasons: why }) => `${change}: ${why.join(' ')}`).sort();
      expect(reasons[0]).toMatch(/^gained: .*tier A in 28 days: 2 recorded/);
      expect(reasons[1]).toMatch(/^gained: .* on 11 May 2026: told each time/);
      expect(reasons[2]).toMatch(/^lost: 8 or more exposures in 180 days: 9 recorded/);
      expect(preview.comparison).toMatchObject({ method: 'scheme-comparison', asOf: isoOfDay(lastDay) });
      expect((await list(session)).raised, 'a look raises nothing').toBe(0);

      const adopted = await session.call('worklistScheme.adopt', {
        scheme: id,
        seen: preview.seen,
        reason: 'what the force has seen',
      });
      expect(adopted).toMatchObject({ scheme: id, version: 1, by: 'cora', gained: 2, lost: 1 });
      const after = await list(session);
      expect([after.scheme, after.schemeVersion, after.raised]).toEqual([id, 1, preview.signals]);
      // What was raised before stays, and says by which scheme.
      expect(after.items.map(({ raisedBy }) => raisedBy.join()).sort()).toEqual([
        'count-v1 (built in)',
        'count-v1 (built in)',
        'force-2026, version 1',
        'force-2026, version 1',
      ]);
    });
    await as(user, into, async (administrator) => {
      const { entries } = await administrator.call('audit.list', { offset: 0, limit: 50 });
      const adopted = entries.find(({ action }) => action === 'worklistScheme.adopt')!;
      expect(adopted).toMatchObject({ user: 'cora', object: `scheme ${id}`, reason: 'what the force has seen' });
      expect(entries.map(({ action }) => action)).toContain('worklistScheme.preview');
    });
  });

  it('is adopted as it was seen: not on other data, and never a draft', async () => {
    const into = copyVault(vault, join(folder, 'seen'));
    await as('cora', into, async (session) => {
      for (const [scheme, code, message] of [
        ['tiered-v1', 'BAD_INPUT', 'not approved'],
        ['count-v1', 'BAD_INPUT', 'already'],
        ['no-such', 'NOT_FOUND', 'no weighting scheme'],
      ] as const) {
        const refused = await session.refused('worklistScheme.preview', { scheme });
        expect(refused).toMatchObject({ code, message: expect.stringContaining(message) });
      }
    });
    const { seen } = await as('cora', into, (session) => session.call('worklistScheme.preview', { scheme: id }));
    await as(user, into, (session) => met(session, [['Quiet', lastDay, 'TERROR']]));
    await as('cora', into, async (session) => {
      const stale = await session.refused('worklistScheme.adopt', { scheme: id, seen, reason: 'read it' });
      expect(stale).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('others than when') });
      expect((await session.call('worklistScheme.get', {})).scheme).toBe('count-v1');
    });
    for (const [sql, message] of [
      [`'tiered-v1', 0, '', 0, 0, 0, '', 'cora', ''`, 'only an approved scheme'],
      [`'${id}', 1, 'another', 0, 0, 0, '', 'cora', ''`, 'only an approved scheme'],
      [`'${id}', 1, (SELECT body_hash FROM scheme_version), 0, 0, 0, '', '${user}', ''`, 'nobody adopts'],
    ] as const) {
      expect(await storeRefuses(into, `INSERT INTO scheme_adoption VALUES (NULL, ${sql})`)).toContain(message);
    }
  });

  it('is kept with its history, goes back to another, and is not put away while it is in use', async () => {
    const into = copyVault(vault, join(folder, 'history'));
    await as('cora', into, async (session) => {
      await adopt(session, id);
      const refused = await session.refused('schemes.retire', { scheme: id, reason: 'no longer used' });
      expect(refused).toMatchObject({ code: 'BAD_INPUT', message: `The worklist goes by ${id}.` });
      const { schemes } = await session.call('schemes.list', {});
      expect(schemes.filter(({ onWorklist }) => onWorklist).map(({ scheme }) => scheme)).toEqual([id]);
    });
    const retired = "INSERT INTO scheme_event SELECT NULL, id, 'retired', '', 'cora', '' FROM scheme_version";
    expect(await storeRefuses(into, retired)).toContain('in use is not retired');
    // Nobody wrote plain counts: whoever drafted the other may go back to them.
    await as(user, into, async (author) => {
      await adopt(author, 'count-v1');
      expect(await author.call('worklistScheme.get', {})).toMatchObject({
        scheme: 'count-v1',
        version: 0,
        adoptions: [
          { scheme: 'count-v1', by: user, gained: 1, lost: 2 },
          { scheme: id, version: 1, by: 'cora', gained: 2, lost: 1 },
        ],
      });
      await author.call('schemes.retire', { scheme: id, reason: 'no longer used' });
    });
    for (const sql of ["UPDATE scheme_adoption SET user = 'x'", 'DELETE FROM scheme_adoption']) {
      expect(await storeRefuses(into, sql)).toContain('never changed');
    }
  });
});

describe('a signal of somebody with an open case', () => {
  it('joins it as new since the last decision, or stands by itself where the scheme says so', async () => {
    const into = copyVault(vault, join(folder, 'open case'));
    const session = await unlocked(into);
    const death = (await list(session)).items.find(({ reasons }) => reasons[0]!.includes('told each time'))!;
    const { case: open } = await session.call('cases.open', { person: death.person, origin: 'signal' });
    const { seen } = await session.call('cases.view', { case: open });
    const decision = { case: open, seen, decision: 'monitor', reason: 'in touch', overrides: true } as const;
    await session.call('cases.decide', { ...decision, overrideReason: 'has support', due: isoOfDay(lastDay + 400) });
    // By plain counts it joins, within any cool-down.
    await met(session, [['Death', lastDay - 2, 'POLICE_CONTACT_DEATH']]);
    expect((await list(session)).items.find((item) => item.case === open)).toMatchObject({ newSignals: 1 });
    await session.engine.close();
    await as('cora', into, (other) => adopt(other, id));
    const again = await unlocked(into);
    await met(again, [['Death', lastDay, 'POLICE_CONTACT_DEATH']]);
    const { items } = await list(again);
    const alone = items.find(({ kind, person }) => kind === 'signal' && person === death.person)!;
    expect(alone).toMatchObject({ case: null, openCase: open, newSignals: 1, raisedBy: ['force-2026, version 1'] });
    expect(
      items.find((item) => item.case === open),
      'what had joined stays',
    ).toMatchObject({ newSignals: 1 });
    // A clinician may join it by hand.
    await again.call('cases.open', { person: death.person, origin: 'signal' });
    const joined = (await list(again)).items.filter(({ person }) => person === death.person);
    expect(joined).toMatchObject([{ kind: 'case', case: open, newSignals: 2 }]);
    const { signals } = await again.call('cases.view', { case: open });
    expect(signals.map(({ scheme }) => scheme)).toEqual([
      'count-v1 (built in)',
      'count-v1 (built in)',
      'force-2026, version 1',
    ]);
    await again.engine.close();
  });
});

describe('a rule that comes and goes around its threshold', () => {
  it('is one standing, said again after its cool-down, and new only once it had cleared', async () => {
    const into = copyVault(vault, join(folder, 'hysteresis'));
    await as('cora', into, (other) => adopt(other, id));
    const session = await unlocked(into);
    const raisedOn = async (day: number): Promise<number> => {
      // Somebody else’s exposure moves the newest day of the data.
      await met(session, [['Quiet', day, 'RTC_FATAL']]);
      return (await list(session)).raised;
    };
    const meets = (day: number) =>
      met(session, [
        ['Children', day - 1, 'DEATH_CHILD_INFANT'],
        ['Children', day, 'DEATH_CHILD_INFANT'],
      ]);
    // With the two single events.
    expect(await raisedOn(lastDay)).toBe(3);
    // The first of the two is 28 days old on day 23: it is false from then on, and stands all the same.
    expect(await raisedOn(lastDay + 22)).toBe(0);
    expect(await raisedOn(lastDay + 40)).toBe(0);
    await meets(lastDay + 42);
    expect(await raisedOn(lastDay + 42)).toBe(1);
    const reasons = (await list(session)).items.flatMap((item) => item.reasons).join('\n');
    expect(reasons).toMatch(/tier A in 28 days: 2 recorded; .* Said again: it stands since \d+ \w+ 2026\./);
    // Long false, it has cleared.
    expect(await raisedOn(lastDay + 150)).toBe(0);
    await meets(lastDay + 152);
    expect(await raisedOn(lastDay + 152)).toBe(1);
    await session.engine.close();
    const signals = withStore(into, await dataKeyOf(into), (connection) =>
      connection
        .prepare("SELECT again, scheme, scheme_version AS version FROM signal WHERE rule LIKE 'A>%' ORDER BY id")
        .all(),
    );
    expect(signals).toEqual([0, 1, 0].map((again) => ({ again, scheme: id, version: 1 })));
  });

  it('is told where it came and went between two looks at the list', async () => {
    const into = copyVault(vault, join(folder, 'between'));
    await as('cora', into, (other) => adopt(other, id));
    const session = await unlocked(into);
    await list(session);
    await met(session, [
      ['Quiet', lastDay + 10, 'DEATH_CHILD_INFANT'],
      ['Quiet', lastDay + 11, 'DEATH_CHILD_INFANT'],
      ['Often', lastDay + 120, 'RTC_FATAL'],
    ]);
    expect(await list(session)).toMatchObject({ raised: 1 });
    expect(await list(session)).toMatchObject({ raised: 0 });
    await session.engine.close();
  });
});
