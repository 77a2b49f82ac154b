import { describe, expect, it } from 'vitest';
import { adjacencyOf, feasibleRange } from '#main/disclosure/count-network.ts';
import { mayPublishDerived } from '#main/disclosure/derived-figures.ts';
import {
  networkOfTable,
  type SuppressedList,
  type SuppressedTable,
  suppressList,
  suppressTable,
  type TableCell,
} from '#main/disclosure/suppress-table.ts';
import type { Result } from '#shared/domain/result.ts';

function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Small seeded generator (mulberry32), so that every run draws the same tables. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * What a reader can infer, by trying everything: every table of whole numbers that agrees with all published cells and
 * totals and has at least 1 wherever a cell is withheld. Knows nothing of networks. Withheld totals follow from the
 * cells; no table with more than `most` in all is tried.
 */
function rangesByEnumeration(cells: readonly TableCell[], rows: number, columns: number, most: number) {
  const at = (row: number, column: number): TableCell =>
    cells.find((cell) => cell.rowIndex === row && cell.columnIndex === column)!;
  const grid = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  const ranges = new Map<TableCell, { low: number; high: number }>();
  const note = (cell: TableCell, value: number): void => {
    const range = ranges.get(cell) ?? { low: value, high: value };
    ranges.set(cell, { low: Math.min(range.low, value), high: Math.max(range.high, value) });
  };
  const fits = (cell: TableCell, value: number): boolean => (cell.published ? cell.value === value : value >= 1);
  const columnSum = (column: number): number => grid.reduce((total, row) => total + row[column]!, 0);
  function place(position: number): void {
    const row = Math.floor(position / columns);
    const column = position % columns;
    if (column === 0 && row > 0) {
      const done = grid[row - 1]!.reduce((total, value) => total + value, 0);
      if (!fits(at(row - 1, columns), done)) return;
    }
    if (row === rows) {
      const sums = grid[0]!.map((_, index) => columnSum(index));
      if (!sums.every((value, index) => fits(at(rows, index), value))) return;
      const grand = sums.reduce((total, value) => total + value, 0);
      if (!fits(at(rows, columns), grand)) return;
      grid.forEach((values, r) => {
        values.forEach((value, c) => {
          note(at(r, c), value);
        });
        note(
          at(r, columns),
          values.reduce((total, value) => total + value, 0),
        );
      });
      sums.forEach((value, index) => {
        note(at(rows, index), value);
      });
      note(at(rows, columns), grand);
      return;
    }
    const cell = at(row, column);
    const columnTotal = at(rows, column);
    const rowTotal = at(row, columns);
    let top = cell.published ? cell.value! : most;
    for (let value = cell.published ? cell.value! : 1; value <= top; value += 1) {
      grid[row]![column] = value;
      const soFar = grid[row]!.slice(0, column + 1).reduce((total, each) => total + each, 0);
      const columnSoFar = grid.slice(0, row + 1).reduce((total, each) => total + each[column]!, 0);
      const allSoFar = grid.flat().reduce((total, each) => total + each, 0);
      if (allSoFar > most) top = value;
      else if (rowTotal.published && soFar > rowTotal.value!) top = value;
      else if (columnTotal.published && columnSoFar > columnTotal.value!) top = value;
      else place(position + 1);
    }
    grid[row]![column] = 0;
  }
  place(0);
  return ranges;
}

function expectProtected(table: SuppressedTable, rows: number, columns: number, threshold: number, most: number): void {
  const ranges = rangesByEnumeration(table.cells, rows, columns, most);
  expect(ranges.size).toBe((rows + 1) * (columns + 1));
  for (const cell of table.cells.filter((each) => !each.published)) {
    const { low, high } = ranges.get(cell)!;
    expect(high - low).toBeGreaterThanOrEqual(threshold);
    if (cell.reason === 'primary') expect(high).toBeGreaterThanOrEqual(threshold);
  }
}

