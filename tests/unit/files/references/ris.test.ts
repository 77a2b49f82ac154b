import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ReferenceRows } from '#main/files/references/reference-rows.ts';
import { fileOf } from '../read-rows.ts';
import { type ReadReference, readReferences } from './read-references.ts';

const read = (content: string | Uint8Array) => readReferences(content, 'ris');
const one = async (...lines: string[]): Promise<ReadReference> =>
  (await read(['TY  - JOUR', ...lines, 'ER  - ', ''].join('\n')))[0]!;

const scopus = [
  'Scopus',
  'EXPORT DATE: 12 March 2026',
  '',
  'TY  - JOUR',
  'TI  - Shift work and sleep in police officers: a cohort study',
  'T2  - Journal of Occupational Health',
  'J2  - J. Occup. Health',
  'VL  - 62',
  'IS  - 1',
  'C7  - e12112',
  'PY  - 2020',
  'DO  - 10.1002/1348-9585.12112',
  'UR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-85&doi=10.1002%2f1348',
  'AU  - Fekedulegn, D.',
  'AU  - Burchfiel, C.M.',
  'AB  - Objectives: To see. Methods: 363 officers.',
  'KW  - police',
  'KW  - sleep; shift work',
  'LA  - English',
  'DB  - Scopus',
  'N1  - Export Date: 12 March 2026; Cited By: 30',
  'ER  - ',
  '',
].join('\r\n');

const scopusTruth = {
  title: 'Shift work and sleep in police officers: a cohort study',
  year: '2020',
  authors: 'Fekedulegn, D.; Burchfiel, C.M.',
  doi: '10.1002/1348-9585.12112',
  journal: 'Journal of Occupational Health',
  volume: '62',
  issue: '1',
  pages: 'e12112',
  abstract: 'Objectives: To see. Methods: 363 officers.',
  keywords: 'police; sleep; shift work',
  type: 'journal article',
  url: 'https://www.scopus.com/inward/record.uri?eid=2-s2.0-85&doi=10.1002%2f1348',
  source_db: 'Scopus',
  language: 'English',
};

describe('RIS', () => {
  it('reads what Scopus exports, with lines about the export before it', async () => {
    expect(await read(scopus)).toEqual([scopusTruth]);
  });

  it('reads it in every encoding and with every line ending', async () => {
    const text = scopus.replace('cohort study', 'cohort étude');
    const truth = [{ ...scopusTruth, title: scopusTruth.title.replace('cohort study', 'cohort étude') }];
    expect(await read(text.replaceAll('\r\n', '\n'))).toEqual(truth);
    expect(await read(text.replaceAll('\r\n', '\r'))).toEqual(truth);
    expect(await read(`\ufeff${text}`)).toEqual(truth);
    expect(await read(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(truth);
    expect(await read(Buffer.from(text, 'latin1'))).toEqual(truth);
  });

  it('reads what EndNote exports: a chapter, keywords on lines of their own, pages in one field', async () => {
    const endnote = [
      'TY  - CHAP',
      'AU  - Violanti, John M.',
      'A2  - Editor, A.',
      'PY  - 2014',
      'DA  - 2014///',
      'TI  - Dying for the job',
      'T2  - Police stress',
      '  and health',
      'SP  - 12-30',
      'KW  - Police',
      'Mortality',
      'Suicide',
      'ID  - 77',
      'ER  - ',
      '',
      'TY  - BOOK',
      'A1  - Hesketh, Ian',
      'BT  - Wellbeing and resilience',
      'Y1  - 2017/05/01/',
      'SP  - 1',
      'EP  - 200',
      'ER  -',
    ].join('\n');
    expect(await read(endnote)).toEqual([
      {
        title: 'Dying for the job',
        year: '2014',
        authors: 'Violanti, John M.',
        journal: 'Police stress and health',
        pages: '12-30',
        keywords: 'Police; Mortality; Suicide',
        type: 'book section',
      },
      {
        title: 'Wellbeing and resilience',
        year: '2017',
        authors: 'Hesketh, Ian',
        journal: 'Wellbeing and resilience',
        pages: '1-200',
        type: 'book',
      },
    ]);
  });

  it('finds identifiers wherever programs put them', async () => {
    expect(await one('TI  - a', 'UR  - https://doi.org/10.1000/ABC.1).')).toMatchObject({ doi: '10.1000/ABC.1' });
    expect(await one('TI  - a', 'M3  - doi: 10.1000/x')).toMatchObject({ doi: '10.1000/x' });
    expect(await one('TI  - a', 'AN  - 12345678', 'DB  - PubMed')).toMatchObject({ pmid: '12345678' });
    expect(await one('TI  - a', 'U1  - 23456789[pmid]')).toMatchObject({ pmid: '23456789' });
    expect(await one('TI  - a', 'N1  - PMID: 3456789')).toMatchObject({ pmid: '3456789' });
    expect(await one('TI  - a', 'AN  - 12345678', 'DB  - PsycINFO')).not.toHaveProperty('pmid');
  });

  it('does not take a word and a dash in a text for a tag', async () => {
    expect(await one('TI  - a', 'AB  - first', 'OR - odds ratio', 'CI - interval')).toMatchObject({
      abstract: 'first OR - odds ratio CI - interval',
    });
    expect(await one('TI - one space', 'VL - 4')).toMatchObject({ title: 'one space', volume: '4' });
    expect(await one('TI  -', 'T1  - second')).toMatchObject({ title: 'second' });
  });

  it('rejects a broken record alone and goes on', async () => {
    const text = [
      'TI  - a beginning is missing',
      'ER  - ',
      'TY  - JOUR',
      'TI  - no end',
      'TY  - JOUR',
      'TI  - whole',
      'ER  - ',
      'TY  - JOUR',
      'TI  - cut off at the end',
    ].join('\n');
    expect(await read(text)).toEqual([
      { title: 'a beginning is missing', problems: 'BAD_RECORD' },
      { title: 'no end', type: 'journal article' },
      { title: 'whole', type: 'journal article' },
      { title: 'cut off at the end', type: 'journal article' },
    ]);
    const bytes = Buffer.concat([
      Buffer.from('TY  - JOUR\nTI  - caf\u00e9\nER  - \nTY  - JOUR\nTI  - caf', 'utf8'),
      Buffer.alloc(1024 ** 2, 'x'),
      Buffer.from([0xe9, 10]),
      Buffer.from('ER  - \nTY  - JOUR\nTI  - a\0b\nER  - \nTY  - JOUR\nTI  - last\nER  - \n', 'utf8'),
    ]);
    const found = await read(bytes);
    expect(found.map(({ problems }) => problems)).toEqual([
      undefined,
      'BAD_ENCODING BAD_RECORD',
      'NUL_BYTE',
      undefined,
    ]);
    expect(found[0]?.['title']).toBe('café');
  });

  it('counts records through many batches and gives the hash of the file', async () => {
    const text = Array.from({ length: 20_000 }, (_, n) => `TY  - JOUR\nTI  - Study ${n}\nER  - \n`).join('\n');
    const path = fileOf(text, 'ris');
    const table = await ReferenceRows.open(path, 'ris');
    let rows = 0;
    for await (const batch of table.batches()) {
      expect(batch.firstRow).toBe(rows + 1);
      rows += batch.rowCount;
    }
    expect(rows).toBe(20_000);
    expect(table.sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });
});
