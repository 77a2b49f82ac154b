import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportResult } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
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
  writeText,
} from './test-vault.ts';

const folder = temporaryFolder('files');
const empty = join(folder, 'empty');
let session: Session;
let dataKey: Buffer;
let copies = 0;

/** A session on a copy of an empty vault. */
async function fresh(): Promise<Session & { readonly vault: string }> {
  copies += 1;
  const vault = copyVault(empty, join(folder, `vault-${copies}`));
  const opened = newSession();
  await opened.call('vault.unlock', { folder: vault, user, passphrase });
  return { ...opened, vault };
}

beforeAll(async () => {
  const made = await newVault(empty, ['analyst', 'clinician']);
  await made.engine.close();
  dataKey = await dataKeyOf(empty);
  session = await fresh();
});
afterAll(() => session.engine.close());

const exposureHeader = 'person_ref,occurred_at,category,incident_ref,proximity,minutes_on_scene,first_on_scene';
let files = 0;

function file(header: string, lines: readonly string[]): string {
  files += 1;
  return csvFile(folder, `file-${files}.csv`, header, lines);
}

function raw(bytes: Uint8Array | string): string {
  files += 1;
  return writeText(join(folder, `file-${files}.csv`), bytes);
}

const check = (path: string, kind = 'exposures', mapping: Mapping | null = null): Promise<ImportResult> =>
  session.call('imports.check', { file: path, kind, mapping });

const codesOf = (result: ImportResult): string[] =>
  result.rejects.map(({ row, column, code }) => `${row} ${column} ${code}`);
const warningsOf = (result: ImportResult): Record<string, number> =>
  Object.fromEntries(result.warnings.map(({ code, count }) => [code, count]));

