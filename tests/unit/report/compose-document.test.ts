import { describe, expect, it } from 'vitest';
import { composeDocument, reference } from '#shared/report/compose-document.ts';
import type { Block, FigureBlock, ReportDocument, TableBlock } from '#shared/report/document.ts';
import { formatCell, plainText } from '#shared/report/format.ts';
import { sampleDocument } from './sample-document.ts';

const table = (id: string): TableBlock => ({
  kind: 'table',
  id,
  caption: `Caption of ${id}`,
  columns: [{ label: 'Unit', align: 'start' }],
  rows: [{ cells: [{ kind: 'text', text: 'A' }] }],
  notes: [],
});
const figure = (id: string): FigureBlock => ({
  kind: 'figure',
  id,
  title: `Finding of ${id}`,
  caption: 'c',
  description: 'd',
  chart: { kind: 'bars', measure: 'm', decimals: 0, bars: [] },
  data: { columns: [], rows: [], notes: [] },
});

function composedOf(blocks: readonly Block[], layout?: 'sheet') {
  const sections = [
    { id: 'first', heading: 'First', blocks },
    { id: 'second', heading: 'Second', blocks: [table('last')] },
  ];
  const document: ReportDocument = { ...sampleDocument, about: 'About.', sections, ...(layout ? { layout } : {}) };
  return composeDocument(document).sections.flatMap((section) => section.blocks);
}

describe('composeDocument', () => {
  it('numbers tables and figures apart, in the order they stand in', () => {
    const labels = composedOf([table('a'), figure('b'), table('c'), figure('d')]).map((block) =>
      block.kind === 'table' || block.kind === 'figure' ? block.label : '',
    );
    expect(labels).toEqual(['Table 1', 'Figure 1', 'Table 2', 'Figure 2', 'Table 3']);
  });

  it('says what a cross reference leads to, wherever it stands', () => {
    const text = ['See ', reference('last'), ' in ', reference('second'), '.'];
    const told = 'See Table 1 in Second.';
    const [paragraph, list, callout, definitions] = composedOf([
      { kind: 'paragraph', text },
      { kind: 'list', ordered: false, items: [text] },
      { kind: 'callout', tone: 'limits', title: 't', text: [text] },
      { kind: 'definitions', items: [{ term: 't', meaning: text }] },
    ]);
    if (paragraph?.kind !== 'paragraph' || list?.kind !== 'list') throw new Error('composed as something else');
    if (callout?.kind !== 'callout' || definitions?.kind !== 'definitions')
      throw new Error('composed as something else');
    for (const each of [paragraph.text, list.items[0]!, callout.text[0]!, definitions.items[0]!.meaning]) {
      expect(plainText(each)).toBe(told);
    }
    expect(paragraph.text).toContainEqual({ to: 'item-last', text: 'Table 1' });
    expect(paragraph.text).toContainEqual({ to: 'section-second', text: 'Second' });
  });

  it('refuses a reference to nothing, and two things under one id', () => {
    expect(() => composedOf([{ kind: 'paragraph', text: [reference('nowhere')] }])).toThrow('nowhere');
    expect(() => composedOf([table('a'), figure('a')])).toThrow('id a');
    expect(() => composedOf([table('second')])).toThrow('id second');
  });

  it('numbers nothing on a sheet, and names a table there by its caption', () => {
    const [paragraph, first] = composedOf([{ kind: 'paragraph', text: [reference('a')] }, table('a')], 'sheet');
    expect(first).not.toHaveProperty('label');
    expect(paragraph?.kind === 'paragraph' && plainText(paragraph.text)).toBe('Caption of a');
  });

  it('makes a checklist into a numbered table that leads to where each item is answered, or says why not', () => {
    const [checklist] = composedOf([
      {
        kind: 'checklist',
        guideline: 'STROBE',
        items: [
          { number: '1', asks: 'One', answer: { answered: ['second', 'last'], note: 'and more' } },
          { number: '2', asks: 'Two', answer: { not: 'nobody asked.' } },
        ],
        notes: [],
      },
    ]);
    if (checklist?.kind !== 'table') throw new Error('not a table');
    expect(checklist.label).toBe('Table 1');
    expect(checklist.rows.map(({ cells }) => cells.map(formatCell))).toEqual([
      ['1', 'One', 'Second; Table 2; and more'],
      ['2', 'Two', 'Not answered: nobody asked.'],
    ]);
  });

  it('makes analyses into a table whose notes say once what n and missing mean', () => {
    const used = (title: string) => ({
      ...{ title, method: 'm', version: '1.0', engine: 'e', counted: 'people', missingMeans: 'those who left' },
      options: [{ name: 'from', value: '2026-01-01' }],
      n: { kind: 'number', value: 40, decimals: 0 } as const,
      missing: { kind: 'withheld', reason: 'derived' } as const,
    });
    const [methods] = composedOf([{ kind: 'methods', methods: [used('A'), used('B')], threshold: 10 }]);
    if (methods?.kind !== 'table') throw new Error('not a table');
    expect(methods.rows[0]!.cells.map(formatCell)).toEqual(['A', 'm 1.0, e', 'from 2026-01-01', '40', '[c]']);
    expect(methods.notes).toEqual(['A; B: n counts people; missing are those who left.']);
    expect(methods.threshold).toBe(10);
  });

  it('sets terms with their source and references with their identifier', () => {
    const [terms, list] = composedOf([
      { kind: 'glossary', terms: [{ term: 'Mean', meaning: 'The middle of mass.', source: 'A book' }] },
      { kind: 'references', items: [{ text: 'Somebody (2010).', doi: '10.1/x' }] },
    ]);
    if (terms?.kind !== 'definitions' || list?.kind !== 'list') throw new Error('composed as something else');
    expect(plainText(terms.items[0]!.meaning)).toBe('The middle of mass. (A book)');
    expect(plainText(list.items[0]!)).toBe('Somebody (2010). doi:10.1/x');
    expect(list.ordered).toBe(true);
  });
});
