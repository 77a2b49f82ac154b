import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignalRow } from '#main/analysis/signals/signals.ts';
import { analysisMethods } from '#main/services/analyses/index.ts';
import { csvFile, newVault, passphrase, type Session, temporaryFolder, unlocked } from './test-vault.ts';

const folder = temporaryFolder('signals');
const vault = join(folder, 'vault');
let session: Session;
let made = 0;

function load(kind: string, header: string, lines: readonly string[]) {
  made += 1;
  return session.call('imports.load', { file: csvFile(folder, `f${made}.csv`, header, lines), kind, mapping: null });
}

function run(spec: Record<string, unknown>) {
  return session.call('analyses.run', { method: 'signals', spec });
}

const items = Array.from({ length: 9 }, (_, at) => `item_${at + 1}`);

beforeAll(async () => {
  session = await newVault(vault, ['analyst', 'clinician']);
  await session.call('users.add', { name: 'eve', roles: ['evaluator'], passphrase });
  await load(
    'people',
    'person_ref,role,unit',
    Array.from({ length: 30 }, (_, at) => `P${at},Response,${at % 2 ? 'North' : 'South'}`),
  );
  const busy = Array.from({ length: 12 }, (_, at) => `P1,2026-0${1 + (at % 4)}-${10 + at}T10:00:00,RTC_FATAL,I${at}`);
  await load('exposures', 'person_ref,occurred_at,category,incident_ref', [
    ...busy,
    'P2,2026-04-28T10:00:00,POLICE_CONTACT_DEATH,J1',
    'P3,2026-02-01T10:00:00,POLICE_CONTACT_DEATH,J2',
    'P4,2026-04-30T10:00:00,RTC_FATAL,J3',
  ]);
}, 60_000);
afterAll(() => session.engine.close());

describe('the analysis of signals', () => {
  it('says of a period which rules spoke, in words, with its scheme, its coverage and the same bytes again', async () => {
    const spec = { from: '2026-01-01', to: '2026-04-30', every: 'month', rows: true };
    const first = await run(spec);
    expect(first.provenance).toMatchObject({ scheme: 'count-v1', coverage: 1 });
    expect(first.spec).toMatchObject({ clearAfterDays: 28, every: 'month' });
    expect(first.reading.join(' ')).toContain('a reason to offer support, never a verdict');
    const rows = first.result['rows'] as readonly SignalRow[];
    // The event of February is found by a look at its month end, though the cool-down is shorter than a month.
    expect(rows.filter(({ eventDay }) => eventDay !== null).map(({ eventDay, raised }) => [eventDay, raised])).toEqual([
      ['2026-02-01', '2026-02-28'],
      ['2026-04-28', '2026-04-30'],
    ]);
    expect(rows.some(({ rule, words }) => rule === 'count>=8 in 180d' && words.includes('8 or more exposures'))).toBe(
      true,
    );
    expect(JSON.stringify((await run(spec)).result)).toBe(JSON.stringify(first.result));
    expect(JSON.stringify((await run(first.spec)).result)).toBe(JSON.stringify(first.result));
  });

  it('finds on one look what the clinicians’ list raises, which joins open cases and loses nothing', async () => {
    const day = '2026-04-30';
    const { result } = await run({ from: day, asOf: day, rows: true });
    const found = (result['rows'] as readonly SignalRow[]).map(({ person, words, eventDay }) =>
      eventDay === null ? `${person} ${words}` : `${person} single`,
    );
    const { items: listed } = await session.call('cases.worklist', {});
    const raised = listed.flatMap(({ person, reasons }) =>
      reasons.map((words) => `${person} ${words.startsWith('Death after police contact') ? 'single' : words}`),
    );
    expect(found).not.toEqual([]);
    expect(raised.sort()).toEqual(found.sort());
  });

  it('loses no single event that comes to be known late, and tells none twice', async () => {
    const singles = async () =>
      (await session.call('cases.worklist', {})).items
        .flatMap(({ reasons }) => reasons)
        .filter((words) => words.startsWith('Death after police contact'))
        .map((words) => words.split(':')[0]);
    const before = ['Death after police contact on 28 Apr 2026'];
    expect(await singles()).toEqual(before);
    // Older by far than the cool-down when it is first seen; what was history at the first look stays history.
    await load('exposures', 'person_ref,occurred_at,category,incident_ref', [
      'P5,2026-05-15T10:00:00,POLICE_CONTACT_DEATH,L1',
      'P6,2026-03-20T10:00:00,POLICE_CONTACT_DEATH,L2',
      'P7,2026-08-31T10:00:00,RTC_FATAL,L3',
    ]);
    const after = [...before, 'Death after police contact on 15 May 2026'];
    expect((await singles()).sort()).toEqual(after.sort());
    expect((await singles()).sort()).toEqual(after.sort());
  });

  it('knows no safety answer: not as a row, not as a number, not as a changed byte', async () => {
    const spec = { asOf: '2026-04-30', rows: true };
    const before = await run(spec);
    const answers = Array.from({ length: 20 }, (_, at) => `P${at},PHQ-9,2026-04-20,${Array(8).fill(1).join(',')},3`);
    await load('screenings', `person_ref,instrument,taken_on,${items.join(',')}`, answers);
    expect((await session.call('cases.worklist', {})).safety.open.length).toBe(20);
    const after = await run(spec);
    expect(JSON.stringify({ ...after, provenance: null })).toBe(JSON.stringify({ ...before, provenance: null }));
    expect(after.provenance.batches.some(({ kind }) => kind === 'screenings')).toBe(false);
  });

  it('shows an evaluator totals, and nobody else but analysts and clinicians a pseudonym', async () => {
    await session.engine.close();
    const eve = await unlocked(vault, 'eve');
    const spec = { asOf: '2026-04-30' };
    const totals = await eve.call('analyses.run', { method: 'signals', spec });
    expect(totals.result['rows']).toBeUndefined();
    expect(JSON.stringify(totals)).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(await eve.refused('analyses.run', { method: 'signals', spec: { ...spec, rows: true } })).toMatchObject({
      code: 'FORBIDDEN',
    });
    await eve.engine.close();
    session = await unlocked(vault);
  });

  it('warns of what a first look cannot know, and of a scheme that nobody approved', async () => {
    const { warnings } = await run({ from: '2026-04-30', asOf: '2026-04-30', scheme: 'tiered-v1' });
    expect(warnings.join(' ')).toContain('of the first look may have begun before it');
    expect(warnings.join(' ')).toContain('The scheme tiered-v1 is not approved (draft)');
    expect(analysisMethods).toContain('signals');
  });
});

describe('a question that is called off', () => {
  it('while its thread opens the store ends neither the thread nor the others that wait for it', async () => {
    await session.engine.close();
    for (let round = 0; round < 12; round += 1) {
      const opened = await unlocked(vault);
      const ask = (callId: string) => opened.engine.call({ operation: 'overview.get', input: {}, callId });
      const [first, second] = [ask('first'), ask('second')];
      await new Promise((resolve) => setTimeout(resolve, round * 8));
      opened.engine.cancel('first');
      expect(await first).toMatchObject(round === 0 ? { ok: false, error: { code: 'CANCELLED' } } : {});
      expect(await second).toMatchObject({ ok: true });
      // Locking does not end a thread in the middle of its opening either.
      if (round % 2 === 0) void ask('third');
      await opened.engine.close();
    }
    session = await unlocked(vault);
    expect(await session.call('overview.get', {})).toMatchObject({ people: 30 });
  }, 60_000);
});
