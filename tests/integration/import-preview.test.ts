import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DraftBody } from '#shared/contract/import-drafts.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { csvFile, newVault, type Session, temporaryFolder, unlocked, user, writeText } from './test-vault.ts';

const folder = temporaryFolder('preview');
const vault = join(folder, 'vault');
let session: Session;

const exposures: Mapping = {
  kind: 'exposures',
  columns: { person_ref: 'Officer', occurred_at: 'When', category: 'Code', proximity: 'How near' },
  rowsAbove: 1,
  dateOrder: 'dmy',
  rules: { occurred_at: ['two-digit-year'] },
  values: { category: { RTC9: 'RTC_FATAL' } },
};

function exposureFile(name: string): string {
  return writeText(
    join(folder, name),
    [
      'Exposure report for June',
      'Officer,When,Code,How near',
      '0042,03/06/2026 14:05,RTC9,Direct',
      '0043,31/02/2026,RTC9,direct',
      ',04/06/26,OWN,near',
      ',,,',
      '0044,05/06/2026,RTC9',
      '"O""Neill",06/06/2026,RTC9,secondary',
    ].join('\r\n'),
  );
}

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  session = await newVault(vault);
});

describe('rows of a file as read', () => {
  it('come from the top of the file, or from behind its header', async () => {
    const file = exposureFile('read.csv');
    const top = await session.call('imports.rows', { file, dialect: { headerRows: 0 }, take: { from: 1, count: 2 } });
    expect(top).toMatchObject({
      totalRows: 8,
      indexedRows: 8,
      stopped: null,
      rows: [
        { row: 1, cells: ['Exposure report for June'] },
        { row: 2, cells: ['Officer', 'When', 'Code', 'How near'] },
      ],
    });
    const data = await session.call('imports.rows', {
      file,
      dialect: { rowsAbove: 1 },
      take: { from: 1, count: 1, numbers: [6, 1, 99] },
    });
    expect(data.header).toEqual(['Officer', 'When', 'Code', 'How near']);
    expect(data.totalRows).toBe(6);
    expect(data.rows).toEqual([
      { row: 6, cells: ['O"Neill', '06/06/2026', 'RTC9', 'secondary'] },
      { row: 1, cells: ['0042', '03/06/2026 14:05', 'RTC9', 'Direct'] },
    ]);
  });

  it('are refused once the file has changed, and given anew when it is looked at again', async () => {
    const file = csvFile(folder, 'changing.csv', 'a,b', ['1,2']);
    const ask = { file, dialect: {}, take: { from: 1, count: 5 } };
    await session.call('imports.rows', ask);
    writeFileSync(file, 'a,b\n1,2\n3,4\n');
    expect((await session.refused('imports.rows', ask)).code).toBe('DIFFERENT');
    expect((await session.call('imports.rows', ask)).totalRows).toBe(2);
    rmSync(file);
    expect((await session.refused('imports.rows', ask)).code).toBe('NO_SUCH_FILE');
  });

  it('are the same at every place of a long file', async () => {
    const lines = Array.from({ length: 30_000 }, (_, row) => `${row + 1},"text, of row ${row + 1}",£`);
    const file = csvFile(folder, 'long.csv', 'n,text,sign', lines);
    const { totalRows } = await settled(file);
    expect(totalRows).toBe(30_000);
    for (const from of [1, 999, 1_000, 14_999, 29_990]) {
      const { rows } = await session.call('imports.rows', { file, dialect: {}, take: { from, count: 200 } });
      expect(rows).toHaveLength(Math.min(200, 30_001 - from));
      expect(rows.every(({ row, cells }) => cells[0] === String(row) && cells[2] === '£')).toBe(true);
      expect(rows[0]?.row).toBe(from);
    }
    await session.call('imports.leave', {});
    rmSync(file);
  });
});

async function settled(file: string) {
  for (;;) {
    const answer = await session.call('imports.rows', { file, dialect: {}, take: { from: 1, count: 1 } });
    if (answer.totalRows !== null) return answer;
  }
}

