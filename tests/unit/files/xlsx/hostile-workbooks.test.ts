import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { workbookLimits } from '#main/files/xlsx/limits.ts';
import { type WorkbookXml, workbookOf, workbookParts } from '#tests/fixtures/files/workbook.ts';
import { type ZipEntry, zipOf } from '#tests/fixtures/files/zip.ts';
import { refusalOf } from './read-workbook.ts';

const cell = (text: string, place = '') =>
  `<c${place === '' ? '' : ` r="${place}"`} t="inlineStr"><is><t>${text}</t></is></c>`;
const good: WorkbookXml = { sheets: [{ rows: `<row>${cell('ref')}</row><row>${cell('P1')}</row>` }] };
const withEntries = (...more: ZipEntry[]) => workbookOf(good, more);
const withSheet = (xml: string) => workbookOf({ ...good, parts: { 'xl/worksheets/sheet1.xml': xml } });
const rows = (xml: string) => workbookOf({ sheets: [{ rows: xml }] });

/** Refuses within a second and says so. */
async function refusedAtOnce(content: Uint8Array, extension = 'xlsx'): Promise<string> {
  const start = process.cpuUsage();
  const refusal = await refusalOf(content, extension);
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_000);
  return refusal;
}

describe('archives', () => {
  it('takes a good one', async () => {
    expect(await refusedAtOnce(workbookOf(good))).toBe('accepted');
  });

  it('refuses one that unpacks to far more than it is, at once', async () => {
    const zeros = deflateRawSync(Buffer.alloc(64 * 1024 ** 2));
    const bomb = { name: 'xl/media/bomb.xml', content: '', packed: zeros, saidSize: 64 * 1024 ** 2 };
    expect(await refusedAtOnce(withEntries(bomb))).toMatch(/^TOO_LARGE: .*unpacks to far more/);
    const sheet = `<worksheet><sheetData>${' '.repeat(8 * 1024 ** 2)}</sheetData></worksheet>`;
    expect(await refusedAtOnce(withSheet(sheet))).toMatch(/^TOO_LARGE: .*unpacks to far more/);
  });

  it('refuses one whose entries are few and small but together too much, or too many', async () => {
    const large = (index: number) => ({
      name: `xl/media/${index}.bin`,
      content: '',
      packed: Buffer.alloc(1_100_000),
      saidSize: 199 * 1024 ** 2,
    });
    expect(await refusedAtOnce(withEntries(...Array.from({ length: 6 }, (_, index) => large(index))))).toMatch(
      /^TOO_LARGE: .*unpacks to far more/,
    );
    expect(await refusedAtOnce(withEntries({ ...large(1), saidSize: 201 * 1024 ** 2 }))).toMatch(/^TOO_LARGE/);
    const many = Array.from({ length: 2_001 }, (_, index) => ({ name: `a/${index}.xml`, content: '' }));
    expect(await refusedAtOnce(withEntries(...many))).toMatch(/^TOO_LARGE: .*far too many parts/);
    expect(await refusedAtOnce(Buffer.concat([workbookOf(good), Buffer.alloc(workbookLimits.packed)]))).toMatch(
      /^TOO_LARGE: The workbook is larger than 50 MiB/,
    );
  });

  it('counts what really comes, because the directory can lie', async () => {
    const sheet = `<worksheet><sheetData>${`<row>${cell('x')}</row>`.repeat(50_000)}</sheetData></worksheet>`;
    const parts = [...workbookParts(good)].map(([name, content]) =>
      name.endsWith('sheet1.xml') ? { name, content: sheet, saidSize: 2_000 } : { name, content },
    );
    expect(await refusedAtOnce(zipOf(parts))).toMatch(/^BAD_FILE: The workbook is damaged/);
    const longer = parts.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, saidSize: 9_000_000 } : part));
    expect(await refusedAtOnce(zipOf(longer))).toMatch(/^(?:BAD_FILE|TOO_LARGE): /);
    const changed = [...workbookParts(good)].map(([name, content]) => ({ name, content, saidCrc: 1 }));
    expect(await refusedAtOnce(zipOf(changed))).toMatch(/changed since it was written/);
  });

  it('refuses entries that share bytes', async () => {
    const [first, ...others] = [...workbookParts(good)].map(([name, content]) => ({ name, content }));
    const kernel = { name: 'xl/media/a.xml', content: 'kernel '.repeat(1_000), saidOffset: 0 };
    expect(await refusedAtOnce(zipOf([first!, ...others, kernel]))).toMatch(/its parts overlap/);
  });

  it('refuses archives within it, the one that holds itself, links, paths and two of one name', async () => {
    const inner = zipOf([{ name: 'a', content: 'b' }]);
    expect(await refusedAtOnce(withEntries({ name: 'xl/embeddings/book.xlsx', content: inner }))).toMatch(
      /holds another file within it/,
    );
    expect(await refusedAtOnce(zipOf([{ name: 'r.zip', content: inner }]))).toMatch(/holds another file within it/);
    expect(await refusedAtOnce(withEntries({ name: 'xl/link', content: '/etc/passwd', mode: 0o120777 }))).toMatch(
      /holds a link to another file/,
    );
    for (const name of ['../evil.xml', '/etc/evil.xml', 'C:/evil.xml', 'xl/../../evil.xml', 'xl\\..\\..\\evil.xml']) {
      expect(await refusedAtOnce(withEntries({ name, content: 'x' }))).toMatch(/^BAD_FILE: The workbook is damaged/);
    }
    expect(await refusedAtOnce(withEntries({ name: 'XL/Workbook.xml', content: '<workbook/>' }))).toMatch(/one name/);
  });

  it('refuses what is packed or encrypted in ways that it does not read', async () => {
    expect(await refusedAtOnce(withEntries({ name: 'a.xml', content: 'x', method: 12 }))).toMatch(/never are/);
    expect(await refusedAtOnce(withEntries({ name: 'a.xml', content: 'x', flags: 1 }))).toMatch(/is encrypted/);
    expect(await refusedAtOnce(workbookOf(good).subarray(0, 900))).toMatch(/^BAD_FILE: The workbook is damaged/);
    expect(await refusedAtOnce(Buffer.from('PK\x03\x04 and no more'))).toMatch(/^BAD_FILE: The workbook is damaged/);
  });
});

