import { describe, expect, it } from 'vitest';
import { type AssignmentProblem, forbidden, leastCostAssignment } from '#main/analysis/peers/matching/assignment.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { byTryingAll } from './by-trying-all.ts';

type Shape = { readonly rows: number; readonly columns: number; readonly places: number; readonly unmet: number };

function randomProblem(random: RandomStream, { rows, columns, places, unmet }: Shape): AssignmentProblem {
  return {
    rows,
    columns,
    costs: Int32Array.from({ length: rows * columns }, () =>
      random.nextUniform() < 0.3 ? forbidden : random.nextBelow(60),
    ),
    places: Array.from({ length: columns }, () => {
      let extra = 0;
      return Array.from({ length: random.nextBelow(places + 1) }, () => {
        extra += random.nextBelow(6);
        return extra;
      });
    }),
    unmet: Int32Array.from({ length: rows }, () => unmet + random.nextBelow(50)),
  };
}

describe('leastCostAssignment', () => {
  it('costs as little as the cheapest of all ways, on 1,000 small cases scarce and plentiful', () => {
    const random = randomStream(5, 'small assignments');
    for (let run = 0; run < 1_000; run += 1) {
      const shape = { rows: 1 + random.nextBelow(6), columns: 1 + random.nextBelow(4), places: 3 };
      const problem = randomProblem(random, { ...shape, unmet: run % 2 ? 20 : 1_000 });
      expect(leastCostAssignment(problem).cost, `case ${run}`).toBe(byTryingAll(problem));
    }
  });

  it('gives nobody a forbidden column and no column more rows than it has places', () => {
    const random = randomStream(6, 'kept rules');
    for (let run = 0; run < 50; run += 1) {
      const problem = randomProblem(random, { rows: 80, columns: 20, places: 1 + (run % 6), unmet: 1_000 });
      const { columnOf } = leastCostAssignment(problem);
      const taken = problem.places.map(() => 0);
      columnOf.forEach((column, row) => {
        if (column < 0) return;
        expect(problem.costs[row * problem.columns + column]).toBeLessThan(forbidden);
        taken[column]! += 1;
      });
      expect(taken.every((count, column) => count <= problem.places[column]!.length)).toBe(true);
      expect(Math.max(...taken)).toBeGreaterThan(0);
    }
  });

  it('leaves nobody without a column whom a chain of moves could place', () => {
    const costs = Int32Array.from([1, 2, 1, forbidden]);
    const problem = { rows: 2, columns: 2, costs, places: [[0], [0]], unmet: Int32Array.from([1_000, 1_000]) };
    expect([...leastCostAssignment(problem).columnOf]).toEqual([1, 0]);
  });
});
