import { describe, expect, it } from 'vitest';
import { writeDocx } from '#main/report/write-docx.ts';
import { composeDocument, reference } from '#shared/report/compose-document.ts';
import type { BasicBlock, Block, ReportDocument, TableData } from '#shared/report/document.ts';
import { formatCell, plainText } from '#shared/report/format.ts';
import { elementsOf, readDocx } from './read-docx.ts';
import { sampleDocument } from './sample-document.ts';

const sample: ReportDocument = { ...sampleDocument, version: '1.2', reference: 'ab12' };
const bytes = await writeDocx(sample);
const file = readDocx(bytes);
const composed = composeDocument(sample);
const blocks: readonly BasicBlock[] = composed.sections.flatMap((section) => section.blocks);
const partOf = (name: string): string => file.parts.get(name)!;
const document = elementsOf(partOf('word/document.xml'));

function withBlocks(given: readonly Block[]): ReportDocument {
  return { ...sampleDocument, sections: [{ id: 'only', heading: 'Only', blocks: given }] };
}

/** Cells as shown, a header's unit after its label. */
function cellsOf(table: TableData): readonly (readonly string[])[] {
  return [
    table.columns.map(({ label, unit }) => (unit === undefined ? label : `${label} ${unit}`)),
    ...table.rows.map((row) => table.columns.map((_, index) => formatCell(row.cells[index]!))),
  ];
}

