import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AssignmentProblem, forbidden, leastCostAssignment } from '#main/analysis/peers/matching/assignment.ts';
import { takingOn } from '#main/analysis/peers/matching/candidates.ts';
import { neighboursOf, problemOf } from '#main/analysis/peers/matching/costs.ts';
import { leastCostMatches, matchableAt } from '#main/analysis/peers/matching/proposals.ts';
import { loadSolver } from '#main/disclosure/solver.ts';
import { madePeers } from './made-peers.ts';
import { median, spreadText, type Verdict } from './measure.ts';

const barSeconds = 2;
const large = { requests: 2_000, volunteers: 500 };
/** What a general solver can do in a bench. */
const small = { requests: 300, volunteers: 75 };

function problemOfSize({ requests, volunteers }: typeof large): AssignmentProblem {
  const { records, spec } = madePeers(requests, volunteers);
  const open = matchableAt(records, spec);
  const options = { weights: spec.weights, areNeighbours: neighboursOf(spec.neighbours) };
  return problemOf(open.requests, takingOn(open.candidates), options);
}

function timed<T>(work: () => T): { readonly seconds: number; readonly value: T } {
  const started = performance.now();
  const value = work();
  return { seconds: (performance.now() - started) / 1_000, value };
}

/** Proposals for a large network with their words, then the assignment alone beside SciPy's and beside a linear programme. */
export async function benchMatching(folder: string, runs: number): Promise<Verdict[]> {
  mkdirSync(folder, { recursive: true });
  return [wholeVerdict(runs), scipyVerdict(join(folder, 'assignment.bin'), runs), await programmeVerdict(runs)];
}

function wholeVerdict(runs: number): Verdict {
  const { records, spec } = madePeers(large.requests, large.volunteers);
  const made = Array.from({ length: runs }, () => timed(() => leastCostMatches(records, spec)));
  const seconds = made.map((one) => one.seconds);
  const { proposals, unmatched } = made[0]?.value ?? { proposals: [], unmatched: [] };
  return {
    what: `matching of 2,000 open requests with 500 volunteers (${proposals.length} proposed, ${unmatched.length} left, each with why)`,
    measured: `${spreadText(seconds, 2)} s on one thread`,
    bar: `< ${barSeconds} s`,
    met: median(seconds) < barSeconds,
  };
}

/** The same with a column for each place and one for each row that goes without. */
function spreadOut({ rows, columns, costs, places, unmet }: AssignmentProblem): { costs: Int32Array; columns: number } {
  const all = places.flatMap((own, column) => own.map((extra) => ({ column, extra })));
  const wide = all.length + rows;
  const spread = new Int32Array(rows * wide);
  for (let row = 0; row < rows; row += 1) {
    all.forEach(({ column, extra }, at) => {
      spread[row * wide + at] = (costs[row * columns + column] ?? forbidden) + extra;
    });
    spread.fill(unmet[row] ?? 0, row * wide + all.length, (row + 1) * wide);
  }
  return { costs: spread, columns: wide };
}

function scipyVerdict(file: string, runs: number): Verdict {
  const what = 'assignment of 2,000 × 500 with several places each against SciPy’s linear_sum_assignment';
  const bar = 'the same least cost';
  const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import scipy']).status === 0);
  if (python === undefined) return { what, measured: 'SKIPPED: Python with SciPy is not here', bar, met: true };
  const problem = problemOfSize(large);
  const spread = spreadOut(problem);
  writeFileSync(file, spread.costs);
  const script = fileURLToPath(new URL('./contest/assignment.py', import.meta.url));
  const size = [problem.rows, spread.columns, forbidden - 1].map(String);
  const ours: number[] = [];
  const theirs: number[] = [];
  let same = true;
  for (let run = 0; run < runs; run += 1) {
    const own = timed(() => leastCostAssignment(problem));
    const [seconds, cost] = execFileSync(python, [script, file, ...size], { encoding: 'utf8' })
      .split(' ')
      .map(Number);
    ours.push(own.seconds);
    theirs.push(seconds ?? Number.NaN);
    same &&= cost === own.value.cost;
  }
  const ratio = median(theirs) / median(ours);
  return {
    what,
    measured: `${same ? 'the same cost' : 'ANOTHER COST'}; ${spreadText(ours, 2)} s against ${spreadText(theirs, 2)} s over ${spread.columns.toLocaleString('en-GB')} columns: ${ratio.toFixed(2)} ×`,
    bar,
    met: same,
  };
}

/** The assignment as a linear programme, whose corners are whole: a variable each pair, each place and each row that goes without. */
async function programmeVerdict(runs: number): Promise<Verdict> {
  const problem = problemOfSize(small);
  const solver = await loadSolver();
  const ours: number[] = [];
  const theirs: number[] = [];
  let same = true;
  for (let run = 0; run < runs; run += 1) {
    const own = timed(() => leastCostAssignment(problem));
    const other = timed(() => leastByProgramme(solver, problem));
    ours.push(own.seconds);
    theirs.push(other.seconds);
    same &&= Math.round(other.value) === own.value.cost;
  }
  const faster = median(theirs) / median(ours);
  return {
    what: `assignment of ${small.requests} × ${small.volunteers} against the same as a linear programme in HiGHS`,
    measured: `${same ? 'the same cost' : 'ANOTHER COST'}; ${faster.toFixed(0)} × as fast (${spreadText(theirs, 2)} s)`,
    bar: 'the same least cost, ≥ 1 ×',
    met: same && faster >= 1,
  };
}

function leastByProgramme(
  solver: Awaited<ReturnType<typeof loadSolver>>,
  { rows, columns, costs, places, unmet }: AssignmentProblem,
): number {
  const colCost: number[] = [];
  const linesOfRow: number[][] = Array.from({ length: rows + columns }, () => []);
  const signs: number[][] = Array.from({ length: rows + columns }, () => []);
  const variable = (cost: number, entries: readonly (readonly [number, number])[]): void => {
    for (const [line, sign] of entries) {
      linesOfRow[line]?.push(colCost.length);
      signs[line]?.push(sign);
    }
    colCost.push(cost);
  };
  for (let row = 0; row < rows; row += 1) {
    variable(unmet[row] ?? 0, [[row, 1]]);
    for (let column = 0; column < columns; column += 1) {
      const cost = costs[row * columns + column] ?? forbidden;
      if (cost < forbidden)
        variable(cost, [
          [row, 1],
          [rows + column, 1],
        ]);
    }
  }
  places.forEach((own, column) => {
    for (const cost of own) variable(cost, [[rows + column, -1]]);
  });
  const starts = [0];
  for (const line of linesOfRow) starts.push((starts.at(-1) ?? 0) + line.length);
  const sums = [...new Float64Array(rows).fill(1), ...new Float64Array(columns)];
  const model = solver.createModel({
    numCols: colCost.length,
    numRows: rows + columns,
    colCost,
    colLower: new Float64Array(colCost.length),
    colUpper: new Float64Array(colCost.length).fill(1),
    rowLower: sums,
    rowUpper: sums,
    matrix: {
      ...{ format: 'csr', numRows: rows + columns, numCols: colCost.length, starts },
      ...{ indices: linesOfRow.flat(), values: signs.flat() },
    },
  });
  model.options.set({ output_flag: false });
  model.run();
  const values = model.getSolution().colValue;
  model.dispose();
  return colCost.reduce((sum, cost, at) => sum + cost * (values[at] ?? Number.NaN), 0);
}
