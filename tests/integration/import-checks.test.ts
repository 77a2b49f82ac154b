import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImportResult } from '#shared/contract/imports.ts';
import {
  copyVault,
  csvFile,
  dataKeyOf,
  newVault,
  type Session,
  temporaryFolder,
  unlocked,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('checks');
const prepared = join(folder, 'prepared');
let dataKey: Buffer;
let made = 0;

/** A vault with two people who are known, one of them for a few years only, and a collar number that changed hands. */
beforeAll(async () => {
  const { call, engine } = await newVault(prepared, ['analyst']);
  const people = csvFile(folder, 'people.csv', 'person_ref,role,unit,service_start,service_end', [
    'P1,Response,North,2015-01-01,',
    'P2,Response,North,2020-01-01,2025-06-30',
    'P3,Response,South,,',
  ]);
  await call('imports.load', { file: people, kind: 'people', mapping: null });
  const aliases = csvFile(folder, 'aliases.csv', 'person_ref,alias,type,from,to', [
    'P1,C7,collar,,2025-12-31',
    'P3,C7,collar,2026-02-01,',
    'P1,C8,collar,2026-01-01,',
    'P3,C8,collar,2026-03-01,',
    'NOBODY,C9,collar,,',
  ]);
  const loaded = await call('imports.load', { file: aliases, kind: 'aliases', mapping: null });
  expect(loaded.rows).toMatchObject({ accepted: 5, rejected: 0 });
  expect(notesOf(loaded)).toEqual(['5 person_ref UNKNOWN_PERSON']);
  await engine.close();
  dataKey = await dataKeyOf(prepared);
});

async function opened(): Promise<Session & { readonly vault: string }> {
  made += 1;
  const vault = copyVault(prepared, join(folder, `vault-${made}`));
  return { ...(await unlocked(vault)), vault };
}

const notesOf = (result: ImportResult): string[] =>
  result.notes.map(({ row, column, code }) => `${row} ${column} ${code}`);
const warningsOf = (result: ImportResult): Record<string, number> =>
  Object.fromEntries(result.warnings.map(({ code, count }) => [code, count]));

type Loaded = { readonly checked: ImportResult; readonly loaded: ImportResult };

/** Checks and loads files one after the other; what a check says must be what the load then says. */
async function load(kind: string, header: string, ...files: readonly (readonly string[])[]): Promise<Loaded[]> {
  const { call, engine, vault } = await opened();
  const results: Loaded[] = [];
  for (const lines of files) {
    made += 1;
    const file = csvFile(folder, `file-${made}.csv`, header, lines);
    const checked = await call('imports.check', { file, kind, mapping: null });
    const loaded = await call('imports.load', { file, kind, mapping: null });
    expect({ ...checked, batch: loaded.batch }).toEqual(loaded);
    const stored = withStore(vault, dataKey, (connection) =>
      connection
        .prepare<[number | null], string>(
          "SELECT row || ' ' || column_name || ' ' || code FROM note WHERE batch_id = ? ORDER BY sequence",
        )
        .pluck()
        .all(loaded.batch),
    );
    expect(stored).toEqual(notesOf(loaded));
    results.push({ checked, loaded });
  }
  await engine.close();
  return results;
}

async function loadOne(kind: string, header: string, lines: readonly string[]): Promise<ImportResult> {
  const [result] = await load(kind, header, lines);
  return result!.loaded;
}

describe('rows beside the people of the vault', () => {
  it.each([
    ['exposures', 'person_ref,occurred_at,category', 'occurred_at', '@T10:00:00Z,RTC_FATAL'],
    ['attendances', 'person_ref,arrived_at,incident_ref', 'arrived_at', '@T10:00:00Z,I1'],
    ['absences', 'person_ref,start,end', 'start', '@,@'],
    ['duties', 'person_ref,start,end', 'start', '@T10:00:00Z,@T11:00:00Z'],
    ['postings', 'person_ref,from,unit,role', 'from', '@,North,Response'],
    ['support', 'person_ref,at,service,step', 'at', '@T10:00:00Z,TRiM,offered'],
    ['pilot_sessions', 'person_ref,at,pilot', 'at', '@T10:00:00Z,Yoga'],
    ['adverse_events', 'person_ref,on,pilot,category,seriousness', 'on', '@,Yoga,fall,minor'],
    ['pilot_enrolments', 'person_ref,allocated_on,pilot', 'allocated_on', '@,Yoga'],
  ])('says who is not among them, and what lies outside their service: %s', async (kind, header, day, rest) => {
    const line = (ref: string, on: string): string => `${ref},${rest.replaceAll('@', on)}`;
    const loaded = await loadOne(kind, header, [
      line('P1', '2026-03-01'), // known and serving
      line('P2', '2025-06-30'), // on the last day
      line('P2', '2025-07-01'), // 3 a day late
      line('P2', '2020-01-01'), // on the first day
      line('P2', '2019-12-31'), // 5 a day early
      line('P3', '1990-01-01'), // no dates are held
      line('P9', '2026-03-01'), // 7 nobody known
    ]);
    const supersedes = kind === 'pilot_enrolments' || kind === 'support';
    expect(loaded.rows).toMatchObject({ read: 7, rejected: 0, superseded: supersedes ? 3 : 0 });
    expect(notesOf(loaded)).toEqual([
      `3 ${day} AFTER_LEAVING`,
      `5 ${day} BEFORE_JOINING`,
      '7 person_ref UNKNOWN_PERSON',
    ]);
    expect(warningsOf(loaded)).toEqual({ AFTER_LEAVING: 1, BEFORE_JOINING: 1, UNKNOWN_PERSON: 1 });
  });

  it('names the column of a screening that the day was taken from', async () => {
    const header = 'person_ref,instrument,status,invited_on,taken_on,score';
    const loaded = await loadOne('screenings', header, [
      'P2,GAD-7,completed,2019-01-01,2019-02-01,5',
      'P2,GAD-7,invited,2019-03-01,,',
      'P2,GAD-7,completed,2019-12-31,2020-01-01,5',
    ]);
    expect(notesOf(loaded)).toEqual(['1 taken_on BEFORE_JOINING', '2 invited_on BEFORE_JOINING']);
  });

  it('looks at both people of a family row, and at none where nobody is named', async () => {
    const header = 'household_ref,member,person_ref,partner_person_ref,wave,taken_on,consented_on,instrument,score';
    const rest = '1,2025-07-01,2025-07-01,GAD-7,5';
    const loaded = await loadOne('families', header, [
      `H1,officer,P1,P9,${rest}`,
      `H2,officer,P9,P2,${rest}`,
      `H3,partner,,,${rest}`,
    ]);
    expect(notesOf(loaded)).toEqual([
      '1 partner_person_ref UNKNOWN_PERSON',
      '2 person_ref UNKNOWN_PERSON',
      '2 taken_on AFTER_LEAVING',
    ]);
  });

  it('counts every one and locates the first thousand', async () => {
    const lines = Array.from({ length: 1_200 }, (_, at) => `X${at},2026-01-05T10:00:00Z,RTC_FATAL`);
    const loaded = await loadOne('exposures', 'person_ref,occurred_at,category', lines);
    expect(warningsOf(loaded)).toEqual({ UNKNOWN_PERSON: 1_200 });
    expect(loaded.notes).toHaveLength(1_000);
    expect(loaded.notes.at(-1)).toMatchObject({ row: 1_000 });
  });
});

describe('other references of people', () => {
  it('lead to whoever had them on the day, and to nobody by guessing', async () => {
    const { call, engine, vault } = await opened();
    const file = csvFile(folder, 'by-collar.csv', 'person_ref,start,end,reason_code', [
      'C7,2025-11-01,2025-11-02,a', // P1's then
      'C7,2026-01-15,2026-01-16,b', // 2 nobody's then
      'C7,2026-04-01,2026-04-02,c', // P3's then
      'P1,2026-05-01,2026-05-02,d',
      'P3,2026-05-01,2026-05-02,e',
      'C8,2026-04-01,2026-04-02,f', // 6 of two people then: rejected
    ]);
    const loaded = await call('imports.load', { file, kind: 'absences', mapping: null });
    expect(loaded.rows).toMatchObject({ accepted: 5, rejected: 1 });
    expect(loaded.rejects).toMatchObject([{ row: 6, column: 'person_ref', code: 'ALIAS_AMBIGUOUS' }]);
    expect(notesOf(loaded)).toEqual(['2 person_ref ALIAS_NOT_VALID', '2 person_ref UNKNOWN_PERSON']);
    const byReason = withStore(vault, dataKey, (connection) =>
      Object.fromEntries(
        connection
          .prepare<[], [string, string]>(
            `SELECT c.value, p.pseudonym FROM absences a JOIN person p ON p.id = a.person_id
             JOIN code c ON c.id = a.reason_code_id`,
          )
          .raw()
          .all() as unknown as [string, string][],
      ),
    );
    expect(byReason['a']).toBe(byReason['d']);
    expect(byReason['c']).toBe(byReason['e']);
    expect(new Set(Object.values(byReason)).size).toBe(3);
    await engine.close();
  });

  it('lead to the same person in both columns of a family, and beside sealed answers', async () => {
    const { call, engine, vault } = await opened();
    const family = csvFile(
      folder,
      'family.csv',
      'household_ref,member,person_ref,partner_person_ref,wave,taken_on,consented_on,instrument,score',
      ['H1,officer,P1,C7,1,2026-03-01,2026-03-01,GAD-7,5'],
    );
    await call('imports.load', { file: family, kind: 'families', mapping: null });
    const items = Array.from({ length: 9 }, (_, at) => `item_${at + 1}`).join(',');
    const screening = csvFile(folder, 'screening.csv', `person_ref,instrument,taken_on,${items}`, [
      `C7,PHQ-9,2026-03-01,${'1,'.repeat(8)}0`,
      `C8,PHQ-9,2026-03-02,${'1,'.repeat(8)}0`, // of two people: rejected, and its answers with it
    ]);
    const loaded = await call('imports.load', { file: screening, kind: 'screenings', mapping: null });
    expect(loaded.rows).toMatchObject({ accepted: 1, rejected: 1 });
    withStore(vault, dataKey, (connection) => {
      const of = (sql: string): unknown[] => connection.prepare(sql).pluck().all();
      const [third] = of("SELECT person_id FROM people JOIN code ON code.id = unit_id WHERE code.value = 'South'");
      expect(of('SELECT partner_person_id FROM families')).toEqual([third]);
      expect(of('SELECT person_id FROM screenings')).toEqual([third]);
      expect(of('SELECT person_id FROM sealed_answers')).toEqual([third]);
      expect(of('SELECT count(*) FROM sealed_safety')).toEqual([2]);
      expect(of('SELECT pseudonym FROM person WHERE pseudonym IN (SELECT alias FROM aliases)')).toEqual([]);
      expect(connection.pragma('foreign_key_check')).toEqual([]);
    });
    await engine.close();
  });
});

describe('spells of one person', () => {
  it('finds absences that overlap, in the file and with those held', async () => {
    const header = 'person_ref,start,end';
    const [first, second, third] = await load(
      'absences',
      header,
      [
        'P1,2026-01-05,2026-01-09',
        'P1,2026-01-09,2026-01-12', // 2 on the last day of the one before
        'P1,2026-01-13,2026-01-14',
        'P3,2026-01-06,2026-01-07',
        'P1,2026-03-01,', // 5 not ended
        'P1,2026-04-01,2026-04-02', // 6 within it
      ],
      [
        'P1,2026-01-14,2026-01-20', // 1 on the last day of one held
        'P1,2026-02-01,2026-02-02',
        'P3,2026-01-01,2026-01-31', // 3 around one held
        'P1,2026-01-05,2026-01-09', // a duplicate
      ],
      ['P1,2026-01-13,2026-01-13'], // a correction that mends an overlap
    );
    expect(notesOf(first!.loaded)).toEqual(['2 start ABSENCES_OVERLAP', '6 start ABSENCES_OVERLAP']);
    expect(notesOf(second!.loaded)).toEqual(['1 start ABSENCES_OVERLAP', '3 start ABSENCES_OVERLAP']);
    expect(second!.loaded.rows).toMatchObject({ accepted: 3, duplicate: 1 });
    expect(third!.loaded.rows).toMatchObject({ accepted: 1, superseded: 1 });
    expect(notesOf(third!.loaded)).toEqual([]);
    expect(warningsOf(first!.loaded)).toEqual({ ABSENCES_OVERLAP: 2 });
  });

  it('finds duties that are longer than a day, and duties that overlap', async () => {
    const header = 'person_ref,start,end';
    const [first, second] = await load(
      'duties',
      header,
      [
        'P1,2026-01-05T07:00:00Z,2026-01-05T17:00:00Z',
        'P1,2026-01-05T17:00:00Z,2026-01-05T19:00:00Z', // begins as the one before ends
        'P1,2026-01-06T07:00:00Z,2026-01-07T07:00:00Z', // a day to the second
        'P1,2026-01-08T07:00:00Z,2026-01-09T07:00:01Z', // 4 a second longer
        'P1,2026-01-09T07:00:00Z,2026-01-09T08:00:00Z', // 5 begins a second before that ends
        'P3,2026-01-05T07:00:00Z,2026-01-05T17:00:00Z',
      ],
      [
        'P3,2026-01-05T16:59:59Z,2026-01-05T20:00:00Z', // 1 a second early
        'P3,2026-01-04T20:00:00Z,2026-01-05T07:00:00Z', // ends as one held begins
        'P1,2026-01-05T19:00:00Z,2026-01-05T20:00:00Z', // begins as one held ends
      ],
    );
    expect(notesOf(first!.loaded)).toEqual(['4 end LONG_DUTY', '5 start DUTIES_OVERLAP']);
    expect(notesOf(second!.loaded)).toEqual(['1 start DUTIES_OVERLAP']);
  });
});

describe('an enrolment in two arms', () => {
  it('is found in one file and beside one held, and not where the arm stays', async () => {
    const [first, second] = await load(
      'pilot_enrolments',
      'pilot,person_ref,arm,allocated_on',
      [
        'Yoga,P1,early,2026-01-05',
        'Yoga,P1,late,2026-01-06', // 2 another arm
        'Yoga,P3,early,2026-01-05',
        'Sleep,P3,late,2026-01-05', // another pilot
        'Yoga,P2,early,2025-01-05',
        'Yoga,P2,early,2025-01-07', // another day, the same arm
      ],
      [
        'Yoga,P3,late,2026-01-05', // 1 another arm than the one held
        'Sleep,P3,,2026-01-05', // no arm is not another
        'Sleep,P1,early,2026-01-05',
      ],
    );
    expect(notesOf(first!.loaded)).toEqual(['2 arm TWO_ARMS']);
    expect(notesOf(second!.loaded)).toEqual(['1 arm TWO_ARMS']);
    expect(second!.loaded.rows).toMatchObject({ accepted: 3, superseded: 2 });
  });
});

describe('rules that mend cells', () => {
  it('takes a moment before the one it follows as of the next day, and never moves a date', async () => {
    const { call, engine, vault } = await opened();
    const rules = { end: ['next-day' as const] };
    const columns = { person_ref: 'person_ref', start: 'start', end: 'end' };
    const duties = csvFile(folder, 'nights.csv', 'person_ref,start,end', [
      'P1,2026-01-05T22:00:00Z,2026-01-05T06:00:00Z',
    ]);
    const absences = csvFile(folder, 'backwards.csv', 'person_ref,start,end', ['P1,2026-01-05,2026-01-04']);
    const night = await call('imports.load', {
      file: duties,
      kind: 'duties',
      mapping: { kind: 'duties', columns, rules },
    });
    expect(night.rows.accepted).toBe(1);
    const back = await call('imports.load', {
      file: absences,
      kind: 'absences',
      mapping: { kind: 'absences', columns, rules },
    });
    expect(back.rejects).toMatchObject([{ row: 1, column: 'end', code: 'END_BEFORE_START' }]);
    const length = withStore(vault, dataKey, (connection) =>
      connection.prepare('SELECT end_at - start_at FROM duties').pluck().all(),
    );
    expect(length).toEqual([8 * 3_600]);
    await engine.close();
  });
});
