import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookAtFile } from '#main/files/look.ts';
import { fileOf } from './read-rows.ts';

const exposures = 'person_ref,occurred_at,category\nP1,2026-03-31T14:05,RTC_FATAL\nP2,2026-04-01T02:10,DEATH_MESSAGE\n';
const looked = async (content: string | Uint8Array, extension?: string) => lookAtFile(fileOf(content, extension));
const names = (look: Awaited<ReturnType<typeof looked>>) => look.columns.map((column) => column.name);

describe('encoding', () => {
  const text = 'person_ref,unit\nP1,Café “Nord”\n';
  it.each([
    ['utf-8', false, Buffer.from(text)],
    ['utf-8', true, Buffer.from(`\uFEFF${text}`)],
    ['utf-16le', true, Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16be', true, Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['utf-16le', false, Buffer.from(text, 'utf16le')],
    ['utf-16be', false, Buffer.from(text, 'utf16le').swap16()],
    ['windows-1252', false, Buffer.from(text.replace('é', '\xe9').replace('“', '\x93').replace('”', '\x94'), 'latin1')],
  ] as const)('%s, byte order mark %s', async (encoding, byteOrderMark, bytes) => {
    const look = await looked(bytes);
    expect(look).toMatchObject({ encoding, byteOrderMark, sizeBytes: bytes.length });
    expect(names(look)).toEqual(['person_ref', 'unit']);
    expect(look.firstRows).toEqual([['P1', 'Café “Nord”']]);
  });

  it('does not take a character cut by the end of the sample for Windows-1252', async () => {
    for (const shift of [0, 1, 2, 3]) {
      const look = await looked(`person_ref,unit\n${'x'.repeat(shift)}${'P1,🌊\n'.repeat(140_000)}`);
      expect(look.encoding).toBe('utf-8');
    }
  });

  it('takes a file that ends within a character for what it is', async () => {
    expect((await looked(Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0xc3]))).encoding).toBe('windows-1252');
  });
});

describe('dialect', () => {
  it.each([
    [',', exposures],
    [';', exposures.replaceAll(',', ';')],
    ['\t', exposures.replaceAll(',', '\t')],
    ['|', exposures.replaceAll(',', '|')],
  ] as const)('finds the delimiter %j', async (delimiter, text) => {
    const look = await looked(text);
    expect(look).toMatchObject({ delimiter, quoted: false, lineEnding: 'lf', hasHeader: true, warnings: [] });
    expect(names(look)).toEqual(['person_ref', 'occurred_at', 'category']);
    expect(look.columns.map((column) => column.dateOrder)).toEqual([null, 'iso', null]);
  });

  it('is not misled by decimal commas, lists within cells, or delimiters and line breaks in quotes', async () => {
    expect((await looked('ref;hours\nP1;1,5\nP2;2,5\n')).delimiter).toBe(';');
    expect((await looked('incident_ref,closed_codes\nI1,A;B\nI2,C;D\n')).delimiter).toBe(',');
    const lists = `incident_ref,closed_codes\n${'I1,A;B;C\n'.repeat(500)}`;
    expect((await looked(lists)).delimiter).toBe(',');
    const quoted = await looked('person_ref;note\r\nP1;"a,b,c\r\nd,e,f"\r\nP2;"say ""no"", twice"\r\n');
    expect(quoted).toMatchObject({ delimiter: ';', quoted: true, lineEnding: 'crlf' });
    expect(quoted.firstRows[1]).toEqual(['P2', 'say "no", twice']);
  });

  it('names line endings', async () => {
    expect((await looked('a,b\r1,2\r')).lineEnding).toBe('cr');
    expect((await looked('a,b\r\n1,2\n')).lineEnding).toBe('mixed');
    expect((await looked('a,b')).lineEnding).toBe('none');
  });

  it('reads one column', async () => {
    const look = await looked('person_ref\nP1\nP2\n');
    expect(look).toMatchObject({ delimiter: ',', firstRows: [['P1'], ['P2']] });
  });
});