describe('checking an exposures file', () => {
  it('counts every kind of fault once, and names row, column and rule', async () => {
    const result = await check(
      file(exposureHeader, [
        'A1,2026-01-05T10:00:00,RTC_FATAL,I1,direct,30,yes', // 1 accepted
        'A1,2026-01-05T10:00:00,RTC_FATAL,I1,direct,30,yes', // 2 duplicate
        ' A1 ,2026-01-05T10:00,rtc_fatal,I1,DIRECT,30.0,1', // 3 the same, otherwise written: duplicate
        'A1,2026-01-05T10:00:00,RTC_FATAL,I1,direct,45,yes', // 4 accepted, supersedes
        'A2,2026-02-30T10:00:00,RTC_FATAL,I2,,,', // 5 no such day
        'A2,05/01/26 10:00,RTC_FATAL,I2,,,', // 6 no ISO date
        'A2,2026-01-05T25:00:00,RTC_FATAL,I2,,,', // 7 no such hour
        ',2026-01-05T10:00:00,RTC_FATAL,I3,,,', // 8 nobody
        'A3,2026-01-05T10:00:00,,I3,,,', // 9 no category
        'A3,2026-01-05T10:00:00,SOMETHING_ELSE,I3,,,', // 10 accepted, unmapped
        'A3,2026-01-05T10:00:00,RTC_FATAL,I3,nearby,,', // 11 not in the list
        'A3,2026-01-05T10:00:00,RTC_FATAL,I3,,-5,', // 12 out of range
        'A3,2026-01-05T10:00:00,RTC_FATAL,I3,,"1,000",', // 13 no plain number
        'A3,2026-01-05T10:00:00,RTC_FATAL,I3,,,perhaps', // 14 no flag
        'A3,2026-01-05T10:00:00,RTC_FATAL,I3', // 15 too few fields
        'A3,2026-01-05T10:00:00,RTC_FATAL,I3,,,,x', // 16 one too many
        'A3,2026-01-05T10:00:00,RTC_FATAL,I3,,,,', // 17 an empty one too many: accepted
        'A4,2026-01-05T10:00:00,RTC_FATAL,"A "quoted" one",,,', // 18 text behind a closing quote
        `A5,2026-01-05T10:00:00,RTC_FATAL,${'x'.repeat(201)},,,`, // 19 too long
        'A6,2026-01-05T10:00:00Z,NOT_TRAUMATIC,,,,', // 20 accepted
        'A6,2026-01-05T10:00:00+00:00,NOT_TRAUMATIC,,,,', // 21 the same moment: duplicate
        ',soon,,,nearby,,', // 22 four faults in one row
      ]),
    );
    expect(result.batch).toBeNull();
    expect(result.rows).toEqual({ read: 22, accepted: 5, superseded: 1, rejected: 14, duplicate: 3 });
    expect(codesOf(result)).toEqual([
      '5 occurred_at BAD_DATE',
      '6 occurred_at BAD_DATE',
      '7 occurred_at BAD_DATE',
      '8 person_ref EMPTY_REQUIRED',
      '9 category EMPTY_REQUIRED',
      '11 proximity NOT_IN_LIST',
      '12 minutes_on_scene OUT_OF_RANGE',
      '13 minutes_on_scene BAD_NUMBER',
      '14 first_on_scene BAD_FLAG',
      '15  FIELD_COUNT',
      '16  FIELD_COUNT',
      '18  BAD_QUOTE',
      '19 incident_ref TOO_LONG',
      '22 person_ref EMPTY_REQUIRED',
      '22 occurred_at BAD_DATE',
      '22 category EMPTY_REQUIRED',
      '22 proximity NOT_IN_LIST',
    ]);
    expect(result.rejectsByCode.find(({ code }) => code === 'BAD_DATE')).toMatchObject({
      column: 'occurred_at',
      count: 4,
    });
    for (const { message } of result.rejects) expect(message.length).toBeGreaterThan(20);
    expect(warningsOf(result)).toEqual({ UNKNOWN_PERSON: 8, UNMAPPED_CODE: 1 });
  });

  it('takes empty key parts as equal, white space and an absent column as empty', async () => {
    const lines = [
      'A1,2026-01-05T10:00:00,RTC_FATAL,',
      'A1,2026-01-05T10:00:00,RTC_FATAL,  ',
      'A1,2026-01-05T10:00:00,RTC_FATAL,I1',
    ];
    const opened = await fresh();
    const withColumn = file('person_ref,occurred_at,category,incident_ref', lines);
    const { rows } = await opened.call('imports.load', { file: withColumn, kind: 'exposures', mapping: null });
    expect(rows).toEqual({ read: 3, accepted: 2, superseded: 0, rejected: 0, duplicate: 1 });
    const without = file('person_ref,occurred_at,category', ['A1,2026-01-05T10:00:00,RTC_FATAL']);
    const again = await opened.call('imports.load', { file: without, kind: 'exposures', mapping: null });
    expect(again.rows).toEqual({ read: 1, accepted: 0, superseded: 0, rejected: 0, duplicate: 1 });
    await opened.engine.close();
  });

  it('reads local times on the nights when the clocks change', async () => {
    const opened = await fresh();
    const path = file('person_ref,occurred_at,category,incident_ref', [
      'N1,2026-03-29T00:59:00,RTC_FATAL,a', // winter time, 00:59 UTC
      'N1,2026-03-29T01:30:00,RTC_FATAL,b', // skipped: warned
      'N1,2026-03-29T02:00:00,RTC_FATAL,c', // summer time, 01:00 UTC
      'N1,2026-10-25T00:30:00,RTC_FATAL,d', // summer time, 23:30 UTC the day before
      'N1,2026-10-25T01:30:00,RTC_FATAL,e', // twice: the first, 00:30 UTC, warned
      'N1,2026-10-25T00:30:00Z,RTC_FATAL,e', // the same moment in UTC: duplicate
      'N1,2026-10-25T01:30:00Z,RTC_FATAL,e', // the second 01:30: another moment
      'N1,2026-07-01T23:30:00Z,RTC_FATAL,f', // the next local day
    ]);
    const loaded = await opened.call('imports.load', { file: path, kind: 'exposures', mapping: null });
    expect(loaded.rows).toEqual({ read: 8, accepted: 7, superseded: 0, rejected: 0, duplicate: 1 });
    expect(warningsOf(loaded)).toEqual({ CLOCK_CHANGE: 2, UNKNOWN_PERSON: 8 });
    const stored = withStore(opened.vault, dataKey, (connection) =>
      connection.prepare('SELECT incident_ref, occurred_at, day FROM exposures ORDER BY occurred_at').raw().all(),
    );
    const seconds = (iso: string): number => Date.parse(iso) / 1_000;
    const day = (iso: string): number => Date.parse(iso) / 86_400_000;
    expect(stored).toEqual([
      ['a', seconds('2026-03-29T00:59:00Z'), day('2026-03-29')],
      ['c', seconds('2026-03-29T01:00:00Z'), day('2026-03-29')],
      ['b', seconds('2026-03-29T01:30:00Z'), day('2026-03-29')],
      ['f', seconds('2026-07-01T23:30:00Z'), day('2026-07-02')],
      ['d', seconds('2026-10-24T23:30:00Z'), day('2026-10-25')],
      ['e', seconds('2026-10-25T00:30:00Z'), day('2026-10-25')],
      ['e', seconds('2026-10-25T01:30:00Z'), day('2026-10-25')],
    ]);
    await opened.engine.close();
  });
});