describe('writeDocx', () => {
  it('gives the same bytes twice in one process', async () => {
    expect(Buffer.compare(bytes, await writeDocx(sample))).toBe(0);
  });

  it('states its title, marking, language and the day of its data, and nobody and no time of making', () => {
    const core = partOf('docProps/core.xml');
    expect(core).toContain('<dc:title>Exposure and wellbeing: how high the water came</dc:title>');
    expect(core).toContain('<cp:keywords>OFFICIAL-SENSITIVE; ab12</cp:keywords>');
    expect(core).toContain('<dc:language>en-GB</dc:language>');
    expect(core.match(/2026-03-31T00:00:00Z/g)).toHaveLength(2);
    expect(partOf('docProps/custom.xml')).toMatch(/name="Marking"[\s\S]*OFFICIAL-SENSITIVE/);
    expect(partOf('word/styles.xml')).toContain('<w:lang w:val="en-GB"/>');
  });

  it('has its headings in the order and level of the document', () => {
    const levels = { Heading1: 1, Heading2: 2, Heading3: 3 } as const;
    const expected = composed.sections.flatMap((section) => [
      [1, section.heading],
      ...section.blocks.flatMap((block) => (block.kind === 'heading' ? [[block.level === 2 ? 3 : 2, block.text]] : [])),
    ]);
    const found = file.paragraphs.flatMap(({ style, text }) =>
      style in levels ? [[levels[style as keyof typeof levels], text]] : [],
    );
    expect(found).toEqual(expected);
    expect(file.paragraphs.filter(({ style }) => style === 'Title')).toHaveLength(1);
  });

  it('uses no style that it does not define', () => {
    const defined = new Set(
      elementsOf(partOf('word/styles.xml')).flatMap(({ name, attributes }) =>
        name === 'w:style' ? [attributes['w:styleId']] : [],
      ),
    );
    const used = document.flatMap(({ name, attributes }) =>
      ['w:pStyle', 'w:rStyle', 'w:tblStyle'].includes(name) ? [attributes['w:val']] : [],
    );
    expect(used.length).toBeGreaterThan(50);
    for (const style of new Set(used)) expect(defined).toContain(style);
  });

  it('lists its headings in the contents, each with a page number, without asking to update them', () => {
    const entries = file.paragraphs.filter(({ style }) => /^TOC\d$/.test(style));
    const headings = file.paragraphs.filter(({ style }) => /^Heading[12]$/.test(style)).map(({ text }) => text);
    expect(entries.map(({ text }) => text.replace(/\s*\d+$/, ''))).toEqual(headings);
    for (const { text } of entries) expect(text).toMatch(/ \d+$/);
    expect(partOf('word/document.xml')).not.toContain('w:dirty');
    expect(partOf('word/settings.xml')).not.toContain('updateFields');
  });

  it('shows the marking on every page, and the version and page x of y at its foot', () => {
    expect(partOf('word/header1.xml')).toContain('OFFICIAL-SENSITIVE');
    const foot = partOf('word/footer1.xml');
    expect(foot).toContain('Version 1.2, data to 31 Mar 2026');
    expect(foot).toMatch(/PAGE[\s\S]*NUMPAGES/);
  });

  it('holds every table as it is in the document, named, its header repeated on every page', () => {
    const expected = blocks.flatMap((block) =>
      block.kind === 'table' ? [cellsOf(block)] : block.kind === 'figure' ? [cellsOf(block.data)] : [],
    );
    const found = file.tables.filter(({ repeated }) => repeated === 1);
    expect(found.map(({ rows }) => rows)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
    for (const { name } of file.tables) expect(name).not.toBe('');
  });

  it('numbers captions by fields that show their number, in the order of the document', () => {
    const captions = file.paragraphs.filter(
      ({ style, text }) => style === 'Caption' && /^(Table|Figure) \d/.test(text),
    );
    const expected = blocks.flatMap((block) =>
      block.kind === 'table'
        ? [`${block.label}: ${block.caption}`]
        : block.kind === 'figure'
          ? [`${block.label}: ${block.title}`]
          : [],
    );
    expect(captions.map(({ text }) => text)).toEqual(expected);
    expect(partOf('word/document.xml').match(/SEQ (Table|Figure)/g)).toHaveLength(expected.length);
  });

  it('draws every chart as a vector with a picture behind it and a description in words', () => {
    const figures = blocks.filter((block) => block.kind === 'figure');
    const described = document.filter(({ name }) => name === 'wp:docPr').map(({ attributes }) => attributes['descr']);
    expect(described).toEqual(figures.map(({ title, description }) => `${title}. ${description}`));
    for (const ending of ['.svg', '.png']) {
      expect(file.names.filter((name) => name.endsWith(ending))).toHaveLength(figures.length);
    }
    const ids = document.filter(({ name }) => name === 'wp:docPr').map(({ attributes }) => attributes['id']);
    expect(new Set(ids).size).toBe(figures.length);
  });

  it('loses no word of what stands between tables and charts', () => {
    const all = file.paragraphs.map(({ text }) => text).join('\n');
    for (const block of blocks) {
      if (block.kind === 'paragraph') expect(all).toContain(plainText(block.text));
      if (block.kind === 'list') for (const item of block.items) expect(all).toContain(plainText(item));
      if (block.kind === 'callout')
        for (const text of [block.title, ...block.text]) expect(all).toContain(plainText(text));
      if (block.kind === 'definitions')
        for (const { meaning } of block.items) expect(all).toContain(plainText(meaning));
      if (block.kind === 'figure') expect(all).toContain(block.caption);
    }
  });

  it('begins every ordered list at one', async () => {
    const list: Block = { kind: 'list', ordered: true, items: ['a', 'b'] };
    const read = readDocx(await writeDocx(withBlocks([list, { kind: 'paragraph', text: 'between' }, list])));
    const numbers = elementsOf(read.parts.get('word/document.xml')!).flatMap(({ name, attributes }) =>
      name === 'w:numId' ? [attributes['w:val']] : [],
    );
    expect(numbers[0]).toBe(numbers[1]);
    expect(numbers[2]).toBe(numbers[3]);
    expect(numbers[2]).not.toBe(numbers[0]);
  });

  it('leads from a cross reference to a bookmark on what it names, each bookmark with an id of its own', async () => {
    const columns = [{ label: 'Unit', align: 'start' as const }];
    const rows = [{ cells: [{ kind: 'text' as const, text: 'A' }] }];
    const read = readDocx(
      await writeDocx(
        withBlocks([
          { kind: 'paragraph', text: ['See ', reference('units'), ' in ', reference('only'), '.'] },
          { kind: 'table', id: 'units', caption: 'Units', columns, rows, notes: [] },
        ]),
      ),
    );
    expect(read.paragraphs.map(({ text }) => text)).toContain('See Table 1 in Only.');
    const elements = elementsOf(read.parts.get('word/document.xml')!);
    const starts = elements.filter(({ name }) => name === 'w:bookmarkStart').map(({ attributes }) => attributes);
    const ends = elements.filter(({ name }) => name === 'w:bookmarkEnd').map(({ attributes }) => attributes['w:id']);
    for (const { attributes } of elements.filter(({ name }) => name === 'w:fldSimple')) {
      const target = /REF (\S+)/.exec(attributes['w:instr'] ?? '')?.[1];
      expect(starts.map((start) => start['w:name'])).toContain(target);
    }
    expect(new Set(starts.map((start) => start['w:id'])).size).toBe(starts.length);
    expect([...ends].sort()).toEqual(starts.map((start) => start['w:id']).sort());
  });

  it('sets hostile text as text, and leads nowhere outside', async () => {
    const hostile = '</w:t><w:instrText>INCLUDETEXT "x"</w:instrText> & \u202eevil\u202c \ud800 \uffff \u0000 ]]>';
    const clean = '</w:t><w:instrText>INCLUDETEXT "x"</w:instrText> & evil    ]]>';
    const read = readDocx(
      await writeDocx({ ...withBlocks([{ kind: 'paragraph', text: hostile }]), title: hostile, marking: hostile }),
    );
    const shown = read.paragraphs.map(({ text }) => text.replace(/\s+/g, ' '));
    expect(shown).toContain(clean.replace(/\s+/g, ' '));
    for (const [name, xml] of read.parts) {
      if (name.endsWith('.rels')) expect(xml).not.toContain('External');
    }
    expect(read.parts.get('word/document.xml')).not.toContain('<w:instrText>INCLUDETEXT');
  });
});
