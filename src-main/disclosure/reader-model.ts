import type { Highs, Model, ModelData } from 'highs';
import { ExpectedError } from '#shared/domain/result.ts';
import type { FeasibleRange } from './count-network.ts';
import type { CountSystem, Interval } from './count-system.ts';

const optimal = 7;
const unboundedOrInfeasible = 9;
const unbounded = 10;
const whole = 1;
const feasiblePoint = 2;
const tolerance = 1e-6;
/** Beyond this many branches the best whole-number table found stands: a range too narrow, never one too wide. */
const mostBranches = 2_000;

/** Rows of the programme: one for each sum, its parts less its total. */
export function sumRows(system: CountSystem): {
  readonly starts: number[];
  readonly indices: number[];
  readonly values: number[];
} {
  const starts: number[] = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { total, parts } of system.sums) {
    for (const part of parts) {
      indices.push(part);
      values.push(1);
    }
    indices.push(total);
    values.push(-1);
    starts.push(indices.length);
  }
  return { starts, indices, values };
}

export function newModel(solver: Highs, data: ModelData): Model {
  const model = solver.createModel(data);
  // No presolve, and the primal simplex: each programme starts where the last one ended, which is most of its work.
  model.options.set({ output_flag: false, presolve: 'off', simplex_strategy: 4 });
  return model;
}

/**
 * A reader with a solver: everything that agrees with the sums and with what the reader knows of each count. Answers, for
 * one count at a time, the least and the greatest whole number it can be. Must be disposed of.
 */
export class ReaderModel {
  readonly #solver: Highs;
  readonly #system: CountSystem;
  readonly #model: Model;
  readonly #bounds: Interval[];
  #integer: Model | null = null;

  constructor(solver: Highs, system: CountSystem, knowledge: readonly Interval[]) {
    this.#solver = solver;
    this.#system = system;
    this.#bounds = [...knowledge];
    this.#model = newModel(solver, this.#data());
  }

  #data(): ModelData {
    const rows = this.#system.sums.length;
    const columns = this.#system.cells.length;
    const { starts, indices, values } = sumRows(this.#system);
    return {
      numCols: columns,
      numRows: rows,
      colCost: new Float64Array(columns),
      colLower: this.#bounds.map(({ low }) => low),
      colUpper: this.#bounds.map(({ high }) => high),
      rowLower: new Float64Array(rows),
      rowUpper: new Float64Array(rows),
      matrix: { format: 'csr', numRows: rows, numCols: columns, starts, indices, values },
    };
  }

  know(index: number, { low, high }: Interval): void {
    this.#bounds[index] = { low, high };
    this.#model.changeColBounds(index, low, high);
    this.#integer?.changeColBounds(index, low, high);
  }

  /** Whether any table at all agrees with what the reader knows. */
  isConsistent(): boolean {
    return this.#model.run().modelStatus === optimal;
  }

  /**
   * The exact range of a count over whole numbers. The linear programme bounds it from outside; where its own solution is
   * whole, as it always is for two-way tables and for one nested side, that bound is the range's end, and elsewhere an
   * integer programme finds it: a fractional end would promise a reader more doubt than whole numbers leave.
   */
  range(index: number): FeasibleRange {
    return { low: this.#end(index, 1), high: this.#end(index, -1) };
  }

  /** The least value (`sense` 1) or the greatest (−1); Infinity where nothing bounds it. */
  #end(index: number, sense: 1 | -1): number {
    const model = this.#model;
    model.changeColCost(index, sense);
    const { modelStatus } = model.run();
    // A change of the programme makes its solution unknown, so that it is read first.
    const values = modelStatus === optimal ? model.getSolution().colValue : null;
    model.changeColCost(index, 0);
    if (modelStatus === unbounded || modelStatus === unboundedOrInfeasible) return sense * Number.NEGATIVE_INFINITY;
    if (values === null) throw new Error(`the solver ended with status ${modelStatus}`);
    // Rounding can give −0, which adding 0 makes plain.
    if (isWhole(values)) return Math.round(values[index] ?? 0) + 0;
    return this.#wholeEnd(index, sense);
  }

  #wholeEnd(index: number, sense: 1 | -1): number {
    if (this.#integer === null) {
      const columns = this.#system.cells.length;
      this.#integer = this.#solver.createModel({ ...this.#data(), integrality: new Int32Array(columns).fill(whole) });
      this.#integer.options.set({ output_flag: false, mip_max_nodes: mostBranches, mip_rel_gap: 0 });
    }
    const model = this.#integer;
    model.changeColCost(index, sense);
    const { modelStatus } = model.run();
    if (modelStatus !== optimal && model.info.get('primal_solution_status') !== feasiblePoint) throw undecided();
    const value = model.getSolution().colValue[index] ?? Number.NaN;
    model.changeColCost(index, 0);
    return Math.round(value) + 0;
  }

  dispose(): void {
    this.#model.dispose();
    this.#integer?.dispose();
  }
}

function isWhole(values: Float64Array): boolean {
  return values.every((value) => Math.abs(value - Math.round(value)) < tolerance);
}

/** Whether a programme was solved to its optimum. */
export function isSolved(status: number): boolean {
  return status === optimal;
}

function undecided(): ExpectedError {
  return new ExpectedError(
    'DISCLOSURE',
    'What a reader could work out from these tables could not be settled.',
    'Nothing was released. Release fewer tables together, or merge small groups.',
  );
}
