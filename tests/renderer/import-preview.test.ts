import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnderstoodRow } from '#shared/contract/import-preview.ts';
import type { ImportResult } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { ok } from '#shared/domain/result.ts';
import { inWords, letterOf } from '../../src-renderer/features/data/import/preview-source.ts';
import {
  asRead,
  becomes,
  mended,
  noteGroups,
  rejectGroups,
  wholeWarnings,
} from '../../src-renderer/features/data/import/problem-model.ts';
import { type LoadRows, RowPages } from '../../src-renderer/features/data/import/row-pages.ts';
import {
  canMapValues,
  fixesFor,
  hasRule,
  withoutDecision,
} from '../../src-renderer/features/data/import/rule-fixes.ts';
import {
  columnsInView,
  placeAfter,
  placeAt,
  rowsInView,
  tallLayout,
} from '../../src-renderer/features/data/import/tall-scroll.ts';

const view = 400;

describe('scrolling over any height', () => {
  it('is the scroller’s own below the limit', () => {
    const layout = tallLayout(5_000_000);
    expect(layout).toMatchObject({ heightPx: 5_000_000, stretches: 1 });
    expect(placeAfter(layout, view, { topPx: 0, shiftPx: 0 }, 123)).toEqual({ topPx: 123, shiftPx: 0 });
  });

  it('reaches every place exactly, never outside what is laid out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, share) => {
          const layout = tallLayout(rows * 28);
          const wanted = Math.max(0, Math.floor(share * (layout.wholePx - view)));
          const place = placeAt(layout, view, wanted);
          expect(place.topPx + place.shiftPx).toBe(wanted);
          expect(place.topPx).toBeLessThanOrEqual(Math.max(0, layout.heightPx - view));
        },
      ),
    );
  });

  it('moves pixel by pixel with the wheel, from the top to the end', () => {
    const layout = tallLayout(28_000_000);
    let place = placeAt(layout, view, 0);
    for (let step = 0; step < 2_000; step += 1) {
      const next = placeAfter(layout, view, place, place.topPx + 100);
      expect(next.topPx + next.shiftPx).toBe(place.topPx + place.shiftPx + 100);
      place = next;
    }
  });

  it('comes to both ends with the bar, and lies between by its share', () => {
    const layout = tallLayout(280_000_000);
    const most = layout.heightPx - view;
    const end = placeAfter(layout, view, { topPx: 0, shiftPx: 0 }, most);
    expect(end.topPx + end.shiftPx).toBe(layout.wholePx - view);
    expect(placeAfter(layout, view, end, 0)).toEqual({ topPx: 0, shiftPx: 0 });
    const middle = placeAfter(layout, view, { topPx: 0, shiftPx: 0 }, most / 2);
    expect(Math.abs(middle.topPx + middle.shiftPx - layout.wholePx / 2)).toBeLessThan(view);
  });

  it('draws what is in view and a little more', () => {
    expect(rowsInView(2_800, 280, 28, 1_000, 5)).toEqual({ first: 95, last: 115 });
    expect(rowsInView(0, 280, 28, 3, 5)).toEqual({ first: 0, last: 3 });
    const edges = Array.from({ length: 101 }, (_, column) => column * 100);
    expect(columnsInView(edges, 5_000, 500)).toEqual({ first: 48, last: 57 });
    expect(columnsInView([0, 100], 0, 500)).toEqual({ first: 0, last: 1 });
  });
});

type Asked = { readonly from: number; readonly count: number };

