import { describe, expect, it } from 'vitest';
import { adjacencyOf, feasibleRange } from '#main/disclosure/count-network.ts';
import { knowledgeWithRules, plainKnowledge, rounded, roundedFrom } from '#main/disclosure/count-system.ts';
import { type CrossTable, positionsOf, systemOfTable } from '#main/disclosure/cross-table.ts';
import { ReaderModel } from '#main/disclosure/reader-model.ts';
import { loadSolver } from '#main/disclosure/solver.ts';
import { suppressCrossTable } from '#main/disclosure/suppress-cross-table.ts';
import { networkOfTable } from '#main/disclosure/suppress-table.ts';
import { count, flatSide, generator, nestedSide } from './random-tables.ts';

const exact = { threshold: 5, protect: 5, rounding: 0 };

function flat(counts: number[][]): CrossTable {
  const rows = positionsOf(flatSide('r', counts.length));
  return { rows, columns: positionsOf(flatSide('c', counts[0]!.length)), counts };
}

/**
 * Investment of enterprises by activity (rows) and region (columns): Willenborg and de Waal, Statistical Disclosure Control in
 * Practice (Springer 1996); the running example of Fischetti and Salazar, Management Science 47 (2001) 1008, who find 5 to 30
 * for the sensitive 22 when it is withheld together with 8, 17 and 12.
 */
const investment = [
  [20, 50, 10],
  [8, 19, 22],
  [17, 32, 12],
];

describe('the ranges of the literature', () => {
  it('has 5 to 30 for the sensitive cell of the table of investments', async () => {
    const system = systemOfTable(flat(investment));
    const withheld = [4, 6, 8, 10];
    const knowledge = system.cells.map((cell, index) => plainKnowledge(cell, withheld.includes(index), exact));
    const reader = new ReaderModel(await loadSolver(), system, knowledge);
    try {
      // By hand: 22 and 8 make 30, 22 and 12 make 34, 8 and 17 make 25; so 22 is at most 30, and 17 + 12 = 29 keeps it at 5.
      expect(withheld.map((index) => reader.range(index))).toEqual([
        { low: 0, high: 25 },
        { low: 5, high: 30 },
        { low: 0, high: 25 },
        { low: 4, high: 29 },
      ]);
      expect(reader.range(0)).toEqual({ low: 20, high: 20 });
    } finally {
      reader.dispose();
    }
  });

  it('finds by linear programming what largest flows find, in random two-way tables', async () => {
    const random = generator(5);
    const solver = await loadSolver();
    let compared = 0;
    for (let round = 0; round < 40; round += 1) {
      const height = 2 + Math.floor(random() * 5);
      const width = 2 + Math.floor(random() * 5);
      const counts = Array.from({ length: height }, () => Array.from({ length: width }, () => count(random, 40)));
      const network = networkOfTable(counts, false);
      const withheld = network.arcs.map((arc) => arc.value > 0 && random() < 0.4);
      const system = systemOfTable(flat(counts));
      const knowledge = system.cells.map((cell, index) => knowledgeWithRules(cell, withheld[index] === true, exact));
      const reader = new ReaderModel(solver, system, knowledge);
      const adjacency = adjacencyOf(network);
      withheld.forEach((is, index) => {
        expect(reader.range(index)).toEqual(feasibleRange(network, adjacency, withheld, index));
        if (is) compared += 1;
      });
      reader.dispose();
    }
    expect(compared).toBeGreaterThan(200);
  });
});

describe('suppressCrossTable', () => {
  it('counts a nested side’s subtotals as margins that give cells away', async () => {
    const rows = positionsOf(nestedSide('g', [2, 2]));
    const columns = positionsOf(flatSide('c', 1));
    const result = await suppressCrossTable({ rows, columns, counts: [[3], [40], [50], [60]] }, exact);
    if (!result.ok) throw new Error(result.error.message);
    const hidden = result.value.cells
      .filter((cell) => cell.published === null)
      .map((cell) => `${cell.row}, ${cell.column}`);
    // 3 is withheld with its row's total, and so is what else of its group would give it back.
    expect(hidden).toEqual(['g0 / 0, c0', 'g0 / 0, Total', 'g0 / 1, c0', 'g0 / 1, Total']);
    expect(result.value.method).toBe('linear-programming');
  });

  it('withholds again what an earlier release withheld, and refuses where it gave away what is small now', async () => {
    const table: CrossTable = {
      rows: positionsOf(flatSide('r', 3)),
      columns: [{ label: 'Total', kind: 'total', lines: [0] }],
      counts: [[7], [30], [40]],
    };
    const release = {
      ...{ threshold: 5, protect: 5, rounding: 0, rows: {}, columns: {}, finerRows: {}, finerColumns: {} },
      cells: [
        { row: 'r0', column: 'Total', published: 7, reason: null },
        { row: 'r1', column: 'Total', published: 30, reason: null },
        { row: 'r2', column: 'Total', published: 40, reason: null },
        { row: 'Total', column: 'Total', published: 77, reason: null },
      ],
    };
    const told = await suppressCrossTable(table, { threshold: 10, protect: 10, rounding: 0 }, [release]);
    expect(told).toMatchObject({ ok: false, error: { code: 'DISCLOSURE' } });
    const hidden = release.cells.map((cell, index) => (index < 2 ? { ...cell, published: null } : cell));
    const again = await suppressCrossTable(table, exact, [{ ...release, cells: hidden }]);
    if (!again.ok) throw new Error(again.error.message);
    expect(again.value.cells.map((cell) => cell.published)).toEqual([null, null, 40, 77]);
    const false_ = release.cells.map((cell, index) => (index === 2 ? { ...cell, published: 41 } : cell));
    const contradicted = await suppressCrossTable(table, exact, [{ ...release, cells: false_ }]);
    expect(contradicted).toMatchObject({ ok: false, error: { code: 'BAD_SPEC' } });
    if (!contradicted.ok) expect(contradicted.error.message).toContain('“r2”');
  });

  it('protects a count that only the difference of two releases would show', async () => {
    // The earlier table had a fourth line of 6 people whom the present one leaves out: both totals published give them away.
    const table: CrossTable = {
      rows: positionsOf(flatSide('r', 2)),
      columns: [{ label: 'Total', kind: 'total', lines: [0] }],
      counts: [[30], [40]],
    };
    const cell = (row: string, published: number | null) => ({ row, column: 'Total', published });
    const release = {
      ...{ threshold: 10, protect: 10, rounding: 0, columns: {}, finerRows: {}, finerColumns: {} },
      rows: { Total: [] },
      cells: [cell('r0', null), cell('r1', 40), cell('r9', null), cell('Total', 76)],
    };
    const rules = { threshold: 10, protect: 10, rounding: 0 };
    const result = await suppressCrossTable(table, rules, [release]);
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.cells.map((each) => each.published)).toEqual([null, 40, null]);
  });
});

describe('rounding', () => {
  it('is conventional, halves upward, and stands for the whole numbers that come out so', () => {
    for (const base of [2, 3, 5, 10]) {
      for (let value = 0; value < 60; value += 1) {
        const from = roundedFrom(rounded(value, base), base);
        const same = Array.from({ length: 80 }, (_, other) => other).filter(
          (other) => rounded(other, base) === rounded(value, base),
        );
        expect(from).toEqual({ low: same[0], high: same.at(-1) });
      }
    }
  });
});
