import { beforeAll, describe, expect, it } from 'vitest';
import { columnWidthsPt } from '#main/report/table-columns.ts';
import { writePdf } from '#main/report/write-pdf.ts';
import type { ReportDocument, TableData } from '#shared/report/document.ts';
import { type ReadPdf, readPdf } from './read-pdf.ts';
import { sampleDocument } from './sample-document.ts';

const squeeze = (text: string): string => text.replace(/\s/g, '');

function withBlocks(blocks: ReportDocument['sections'][number]['blocks']): ReportDocument {
  return { ...sampleDocument, sections: [{ id: 'only', heading: 'Only', blocks }] };
}

describe('writePdf', () => {
  let bytes: Uint8Array;
  let pdf: ReadPdf;
  beforeAll(async () => {
    bytes = await writePdf(sampleDocument);
    pdf = readPdf(bytes);
  });

  it('gives the same bytes twice', async () => {
    expect(Buffer.compare(bytes, await writePdf(sampleDocument))).toBe(0);
  });

  it('states its title, language and dates, and bookmarks every section', () => {
    const info = /\/Title (\d+) 0 R/.exec(pdf.raw)![1]!;
    expect(pdf.raw).toContain(`\n${info} 0 obj\n(Exposure and wellbeing: how high the water came)\n`);
    expect(pdf.raw).toContain('/Lang (en-GB)');
    expect(pdf.raw).toContain('/DisplayDocTitle true');
    const created = /\/CreationDate (\d+) 0 R/.exec(pdf.raw)![1]!;
    expect(pdf.raw).toContain(`\n${created} 0 obj\n(D:20260331000000Z)\n`);
    for (const section of sampleDocument.sections) expect(pdf.raw).toContain(`/Title (${section.heading})`);
  });

  it('embeds a subset of every face it uses and no other', () => {
    const used = [...pdf.raw.matchAll(/\/BaseFont \/(\S+)/g)].map((match) => match[1]!);
    expect(used.length).toBeGreaterThan(2);
    for (const name of used) expect(name).toMatch(/^[A-Z]{6}\+IBMPlexSans/);
    expect([...pdf.raw.matchAll(/\/FontFile2 /g)].length).toBe(new Set(used).size);
  });

  it('puts every word it shows inside marked content, and every mark into the structure', () => {
    const tree = [...pdf.raw.matchAll(/\n {4}(\d+) \[([\d R]+)\]/g)].map((match) => match[2]!.match(/\d+ 0 R/g)!);
    expect(tree).toHaveLength(pdf.pages.length);
    pdf.pages.forEach((page, index) => {
      let depth = 0;
      for (const match of page.matchAll(/\b(BMC|BDC|EMC|TJ)\b/g)) {
        if (match[1] === 'EMC') depth -= 1;
        else if (match[1] === 'TJ') expect(depth).toBeGreaterThan(0);
        else depth += 1;
      }
      expect(depth).toBe(0);
      const marks = [...page.matchAll(/\/MCID (\d+)/g)].map((match) => Number(match[1]));
      expect(marks).toEqual(tree[index]!.map((_, mark) => mark));
    });
    for (const reference of tree.flat()) {
      expect(pdf.raw).toMatch(new RegExp(`\\n${reference.replace('R', 'obj')}\\n<<\\n/S /\\w+`));
    }
    expect(pdf.raw).toContain('/Marked true');
    for (const role of ['H1', 'H2', 'H3', 'TOCI', 'Table', 'Caption', 'TH', 'TD', 'LBody', 'Figure']) {
      expect(pdf.raw).toMatch(new RegExp(`/S /${role}\\b`));
    }
  });

  it('describes every figure in words', () => {
    const figures = [...pdf.raw.matchAll(/\/S \/Figure\n\/Alt \(/g)];
    expect(figures.length).toBe(6);
  });

  it('shows marking and page number on every page, and all that the document says', () => {
    const pages = pdf.pages.length;
    expect(pdf.text.split('OFFICIAL-SENSITIVE').length - 1).toBe(pages);
    for (let page = 1; page <= pages; page += 1) expect(pdf.text).toContain(`Page${page}of${pages}`);
    for (const block of sampleDocument.sections.flatMap((section) => section.blocks)) {
      if (block.kind === 'figure') expect(pdf.text).toContain(squeeze(block.title));
      if (block.kind === 'callout') expect(pdf.text).toContain(squeeze(block.title));
    }
  });

  it('prints the marker for withheld cells and says what it means', () => {
    expect(pdf.text).toContain(squeeze('Custody [c] [c] [c]'));
    expect(pdf.text).toContain(squeeze('[c] Withheld by disclosure control: counts of 1 to 4'));
    expect(pdf.text).toContain('\u221231');
  });

  it('loses nothing of texts, tables, lists and figures longer than a page', async () => {
    const long = Array.from({ length: 2_000 }, (_, index) => `w${index}`).join(' ');
    const names = Array.from({ length: 90 }, (_, index) => `Unit-${index}`);
    const table: TableData = {
      columns: [
        { label: 'Unit', align: 'start' },
        { label: 'People', align: 'end' },
      ],
      rows: [
        ...names.map((name) => ({
          cells: [{ kind: 'text', text: name } as const, { kind: 'number', value: 7, decimals: 0 } as const],
        })),
        {
          cells: [
            { kind: 'text', text: `${long} x2000` },
            { kind: 'number', value: 1, decimals: 0 },
          ],
        },
        {
          cells: [
            { kind: 'text', text: 'q'.repeat(400) },
            { kind: 'number', value: 1, decimals: 0 },
          ],
        },
      ],
      notes: [],
    };
    const read = readPdf(
      await writePdf(
        withBlocks([
          { kind: 'paragraph', text: `${long} x1` },
          { kind: 'list', ordered: false, items: [`${long} x2`] },
          { kind: 'callout', tone: 'limits', title: 'Limits', text: [`${long} x3`] },
          { kind: 'table', caption: 'Long', ...table },
          {
            kind: 'figure',
            title: 'Many bars',
            caption: 'c',
            description: 'd',
            chart: { kind: 'bars', measure: 'm', decimals: 0, bars: names.map((label, value) => ({ label, value })) },
            data: table,
          },
        ]),
      ),
    );
    for (const end of ['w1999x1', 'w1999x2', 'w1999x3', 'w1999x2000']) expect(read.text).toContain(end);
    expect(read.text).toContain('q'.repeat(20));
    expect(read.text.split('q').length - 1).toBe(800);
    for (const name of names) expect(read.text.split(name).length).toBeGreaterThan(3);
  });

  it('does not repeat a table header that would leave no room for rows', async () => {
    const label = 'longword'.repeat(60);
    const columns = Array.from({ length: 6 }, () => ({ label, align: 'end' as const }));
    const rows = Array.from({ length: 12 }, (_, row) => ({
      cells: columns.map((_column, column) => ({ kind: 'text' as const, text: `r${row}c${column}` })),
    }));
    const read = readPdf(await writePdf(withBlocks([{ kind: 'table', caption: label, columns, rows, notes: [] }])));
    expect(read.pages.length).toBeLessThan(6);
    expect(read.text).toContain('r11c5');
  });

  it('sets hostile text as text', async () => {
    const hostile = '<img src=x onerror=alert(1)> \u202eevil\u202c {b} [c] $& \ud800';
    const read = readPdf(await writePdf(withBlocks([{ kind: 'paragraph', text: hostile }])));
    expect(read.text).toContain('<imgsrc=xonerror=alert(1)>evil{b}[c]$&');
    expect(read.raw).not.toMatch(/\/(JavaScript|URI|Launch|EmbeddedFile)\b/);
  });
});

describe('columnWidthsPt', () => {
  it('never asks for more than there is, whatever the words', () => {
    const cells = (count: number, text: string): TableData => ({
      columns: Array.from({ length: count }, () => ({ label: text, align: 'start' as const })),
      rows: [{ cells: Array.from({ length: count }, () => ({ kind: 'text' as const, text })) }],
      notes: [],
    });
    for (const table of [
      cells(2, 'a'),
      cells(8, 'Neighbourhood policing'),
      cells(6, 'x'.repeat(300)),
      cells(14, 'Total'),
    ]) {
      const total = columnWidthsPt(table, 481, { fontSizePt: 8.5, paddingPt: 6 }).reduce(
        (sum, width) => sum + width,
        0,
      );
      expect(total + (table.columns.length - 1) * 12).toBeLessThanOrEqual(481.01);
    }
  });
});
