import type { Highs, Model } from 'highs';
import { leastWithheld } from './count-network.ts';
import { type CountSystem, type Interval, mayBeWithheld } from './count-system.ts';
import { isSolved, newModel, sumRows } from './reader-model.ts';

const slight = 1e-6;

/**
 * Looks for the counts to withhold as well so that one count could have another value. Each count is what the reader knows
 * of it plus what would have to be hidden to move it further up or down; moving costs the count's loss for each one moved,
 * as in the heuristics for linked tables of Kelly, Golden and Assad (Networks 22, 1992), here over any system of sums.
 */
export class SearchModel {
  readonly #system: CountSystem;
  readonly #model: Model;
  readonly #knowledge: Interval[];
  readonly #open: boolean[];

  constructor(solver: Highs, system: CountSystem, knowledge: readonly Interval[], withheld: readonly boolean[]) {
    this.#system = system;
    this.#knowledge = [...knowledge];
    this.#open = system.cells.map((cell, index) => withheld[index] !== true && mayBeWithheld(cell));
    // How far withholding a count widens what the reader knows of it: not beyond what an earlier release told.
    const wider = system.cells.map((cell, index): Interval => {
      const { low, high } = knowledge[index] ?? { low: 0, high: 0 };
      if (!this.#open[index]) return { low: 0, high: 0 };
      return {
        low: Math.max(0, low - Math.max(leastWithheld, cell.told?.low ?? 0)),
        high: Math.max(0, (cell.told?.high ?? Number.POSITIVE_INFINITY) - high),
      };
    });
    const count = system.cells.length;
    const rows = system.sums.length;
    const { starts, indices, values } = sumRows(system);
    // Three columns a count: known, moved up, moved down.
    const at: number[] = [0];
    const columns: number[] = [];
    const weights: number[] = [];
    for (let row = 0; row < rows; row += 1) {
      for (let entry = starts[row] ?? 0; entry < (starts[row + 1] ?? 0); entry += 1) {
        const column = indices[entry] ?? 0;
        const weight = values[entry] ?? 0;
        columns.push(column, count + column, 2 * count + column);
        weights.push(weight, weight, -weight);
      }
      at.push(columns.length);
    }
    this.#model = newModel(solver, {
      numCols: 3 * count,
      numRows: rows,
      colCost: new Float64Array(3 * count),
      colLower: [...knowledge.map(({ low }) => low), ...new Array<number>(2 * count).fill(0)],
      colUpper: [
        ...knowledge.map(({ high }) => high),
        ...wider.map(({ high }) => high),
        ...wider.map(({ low }) => low),
      ],
      rowLower: new Float64Array(rows),
      rowUpper: new Float64Array(rows),
      matrix: { format: 'csr', numRows: rows, numCols: 3 * count, starts: at, indices: columns, values: weights },
    });
  }

  /** Takes a count as withheld from now on: moving it costs nothing. */
  withhold(index: number, knowledge: Interval): void {
    const count = this.#system.cells.length;
    this.#knowledge[index] = knowledge;
    this.#open[index] = false;
    this.#model.changeColBounds(index, knowledge.low, knowledge.high);
    this.#model.changeColBounds(count + index, 0, 0);
    this.#model.changeColBounds(2 * count + index, 0, 0);
  }

  /** The furthest value, up to `target`, that a withheld count could be given with everything that may be withheld. */
  furthest(index: number, target: number, up: boolean): number | null {
    const { low, high } = this.#knowledge[index] ?? { low: 0, high: 0 };
    if (up ? target <= low : target >= high) return target;
    this.#model.changeColBounds(index, up ? low : Math.max(low, target), up ? Math.min(high, target) : high);
    this.#model.changeColCost(index, up ? -1 : 1);
    const { modelStatus } = this.#model.run();
    const value = isSolved(modelStatus) ? (this.#model.getSolution().colValue[index] ?? Number.NaN) : null;
    this.#model.changeColCost(index, 0);
    this.#model.changeColBounds(index, low, high);
    if (value === null) return null;
    return up ? Math.floor(value + slight) : Math.ceil(value - slight);
  }

  /** The counts to withhold, at the least loss for each one moved, so that the count could be `value` or beyond it. */
  cheapest(index: number, value: number, up: boolean): readonly number[] | null {
    const count = this.#system.cells.length;
    const { low, high } = this.#knowledge[index] ?? { low: 0, high: 0 };
    this.#price(true);
    this.#model.changeColBounds(index, up ? Math.max(low, value) : low, up ? high : Math.min(high, value));
    const { modelStatus } = this.#model.run();
    const solved = isSolved(modelStatus) ? this.#model.getSolution().colValue : null;
    this.#model.changeColBounds(index, low, high);
    this.#price(false);
    if (solved === null) return null;
    const moved = (cell: number): number => (solved[count + cell] ?? 0) + (solved[2 * count + cell] ?? 0);
    return this.#open.flatMap((open, cell) => (open && moved(cell) > slight ? [cell] : []));
  }

  #price(on: boolean): void {
    const count = this.#system.cells.length;
    const losses = this.#system.cells.map((cell, index) => (on && this.#open[index] ? cell.loss : 0));
    this.#model.changeColsCost({ kind: 'range', from: count, to: 3 * count - 1 }, [...losses, ...losses]);
  }

  dispose(): void {
    this.#model.dispose();
  }
}
