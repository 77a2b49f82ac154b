import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WorkbookRows } from '#main/files/xlsx/workbook-rows.ts';
import { workbookOf } from '#tests/fixtures/files/workbook.ts';
import { fileOf } from '../read-rows.ts';
import { readBook, readWorkbookFile } from './read-workbook.ts';

const inline = (text: string, place = '') =>
  `<c${place === '' ? '' : ` r="${place}"`} t="inlineStr"><is><t>${text}</t></is></c>`;
const header = (...names: string[]) => `<row>${names.map((name) => inline(name)).join('')}</row>`;
const styles = (codes: readonly string[]) =>
  `<numFmts>${codes.map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code}"/>`).join('')}</numFmts>` +
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
  `<cellXfs><xf numFmtId="0"/>${codes.map((_, index) => `<xf numFmtId="${200 + index}"/>`).join('')}` +
  `${Array.from({ length: 60 }, (_, id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`;
/** Style of a builtin format, behind one custom one. */
const builtin = (id: number) => 2 + id;

describe('cells', () => {
  it('gives each type of cell as text', async () => {
    const found = await readBook({
      strings:
        '<si><t>shared</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t xml:space="preserve">text</t></r><rPh sb="0" eb="1"><t>guide</t></rPh></si>',
      sheets: [
        {
          rows:
            header('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i') +
            '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>' +
            '<c><v>1.0000000000000002E-3</v></c><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c>' +
            '<c t="str"><f>A1</f><v>a &amp; b_x000D_c _x005F_x000D_</v></c><c t="n"><f>1+1</f><v>2</v></c></row>',
        },
      ],
    });
    expect(found.rows).toEqual([
      ['shared', 'rich text', 'inline', '0.0010000000000000002', 'TRUE', 'FALSE', '#N/A', 'a & b\rc _x000D_', '2'],
    ]);
  });

  it('keeps shared texts apart, empty ones and a great many too', async () => {
    const long = (seed: number) =>
      Array.from({ length: 20_000 }, (_, word) => ((word + 7) * seed).toString(36)).join(' ');
    const texts = ['', '', 'a', ...Array.from({ length: 60 }, (_, index) => long(index + 3)), ''];
    const found = await readBook({
      strings: texts.map((text) => `<si><t>${text}</t></si>`).join(''),
      sheets: [
        {
          rows:
            header('n', 't') +
            texts.map((_, index) => `<row><c><v>${index}</v></c><c t="s"><v>${index}</v></c></row>`).join(''),
        },
      ],
    });
    expect(found.rows.map(([, text]) => text)).toEqual(texts);
  });

  it('writes numbers in the shortest text that means them', async () => {
    const numbers = ['1', '1.50', '0.1', '1E+2', '-0', '12345678901234567', '0.30000000000000004', '1e-7', ' 7 ', 'x'];
    const found = await readBook({
      sheets: [{ rows: header('n') + numbers.map((number) => `<row><c><v>${number}</v></c></row>`).join('') }],
    });
    expect(found.rows.flat()).toEqual([
      '1',
      '1.5',
      '0.1',
      '100',
      '0',
      '12345678901234568',
      '0.30000000000000004',
      '1e-7',
      '7',
      'x',
    ]);
  });

  it('rejects a formula without a stored value by its row, and takes one whose value is an empty text', async () => {
    const found = await readBook({
      sheets: [
        {
          rows:
            header('a', 'b') +
            '<row><c><v>1</v></c><c><f>NOW()</f></c></row>' +
            '<row><c><v>2</v></c><c t="str"><f>""</f><v></v></c></row>' +
            '<row><c><v>3</v></c><c><f>X()</f><v/></c></row>' +
            '<row><c><v>4</v></c><c><v>5</v></c><c><f>BEYOND()</f></c></row>' +
            '<row><c t="str"><f>X()</f></c></row>',
        },
      ],
    });
    expect(found.rows).toEqual([
      ['1', ''],
      ['2', ''],
      ['3', ''],
      ['4', '5'],
      ['', ''],
    ]);
    expect(found.problems).toEqual([['NO_STORED_VALUE'], [], ['NO_STORED_VALUE'], [], ['NO_STORED_VALUE']]);
  });

  it('reads a sheet whose elements carry a prefix, and one in the strict namespace', async () => {
    const prefixed =
      '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>ref</x:t></x:is></x:c></x:row>' +
      '<x:row r="2"><x:c r="A2"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const found = await readBook({ sheets: [{ rows: '' }], parts: { 'xl/worksheets/sheet1.xml': prefixed } });
    expect(found).toMatchObject({ header: ['ref'], rows: [['5']] });
    const dated = await readBook({
      styles: '<cellXfs><xf numFmtId="0"/></cellXfs>',
      sheets: [
        {
          rows: `${header('d')}<row><c t="d"><v>2026-03-31T00:00:00Z</v></c></row><row><c t="d"><v>2026-03-31T14:05:00.000</v></c></row>`,
        },
      ],
    });
    expect(dated.rows).toEqual([['2026-03-31'], ['2026-03-31T14:05:00']]);
  });

  it('reads parts in UTF-16', async () => {
    const sheet =
      '<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData><row><c t="inlineStr"><is><t>é</t></is></c></row></sheetData></worksheet>';
    const found = await readBook({ sheets: [{ rows: '' }] }, { headerRows: 1 }, []).catch(() => null);
    expect(found).toBeNull();
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(sheet, 'utf16le')]);
    const { workbookParts } = await import('#tests/fixtures/files/workbook.ts');
    const { zipOf } = await import('#tests/fixtures/files/zip.ts');
    const parts = [...workbookParts({ sheets: [{ rows: '' }] })].map(([name, content]) => ({
      name,
      content: name.endsWith('sheet1.xml') ? bytes : content,
    }));
    expect((await readWorkbookFile(fileOf(zipOf(parts), 'xlsx'))).header).toEqual(['é']);
  });
});

describe('dates and times', () => {
  const codes = [
    'dd/mm/yyyy',
    'dd/mm/yyyy hh:mm;@',
    '[$-809]d mmmm yyyy;@',
    'hh:mm',
    '[h]:mm:ss',
    '0000',
    '&quot;day&quot; 0',
    '0.00\\d',
    '[Red]General',
    '#,##0_);[Red](#,##0)',
    'mmm-yy',
    'h:mm AM/PM',
  ];
  const shown = async (serial: string, style: number, is1904 = false) => {
    const book = {
      is1904,
      styles: styles(codes),
      sheets: [{ rows: `${header('d')}<row><c s="${style}"><v>${serial}</v></c></row>` }],
    };
    return (await readBook(book)).rows[0]?.[0];
  };
  const custom = (code: string) => 1 + codes.indexOf(code);
  const builtinBehind = (id: number) => 1 + codes.length + id;

  it.each([
    ['46112', 'dd/mm/yyyy', '2026-03-31'],
    ['46112.586805555555', 'dd/mm/yyyy hh:mm;@', '2026-03-31T14:05:00'],
    ['46112.586806', 'dd/mm/yyyy', '2026-03-31T14:05:00'],
    ['46112.99999999', 'dd/mm/yyyy', '2026-04-01'],
    ['46112', '[$-809]d mmmm yyyy;@', '2026-03-31'],
    ['0.586805555555556', 'hh:mm', '14:05:00'],
    ['0.586805555555556', 'dd/mm/yyyy', '14:05:00'],
    ['1.5', '[h]:mm:ss', '36:00:00'],
    ['0.0625', '[h]:mm:ss', '01:30:00'],
    ['123', '0000', '0123'],
    ['12345', '0000', '12345'],
    ['46112', '&quot;day&quot; 0', '46112'],
    ['46112', '0.00\\d', '46112'],
    ['46112', '[Red]General', '46112'],
    ['46112', '#,##0_);[Red](#,##0)', '46112'],
    ['46112', 'mmm-yy', '2026-03-31'],
    ['0.75', 'h:mm AM/PM', '18:00:00'],
    ['1', 'dd/mm/yyyy', '1900-01-01'],
    ['59', 'dd/mm/yyyy', '1900-02-28'],
    ['60', 'dd/mm/yyyy', '1900-02-29'],
    ['61', 'dd/mm/yyyy', '1900-03-01'],
    ['2958465', 'dd/mm/yyyy', '9999-12-31'],
    ['2958466', 'dd/mm/yyyy', '2958466'],
    ['-1', 'dd/mm/yyyy', '-1'],
  ])('shows %s in %s as %s', async (serial, code, text) => {
    expect(await shown(serial, custom(code))).toBe(text);
  });

  it('knows the formats that have a number and no code', async () => {
    const dates = [14, 15, 16, 17, 22];
    for (const id of dates) expect(await shown('46112', builtinBehind(id))).toBe('2026-03-31');
    for (const id of [18, 19, 20, 21, 45, 47]) expect(await shown('0.25', builtinBehind(id))).toBe('06:00:00');
    expect(await shown('1.25', builtinBehind(46))).toBe('30:00:00');
    for (const id of [0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 37, 38, 39, 40, 48, 49]) {
      expect(await shown('46112', builtinBehind(id))).toBe('46112');
    }
  });

  it('counts from 1904 where the workbook says so', async () => {
    expect(await shown('0', custom('dd/mm/yyyy'), true)).toBe('1904-01-01');
    expect(await shown('44650', custom('dd/mm/yyyy'), true)).toBe('2026-03-31');
    expect(await shown('44650.5', custom('dd/mm/yyyy hh:mm;@'), true)).toBe('2026-03-31T12:00:00');
    expect(await shown('0.5', custom('hh:mm'), true)).toBe('12:00:00');
  });

  it('is not misled by formats of styles that no cell has', async () => {
    const book = {
      styles: styles(['0']),
      sheets: [{ rows: `${header('d')}<row><c s="${builtin(14)}"><v>61</v></c></row>` }],
    };
    expect((await readBook(book)).rows).toEqual([['1900-03-01']]);
  });
});

describe('rows', () => {
  it('fills missing cells, leaves out blank rows and counts what is left', async () => {
    const found = await readBook({
      sheets: [
        {
          rows:
            `<row r="3">${inline('a', 'A3')}${inline('b', 'B3')}${inline('c', 'C3')}</row>` +
            `<row r="4"><c r="B4" s="1"/></row><row r="5">${inline('x', 'C5')}</row><row r="6"/>` +
            `<row r="9">${inline(' ', 'A9')}</row><row r="1000">${inline('z', 'C1000')}${inline('y', 'A1000')}<c/></row>`,
        },
      ],
    });
    expect(found).toMatchObject({
      header: ['a', 'b', 'c'],
      rows: [
        ['', '', 'x'],
        ['y', '', 'z'],
      ],
      numbers: [1, 2],
      problems: [[], []],
    });
  });

  it('counts on where places are not given, and passes over what stands beyond the header', async () => {
    const found = await readBook({
      sheets: [
        { rows: `${header('a', 'b')}<row><c><v>1</v></c>${inline('far', 'D2')}</row><row>${inline('2', 'B3')}</row>` },
      ],
    });
    expect(found.rows).toEqual([
      ['1', ''],
      ['', '2'],
    ]);
  });

  it('takes a title and a header of two rows as a mapping says', async () => {
    const rows =
      `<row>${inline('Absence report')}</row><row/>` +
      `<row>${inline('')}${inline('First')}${inline('')}${inline('Last')}</row>${header('ref', 'day', 'time', 'day')}` +
      '<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c></row>';
    const found = await readBook({ sheets: [{ rows }] }, { rowsAbove: 1, headerRows: 2 });
    expect(found).toMatchObject({
      header: ['ref', 'First day', 'First time', 'Last day'],
      rows: [['1', '2', '3', '4']],
    });
    await expect(readBook({ sheets: [{ rows }] }, { rowsAbove: 10 })).rejects.toThrow(/ends before the row/);
  });

  it('fills cells that are merged downwards, and leaves those merged across as they are', async () => {
    const found = await readBook({
      sheets: [
        {
          rows:
            header('person', 'day', 'note') +
            `<row>${inline('P1', 'A2')}<c r="B2"><v>1</v></c>${inline('wide', 'C2')}</row>` +
            '<row><c r="B3"><v>2</v></c></row><row r="4"/><row r="5"><c r="B5"><v>3</v></c></row>',
          behind: '<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="C2:D2"/></mergeCells>',
        },
      ],
    });
    expect(found.rows).toEqual([
      ['P1', '1', 'wide'],
      ['P1', '2', ''],
      ['', '3', ''],
    ]);
  });

  it('gives many rows in batches that keep their place, and the hash of the file behind the last', async () => {
    const count = 40_000;
    const rows = Array.from({ length: count }, (_, row) => `<row><c><v>${row}</v></c><c t="s"><v>0</v></c></row>`);
    const path = fileOf(
      workbookOf({
        strings: '<si><t>same text in every row</t></si>',
        sheets: [{ rows: header('n', 't') + rows.join('') }],
      }),
      'xlsx',
    );
    const found = await readWorkbookFile(path);
    expect(found.rows).toHaveLength(count);
    expect(found.rows.every(([n, t], row) => n === String(row) && t === 'same text in every row')).toBe(true);
    expect(found.numbers.every((number, row) => number === row + 1)).toBe(true);
    expect(found.batches).toBeGreaterThan(1);
    expect(found.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
  });

  it('can be left early and closed twice', async () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => `<row><c><v>${row * 7919}</v></c></row>`).join('');
    const table = await WorkbookRows.open(fileOf(workbookOf({ sheets: [{ rows: header('n') + rows }] }), 'xlsx'));
    for await (const batch of table.batches()) {
      expect(batch.rowCount).toBeGreaterThan(0);
      break;
    }
    expect(table.sha256).toBeNull();
    await table.close();
  });
});

describe('sheets', () => {
  const book = {
    sheets: [
      { name: 'Old', state: 'hidden', rows: header('hidden') },
      { name: 'Notes', rows: '' },
      { name: 'People', rows: header('people') },
      { name: 'Duties', rows: header('duties') },
      { name: 'Older', state: 'veryHidden', rows: header('hidden') },
    ],
  } as const;

  it('takes the first that has rows and is not hidden, or the one asked for', async () => {
    expect((await readBook(book)).header).toEqual(['people']);
    expect((await readBook(book, { sheet: 'Duties' })).header).toEqual(['duties']);
    expect((await readBook(book, { sheet: ' duties' })).header).toEqual(['duties']);
    await expect(readBook(book, { sheet: 'Old' })).rejects.toThrow(/no visible sheet/);
    await expect(readBook({ sheets: [book.sheets[0], book.sheets[1]] })).rejects.toThrow(/has any rows/);
  });
});