describe('rows as understood', () => {
  it('are what would be stored, in words, with their located problems', async () => {
    const file = exposureFile('understood.csv');
    const answer = await session.call('imports.understood', { file, mapping: exposures, take: { from: 1, count: 10 } });
    const value = (record: (typeof answer.records)[number], column: string) =>
      record.values[answer.columns.indexOf(column)];
    const [first, second, third, blank, short, last] = answer.records as [never, never, never, never, never, never];
    const shown = ['person_ref', 'occurred_at', 'category', 'proximity'].map((column) => value(first, column));
    expect(shown).toEqual(['0042', '2026-06-03T13:05:00Z', 'RTC_FATAL', 'direct']);
    const problems = answer.records.map((record) => record.problems.map(({ column, code }) => `${column} ${code}`));
    expect(problems).toEqual([
      [],
      ['occurred_at BAD_DATE'],
      ['person_ref EMPTY_REQUIRED', 'proximity NOT_IN_LIST'],
      [],
      [' FIELD_COUNT'],
      [],
    ]);
    expect(value(second, 'occurred_at')).toBeNull();
    // The rule read its year of two digits.
    expect(value(third, 'occurred_at')).toBe('2026-06-03T23:00:00Z');
    expect(blank).toMatchObject({ row: 4, passedOver: '1 blank row was passed over.' });
    expect((short as { values: unknown[] }).values.every((cell) => cell === null)).toBe(true);
    expect(value(last, 'person_ref')).toBe('O"Neill');
    expect((third as { notes: { code: string }[] }).notes.map(({ code }) => code)).toEqual(['UNMAPPED_CODE']);
  });

  it('find the same problems as the check, on every row', async () => {
    const file = exposureFile('same.csv');
    const check = await session.call('imports.check', { file, kind: 'exposures', mapping: exposures });
    const { records } = await session.call('imports.understood', {
      file,
      mapping: exposures,
      take: { from: 1, count: 200 },
    });
    expect(records.flatMap(({ problems }) => problems)).toEqual(check.rejects);
    expect(records.filter(({ passedOver, problems }) => passedOver === null && problems.length === 0)).toHaveLength(
      check.rows.accepted,
    );
  });

  it('show columns that are not mapped yet as missing, and never an identity', async () => {
    const file = csvFile(folder, 'people.csv', 'ref,name,role,unit', ['1,Ann Other,PC,North']);
    const { columns, records } = await session.call('imports.understood', {
      file,
      mapping: { kind: 'people', columns: { person_ref: 'ref', name: 'name', unit: 'unit' } },
      take: { from: 1, count: 1, numbers: [1] },
    });
    expect(records[0]?.problems.map(({ column, code }) => `${column} ${code}`)).toEqual(['role EMPTY_REQUIRED']);
    expect(records[0]?.values[columns.indexOf('name')]).toBe('sealed');
    expect(records[0]?.values[columns.indexOf('unit')]).toBe('North');
  });

  it('make several records of a row, and score what has items', async () => {
    const items = Array.from({ length: 9 }, (_, item) => `q${item + 1}`);
    const file = csvFile(folder, 'forms.csv', `ref,on,${items.join(',')},gad`, ['7,2026-03-01,1,1,1,0,0,0,0,0,0,4']);
    const columns = Object.fromEntries(items.map((name, item) => [`item_${item + 1}`, name]));
    const { columns: names, records } = await session.call('imports.understood', {
      file,
      mapping: {
        kind: 'screenings',
        columns: { person_ref: 'ref', taken_on: 'on' },
        records: [
          { columns, constants: { instrument: 'PHQ-9' } },
          { columns: { score: 'gad' }, constants: { instrument: 'GAD-7' } },
        ],
      },
      take: { from: 1, count: 1, numbers: [1] },
    });
    const of = (part: number, column: string) => records[part]?.values[names.indexOf(column)];
    expect(records.map(({ part, problems }) => [part, problems.length])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(of(0, 'scores')).toMatch(/\b3\b/);
    expect(of(1, 'score')).toBe('4');
  });
});

describe('values of a column', () => {
  it('are counted over the whole file', async () => {
    const lines = Array.from({ length: 5_000 }, (_, row) => `${row},${row % 5 === 0 ? 'RTC;FIRE' : 'RTC'}`);
    const file = csvFile(folder, 'values.csv', 'ref,codes', lines);
    const mapping: Mapping = { kind: 'incidents', columns: { incident_ref: 'ref', closed_codes: 'codes' } };
    const whole = await session.call('imports.values', { file, mapping, column: 'closed_codes' });
    expect(whole).toEqual({
      values: [
        { value: 'RTC', rows: 4_000 },
        { value: 'RTC;FIRE', rows: 1_000 },
      ],
      more: false,
      rows: 5_000,
    });
    const parted = { ...mapping, separators: { closed_codes: ';' } };
    const { values } = await session.call('imports.values', { file, mapping: parted, column: 'closed_codes' });
    expect(values[0]).toEqual({ value: 'RTC', rows: 5_000 });
    const many = await session.call('imports.values', { file, mapping, column: 'incident_ref' });
    expect([many.values.length, many.more]).toEqual([1_000, true]);
  });
});

describe('an import that was begun', () => {
  it('is kept for its user alone, and says whether its file is still the same', async () => {
    const file = exposureFile('draft.csv');
    const body: DraftBody = { step: 'look', mapping: exposures, decisions: [] };
    const { id } = await session.call('imports.saveDraft', { id: null, file, body });
    const later: DraftBody = {
      step: 'check',
      mapping: exposures,
      decisions: [{ column: 'proximity', code: 'NOT_IN_LIST', decision: 'map' }],
    };
    expect(await session.call('imports.saveDraft', { id, file, body: later })).toEqual({ id });
    await session.call('vault.lock', {});
    session = await unlocked(vault, user);
    const [kept] = (await session.call('imports.drafts', {})).drafts;
    expect(kept).toMatchObject({ id, fileName: 'draft.csv', fileState: 'same', body: later });
    writeFileSync(file, 'other');
    expect((await session.call('imports.drafts', {})).drafts[0]?.fileState).toBe('changed');
    rmSync(file);
    expect((await session.call('imports.drafts', {})).drafts[0]?.fileState).toBe('gone');
    await session.call('imports.dropDraft', { id });
    expect(await session.call('imports.drafts', {})).toEqual({ drafts: [] });
    // What is forgotten already needs no forgetting.
    await session.call('imports.dropDraft', { id });
    expect((await session.refused('imports.saveDraft', { id, file, body })).code).toBe('NOT_FOUND');
  });
});
