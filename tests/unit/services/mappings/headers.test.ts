import { describe, expect, it } from 'vitest';
import { canonicalMappings } from '#main/services/mappings/canonical.ts';
import { fitHeaders, headerHash, headersOf } from '#main/services/mappings/headers.ts';
import type { Mapping } from '#shared/contract/mapping.ts';

const mapping: Mapping = {
  kind: 'duties',
  columns: { person_ref: 'Collar No', type: 'Duty Type' },
  combine: {
    start: { date: 'Duty Date', time: 'Start' },
    end: { date: null, time: 'Finish', after: 'start' },
  },
  records: [{ columns: { type: 'Second Type' }, when: 'Duty Type' }, {}],
};

describe('headers of a mapping', () => {
  it('are those that it takes anything from', () => {
    expect([...headersOf(mapping)].sort()).toEqual([
      'Collar No',
      'Duty Date',
      'Duty Type',
      'Finish',
      'Second Type',
      'Start',
    ]);
  });

  it('are one hash whatever their order, case and spacing, and another for other headers', () => {
    const other: Mapping = { kind: 'absences', columns: { a: 'START date', b: 'payroll_no' } };
    const same: Mapping = { kind: 'people', columns: { x: 'Payroll No.', y: 'Start Date' } };
    expect(headerHash(other)).toBe(headerHash(same));
    expect(headerHash(other)).not.toBe(headerHash({ ...other, columns: { a: 'START date' } }));
  });

  it('are found in a file that spells them in another way, and are then spelt as the file does', () => {
    const fit = fitHeaders(mapping, ['SECOND TYPE', 'finish', 'start', 'duty_date', 'duty type', 'collar-no', 'Extra']);
    expect(fit).toMatchObject({
      fits: true,
      used: 6,
      mapping: {
        columns: { person_ref: 'collar-no', type: 'duty type' },
        combine: { start: { date: 'duty_date', time: 'start' }, end: { date: null, time: 'finish', after: 'start' } },
        records: [{ columns: { type: 'SECOND TYPE' }, when: 'duty type' }, {}],
      },
    });
  });

  it('are named where the file lacks them or has them twice', () => {
    const simple: Mapping = { kind: 'absences', columns: { person_ref: 'Ref', start: 'From', end: 'To' } };
    expect(fitHeaders(simple, ['ref', 'From', 'FROM'])).toEqual({ fits: false, missing: ['To'] });
    expect(fitHeaders(simple, ['Ref', 'from', 'FROM', 'to'])).toEqual({ fits: false, missing: ['From'] });
  });

  it('tells headers of signs alone from one another', () => {
    const signs: Mapping = { kind: 'absences', columns: { person_ref: '№', start: '%' } };
    expect(fitHeaders(signs, ['№', '£'])).toEqual({ fits: false, missing: ['%'] });
  });
});

describe('the canonical form', () => {
  const kinds = (header: string, name = 'file.csv'): string[] =>
    canonicalMappings(header.split(','), name).map(({ kind }) => kind);

  it('is a header of canonical names with all that are required', () => {
    expect(kinds('person_ref,role,unit')).toEqual(['people']);
    expect(kinds('Person Ref,Occurred At,Category')).toEqual(['exposures']);
    expect(kinds('person_ref,instrument,taken_on,item_1,item_2')).toEqual(['screenings']);
  });

  it('is none with a column missing, unknown or twice', () => {
    expect(kinds('person_ref,role')).toEqual([]);
    expect(kinds('person_ref,role,unit,shoe_size')).toEqual([]);
    expect(kinds('person_ref,role,unit,Unit')).toEqual([]);
    expect(kinds('person_ref,role,unit,item_1')).toEqual([]);
  });

  it('of two kinds is told by the name of the file, or not at all', () => {
    expect(kinds('person_ref,start,end', 'a.csv')).toEqual(['duties', 'absences']);
    expect(kinds('person_ref,start,end', 'Duties 2026-03.csv')).toEqual(['duties']);
    expect(kinds('person_ref,start,end', 'duties and absences.csv')).toEqual(['duties', 'absences']);
  });
});