describe('suppressTable', () => {
  it('publishes a table without small counts as it is, zeros included', () => {
    const table = valueIn(
      suppressTable({
        rows: ['A', 'B'],
        columns: ['x', 'y'],
        counts: [
          [10, 0],
          [7, 12],
        ],
        threshold: 5,
      }),
    );
    expect(table.cells.map((cell) => cell.value)).toEqual([10, 0, 10, 7, 12, 19, 17, 12, 29]);
    expect(table.withheld).toEqual({ primary: 0, complementary: 0 });
    expect(table.cells.at(-1)).toMatchObject({ row: 'Total', column: 'Total', published: true, reason: null });
  });

  it('withholds one small count and the least that hides it', () => {
    const counts = [
      [3, 20, 30],
      [15, 40, 50],
      [60, 70, 9],
    ];
    const table = valueIn(suppressTable({ rows: ['A', 'B', 'C'], columns: ['x', 'y', 'z'], counts, threshold: 5 }));
    expect(table.withheld).toEqual({ primary: 1, complementary: 3 });
    const hidden = table.cells.filter((cell) => !cell.published).map((cell) => `${cell.row}${cell.column}`);
    expect(hidden.sort()).toEqual(['Ax', 'Ay', 'Bx', 'By']);
    expectProtected(table, 3, 3, 5, 300);
  });

  it('never gives away a withheld count in its value', () => {
    const table = valueIn(
      suppressTable({
        rows: ['A', 'B'],
        columns: ['x', 'y'],
        counts: [
          [2, 30],
          [40, 50],
        ],
        threshold: 5,
      }),
    );
    for (const cell of table.cells) expect(cell.value === null).toBe(!cell.published);
  });

  it('withholds a small total together with its cells', () => {
    const counts = [
      [1, 2, 0],
      [30, 40, 20],
      [25, 35, 45],
    ];
    const table = valueIn(suppressTable({ rows: ['A', 'B', 'C'], columns: ['x', 'y', 'z'], counts, threshold: 5 }));
    const total = table.cells.find((cell) => cell.rowIndex === 0 && cell.columnIndex === 3);
    expect(total).toMatchObject({ published: false, reason: 'primary' });
    expectProtected(table, 3, 3, 5, 200);
  });

  it('reckons with a reader who knows that zeros are always shown', () => {
    // Hiding the 1 behind the 5 would leave five possible values, 1 to 5: too tight by one.
    const list = valueIn(suppressList({ rows: ['A', 'B', 'C'], counts: [1, 5, 50], threshold: 5 }));
    expect(list.cells.map((cell) => cell.value)).toEqual([null, 5, null, 56]);
    expect(suppressList({ rows: ['A', 'B'], counts: [1, 5], threshold: 5 }).ok).toBe(false);
    expect(suppressList({ rows: ['A', 'B'], counts: [1, 6], threshold: 5 }).ok).toBe(true);
  });

  it('knows the exact range of every withheld count', () => {
    const random = generator(99);
    let compared = 0;
    for (let round = 0; round < 150; round += 1) {
      const counts = Array.from({ length: 3 }, () => Array.from({ length: 2 }, () => Math.floor(random() * 6)));
      const network = networkOfTable(counts, true);
      const withheld = network.arcs.map((arc, index) => index < 11 && arc.value > 0 && random() < 0.6);
      const cells = network.arcs.map((arc, index) => ({
        row: '',
        column: '',
        rowIndex: Math.floor(index / 3),
        columnIndex: index % 3,
        value: arc.value,
        published: withheld[index] !== true,
        reason: null,
      }));
      const truth = rangesByEnumeration(cells, 3, 2, network.arcs.at(-1)!.value);
      const adjacency = adjacencyOf(network);
      cells.forEach((cell, index) => {
        expect(feasibleRange(network, adjacency, withheld, index)).toEqual(truth.get(cell));
        if (!cell.published) compared += 1;
      });
    }
    expect(compared).toBeGreaterThan(300);
  });

  it('keeps every withheld count of random tables as uncertain as promised, by trying every table that fits', () => {
    const random = generator(20_260_331);
    let checkedTables = 0;
    let refused = 0;
    for (let round = 0; round < 300; round += 1) {
      const rows = 2 + Math.floor(random() * 2);
      const columns = 2 + Math.floor(random() * 2);
      const threshold = 2 + Math.floor(random() * 3);
      const counts = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => (random() < 0.2 ? 0 : Math.floor(random() ** 2 * 13))),
      );
      const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${index}`);
      const result = suppressTable({ rows: names(rows), columns: names(columns), counts, threshold });
      const grand = counts.flat().reduce((total, value) => total + value, 0);
      if (!result.ok) {
        expect(result.error.code).toBe('DISCLOSURE');
        refused += 1;
        continue;
      }
      // A withheld grand total leaves no upper bound, so trying everything up to it and a margin is enough.
      expectProtected(result.value, rows, columns, threshold, grand + threshold);
      checkedTables += 1;
    }
    expect(checkedTables).toBeGreaterThan(200);
    expect(refused).toBeGreaterThan(0);
  });

  it('refuses in words where the known total leaves no safe choice', () => {
    const result = suppressList({ rows: ['A', 'B'], counts: [2, 3], threshold: 5 });
    expect(result).toMatchObject({ ok: false, error: { code: 'DISCLOSURE' } });
    const open: SuppressedList = valueIn(
      suppressList({ rows: ['A', 'B'], counts: [2, 3], threshold: 5, keepGrandTotal: false }),
    );
    expect(open.cells.every((cell) => !cell.published)).toBe(true);
  });

  it('refuses what is not a table of counts', () => {
    const base = { rows: ['A'], columns: ['x', 'y'], threshold: 5 };
    for (const counts of [[[1]], [[1, -1]], [[1, 1.5]], [[1, Number.NaN]], []]) {
      expect(suppressTable({ ...base, counts })).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
    }
    expect(suppressTable({ ...base, counts: [[1, 2]], threshold: 1 })).toMatchObject({ ok: false });
  });

  it('settles a table of forty units by fifteen roles in good time', () => {
    const random = generator(7);
    const counts = Array.from({ length: 40 }, () => Array.from({ length: 15 }, () => Math.floor(random() ** 3 * 90)));
    const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${index}`);
    const started = performance.now();
    const table = valueIn(suppressTable({ rows: names(40), columns: names(15), counts, threshold: 5 }));
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(table.withheld.primary).toBeGreaterThan(50);
  });
});

describe('mayPublishDerived', () => {
  it('needs ten people and published counts', () => {
    expect(mayPublishDerived({ people: 10, countsPublished: [true] })).toBe(true);
    expect(mayPublishDerived({ people: 9, countsPublished: [true] })).toBe(false);
    expect(mayPublishDerived({ people: 500, countsPublished: [true, false] })).toBe(false);
    expect(mayPublishDerived({ people: 12, countsPublished: [] }, 15)).toBe(false);
  });
});
