import { describe, expect, it } from 'vitest';
import { type DateOrder, DateReader } from '#main/files/cell-dates.ts';
import { cellStatusCodes, createCellOut, hasValue } from '#main/files/cell-status.ts';
import { isoOfDay, isoOfEpoch, londonDay, utcOfLondon } from '#shared/domain/dates.ts';

const out = createCellOut();

function readDate(cell: string, order: DateOrder = 'iso'): string {
  const bytes = Buffer.from(`9${cell}9`);
  const status = new DateReader(order).date(bytes, 1, bytes.length - 1, out);
  return hasValue(status) ? isoOfDay(out[0]!) : cellStatusCodes[status]!;
}

/** `UTC moment | local day`, with the warning where there is one. */
function readTime(cell: string, order: DateOrder = 'iso'): string {
  const bytes = Buffer.from(`9${cell}9`);
  const status = new DateReader(order).time(bytes, 1, bytes.length - 1, out);
  if (!hasValue(status)) return cellStatusCodes[status]!;
  const warning = status === 0 ? '' : ` ${cellStatusCodes[status]}`;
  return `${isoOfEpoch(out[0]!)} | ${isoOfDay(out[1]!)}${warning}`;
}

describe('dates', () => {
  it('agree with Date on every day of 1900 to 2100, in each order', () => {
    const readers = {
      iso: new DateReader('iso'),
      dmy: new DateReader('dmy'),
      mdy: new DateReader('mdy'),
      ymd: new DateReader('ymd'),
    };
    const wrong: string[] = [];
    const read = (order: DateOrder, cell: string) => {
      const bytes = Buffer.from(cell);
      return hasValue(readers[order].date(bytes, 0, bytes.length, out)) ? out[0] : Number.NaN;
    };
    for (let day = Date.UTC(1900, 0, 1) / 86_400_000; day <= Date.UTC(2100, 11, 31) / 86_400_000; day += 1) {
      const iso = new Date(day * 86_400_000).toISOString().slice(0, 10);
      const [year, month, date] = iso.split('-');
      const found = [
        read('iso', iso),
        read('dmy', `${date}/${month}/${year}`),
        read('mdy', `${month}/${date}/${year}`),
        read('ymd', `${year}${month}${date}`),
        read('ymd', `${year}/${month}/${date}`),
      ];
      if (found.some((value) => value !== day)) wrong.push(iso);
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    '2026-02-30',
    '2026-02-29',
    '2026-13-01',
    '2026-00-01',
    '2026-01-00',
    '1899-12-31',
    '2101-01-01',
    '2026-1-1',
    '2026/03/31',
    '31/03/2026',
    '31-Mar-2026',
    '20260331',
    '2026-03-31T00:00',
    '2026-03-3１',
    '2026-03-31x',
    '46112',
    'today',
    '-026-01-01',
  ])('refuses %j in a canonical file', (cell) => {
    expect(readDate(cell)).toBe('BAD_DATE');
  });

  it('trims and tells empty cells', () => {
    expect(readDate(' 2026-03-31\u00a0')).toBe('2026-03-31');
    expect(readDate(' \u00a0')).toBe('EMPTY');
  });

  it.each([
    ['03/04/2026', '2026-04-03', '2026-03-04'],
    ['3/4/2026', '2026-04-03', '2026-03-04'],
    ['03-04-2026', '2026-04-03', '2026-03-04'],
    ['03.04.2026', '2026-04-03', '2026-03-04'],
    ['31/03/2026', '2026-03-31', 'BAD_DATE'],
    ['03/31/2026', 'BAD_DATE', '2026-03-31'],
    ['2026-03-31', '2026-03-31', '2026-03-31'],
    ['31-Mar-2026', '2026-03-31', '2026-03-31'],
    ['31 march 2026', '2026-03-31', '2026-03-31'],
    ['1 SEPT 2026', '2026-09-01', '2026-09-01'],
    ['Mar 31, 2026', '2026-03-31', '2026-03-31'],
    ['2026/3/31', '2026-03-31', '2026-03-31'],
    ['20260331', '2026-03-31', '2026-03-31'],
    ['20260332', 'BAD_DATE', 'BAD_DATE'],
    ['2026033', 'BAD_DATE', 'BAD_DATE'],
    ['30-Feb-2026', 'BAD_DATE', 'BAD_DATE'],
    ['31-Mrz-2026', 'BAD_DATE', 'BAD_DATE'],
    ['03/04/26', 'AMBIGUOUS_DATE', 'AMBIGUOUS_DATE'],
    ['31-Mar-26', 'AMBIGUOUS_DATE', 'AMBIGUOUS_DATE'],
    ['03/04-2026', 'BAD_DATE', 'BAD_DATE'],
    ['03/04/226', 'BAD_DATE', 'BAD_DATE'],
    ['03/04/20261', 'BAD_DATE', 'BAD_DATE'],
    ['003/04/2026', 'BAD_DATE', 'BAD_DATE'],
    ['03/04', 'BAD_DATE', 'BAD_DATE'],
    ['31/03/2026 00:00', '2026-03-31', 'BAD_DATE'],
    ['31/03/2026 00:01', 'BAD_DATE', 'BAD_DATE'],
  ])('%j is %s day first and %s month first', (cell, dayFirst, monthFirst) => {
    expect([readDate(cell, 'dmy'), readDate(cell, 'mdy')]).toEqual([dayFirst, monthFirst]);
  });
});

describe('times', () => {
  it.each([
    ['2026-03-31T14:05', '2026-03-31T13:05:00Z | 2026-03-31'],
    ['2026-03-31 14:05:06', '2026-03-31T13:05:06Z | 2026-03-31'],
    ['2026-01-31T14:05:06.999', '2026-01-31T14:05:06Z | 2026-01-31'],
    ['2026-01-31T14:05:06,5Z', '2026-01-31T14:05:06Z | 2026-01-31'],
    ['2026-03-31T14:05Z', '2026-03-31T14:05:00Z | 2026-03-31'],
    ['2026-06-30T23:30Z', '2026-06-30T23:30:00Z | 2026-07-01'],
    ['2026-06-30T23:30:00+01:00', '2026-06-30T22:30:00Z | 2026-06-30'],
    ['2026-03-31 14:05:06+0100', '2026-03-31T13:05:06Z | 2026-03-31'],
    ['2026-03-31 14:05:06+01', '2026-03-31T13:05:06Z | 2026-03-31'],
    ['2026-03-31T14:05-03:30', '2026-03-31T17:35:00Z | 2026-03-31'],
    ['2026-01-01T00:30+01:00', '2025-12-31T23:30:00Z | 2025-12-31'],
    ['2026-03-31', '2026-03-30T23:00:00Z | 2026-03-31'],
    ['2026-01-31', '2026-01-31T00:00:00Z | 2026-01-31'],
    [' 2026-01-31T00:00\u00a0', '2026-01-31T00:00:00Z | 2026-01-31'],
    ['1972-01-01T00:30+01:00', '1971-12-31T23:30:00Z | 1971-12-31'],
  ])('%j is %s', (cell, expected) => {
    expect(readTime(cell)).toBe(expected);
  });

  it.each([
    '2026-02-30T10:00',
    '2026-03-31T25:00',
    '2026-03-31T24:00',
    '2026-03-31T23:60',
    '2026-03-31T23:59:60',
    '2026-03-31T9:05',
    '2026-03-31T1405',
    '2026-03-31T14',
    '2026-03-31T',
    '2026-03-31T14:',
    '2026-03-31T14:05:',
    '2026-03-31T14:05:06.',
    '2026-03-31T14:05:06.1234567890',
    '2026-03-31T14:05+1',
    '2026-03-31T14:05+15:00',
    '2026-03-31T14:05+01:60',
    '2026-03-31T14:05+01:000',
    '2026-03-31T14:05 BST',
    '2026-03-31  14:05',
    '2026-03-31Z',
    '31/03/2026 14:05',
    '14:05',
    'T14:05',
  ])('refuses %j in a canonical file', (cell) => {
    expect(readTime(cell)).toBe('BAD_DATE');
  });

  it('reads spreadsheet times by the order of a mapping', () => {
    expect(readTime('31/03/2026 9:05', 'dmy')).toBe('2026-03-31T08:05:00Z | 2026-03-31');
    expect(readTime('01/12/2026  09:05:07', 'dmy')).toBe('2026-12-01T09:05:07Z | 2026-12-01');
    expect(readTime('12/01/2026 09:05', 'mdy')).toBe('2026-12-01T09:05:00Z | 2026-12-01');
    expect(readTime('1 Dec 2026 09:05', 'dmy')).toBe('2026-12-01T09:05:00Z | 2026-12-01');
    expect(readTime('2026-12-01T09:05', 'mdy')).toBe('2026-12-01T09:05:00Z | 2026-12-01');
    expect(readTime('01/12/26 09:05', 'dmy')).toBe('AMBIGUOUS_DATE');
  });

  it('warns of the hours that the clocks skip and repeat, and only of those', () => {
    expect(readTime('2026-03-29T00:59:59')).toBe('2026-03-29T00:59:59Z | 2026-03-29');
    expect(readTime('2026-03-29T01:00')).toBe('2026-03-29T01:00:00Z | 2026-03-29 CLOCK_CHANGE');
    expect(readTime('2026-03-29T01:59:59')).toBe('2026-03-29T01:59:59Z | 2026-03-29 CLOCK_CHANGE');
    expect(readTime('2026-03-29T02:00')).toBe('2026-03-29T01:00:00Z | 2026-03-29');
    expect(readTime('2026-10-25T00:59:59')).toBe('2026-10-24T23:59:59Z | 2026-10-25');
    expect(readTime('2026-10-25T01:00')).toBe('2026-10-25T00:00:00Z | 2026-10-25 CLOCK_CHANGE');
    expect(readTime('2026-10-25T01:59:59')).toBe('2026-10-25T00:59:59Z | 2026-10-25 CLOCK_CHANGE');
    expect(readTime('2026-10-25T02:00')).toBe('2026-10-25T02:00:00Z | 2026-10-25');
    expect(readTime('2026-10-25T01:30+01:00')).toBe('2026-10-25T00:30:00Z | 2026-10-25');
    expect(readTime('2026-10-25T01:30Z')).toBe('2026-10-25T01:30:00Z | 2026-10-25');
  });

  it('agrees with the calendar module every seventh hour from 1970 to 2100, with and without an offset', () => {
    const reader = new DateReader('iso');
    const wrong: string[] = [];
    for (let wall = 0; wall < Date.UTC(2100, 11, 31) / 1_000; wall += 7 * 3_600) {
      const local = Buffer.from(isoOfEpoch(wall).slice(0, -1));
      reader.time(local, 0, local.length, out);
      if (out[0] !== utcOfLondon(wall) || out[1] !== Math.floor(wall / 86_400)) wrong.push(String(local));
      const utc = Buffer.from(isoOfEpoch(wall));
      reader.time(utc, 0, utc.length, out);
      if (out[0] !== wall || out[1] !== londonDay(wall)) wrong.push(String(utc));
    }
    expect(wrong).toEqual([]);
  });
});