describe('what is no plain workbook', () => {
  it('refuses macros, links to other workbooks and outside parts', async () => {
    expect(await refusedAtOnce(withEntries({ name: 'xl/vbaProject.bin', content: 'x' }))).toMatch(/holds macros/);
    expect(await refusedAtOnce(withEntries({ name: 'xl/macrosheets/sheet1.xml', content: 'x' }))).toMatch(
      /holds macros/,
    );
    const enabled = 'application/vnd.ms-excel.sheet.macroEnabled.main+xml';
    expect(await refusedAtOnce(workbookOf({ ...good, contentType: enabled }))).toMatch(/holds macros/);
    expect(await refusedAtOnce(withEntries({ name: 'xl/externalLinks/externalLink1.xml', content: 'x' }))).toMatch(
      /takes values from other workbooks/,
    );
    const outside =
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="file:///c:/x.xml" TargetMode="External"/></Relationships>';
    expect(await refusedAtOnce(workbookOf({ ...good, parts: { 'xl/_rels/workbook.xml.rels': outside } }))).toMatch(
      /linked to something outside/,
    );
  });

  it('names other kinds of spreadsheet', async () => {
    for (const [extension, what] of [
      ['xlsm', 'a workbook with macros'],
      ['xlsb', 'a binary workbook'],
      ['xls', 'a workbook of an old Excel'],
      ['ods', 'an OpenDocument spreadsheet'],
    ] as const) {
      expect(await refusedAtOnce(workbookOf(good), extension)).toContain(what);
    }
    expect(await refusedAtOnce(workbookOf(good), 'csv')).toMatch(/ends in \.csv, but it is a workbook/);
    expect(await refusedAtOnce(zipOf([{ name: 'content.xml', content: '<a/>' }]))).toContain('an OpenDocument file');
    expect(await refusedAtOnce(zipOf([{ name: 'xl/workbook.bin', content: 'x' }]))).toContain('a binary workbook');
    expect(await refusedAtOnce(zipOf([{ name: 'word/document.xml', content: 'x' }]))).toContain('a Word document');
    expect(await refusedAtOnce(zipOf([{ name: 'a.txt', content: 'x' }]))).toContain('a zip archive');
    const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    expect(await refusedAtOnce(compound)).toContain('an old Excel');
    expect(await refusedAtOnce(Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]))).toContain(
      'encrypted with a password',
    );
  });
});

