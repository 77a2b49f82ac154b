import { ExpectedError } from '#shared/domain/result.ts';
import { type CrossTable, columnTotals, grandTotal, rearranged, rowTotals } from '../../contingency/cross-table.ts';
import { type CategoricalColumn, categoriesIn, completeRows, type DataTable, numbersIn } from '../../data/table.ts';
import { type Matrix, matrixOf } from '../../linear-algebra/matrix.ts';
import type { ContingencySpec } from './spec.ts';

export type ContingencyData = {
  /** The event’s column first. */
  readonly table: CrossTable;
  /** In the order of the levels of the strata; none without strata. */
  readonly strata: readonly { readonly name: string; readonly counts: Matrix }[];
  /** Columns in the order of their levels, for ratings. */
  readonly asGiven: CrossTable;
  /** The level that risks are of; of rows where the trend is of rows over columns. */
  readonly event: string;
  readonly n: number;
  readonly excluded: number;
  /** Whether every count is whole. */
  readonly whole: boolean;
  readonly warnings: string[];
};

const mostCells = 1_000_000;

/** @throws ExpectedError BAD_COLUMN for counts that are none, REFUSED_MODEL for a single row or column, BAD_SPEC for the event. */
export function contingencyData(table: DataTable, spec: ContingencySpec): ContingencyData {
  const names = contingencyColumns(spec);
  const used = completeRows(table, names);
  const weights = spec.weight === undefined ? null : countsIn(table, spec.weight, used);
  const row = categoriesIn(table, spec.row, used, spec.factors[spec.row]);
  const column = categoriesIn(table, spec.column, used, spec.factors[spec.column]);
  const layer = spec.strata === undefined ? null : categoriesIn(table, spec.strata, used, spec.factors[spec.strata]);
  const cells = row.levels.length * column.levels.length * (layer?.levels.length ?? 1);
  if (cells > mostCells) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `The table would have ${cells.toLocaleString('en-GB')} cells.`,
      'Nothing was computed. Use columns with fewer values.',
    );
  }
  const layers = countCells(row, column, layer, weights);
  const warnings: string[] = [];
  const whole = addUp(layers);
  const full: CrossTable = { rows: row.levels, columns: column.levels, counts: whole };
  const rows = keptLevels(rowTotals(whole), row.levels, spec.row, warnings);
  const columns = keptLevels(columnTotals(whole), column.levels, spec.column, warnings);
  const asGiven = rearranged(full, rows, columns);
  refuseSingle(asGiven, spec);
  const eventPlace = eventColumn(asGiven, spec.event, spec.column);
  const order = columns.map((_column, j) => j);
  const inOrder = [eventPlace, ...order.filter((j) => j !== eventPlace)];
  const ordered = asGiven.columns.length === 2 ? inOrder : order;
  const arrange = (counts: Matrix): Matrix => {
    const kept = rearranged({ ...full, counts }, rows, columns);
    return rearranged(
      kept,
      kept.rows.map((_row, i) => i),
      ordered,
    ).counts;
  };
  return {
    table: rearranged(
      asGiven,
      asGiven.rows.map((_row, i) => i),
      ordered,
    ),
    strata: layer ? layer.levels.map((name, l) => ({ name, counts: arrange(layers[l] as Matrix) })) : [],
    asGiven,
    event: asGiven.columns[eventPlace] as string,
    n: grandTotal(whole),
    excluded: table.rows - used.length,
    whole: whole.data.every(Number.isInteger) && layers.every(({ data }) => data.every(Number.isInteger)),
    warnings,
  };
}

export function contingencyColumns(spec: ContingencySpec): string[] {
  return [spec.row, spec.column, spec.strata, spec.weight].filter((name) => name !== undefined);
}

function countsIn(table: DataTable, name: string, rows: Int32Array): Float64Array {
  const counts = numbersIn(table, name, rows);
  const bad = counts.findIndex((count) => count < 0);
  if (bad >= 0) {
    throw new ExpectedError(
      'BAD_COLUMN',
      `“${name}” holds ${counts[bad]} in row ${(rows[bad] as number) + 1}; a count cannot be negative.`,
      'Nothing was computed. Correct the file, or choose another column.',
      { column: name, row: (rows[bad] as number) + 1 },
    );
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total >= 2 && total <= Number.MAX_SAFE_INTEGER) return counts;
  throw new ExpectedError(
    'REFUSED_MODEL',
    total < 2
      ? `The counts in “${name}” add up to ${total}, too few for a table.`
      : `The counts in “${name}” add up to more than can be counted exactly.`,
    'Nothing was computed. Look at whether the column is the right one.',
    { column: name },
  );
}

function countCells(
  row: CategoricalColumn,
  column: CategoricalColumn,
  layer: CategoricalColumn | null,
  weights: Float64Array | null,
): Matrix[] {
  const r = row.levels.length;
  const layers = (layer?.levels ?? ['']).map(() => matrixOf(r, column.levels.length));
  for (let i = 0; i < row.codes.length; i += 1) {
    const { data } = layers[layer ? (layer.codes[i] as number) : 0] as Matrix;
    const cell = (column.codes[i] as number) * r + (row.codes[i] as number);
    data[cell] = (data[cell] as number) + (weights ? (weights[i] as number) : 1);
  }
  return layers;
}

function addUp(layers: readonly Matrix[]): Matrix {
  const [first] = layers as [Matrix];
  const total = matrixOf(first.rows, first.columns);
  for (const { data } of layers) {
    for (let k = 0; k < data.length; k += 1) total.data[k] = (total.data[k] as number) + (data[k] as number);
  }
  return total;
}

/** Levels that any count stands for. */
function keptLevels(totals: Float64Array, levels: readonly string[], name: string, warnings: string[]): number[] {
  return levels.flatMap((level, place) => {
    if ((totals[place] as number) > 0) return [place];
    warnings.push(`“${level}” of “${name}” has no count and is left out.`);
    return [];
  });
}

function refuseSingle(table: CrossTable, spec: ContingencySpec): void {
  for (const [levels, name] of [
    [table.rows, spec.row],
    [table.columns, spec.column],
  ] as const) {
    if (levels.length > 1) continue;
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${name}” has only one value, “${levels[0] ?? ''}”, in the rows that are used, so there is nothing to compare.`,
      'Nothing was computed. Choose a column of two or more values.',
      { column: name },
    );
  }
}

function eventColumn(table: CrossTable, event: string | undefined, name: string): number {
  if (event === undefined) return 0;
  const place = table.columns.findIndex((level) => level === event || level.toLowerCase() === event.toLowerCase());
  if (place >= 0) return place;
  throw new ExpectedError(
    'BAD_SPEC',
    `“${event}” is no value of “${name}”.`,
    `Nothing was computed. Its values are: ${table.columns.slice(0, 20).join(', ')}.`,
    { column: name },
  );
}
