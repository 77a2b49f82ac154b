import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('adverse-events');
const vault = join(folder, 'vault');
const pilot = 'Brief mindfulness';
let session: Session;

/** Thirteen of sixty people had a headache, eleven of them in sessions; one was in distress, which was serious. */
beforeAll(async () => {
  session = await newVault(vault, ['administrator', 'analyst', 'clinician']);
  await session.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
  const load = async (kind: string, header: string, lines: readonly string[]): Promise<void> => {
    const file = csvFile(folder, `${kind}.csv`, header, lines);
    expect((await session.call('imports.load', { file, kind, mapping: null })).rows.rejected).toBe(0);
  };
  const arm = (at: number) => (at < 11 || at >= 36 ? 'sessions' : 'as usual');
  await load(
    'pilot_enrolments',
    'pilot,person_ref,eligible_on,consented_on,arm',
    Array.from({ length: 60 }, (_, at) => `${pilot},P${at},2026-01-05,2026-01-10,${arm(at)}`),
  );
  await load('adverse_events', 'pilot,person_ref,on,category,seriousness', [
    ...Array.from({ length: 13 }, (_, at) => `${pilot},P${at},2026-02-03,Headache,Not serious`),
    `${pilot},P12,2026-02-10,Distress,Serious`,
  ]);
}, 60_000);
afterAll(() => session.engine.close());

describe('adverse events of a pilot', () => {
  it('are each before a clinician', async () => {
    const { events, hasSerious, hasUnclear } = await session.call('pilots.adverseEvents', { pilot });
    expect(events).toHaveLength(14);
    expect(events?.at(-1)).toMatchObject({ on: '2026-02-10', category: 'Distress', seriousness: 'serious' });
    expect([hasSerious, hasUnclear]).toEqual([true, false]);
  });

  it('are counted for an evaluator with fewer than ten withheld, and whatever they would follow from', async () => {
    await session.engine.close();
    const eva = await unlocked(vault, 'eva');
    const told = await eva.call('pilots.adverseEvents', { pilot });
    expect(told).toMatchObject({ events: null, hasSerious: true, arms: ['as usual', 'sessions'] });
    expect(told.all).toEqual({ name: 'all', people: 13, byArm: [null, null] });
    expect(told.bySeriousness.map(({ people }) => people)).toEqual([null, null, 0]);
    expect(told.byCategory).toEqual([
      { name: 'Distress', people: null, byArm: [null, 0] },
      { name: 'Headache', people: 13, byArm: [null, null] },
    ]);
    const own = { pilot, person: '7K2M-Q4RT-9XBC', on: '2026-03-02', category: 'Headache', seriousness: 'serious' };
    expect((await eva.refused('pilots.adverseEvent', own)).code).toBe('FORBIDDEN');
    await eva.engine.close();
    session = await unlocked(vault);
  });

  it('are recorded once by a clinician, the graver beside an extract, and taken back where it was a mistake', async () => {
    const { person } = (await session.call('pilots.people', { pilot })).people[0]!;
    const one = { pilot, person, on: '2026-03-02', category: 'Poor sleep' };
    const of = (found: { readonly events: readonly object[] | null }) =>
      found.events?.filter(
        (event) =>
          'person' in event && event.person === person && 'category' in event && event.category === 'Poor sleep',
      );
    expect((await session.refused('pilots.adverseEvent', { ...one, seriousness: null })).code).toBe('NOT_FOUND');
    const added = await session.call('pilots.adverseEvent', { ...one, seriousness: 'serious' });
    expect(of(added)).toMatchObject([{ seriousness: 'serious', recordedBy: 'tester', on: '2026-03-02' }]);
    const again = { ...one, category: 'poor sleep', seriousness: 'serious' };
    expect((await session.refused('pilots.adverseEvent', again)).message).toContain('already');
    expect(of(await session.call('pilots.adverseEvent', { ...one, seriousness: null }))).toEqual([]);
    const stranger = { ...one, person: 'ZZZZ-ZZZZ-ZZZZ', seriousness: 'serious' };
    expect((await session.refused('pilots.adverseEvent', stranger)).code).toBe('NOT_FOUND');
    const { events } = await session.call('pilots.adverseEvents', { pilot });
    const [mild] = events!;
    const graver = await session.call('pilots.adverseEvent', {
      ...{ pilot, person: mild!.person, on: mild!.on, category: mild!.category },
      seriousness: 'serious',
    });
    expect(graver.events).toHaveLength(14);
    expect(graver.events?.filter(({ seriousness }) => seriousness === 'serious')).toHaveLength(2);
  });

  it('name nobody in the audit log', async () => {
    const dataKey = await dataKeyOf(vault);
    const events = withStore(vault, dataKey, (connection) =>
      connection.prepare<[], string>("SELECT event FROM audit WHERE action = 'pilot.adverseEvent'").pluck().all(),
    );
    expect(events.length).toBeGreaterThan(3);
    expect(events.join('\n')).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}|Headache|sleep/);
  });
});
