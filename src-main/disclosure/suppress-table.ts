import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { CountArc, CountNetwork } from './count-network.ts';
import { suppressCounts, type WithheldReason } from './suppress-counts.ts';

export const totalLabel = 'Total';

type Rules = {
  /** Counts above 0 and below this are withheld; at least 2. */
  readonly threshold: number;
  /** Least width of what can be inferred about a withheld count; the threshold when left out. */
  readonly protect?: number;
  /**
   * True (the default) where the overall total is known anyway, from another table or a key figure, and so cannot help to
   * hide anything. A total that is itself under the threshold is always withheld.
   */
  readonly keepGrandTotal?: boolean;
};

export type TableOfCounts = Rules & {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** One list per row, one whole number of at least 0 per column. */
  readonly counts: readonly (readonly number[])[];
};

export type ListOfCounts = Rules & {
  readonly rows: readonly string[];
  readonly counts: readonly number[];
};

export type TableCell = {
  readonly row: string;
  readonly column: string;
  /** Position among the rows; the number of rows for the total row. */
  readonly rowIndex: number;
  /** Position among the columns; the number of columns for the total column. */
  readonly columnIndex: number;
  /** The count, or null where it is withheld: a withheld count does not leave this module. */
  readonly value: number | null;
  readonly published: boolean;
  readonly reason: WithheldReason | null;
};

export type ListCell = Omit<TableCell, 'column' | 'columnIndex'>;

export type SuppressedTable = {
  readonly cells: readonly TableCell[];
  readonly withheld: { readonly primary: number; readonly complementary: number };
};

export type SuppressedList = {
  readonly cells: readonly ListCell[];
  readonly withheld: { readonly primary: number; readonly complementary: number };
};

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function checked(counts: readonly (readonly number[])[], rows: number, columns: number, rules: Rules): Result<null> {
  const bad = (message: string): Result<null> =>
    fail('BAD_INPUT', message, 'Nothing was released. Check the table that was asked for.');
  if (rows === 0 || columns === 0) return bad('A table without rows or columns cannot be checked for disclosure.');
  if (counts.length !== rows || counts.some((row) => row.length !== columns)) {
    return bad('The table has a different number of counts than rows and columns.');
  }
  if (!counts.every((row) => row.every((count) => Number.isSafeInteger(count) && count >= 0))) {
    return bad('A table checked for disclosure may hold only whole numbers of at least 0.');
  }
  const { threshold, protect } = rules;
  if (!Number.isInteger(threshold) || threshold < 2) return bad('The threshold must be a whole number of at least 2.');
  if (protect !== undefined && (!Number.isInteger(protect) || protect < 1)) {
    return bad('The protection must be a whole number of at least 1.');
  }
  return ok(null);
}

/**
 * The table as a circulation. Nodes: one per row and per column, totals included. A cell runs from its row to its column,
 * a column total from its column to the total row, the grand total from the total row to the total column, a row total
 * from the total column to its row. Arcs are in reading order, total column and total row last.
 */
export function networkOfTable(counts: readonly (readonly number[])[], keepGrandTotal: boolean): CountNetwork {
  const rows = counts.length;
  const columns = counts[0]?.length ?? 0;
  const columnNode = (column: number): number => rows + 1 + column;
  const grand = sum(counts.map(sum));
  const arcs: CountArc[] = [];
  const add = (tail: number, head: number, value: number, extraLoss: number, kept = false): void => {
    // Totals tell a reader more than cells do, so they are withheld only where cells cannot help.
    arcs.push({ tail, head, value, loss: 1 + value + extraLoss, kept });
  };
  counts.forEach((row, rowIndex) => {
    row.forEach((value, column) => {
      add(rowIndex, columnNode(column), value, 0);
    });
    add(columnNode(columns), rowIndex, sum(row), grand);
  });
  for (let column = 0; column < columns; column += 1) {
    add(columnNode(column), rows, sum(counts.map((row) => row[column] ?? 0)), grand);
  }
  add(rows, columnNode(columns), grand, 10 * grand, keepGrandTotal);
  return { nodes: rows + columns + 2, arcs };
}

/** A list and its total as a circulation: every count runs one way, the total back. */
export function networkOfList(counts: readonly number[], keepTotal: boolean): CountNetwork {
  const total = sum(counts);
  const arcs: CountArc[] = counts.map((value) => ({ tail: 0, head: 1, value, loss: 1 + value, kept: false }));
  arcs.push({ tail: 1, head: 0, value: total, loss: 1 + 11 * total, kept: keepTotal });
  return { nodes: 2, arcs };
}

function tally(cells: readonly { readonly reason: WithheldReason | null }[]): SuppressedTable['withheld'] {
  return {
    primary: cells.filter((cell) => cell.reason === 'primary').length,
    complementary: cells.filter((cell) => cell.reason === 'complementary').length,
  };
}

/**
 * Makes a two-way table of counts fit to leave: counts above 0 and below the threshold are withheld, totals among them,
 * and so are the further cells without which one could be worked out from the rest. Zeros are published and never used
 * to hide others. What can be inferred about each withheld count is worked out exactly, not estimated.
 *
 * @returns cells row by row, each row's total after it, the total row last. Errors: `BAD_INPUT`; `DISCLOSURE` where no
 * choice of cells is safe.
 */
export function suppressTable(table: TableOfCounts): Result<SuppressedTable> {
  const { rows, columns, counts, threshold } = table;
  const sound = checked(counts, rows.length, columns.length, table);
  if (!sound.ok) return sound;
  const network = networkOfTable(counts, table.keepGrandTotal ?? true);
  const decided = suppressCounts(network, { threshold, protect: table.protect ?? threshold });
  if (!decided.ok) return decided;
  const width = columns.length + 1;
  const cells = network.arcs.map((arc, index): TableCell => {
    const rowIndex = Math.floor(index / width);
    const columnIndex = index % width;
    const reason = decided.value[index] ?? null;
    return {
      row: rows[rowIndex] ?? totalLabel,
      column: columns[columnIndex] ?? totalLabel,
      rowIndex,
      columnIndex,
      value: reason === null ? arc.value : null,
      published: reason === null,
      reason,
    };
  });
  return ok({ cells, withheld: tally(cells) });
}

/** The same for one list of counts and its total. */
export function suppressList(list: ListOfCounts): Result<SuppressedList> {
  const { rows, counts, threshold } = list;
  const sound = checked(
    counts.map((count) => [count]),
    rows.length,
    1,
    list,
  );
  if (!sound.ok) return sound;
  const network = networkOfList(counts, list.keepGrandTotal ?? true);
  const decided = suppressCounts(network, { threshold, protect: list.protect ?? threshold });
  if (!decided.ok) return decided;
  const cells = network.arcs.map((arc, rowIndex): ListCell => {
    const reason = decided.value[rowIndex] ?? null;
    return {
      row: rows[rowIndex] ?? totalLabel,
      rowIndex,
      value: reason === null ? arc.value : null,
      published: reason === null,
      reason,
    };
  });
  return ok({ cells, withheld: tally(cells) });
}