function source(total: number, asked: Asked[], most = 200): LoadRows<{ readonly row: number }> {
  return (from, count) => {
    asked.push({ from, count });
    const rows = Array.from({ length: Math.max(0, Math.min(count, most, total - from + 1)) }, (_, i) => ({
      row: from + i,
    }));
    return Promise.resolve(ok({ rows, totalRows: total, indexedRows: total, stopped: null }));
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('rows that come as they are looked at', () => {
  it('are asked for where one looks, and only there', async () => {
    const asked: Asked[] = [];
    const pages = new RowPages(source(1_000_000, asked), () => undefined);
    await settled();
    for (let row = 1; row < 900_000; row += 50_000) pages.show(row, row + 40);
    await settled();
    expect(pages.at(850_001)).toEqual([{ row: 850_001 }]);
    // Of the pages that were only passed by, at most the one under way was fetched.
    expect(asked.length).toBeLessThanOrEqual(4);
    pages.close();
  });

  it('are kept for a while, not for ever', async () => {
    const pages = new RowPages(source(1_000_000, []), () => undefined);
    for (let page = 0; page < 100; page += 1) {
      pages.show(page * 100 + 1, page * 100 + 50);
      await settled();
    }
    expect(pages.at(1)).toBeNull();
    expect(pages.at(9_950)).toEqual([{ row: 9_950 }]);
    pages.close();
  });

  it('are made whole where few long ones come at a time', async () => {
    const asked: Asked[] = [];
    const pages = new RowPages(source(250, asked, 30), () => undefined);
    await settled();
    pages.show(201, 250);
    await settled();
    expect(pages.at(250)).toEqual([{ row: 250 }]);
    expect(pages.at(100)).toEqual([{ row: 100 }]);
    pages.close();
  });
});

const mapping: Mapping = {
  kind: 'absences',
  columns: { person_ref: 'Ref', start: 'From', end: 'To', fte_days: 'Days', injury_on_duty: 'IOD' },
};

function record(row: number, ...problems: readonly (readonly [string, string])[]): UnderstoodRow {
  const located = problems.map(([column, code]) => ({ row, column, code, message: 'why' }));
  return { row, part: 0, passedOver: null, values: ['7', '2026-03-01', null], problems: located, notes: [] };
}

describe('a problem of the check', () => {
  it('is offered the rules that make sense for it, and no other', () => {
    const ids = (column: string, code: string) => fixesFor(mapping, column, code).map(({ id }) => id);
    expect(ids('start', 'BAD_DATE')).toEqual([
      'two-digit-year',
      'excel-serial',
      'excel-serial-1904',
      'open-end',
      'null-words',
      'order dmy',
      'order mdy',
      'order ymd',
    ]);
    // What must not be empty is never emptied.
    expect(ids('end', 'BAD_DATE')).toContain('empty-if-unreadable');
    expect(ids('start', 'EMPTY_REQUIRED')).toEqual([]);
    expect(ids('', 'FIELD_COUNT')).toEqual([]);
    expect(ids('person_ref', 'UNKNOWN_PERSON')).toEqual(['no-leading-zeros']);
    expect(canMapValues(mapping, 'injury_on_duty', 'BAD_FLAG')).toBe(true);
    expect(canMapValues(mapping, 'start', 'BAD_DATE')).toBe(false);
  });

  it('puts a rule into the mapping, and takes it out again', () => {
    const fix = fixesFor(mapping, 'end', 'BAD_DATE').find(({ id }) => id === 'open-end')!;
    const changed = fix.apply(mapping);
    expect(hasRule(changed, 'end', 'open-end')).toBe(true);
    const decision = { column: 'end', code: 'BAD_DATE', decision: 'rule', rule: 'open-end' } as const;
    expect(hasRule(withoutDecision(changed, decision), 'end', 'open-end')).toBe(false);
    const order = fixesFor(mapping, 'start', 'BAD_DATE')
      .find(({ id }) => id === 'order dmy')!
      .apply(mapping);
    expect(order.dateOrders).toEqual({ start: 'dmy' });
    expect(
      withoutDecision(order, { column: 'start', code: 'BAD_DATE', decision: 'rule', rule: 'order dmy' }).dateOrders,
    ).toEqual({});
  });

  it('counts what is mended, and not what is only broken otherwise', () => {
    const records = [
      record(1),
      record(2, ['end', 'BAD_DATE']),
      record(3, ['end', 'OUT_OF_RANGE']),
      record(4, ['start', 'BAD_DATE']),
    ];
    expect(mended(records, 'end', 'BAD_DATE')).toBe(2);
  });

  it('is grouped with its first rows', () => {
    const located = (row: number, column: string, code: string) => ({ row, column, code, message: 'why' });
    const result: ImportResult = {
      batch: null,
      kind: 'absences',
      rows: { read: 9, accepted: 6, superseded: 0, rejected: 3, duplicate: 0 },
      rejects: [located(2, 'end', 'BAD_DATE'), located(2, 'start', 'BAD_DATE'), located(5, 'end', 'BAD_DATE')],
      rejectsByCode: [{ column: 'end', code: 'BAD_DATE', count: 2, message: 'what it is' }],
      warnings: [
        { code: 'UNKNOWN_PERSON', message: '2 rows name …', count: 2 },
        { code: 'IGNORED_COLUMN', message: '1 column …', count: 1 },
      ],
      notes: [located(1, 'person_ref', 'UNKNOWN_PERSON'), located(3, 'person_ref', 'UNKNOWN_PERSON')],
    };
    expect(rejectGroups(result)).toMatchObject([{ column: 'end', count: 2, rows: [2, 5], rejects: true }]);
    expect(noteGroups(result)).toMatchObject([{ code: 'UNKNOWN_PERSON', rows: [1, 3], rejects: false }]);
    expect(wholeWarnings(result)).toEqual(['1 column …']);
  });

  it('shows a value as read and what becomes of it', () => {
    expect(asRead(['Ref', 'From'], ['7', '1/3/26'], ['From'])).toBe('1/3/26');
    expect(asRead(['A'], ['a', 'b'], [])).toBe('a │ b');
    const columns = ['person_ref', 'start', 'end'];
    expect(becomes(mapping, columns, [record(1)], 1, 'start')).toEqual({ text: '1 Mar 2026', good: true });
    expect(becomes(mapping, columns, [record(1)], 1, 'end')).toEqual({ text: 'empty', good: true });
    expect(becomes(mapping, columns, [record(1, ['end', 'BAD_DATE'])], 1, 'end')).toEqual({
      text: 'Not a date',
      good: false,
    });
  });
});

describe('what is shown', () => {
  it('is in words', () => {
    expect(inWords(mapping, 'start', '2026-03-31')).toBe('31 Mar 2026');
    expect(inWords({ kind: 'duties', columns: {} }, 'start', '2026-06-30T22:05:00Z')).toBe('30 Jun 2026, 23:05');
    expect([0, 25, 26, 701, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  });
});
