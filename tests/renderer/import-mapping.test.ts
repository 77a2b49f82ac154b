import { describe, expect, it } from 'vitest';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import {
  isCanonicalValue,
  type Look,
  mappedItems,
  mappingForKind,
  openValues,
  problemsOf,
  sourceOf,
  unusedHeaders,
  withSource,
  withValue,
} from '../../src-renderer/features/data/import/mapping-model.ts';

const look: Look = {
  file: '/x/extract.csv',
  fileName: 'extract.csv',
  sizeBytes: 10,
  encoding: 'windows-1252',
  delimiter: ';',
  header: true,
  columns: ['Person Ref', 'occurred-at', 'category', 'proximity', 'Officer', 'Time'],
  rows: [
    ['1', '13/02/2026 10:00', 'RTC_FATAL', 'direct', 'A', '10:00'],
    ['2', '14/02/2026', 'X9', 'near', 'B', '11:00'],
    ['3', '14/02/2026', 'X9', 'Near', 'B', '11:00'],
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
  valueProposals: [
    { column: 'category', value: 'X9', rows: 40, meaning: 'TERROR', reason: 'It begins like TERROR.' },
    { column: 'category', value: 'X7', rows: 9, meaning: null, reason: '' },
  ],
  alternatives: [],
  recognised: null,
  warnings: [],
};

function kindOf(name: string) {
  const kind = extractKindNamed(name);
  if (!kind) throw new Error(`no kind ${name}`);
  return kind;
}

function columnOf(name: string) {
  return kindOf('exposures').columns.find((one) => one.name === name)!;
}

describe('the mapping of a file', () => {
  const mapping = mappingForKind(look, kindOf('exposures'));

  it('takes headers by their plain names, or what was proposed for the kind', () => {
    expect(mapping.columns).toEqual({
      person_ref: 'Person Ref',
      occurred_at: 'occurred-at',
      category: 'category',
      proximity: 'proximity',
    });
    expect(unusedHeaders(look, mapping)).toEqual(['Officer', 'Time']);
    const proposed = { kind: 'duties', columns: { person_ref: 'Officer' } };
    const alternatives = [{ kind: 'duties', mapping: proposed, confidence: 0.4, reasons: [] }];
    expect(mappingForKind({ ...look, alternatives }, kindOf('duties'))).toBe(proposed);
  });

  it('keeps how the table lies in its file when another kind is chosen', () => {
    const first = { kind: 'exposures', columns: {}, rowsAbove: 3, delimiter: ';' as const, dateOrder: 'dmy' as const };
    const other = mappingForKind({ ...look, mapping: { ...first, constants: { source: 'x' } } }, kindOf('absences'));
    expect(other).toMatchObject({ kind: 'absences', rowsAbove: 3, delimiter: ';', dateOrder: 'dmy' });
    expect(other.constants).toBeUndefined();
  });

  it('takes a column from a header, a constant, two columns or nowhere, one of them at a time', () => {
    const constant = withSource(mapping, 'category', { from: 'constant', value: 'TERROR' });
    expect(sourceOf(constant, 'category')).toEqual({ from: 'constant', value: 'TERROR' });
    expect(constant.columns['category']).toBeUndefined();
    const two = { from: 'combined', date: 'occurred-at', time: 'Time', after: null } as const;
    const combined = withSource(constant, 'occurred_at', two);
    expect(combined.combine).toEqual({ occurred_at: { date: 'occurred-at', time: 'Time' } });
    expect(sourceOf(combined, 'occurred_at')).toEqual(two);
    expect(unusedHeaders(look, combined)).toEqual(['category', 'Officer']);
    const back = withSource(
      withSource(combined, 'occurred_at', { from: 'header', header: 'occurred-at' }),
      'category',
      {
        from: 'header',
        header: 'category',
      },
    );
    expect(back).toEqual(mapping);
    expect(sourceOf(withSource(mapping, 'category', { from: 'nothing' }), 'category')).toEqual({ from: 'nothing' });
  });

  it('names required columns that come from nowhere and headers used twice', () => {
    expect(problemsOf(mapping)).toEqual({ missing: [], twice: [] });
    const without = withSource(mapping, 'category', { from: 'nothing' });
    expect(problemsOf(without).missing).toEqual(['category']);
    expect(problemsOf({ ...without, constants: { category: 'TERROR' } }).missing).toEqual([]);
    expect(problemsOf({ ...without, records: [{ constants: { category: 'TERROR' } }] }).missing).toEqual([]);
    expect(problemsOf(withSource(mapping, 'source', { from: 'header', header: 'category' })).twice).toEqual([
      'category',
    ]);
    // A fallback stands in for a required column.
    const screenings = mappingForKind({ ...look, columns: ['person_ref', 'instrument'] }, kindOf('screenings'));
    expect(problemsOf(screenings).missing).toEqual([]);
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

  it('knows the values that need no meaning', () => {
    expect(isCanonicalValue(columnOf('proximity'), 'Direct')).toBe(true);
    expect(isCanonicalValue(columnOf('category'), 'rtc_fatal')).toBe(true);
    expect(isCanonicalValue(columnOf('known_victim'), 'Y')).toBe(true);
    expect(isCanonicalValue(columnOf('known_victim'), 'perhaps')).toBe(false);
  });

  it('asks for the meaning of the others, the most frequent first, with what is proposed', () => {
    expect(openValues(look, mapping, columnOf('category'), null)).toEqual([
      { value: 'X9', rows: 40, proposed: { meaning: 'TERROR', reason: 'It begins like TERROR.' } },
      { value: 'X7', rows: 9, proposed: null },
    ]);
    expect(openValues(look, mapping, columnOf('proximity'), null).map(({ value }) => value)).toEqual(['Near', 'near']);
    const told = withValue(mapping, 'category', 'LATER', 'TERROR');
    const whole = new Map([
      ['RTC_FATAL', 900],
      ['NEW', 5],
    ]);
    expect(openValues(look, told, columnOf('category'), whole).map(({ value, rows }) => [value, rows])).toEqual([
      ['NEW', 5],
      ['LATER', 0],
    ]);
    expect(withValue(told, 'category', 'LATER', null).values).toEqual({ category: {} });
  });
});
