import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutputOf } from '#shared/contract/index.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { dataKeyOf, newVault, type Session, temporaryFolder, withStore } from './test-vault.ts';

/**
 * Extracts as the systems of `domain.md` §7.1 write them, made by hand with nobody's data in them. Each is loaded through the
 * mapping that is proposed for it, and nobody touches the mapping.
 */
const extracts = join(import.meta.dirname, '..', 'fixtures', 'extracts');
const folder = temporaryFolder('proposed');
const vault = join(folder, 'vault');

type Loaded = { readonly look: OutputOf<'imports.look'>; readonly result: OutputOf<'imports.load'> };

let session: Session;
let dataKey: Buffer;
const loaded = new Map<string, Loaded>();

beforeAll(async () => {
  session = await newVault(vault);
  dataKey = await dataKeyOf(vault);
});
afterAll(() => session.engine.close());

async function load(name: string): Promise<Loaded> {
  const known = loaded.get(name);
  if (known) return known;
  const file = join(extracts, name);
  const look = await session.call('imports.look', { file });
  expect(look.mapping, name).not.toBeNull();
  const result = await session.call('imports.load', { file, kind: look.kind ?? '', mapping: look.mapping });
  const both = { look, result };
  loaded.set(name, both);
  return both;
}

type Row = Readonly<Record<string, number | string | null>>;

/** Rows of the store that came from one row of a file, as they stand there. */
async function stored(name: string, row: number): Promise<Row[]> {
  const { result } = await load(name);
  return withStore(vault, dataKey, (connection) =>
    connection
      .prepare<[number, number], Row>(`SELECT * FROM ${result.kind} WHERE batch_id = ? AND row = ?`)
      .all(result.batch ?? 0, row),
  );
}

async function storedOne(name: string, row: number): Promise<Row> {
  const rows = await stored(name, row);
  expect(rows, `${name}, row ${row}`).toHaveLength(1);
  return rows[0] as Row;
}

const utc = (seconds: unknown): string => new Date(Number(seconds) * 1_000).toISOString().slice(0, 16);
const day = (value: unknown): string => isoOfDay(Number(value));

/** File, kind, records accepted, and records that are there twice. */
const files: readonly (readonly [file: string, kind: string, accepted: number, duplicate: number])[] = [
  ['absence-merged-headings.csv', 'absences', 24, 0],
  ['absence-serial-dates.csv', 'absences', 20, 0],
  ['absence-spells.csv', 'absences', 22, 0],
  ['absence-weekdays.tsv', 'absences', 18, 0],
  ['collar-history.csv', 'aliases', 16, 0],
  ['command-control-log.csv', 'attendances', 29, 0],
  ['counselling-provider.csv', 'support', 44, 0],
  ['crews-in-one-cell.txt', 'attendances', 30, 0],
  ['duties-planned-actual.csv', 'duties', 27, 0],
  ['duty-export-utc.csv', 'duties', 20, 0],
  ['duty-sheet.csv', 'duties', 36, 0],
  ['duty-times-in-one-cell.csv', 'duties', 21, 0],
  ['eap-contacts.csv', 'support', 24, 0],
  ['family-survey-wave2.csv', 'families', 18, 0],
  ['forms-wellbeing-phq9.csv', 'screenings', 16, 0],
  ['hr-assignments.csv', 'postings', 24, 0],
  ['hr-establishment.csv', 'people', 16, 0],
  ['hr-personnel-numbers.csv', 'people', 20, 0],
  ['incident-events-am-pm.csv', 'incidents', 16, 0],
  ['incident-list.csv', 'incidents', 26, 0],
  ['mindfulness-pilot-sessions.csv', 'pilot_sessions', 18, 0],
  ['occupational-health-cases.csv', 'support', 58, 0],
  ['op-hampshire-assaults.csv', 'exposures', 12, 0],
  ['outcome-scores-long.csv', 'screenings', 20, 0],
  ['peer-contacts.csv', 'peer_contacts', 14, 0],
  ['peer-requests.csv', 'peer_requests', 14, 0],
  ['peer-volunteers.csv', 'volunteers', 12, 0],
  ['pilot-adverse-events.csv', 'adverse_events', 6, 0],
  ['pilot-costs.csv', 'costs', 4, 0],
  ['pilot-enrolment.csv', 'pilot_enrolments', 16, 0],
  ['rms-occurrence-officers.csv', 'attendances', 34, 0],
  ['rms-occurrences.csv', 'incidents', 22, 0],
  ['scopus-export.csv', 'studies', 8, 0],
  ['screening-phq-gad.csv', 'screenings', 36, 0],
  ['screening-totals.csv', 'screenings', 60, 0],
  ['smart-contact-events.tsv', 'attendances', 46, 1],
  ['stepped-wedge-clusters.csv', 'pilot_clusters', 3, 0],
  ['storm-style-log.csv', 'attendances', 30, 0],
  ['surveillance-ghq.csv', 'screenings', 22, 0],
  ['survey-platform-export.csv', 'screenings', 30, 0],
  ['trauma-exposure-log.csv', 'exposures', 16, 0],
  ['trim-referrals.csv', 'support', 36, 0],
];