describe('header and columns', () => {
  it('knows a header by canonical names, by text over numbers, and misses none where there is none', async () => {
    expect((await looked('Person Ref,Shoe\nP1,x\n')).hasHeader).toBe(true);
    expect((await looked('Wer,Wann,Punkte\nA,31.03.2026,3\nB,01.04.2026,4\n')).hasHeader).toBe(true);
    expect((await looked('Tag,Tag\n2026-01-01,3\n')).hasHeader).toBe(true);
    expect((await looked('Name,Town\nAnn,Ely\nBob,Ayr\n')).hasHeader).toBe(true);
    const bare = await looked('A,31/03/2026,3\nB,01/04/2026,4\n');
    expect(bare.hasHeader).toBe(false);
    expect(names(bare)).toEqual(['column_1', 'column_2', 'column_3']);
    expect(bare.firstRows).toHaveLength(2);
  });

  it('finds the order of dates and says where it cannot', async () => {
    const look = await looked(
      'person_ref,a,b,c,d,e\nP1,01/04/2026,01/13/2026,01/02/2026,2026-01-02,\nP2,31/03/2026,02/14/2026,03/04/2026,,\n',
    );
    expect(look.columns.map((column) => column.dateOrder)).toEqual([null, 'dmy', 'mdy', 'ambiguous', 'iso', null]);
  });

  it('warns of columns and rows that will make trouble', async () => {
    const look = await looked('person_ref,Unit,unit,\nP1,a,b,c\nP2,a\n');
    expect(look.warnings).toEqual(['DUPLICATE_COLUMN', 'UNNAMED_COLUMN', 'UNEVEN_ROWS']);
    expect((await looked('person_ref,unit\n')).warnings).toEqual(['NO_DATA_ROWS']);
  });

  it('shows the first rows of a long file without reading it whole', async () => {
    const look = await looked(`person_ref,unit\n${'P1,U1\n'.repeat(400_000)}`);
    expect(look.firstRows).toHaveLength(20);
    expect(look.sizeBytes).toBe(2_400_016);
  });
});

describe('refusals', () => {
  const refusal = async (path: string) =>
    lookAtFile(path).then(
      () => 'accepted',
      (error) => `${error.error.code}: ${error.message}`,
    );

  it.each([
    ['', 'csv', 'BAD_FILE: The file is empty.'],
    ['PK\x03\x04rest', 'csv', 'BAD_FILE: The name of the file ends in .csv, but it is a workbook or a zip archive.'],
    ['%PDF-1.7\n', 'csv', 'BAD_FILE: This is a PDF document, not a text file.'],
    ['\xd0\xcf\x11\xe0\xa1\xb1', 'csv', 'BAD_FILE: This is a file of an old Excel or Word.'],
    ['a,b\n1,\0\x01\x02\n', 'csv', 'BAD_FILE: This is a binary file, not text.'],
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'csv', 'BAD_FILE: This is a binary file, not text.'],
    ['\xff\xfe\0\0a\0\0\0', 'csv', 'BAD_FILE: This is a binary file, not text.'],
    ['\x01\x02\x03a,b\n', 'csv', 'BAD_FILE: This is a binary file, not text.'],
    ['<!DOCTYPE html><table>', 'csv', 'BAD_FILE: This is a web page or XML, not a table in CSV.'],
    ['a,b\n1,2\n', 'xlsx', 'BAD_FILE: The name of the file ends in .xlsx, but it holds plain text.'],
    ['sep=;\na;b\n', 'csv', 'BAD_FILE: The first line only tells Excel the delimiter (`sep=`).'],
    ['\n\n', 'csv', 'BAD_FILE: No row could be found in the file.'],
  ])('%j as .%s', async (content, extension, message) => {
    expect(await refusal(fileOf(Buffer.from(content, 'latin1'), extension))).toBe(message);
  });

  it('names a folder, a device and a missing file', async () => {
    expect(await refusal(tmpdir())).toMatch(/^BAD_FILE: This is a folder/);
    expect(await refusal('/dev/null')).toMatch(/^BAD_FILE: This is not an ordinary file/);
    expect(await refusal(join(tmpdir(), 'tidemark-no-such-file.csv'))).toMatch(/^NO_SUCH_FILE/);
  });
});
