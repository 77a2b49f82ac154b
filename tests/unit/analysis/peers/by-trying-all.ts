import { type AssignmentProblem, costOf, forbidden } from '#main/analysis/peers/matching/assignment.ts';

/** The least cost of all ways there are. */
export function byTryingAll(problem: AssignmentProblem): number {
  const { rows, columns, costs, places } = problem;
  const at = new Int32Array(rows).fill(-1);
  const used = places.map(() => 0);
  const from = (row: number): number => {
    if (row === rows) return costOf(problem, at);
    at[row] = -1;
    let least = from(row + 1);
    for (let column = 0; column < columns; column += 1) {
      if (costs[row * columns + column] === forbidden || used[column]! >= places[column]!.length) continue;
      used[column]! += 1;
      at[row] = column;
      least = Math.min(least, from(row + 1));
      used[column]! -= 1;
      at[row] = -1;
    }
    return least;
  };
  return from(0);
}
