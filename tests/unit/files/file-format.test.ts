import { describe, expect, it } from 'vitest';
import { formatOf } from '#main/files/file-format.ts';
import { lookAtFile } from '#main/files/look.ts';
import { openRows } from '#main/files/open-rows.ts';
import { referenceColumns } from '#main/files/references/reference.ts';
import { sampleFile } from '#main/files/sample-file.ts';
import { workbookOf } from '#tests/fixtures/files/workbook.ts';
import { fileOf } from './read-rows.ts';

const ris = 'Scopus\n\nTY  - JOUR\nTI  - A, B\nER  - \n';
const nbib = '\nPMID- 12345\nTI  - A\n';
const bibtex = '% a comment\n@article{a, title={A}}\n';
const csv = 'person_ref,unit\nP1,U1\n';
const book = workbookOf({ sheets: [{ rows: '<row><c><v>1</v></c></row>' }] });

describe('formats', () => {
  it.each([
    [ris, 'ris', 'ris'],
    [ris, 'txt', 'ris'],
    [`\ufeff${ris}`, 'ris', 'ris'],
    [nbib, 'nbib', 'nbib'],
    [nbib, 'txt', 'nbib'],
    [bibtex, 'bib', 'bibtex'],
    [csv, 'csv', 'csv'],
    [csv, 'txt', 'csv'],
    ['ref,note\n1,"TY  - JOUR"\n2,@article{x\n', 'csv', 'csv'],
    ['note\n@home {x\n', 'csv', 'csv'],
    [book, 'xlsx', 'xlsx'],
  ])('%#: tells %j as .%s', async (content, extension, format) => {
    expect(await formatOf(fileOf(content, extension))).toBe(format);
  });

  it('refuses a name that promises something else', async () => {
    const refusal = (content: string, extension: string) =>
      formatOf(fileOf(content, extension)).catch((error) => `${error.error.code}: ${error.message}`);
    expect(await refusal(ris, 'csv')).toBe(
      'BAD_FILE: The name of the file ends in .csv, but it holds references in RIS.',
    );
    expect(await refusal(csv, 'ris')).toBe(
      'BAD_FILE: The name of the file ends in .ris, but it holds no references in RIS.',
    );
    expect(await refusal(bibtex, 'nbib')).toMatch(/holds references in BibTeX/);
  });

  it('samples references as a table of the studies extract, and opens them', async () => {
    const path = fileOf(ris, 'ris');
    const sample = await sampleFile(path);
    expect(sample).toMatchObject({ format: 'ris', whole: true, tailRows: [], sheets: [] });
    expect(sample.rows[0]).toEqual(referenceColumns);
    expect(sample.rows[1]?.[0]).toBe('A, B');
    expect((await lookAtFile(path)).hasHeader).toBe(true);
    const rows = await openRows(path, {});
    expect(rows.header).toEqual(referenceColumns);
    await rows.close();
  });

  it('samples a workbook: its rows as they are, which sheets it has, and which columns are dates', async () => {
    const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
    const date = (serial: number) => `<c s="1"><v>${serial}</v></c>`;
    const rows = Array.from(
      { length: 9_000 },
      (_, row) => `<row><c><v>${row}</v></c>${date(40_000 + row)}${row === 20 ? text('31/03/2026') : date(1)}</row>`,
    );
    const path = fileOf(
      workbookOf({
        styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
        sheets: [
          { name: 'Gone', state: 'hidden', rows: '' },
          { name: 'Data', rows: `<row>${text('n')}${text('day')}${text('mixed')}</row>${rows.join('')}` },
        ],
      }),
      'xlsx',
    );
    const sample = await sampleFile(path);
    expect(sample).toMatchObject({ format: 'xlsx', sheet: 'Data', sheets: ['Data'], whole: false });
    expect(sample.rows).toHaveLength(4_000);
    expect(sample.rows[1]).toEqual(['0', '2009-07-06', '1900-01-01']);
    expect(sample.tailRows.at(-1)?.[0]).toBe('8999');
    expect(sample.dateColumns).toEqual(new Set([1]));
  });
});