describe('extracts of every source system', () => {
  it('are all tried', () => {
    expect(files.map(([name]) => name).sort()).toEqual(readdirSync(extracts).sort());
  });

  it.each(files)('%s is %s: %i records, %i of them twice', async (name, kind, accepted, duplicate) => {
    const { look, result } = await load(name);
    expect(look.kind).toBe(kind);
    expect(look.confidence).toBeGreaterThan(0.7);
    expect(result.rejects).toEqual([]);
    expect(result.rows).toMatchObject({ read: accepted + duplicate, accepted, rejected: 0, duplicate });
    for (const column of look.columnReasons) expect(column.reason).not.toBe('');
  });
});

describe('what came of them', () => {
  it('keeps local times on the night that repeats an hour, and passes over who never arrived', async () => {
    const name = 'command-control-log.csv';
    expect(utc((await storedOne(name, 4))['arrived_at'])).toBe('2025-10-25T23:11');
    expect(utc((await storedOne(name, 5))['arrived_at'])).toBe('2025-10-26T00:23');
    expect(utc((await storedOne(name, 7))['arrived_at'])).toBe('2025-10-26T02:42');
    const { look, result } = await load(name);
    expect(look).toMatchObject({ encoding: 'windows-1252', rowsAbove: 2 });
    expect(Object.fromEntries(result.warnings.map(({ code, count }) => [code, count]))).toMatchObject({
      NO_RECORD: 3,
      TOTALS_ROW: 2,
    });
  });

  it('puts clock times on the day of the log, past midnight on the next, and over the night that skips an hour', async () => {
    const name = 'storm-style-log.csv';
    expect(utc((await storedOne(name, 1))['arrived_at'])).toBe('2026-03-28T21:18');
    const late = await storedOne(name, 7);
    expect([day(late['day']), utc(late['arrived_at'])]).toEqual(['2026-03-29', '2026-03-29T00:19']);
    expect(utc((await storedOne(name, 16))['arrived_at'])).toBe('2026-03-29T03:39');
  });

  it('offers the incidents of the same log too, with several codes of one cell', async () => {
    const { look } = await load('storm-style-log.csv');
    const other = look.alternatives.find(({ kind }) => kind === 'incidents');
    const file = join(extracts, 'storm-style-log.csv');
    const result = await session.call('imports.load', { file, kind: 'incidents', mapping: other?.mapping ?? null });
    expect(result.rows).toMatchObject({ read: 30, accepted: 30, rejected: 0 });
    const codes = withStore(vault, dataKey, (connection) =>
      connection
        .prepare<[string], { closed: string }>(
          'SELECT code.value AS closed FROM incidents JOIN code ON code.id = closed_codes_id WHERE incident_ref = ?',
        )
        .get('LOG004100'),
    );
    expect(codes).toEqual({ closed: '031;Q12' });
  });

  it('makes an attendance for each of two crew columns', async () => {
    const crew = await stored('smart-contact-events.tsv', 1);
    expect(crew.map((row) => utc(row['arrived_at']))).toEqual(['2026-01-04T06:14', '2026-01-04T06:14']);
    expect(new Set(crew.map((row) => row['person_id'])).size).toBe(2);
  });

  it('joins days and times of duties, over midnight and both clock changes, and makes minutes of hours', async () => {
    const night = await storedOne('duty-sheet.csv', 10);
    expect([utc(night['start_at']), utc(night['end_at'])]).toEqual(['2025-10-25T21:00', '2025-10-26T06:00']);
    expect(night['overtime_minutes']).toBe(75);
    expect((await storedOne('duty-sheet.csv', 13))['rest_day_cancelled']).toBe(1);
    const exported = await storedOne('duty-export-utc.csv', 1);
    expect([utc(exported['start_at']), utc(exported['end_at'])]).toEqual(['2026-03-28T20:00', '2026-03-29T05:00']);
  });

  it('makes an attendance for each of a crew in one cell, and a duty of a span in one', async () => {
    const crew = await stored('crews-in-one-cell.txt', 2);
    expect(crew.map((row) => utc(row['arrived_at']))).toEqual(['2026-02-03T04:59', '2026-02-03T04:59']);
    expect(await stored('crews-in-one-cell.txt', 1)).toHaveLength(1);
    const night = await storedOne('duty-times-in-one-cell.csv', 3);
    expect([utc(night['start_at']), utc(night['end_at'])]).toEqual(['2026-03-27T22:00', '2026-03-28T07:00']);
  });

  it('takes what was worked rather than what was planned', async () => {
    const { look } = await load('duties-planned-actual.csv');
    expect(look.mapping?.columns).toMatchObject({ start: 'Actual Start', end: 'Actual End' });
  });

  it('reads open ends, days of return, serial dates and decimal commas of absences', async () => {
    const open = await storedOne('absence-spells.csv', 1);
    expect([day(open['start_day']), open['end_day'], open['injury_on_duty']]).toEqual(['2025-11-20', null, 1]);
    expect(day((await storedOne('absence-spells.csv', 2))['end_day'])).toBe('2025-12-07');
    const serial = await storedOne('absence-serial-dates.csv', 2);
    expect([day(serial['start_day']), day(serial['end_day']), serial['fte_days']]).toEqual([
      '2026-01-05',
      '2026-01-09',
      3.5,
    ]);
  });

  it('keeps the year of birth only, and names only sealed', async () => {
    const person = await storedOne('hr-establishment.csv', 2);
    expect([person['birth_year'], day(person['service_start'])]).toEqual([1968, '2002-03-15']);
    const { look } = await load('hr-establishment.csv');
    expect(look.mapping?.joins).toEqual({ name: ['Forename', 'Surname'] });
    expect(Object.values(look.mapping?.columns ?? {})).not.toContain('Email Address');
    expect((await storedOne('hr-assignments.csv', 1))['to_day']).toBeNull();
  });

  it('reads amounts with pound signs, thousands and brackets', async () => {
    expect((await storedOne('pilot-costs.csv', 2))['amount_gbp']).toBe(1_020.5);
    expect((await storedOne('pilot-costs.csv', 4))['amount_gbp']).toBe(-350);
  });

  it('takes who was named in the case only for what that is', async () => {
    const { look } = await load('rms-occurrence-officers.csv');
    expect(look.mapping?.values?.['attribution']).toMatchObject({ OIC: 'oic_only', 'Attending Officer': 'named' });
    expect(utc((await storedOne('rms-occurrence-officers.csv', 1))['arrived_at'])).toBe('2025-11-03T09:00');
  });

  it('makes a step of each date of a case, missed where the appointment was not kept', async () => {
    const steps = await stored('trim-referrals.csv', 2);
    expect(steps.map((row) => day(row['day'])).sort()).toEqual(['2026-01-06', '2026-01-08', '2026-02-02']);
    const { look } = await load('occupational-health-cases.csv');
    expect(look.mapping?.values?.['step']).toMatchObject({ Attended: 'engaged', DNA: 'missed' });
  });

  it('reads answers in words, and hours of contacts as minutes', async () => {
    const { look } = await load('forms-wellbeing-phq9.csv');
    expect(look.mapping?.values?.['items']).toMatchObject({ 'Not at all': '0', 'Nearly every day': '3' });
    const contact = await storedOne('peer-contacts.csv', 1);
    expect([contact['minutes'], utc(contact['at']), 'safeguarding' in contact]).toEqual([
      75,
      '2026-02-02T08:00',
      false,
    ]);
  });

  it('proposes categories for words, and leaves the others to people', async () => {
    const { look } = await load('trauma-exposure-log.csv');
    const meant = Object.fromEntries(look.valueProposals.map(({ value, meaning }) => [value, meaning]));
    expect(meant).toMatchObject({
      'Fatal RTC': 'RTC_FATAL',
      'Attempted suicide': 'SUICIDE_ATTEMPT',
      'Child death': 'DEATH_CHILD_INFANT',
      Burglary: null,
    });
  });
});