describe('hostile XML', () => {
  it.each([
    [
      'a document type',
      '<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>',
      /document type/,
    ],
    [
      'a billion laughs',
      `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n} "&a;&a;">`).join('')}]><worksheet>&a29;</worksheet>`,
      /document type/,
    ],
    ['an outside entity', '<!DOCTYPE w SYSTEM "file:///etc/passwd"><worksheet/>', /document type/],
    ['an entity that is not declared', '<worksheet><sheetData>&x;</sheetData></worksheet>', /not well-formed/],
    ['no end', '<worksheet><sheetData><row>', /not well-formed/],
    ['nothing', '', /is empty|not well-formed/],
    ['a nest', '<a>'.repeat(100_000), /nested too deeply/],
    ['bytes that are no text', '<worksheet>\u0000</worksheet>', /not well-formed/],
    ['rows out of order', '<worksheet><sheetData><row r="5"/><row r="4"/></sheetData></worksheet>', /out of order/],
    ['row zero', '<worksheet><sheetData><row r="0"/></sheetData></worksheet>', /out of order/],
    ['a cell within a cell', '<worksheet><sheetData><row><c><c/></c></row></sheetData></worksheet>', /within a cell/],
    ['a cell without a place', '<worksheet><sheetData><row><c r="12"/></row></sheetData></worksheet>', /no place/],
  ])('refuses a sheet with %s', async (_, xml, message) => {
    expect(await refusedAtOnce(withSheet(xml))).toMatch(message);
  });

  it('holds rows, columns and lengths to their limits', async () => {
    expect(await refusedAtOnce(rows(`<row r="1048576">${cell('a', 'XFD1048576')}</row>`))).toBe('accepted');
    expect(await refusedAtOnce(rows(`<row r="1048577">${cell('a')}</row>`))).toMatch(/^TOO_LARGE: .*more rows/);
    expect(await refusedAtOnce(rows(`<row>${cell('a', 'XFE1')}</row>`))).toMatch(/^TOO_LARGE: .*more columns/);
    expect(await refusedAtOnce(rows(`<row>${cell('a', 'ZZZZ1')}</row>`))).toMatch(/more columns/);
    const noise = (length: number) =>
      Array.from({ length: length / 8 }, () => Math.random().toString(36).padEnd(10, '0').slice(2, 10)).join('');
    expect(await refusedAtOnce(rows(`<row>${cell(noise(1024 ** 2 + 8))}</row>`))).toMatch(/^TOO_LARGE: /);
    const text = noise(1_000_000);
    expect(await refusedAtOnce(rows(`<row>${cell(text).repeat(5)}</row>`))).toMatch(/^TOO_LARGE: Row 1 of the sheet/);
  });

  it('refuses shared strings that make much of little', async () => {
    const text = Array.from({ length: 125_000 }, (_, index) => index.toString(36).padStart(4, '0')).join('');
    const shared = '<c t="s"><v>0</v></c>';
    const book = workbookOf({
      strings: `<si><t>${text}</t></si>`,
      sheets: [{ rows: `<row>${shared.repeat(20)}</row>` }],
    });
    expect(await refusedAtOnce(book)).toMatch(/^TOO_LARGE: Row 1 of the sheet/);
    for (const index of ['1', '-1', '0.5', 'x']) {
      const missing = workbookOf({
        strings: '<si><t>a</t></si>',
        sheets: [{ rows: `<row><c t="s"><v>${index}</v></c></row>` }],
      });
      expect(await refusedAtOnce(missing)).toMatch(/names a text that is not there/);
    }
  });

  it('says what is missing', async () => {
    const missing = (name: string) => {
      const parts = workbookParts(good);
      parts.delete(name);
      return zipOf([...parts].map(([part, content]) => ({ name: part, content })));
    };
    expect(await refusedAtOnce(missing('xl/worksheets/sheet1.xml'))).toMatch(/a sheet that it lists is missing/);
    expect(await refusedAtOnce(missing('xl/workbook.xml'))).toMatch(/a part that it names is missing/);
    expect(await refusedAtOnce(missing('xl/_rels/workbook.xml.rels'))).toMatch(/a part that it names is missing/);
    expect(await refusedAtOnce(missing('_rels/.rels'))).toMatch(/a zip archive, not an \.xlsx workbook/);
  });
});
