import { describe, expect, it } from 'vitest';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { readDate } from '../../src-renderer/features/data/date-order.ts';
import {
  checkDates,
  type Look,
  mappedItems,
  mappingForKind,
  openValues,
  problemsOf,
  unusedHeaders,
  withColumn,
  withValue,
} from '../../src-renderer/features/data/mapping-model.ts';

const look: Look = {
  file: '/x/extract.csv',
  fileName: 'extract.csv',
  sizeBytes: 10,
  encoding: 'windows-1252',
  delimiter: ';',
  header: true,
  columns: ['Person Ref', 'occurred-at', 'category', 'proximity', 'Officer'],
  rows: [
    ['1', '13/02/2026 10:00', 'RTC_FATAL', 'direct', 'A'],
    ['2', '14/02/2026', 'X9', 'near', 'B'],
  ],
  kind: null,
  mapping: null,
  confidence: 0,
  reasons: [],
  format: 'csv' as const,
  sheets: [],
  sheet: null,
  rowsAbove: 0,
  headerRows: 1,
  columnReasons: [],
  valueProposals: [],
  alternatives: [],
  recognised: null,
  warnings: [],
};

function kindOf(name: string) {
  const kind = extractKindNamed(name);
  if (!kind) throw new Error(`no kind ${name}`);
  return kind;
}

describe('the mapping of a file', () => {
  const mapping = mappingForKind(look, kindOf('exposures'));

  it('takes headers by their plain names', () => {
    expect(mapping.columns).toEqual({
      person_ref: 'Person Ref',
      occurred_at: 'occurred-at',
      category: 'category',
      proximity: 'proximity',
    });
    expect(unusedHeaders(look, mapping)).toEqual(['Officer']);
  });

  it('names required columns that are missing and headers used twice', () => {
    expect(problemsOf(mapping)).toEqual({ missing: [], twice: [] });
    expect(problemsOf(withColumn(mapping, 'category', null)).missing).toEqual(['category']);
    expect(problemsOf(withColumn(mapping, 'source', 'category')).twice).toEqual(['category']);
    // A fallback stands in for a required column.
    expect(
      problemsOf(mappingForKind({ ...look, columns: ['person_ref', 'instrument'] }, kindOf('screenings'))).missing,
    ).toEqual([]);
  });

  it('takes single answers in their order', () => {
    const columns = ['item_10', 'item_2', 'Item 1', 'items'];
    expect(mappedItems(mappingForKind({ ...look, columns }, kindOf('screenings')))).toEqual([
      'item_1',
      'item_2',
      'item_10',
    ]);
    expect(mappedItems(mappingForKind({ ...look, columns }, kindOf('exposures')))).toEqual([]);
  });

  it('asks for the meaning of values that are not canonical', () => {
    const [category, proximity] = ['category', 'proximity'].map(
      (name) => kindOf('exposures').columns.find((one) => one.name === name)!,
    );
    expect(openValues(look, mapping, category!, ['OLD', 'RTC_FATAL'])).toEqual(['X9', 'OLD']);
    expect(openValues(look, mapping, proximity!, ['OLD'])).toEqual(['near']);
    const told = withValue(mapping, 'category', 'LATER', 'TERROR');
    expect(openValues(look, told, category!, [])).toEqual(['LATER', 'X9']);
    expect(withValue(told, 'category', 'LATER', null).values).toEqual({ category: {} });
  });

  it('says when dates cannot be read, or can be read in two ways', () => {
    expect(checkDates(look, mapping)).toEqual({ ambiguous: false, unreadable: true });
    expect(checkDates(look, { ...mapping, dateOrder: 'dmy' })).toEqual({ ambiguous: false, unreadable: false });
    const early = { ...look, rows: [['1', '03/04/2026', 'X', '', '']] };
    expect(checkDates(early, { ...mapping, dateOrder: 'mdy' })).toEqual({ ambiguous: true, unreadable: false });
  });
});

describe('a date in a cell', () => {
  it.each([
    ['2026-03-31T23:59:00Z', 'dmy', '2026-03-31', false],
    ['2026-02-30', 'iso', null, false],
    ['3/4/2026', 'dmy', '2026-04-03', true],
    ['3/4/2026', 'mdy', '2026-03-04', true],
    ['4/4/2026', 'mdy', '2026-04-04', false],
    ['31/12/2026 08:00', 'dmy', '2026-12-31', false],
    ['31/12/2026', 'mdy', null, false],
    ['3/4/26', 'dmy', null, false],
    ['3/4/2026', 'iso', null, false],
  ] as const)('%s as %s', (cell, order, iso, ambiguous) => {
    expect(readDate(cell, order)).toEqual({ iso, ambiguous });
  });
});