describe('files as they come', () => {
  const header = 'person_ref,occurred_at,category,incident_ref';
  const line = 'B1,2026-01-05T10:00:00,RTC_FATAL,I1';

  it('reads a byte order mark, UTF-16, other delimiters and line ends as the same rows', async () => {
    const opened = await fresh();
    const text = `${header}\r\n${line}\r\n`;
    const forms = [
      text,
      `\ufeff${text}`,
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
      text.replaceAll(',', ';'),
      text.replaceAll(',', '\t').replaceAll('\r\n', '\n'),
      text.replaceAll(/[^,\r\n]+/g, '"$&"'),
      text.replaceAll('\r\n', '\r'),
      text.trimEnd(),
      text.replace(line, `\n\n${line}\n\n`),
    ];
    const counts: number[] = [];
    for (const form of forms) {
      const { rows } = await opened.call('imports.load', { file: raw(form), kind: 'exposures', mapping: null });
      counts.push(rows.accepted);
      expect(rows).toMatchObject({ read: 1, rejected: 0 });
    }
    expect(counts).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    await opened.engine.close();
  });

  it('reads Windows-1252 when it is, or when the mapping says so, and never guesses per row', async () => {
    const bytes = Buffer.from(`${header}\n${line}\nB2,2026-01-05T10:00:00,RTC_FATAL,Café–1\n`, 'latin1');
    bytes[bytes.indexOf(0x13)] = 0x96; // an en dash in Windows-1252
    const opened = await fresh();
    const loaded = await opened.call('imports.load', { file: raw(bytes), kind: 'exposures', mapping: null });
    expect(loaded.rows).toMatchObject({ read: 2, accepted: 2 });
    const references = withStore(opened.vault, dataKey, (connection) =>
      connection.prepare('SELECT incident_ref FROM exposures ORDER BY incident_ref').pluck().all(),
    );
    expect(references).toEqual(['Café–1', 'I1']);
    await opened.engine.close();
    // The same bytes read as UTF-8, as a mapping may wrongly say: the one row is refused, the other is not.
    const columns = {
      person_ref: 'person_ref',
      occurred_at: 'occurred_at',
      category: 'category',
      incident_ref: 'incident_ref',
    };
    const mapped = await check(raw(bytes), 'exposures', {
      kind: 'exposures',
      columns,
      encoding: 'utf-8',
      delimiter: ',',
    });
    expect(mapped.rows).toMatchObject({ read: 2, accepted: 1, rejected: 1 });
    expect(codesOf(mapped)).toEqual(['2  BAD_ENCODING']);
  });

  it('keeps line breaks, quotes and delimiters inside quoted fields', async () => {
    const opened = await fresh();
    const quoted = [`B1,2026-01-05T10:00:00,RTC_FATAL,"I ""1"",\r\nsecond line"`, line];
    const loaded = await opened.call('imports.load', { file: file(header, quoted), kind: 'exposures', mapping: null });
    expect(loaded.rows).toEqual({ read: 2, accepted: 2, superseded: 0, rejected: 0, duplicate: 0 });
    const references = withStore(opened.vault, dataKey, (connection) =>
      connection.prepare('SELECT incident_ref FROM exposures ORDER BY incident_ref').pluck().all(),
    );
    expect(references).toEqual(['I "1",\r\nsecond line', 'I1']);
    await opened.engine.close();
  });

  it('maps columns, dates, values and codes', async () => {
    const path = file('Officer;When;Type;How;Ref', [
      'C9;31/03/2026 14:05;FATAL;at scene;1',
      'C9;3/4/2026 08:00;FATAL;by radio;2',
    ]);
    const mapping: Mapping = {
      kind: 'exposures',
      columns: { person_ref: 'Officer', occurred_at: 'When', category: 'Type', proximity: 'How', incident_ref: 'Ref' },
      delimiter: ';',
      dateOrder: 'dmy',
      values: { category: { FATAL: 'RTC_FATAL' }, proximity: { 'at scene': 'direct', 'by radio': 'remote' } },
    };
    const opened = await fresh();
    const loaded = await opened.call('imports.load', { file: path, kind: 'exposures', mapping });
    expect(loaded.rows).toMatchObject({ read: 2, accepted: 2, rejected: 0 });
    const [batch] = (await opened.call('imports.list', {})).batches;
    expect([batch?.from, batch?.to]).toEqual(['2026-03-31', '2026-04-03']);
    const before = await opened.call('analyses.run', { method: 'exposure-load', spec: { asOf: '2026-12-31' } });
    // The same file read month first is other data, whatever its counts: the snapshot says so.
    await opened.call('imports.undo', { batch: loaded.batch! });
    const other: Mapping = { ...mapping, dateOrder: 'mdy' };
    const half = await opened.call('imports.load', { file: path, kind: 'exposures', mapping: other });
    expect(half.rows).toMatchObject({ accepted: 1, rejected: 1 });
    const after = await opened.call('analyses.run', { method: 'exposure-load', spec: { asOf: '2026-12-31' } });
    expect(after.provenance.snapshot).not.toBe(before.provenance.snapshot);
    await opened.engine.close();
  });

  it.each([
    ['an empty file', '', 'BAD_FILE'],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004rest of a zip'), 'BAD_FILE'],
    ['no header', `${line}\n${line}\n`, 'BAD_FILE'],
    ['a required column missing', 'person_ref,category\nB1,RTC_FATAL\n', 'BAD_COLUMN'],
    ['a column twice', `${header},person_ref\n${line},B2\n`, 'BAD_COLUMN'],
  ])('refuses %s and loads nothing', async (_, content, code) => {
    const error = await session.refused('imports.load', { file: raw(content), kind: 'exposures', mapping: null });
    expect(error.code).toBe(code);
    expect(error.hint).toMatch(/^Nothing was (loaded|read|kept)/);
    expect((await session.call('imports.list', {})).batches).toEqual([]);
  });

  it('refuses a file that is not there, a kind that is none and a mapping of another kind', async () => {
    const path = file(header, [line]);
    const refuse = async (input: object): Promise<string> =>
      (await session.refused('imports.load', { file: path, kind: 'exposures', mapping: null, ...input })).code;
    expect(await refuse({ file: join(folder, 'nowhere.csv') })).toBe('NO_SUCH_FILE');
    expect(await refuse({ kind: 'salaries' })).toBe('BAD_INPUT');
    expect(await refuse({ mapping: { kind: 'people', columns: {} } })).toBe('BAD_INPUT');
    expect(await refuse({ mapping: { kind: 'exposures', columns: { person_ref: 'nobody' } } })).toBe('BAD_COLUMN');
  });
});

