import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { ImportResult } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { workbookOf } from '#tests/fixtures/files/workbook.ts';
import { dataKeyOf, newVault, type Session, temporaryFolder, withStore } from './test-vault.ts';

const folder = temporaryFolder('formats');
const vault = join(folder, 'vault');
let session: Session;
let dataKey: Buffer;

beforeAll(async () => {
  session = await newVault(vault, ['analyst', 'clinician']);
  dataKey = await dataKeyOf(vault);
});
afterAll(() => session.engine.close());

function file(name: string, content: Uint8Array | string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const check = (path: string, kind: string, mapping: Mapping | null = null): Promise<ImportResult> =>
  session.call('imports.check', { file: path, kind, mapping });
const load = (path: string, kind: string, mapping: Mapping | null = null): Promise<ImportResult> =>
  session.call('imports.load', { file: path, kind, mapping });
const rowsOf = (sql: string) => withStore(vault, dataKey, (connection) => connection.prepare(sql).raw().all());

const day = (iso: string) => ({ value: new Date(`${iso}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' });
const text = (value: string) => ({ value, type: String });

describe('workbooks', () => {
  it('loads one with canonical headers without a mapping', async () => {
    const people = [
      ['person_ref', 'role', 'unit', 'birth_year', 'service_start', 'fte'].map(text),
      [text('00417'), text('Response'), text('North'), { value: 1984 }, day('2009-04-06'), { value: 1 }],
      [text('00418'), text('Response'), text('North'), { value: 1990 }, day('2015-09-01'), { value: 0.8 }],
    ];
    const path = file('people.xlsx', await writeExcelFile(people as never).toBuffer());
    const look = await session.call('imports.look', { file: path });
    expect(look).toMatchObject({ format: 'xlsx', sheets: ['Sheet1'], sheet: 'Sheet1', kind: 'people' });
    const loaded = await load(path, 'people');
    expect(loaded).toMatchObject({ rows: { read: 2, accepted: 2, rejected: 0 }, rejects: [] });
    expect(rowsOf('SELECT birth_year, service_start, fte FROM people ORDER BY birth_year')).toEqual([
      [1984, 14_340, 1],
      [1990, 16_679, 0.8],
    ]);
    expect((await check(path, 'people')).rows).toMatchObject({ read: 2, duplicate: 2 });
  });

  it('loads the sheet that a mapping names, below its title, and says where a row is wrong', async () => {
    const cell = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
    const rows =
      `<row>${cell('Staff list, March')}</row><row/><row>${['Ref', 'Job', 'Team', 'Started'].map(cell).join('')}</row>` +
      `<row>${cell('A1')}${cell('Custody')}${cell('South')}<c s="1"><v>46112</v></c></row>` +
      `<row>${cell('A2')}${cell('Custody')}${cell('South')}<c s="1"><f>TODAY()</f></c></row>` +
      `<row>${cell('A3')}<c t="e"><v>#N/A</v></c>${cell('')}<c><v>5</v></c></row>`;
    const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
    const sheets = [
      { name: 'Cover', rows: `<row>${cell('About')}</row>` },
      { name: 'Staff', rows },
    ];
    const path = file('staff.xlsx', workbookOf({ sheets, styles }));
    const mapping = {
      kind: 'people',
      sheet: 'Staff',
      rowsAbove: 1,
      columns: { person_ref: 'Ref', role: 'Job', unit: 'Team', service_start: 'Started' },
    };
    const checked = await check(path, 'people', mapping);
    expect(checked.rows).toMatchObject({ read: 3, accepted: 1, rejected: 2 });
    expect(checked.rejects.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      '2  NO_STORED_VALUE',
      '3 unit EMPTY_REQUIRED',
      '3 service_start BAD_DATE',
    ]);
    expect((await session.call('imports.look', { file: path, sheet: 'Staff' })).sheet).toBe('Staff');
    const elsewhere = { file: path, kind: 'people', mapping: { ...mapping, sheet: 'Nowhere' } };
    expect((await session.refused('imports.check', elsewhere)).code).toBe('BAD_INPUT');
  });
});

describe('reference files', () => {
  const ris = (...titles: string[]) =>
    titles.map((title) => `TY  - JOUR\nTI  - ${title}\nPY  - 2020\nDO  - 10.1000/${title.length}\nER  - \n`).join('\n');

  it('load without a mapping, a broken record by its number', async () => {
    const path = file(
      'refs.ris',
      `TI  - no beginning\nER  - \n${ris('First', 'Second')}TY  - JOUR\nAU  - Nobody, N.\nER  - \n`,
    );
    expect(await session.call('imports.look', { file: path })).toMatchObject({ format: 'ris', kind: 'studies' });
    const loaded = await load(path, 'studies');
    expect(loaded.rows).toMatchObject({ read: 4, accepted: 2, rejected: 2 });
    expect(loaded.rejects.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      '1  BAD_RECORD',
      '4 title EMPTY_REQUIRED',
    ]);
    expect(rowsOf('SELECT title, year FROM studies ORDER BY title').map(String)).toEqual(['First,2020', 'Second,2020']);
  });

  it('know a study again whichever format it comes in', async () => {
    const bibtex = file('refs.bib', '@article{a, title={{F}irst}, year={2020}, doi={https://doi.org/10.1000/5}}\n');
    expect((await check(bibtex, 'studies')).rows).toMatchObject({ read: 1, rejected: 0 });
    const nbib = file('refs.nbib', 'PMID- 77\nTI  - Another.\nDP  - 2021 Jan\nLID - 10.1000/77 [doi]\n');
    await load(bibtex, 'studies');
    await load(nbib, 'studies');
    expect(rowsOf('SELECT count(*) FROM studies')).toEqual([[3]]);
  });
});
