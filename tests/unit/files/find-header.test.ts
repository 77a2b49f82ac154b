import { describe, expect, it } from 'vitest';
import { findHeader } from '#main/files/find-header.ts';
import { tidyDate } from '#main/files/loose-dates.ts';
import { columnNames, headerNames } from '#main/files/table-rows.ts';
import { isTotalsCells } from '#main/files/totals-row.ts';

const split = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(','));

describe('where the header is', () => {
  it.each([
    ['in the first row', 'Ref,Start,Days\nA1,01/02/2026,3\nA2,02/02/2026,4', 0, 1],
    ['beneath titles', 'Sickness report\nRun date:,01/04/2026\nRef,Start,Days\nA1,01/02/2026,3\nA2,02/02/2026,4', 2, 1],
    ['beneath a line for Excel', 'sep=;\nRef,Start,Days\nA1,01/02/2026,3', 1, 1],
    [
      'in two rows, a heading over several columns',
      'Staff,,Absence,,\nNo,Name,Start,End,Days\n10,Ann,01/02/2026,02/02/2026,1\n11,Bob,01/02/2026,02/02/2026,1',
      0,
      2,
    ],
    [
      'in two rows, some columns named in the upper one',
      'Staff No,Absence,,Reason\n,Start,End,\n10,01/02/2026,02/02/2026,Cold\n11,01/02/2026,02/02/2026,Flu',
      0,
      2,
    ],
    ['in two rows, units in the lower', 'Ref,Day,Length\n,dd/mm/yyyy,hours\nA1,01/02/2026,3\nA2,01/02/2026,3', 0, 2],
    ['over questions that have numbers only', 'Token,1,2,3,4\nT1,0,1,2,3\nT2,3,2,1,0', 0, 1],
    ['nowhere', 'A1,01/02/2026,3\nA2,02/02/2026,4\nA3,03/02/2026,5', 0, 0],
    ['over texts alone', 'Town,County\nEly,Cambs\nAyr,Ayrshire\nWick,Caithness', 0, 1],
  ])('%s', (_, text, rowsAbove, headerRows) => {
    expect(findHeader(split(text))).toEqual({ rowsAbove, headerRows });
  });

  it('gives each column a name of its own', () => {
    const names = headerNames(split('Staff,,Absence,,\nNo,Name,Start,End,'));
    expect(names).toEqual(['Staff No', 'Staff Name', 'Absence Start', 'Absence End', 'Absence']);
    expect(columnNames(['Code', '', 'Code', 'Code'])).toEqual(['Code', 'column_2', 'Code (2)', 'Code (3)']);
  });
});

describe('rows that hold no data', () => {
  it.each([
    [['Total', '', '', '12']],
    [['', 'Grand Total:', '', '1,204.50']],
    [['Records: 44', '', '', '']],
    [['OFFICIAL-SENSITIVE', '', '', '']],
    [['Sickness report run by HR on 03/04/2026', '', '', '']],
    [['', '', '66', '1,052.8']],
  ])('%j', (cells) => {
    expect(isTotalsCells(cells)).toBe(true);
  });

  it.each([
    [['Total Care Limited', 'Jan-26', '£120.00', 'Pilot']],
    [['1234', '01/02/2026', '', '']],
    [['Report writing course', 'Jan-26', '£120.00', 'Pilot']],
    [['A1', 'Total knee replacement', '01/02/2026', '3']],
  ])('but not %j', (cells) => {
    expect(isTotalsCells(cells)).toBe(false);
  });
});

describe('dates as people write them', () => {
  it.each([
    ['Tue 31 March 2026', '31 March 2026'],
    ['31st March 2026', '31 March 2026'],
    ['31/03/2026 at 14:05', '31/03/2026 14:05'],
    ['31/03/2026, 1405hrs', '31/03/2026 14:05'],
    ['31/03/2026 14.05', '31/03/2026 14:05'],
    ['14:05 31/03/2026', '31/03/2026 14:05'],
    ['14:05:30 on 31/03/2026', '31/03/2026 14:05:30'],
    ['31/03/2026 14:05 BST', '31/03/2026 14:05+01:00'],
    ['2026-03-31 14:05:00 +01:00', '2026-03-31 14:05:00+01:00'],
    ['31MAR2026', '31-MAR-2026'],
    ['31MAR2026:14:05:00', '31-MAR-2026 14:05:00'],
    ['20260331T140500Z', '20260331140500Z'],
    ['31 03 2026', '31 03 2026'],
    ['not a date', 'not a date'],
  ])('%j', (written, tidy) => {
    expect(tidyDate(written)).toBe(tidy);
  });
});