describe('a dry run and the list of rejects', () => {
  const lines = [
    'D1,2026-01-05T10:00:00,RTC_FATAL',
    ...Array.from({ length: 1_200 }, (_, at) => `D2,2026-13-0${at % 9},RTC_FATAL`),
  ];

  it('writes nothing to the vault, and every located problem to the file asked for', async () => {
    const opened = await fresh();
    const path = file('person_ref,occurred_at,category', lines);
    const before = withStore(opened.vault, dataKey, (connection) => contentHash(connection, []));
    const head = readFileSync(join(opened.vault, 'audit.head'));
    const rejectsFile = join(folder, 'rejects.csv');
    const checked = await opened.call('imports.check', { file: path, kind: 'exposures', mapping: null, rejectsFile });
    expect(checked.rows).toEqual({ read: 1_201, accepted: 1, superseded: 0, rejected: 1_200, duplicate: 0 });
    expect(checked.rejects).toHaveLength(1_000);
    expect(withStore(opened.vault, dataKey, (connection) => contentHash(connection, []))).toBe(before);
    expect(readFileSync(join(opened.vault, 'audit.head'))).toEqual(head);
    const written = readFileSync(rejectsFile, 'utf8').split('\r\n');
    expect(written[0]).toBe('row,column,code,message');
    expect(written).toHaveLength(1_200 + 2);
    expect(written[1_200]).toMatch(/^1201,occurred_at,BAD_DATE,/);
    // What was loaded can be asked for later, and says the same.
    const loaded = await opened.call('imports.load', { file: path, kind: 'exposures', mapping: null });
    expect(loaded.rows).toEqual(checked.rows);
    const saved = join(folder, 'saved.csv');
    expect(await opened.call('imports.saveRejects', { batch: loaded.batch!, file: saved })).toMatchObject({
      rows: 1_200,
    });
    expect(readFileSync(saved)).toEqual(readFileSync(rejectsFile));
    const page = await opened.call('imports.rejects', { batch: loaded.batch!, offset: 1_198, limit: 10 });
    expect([page.total, page.rejects.map(({ row }) => row)]).toEqual([1_200, [1_200, 1_201]]);
    await opened.engine.close();
  });

  it('keeps nothing in clear that only rejected rows name, neither people nor codes', async () => {
    const opened = await fresh();
    const path = file('person_ref,role,unit,birth_year,rank', [
      'E1,Response,North,1980,Constable',
      'E2,,Slipped Name,1980,',
      'E3,Response,North,80,Other Slip',
    ]);
    const loaded = await opened.call('imports.load', { file: path, kind: 'people', mapping: null });
    expect(loaded.rows).toMatchObject({ accepted: 1, rejected: 2 });
    withStore(opened.vault, dataKey, (connection) => {
      expect(connection.prepare('SELECT value FROM code ORDER BY value').pluck().all()).toEqual([
        'Constable',
        'North',
        'Response',
      ]);
      expect(connection.prepare('SELECT count(*) FROM person').pluck().get()).toBe(1);
    });
    // A later batch that names them rightly finds them new.
    const more = file('person_ref,role,unit', ['E2,Response,Slipped Name', 'E3,Roads,North']);
    expect((await opened.call('imports.load', { file: more, kind: 'people', mapping: null })).rows.accepted).toBe(2);
    const overview = await opened.call('overview.get', {});
    expect([overview.people, overview.unknownPeople]).toEqual([3, 0]);
    await opened.engine.close();
  });
});
