import type { SystemCell, SystemSum } from './count-system.ts';
import { totalLabel } from './suppress-table.ts';

/** One side of a table: its lines, and what of them each margin adds up. */
export type Side = {
  /** Labels of the inner lines. */
  readonly labels: readonly string[];
  /** For nested sides the outer group of each line, as a number from 0 in order of the groups; null otherwise. */
  readonly groups: readonly number[] | null;
  readonly groupNames: readonly string[];
};

export type Position = {
  readonly label: string;
  readonly kind: 'line' | 'subtotal' | 'total';
  /** Which inner lines it adds up. */
  readonly lines: readonly number[];
};

export const nestedSeparator = ' / ';

/** A side's lines with each outer group's subtotal behind it and the total last. */
export function positionsOf({ labels, groups, groupNames }: Side): Position[] {
  const all = labels.map((_, index) => index);
  const line = (index: number): Position => ({ label: labels[index] ?? '', kind: 'line', lines: [index] });
  const total: Position = { label: totalLabel, kind: 'total', lines: all };
  if (groups === null) return [...all.map(line), total];
  const nested = groupNames.flatMap((name, group): Position[] => {
    const lines = all.filter((index) => groups[index] === group);
    return [...lines.map(line), { label: `${name}${nestedSeparator}${totalLabel}`, kind: 'subtotal', lines }];
  });
  return [...nested, total];
}

/** The side of a table that has none: only its total. */
export const noSide: readonly Position[] = [{ label: totalLabel, kind: 'total', lines: [0] }];

export type CrossTable = {
  readonly rows: readonly Position[];
  readonly columns: readonly Position[];
  /** One list per inner row, one count per inner column. */
  readonly counts: readonly (readonly number[])[];
};

/** The sums along one side: each subtotal from its lines, the total from the subtotals or, without any, the lines. */
function sumsAlong(positions: readonly Position[]): { total: number; parts: number[] }[] {
  const at = (kind: Position['kind']): number[] =>
    positions.flatMap((position, index) => (position.kind === kind ? [index] : []));
  const subtotals = at('subtotal');
  const lines = at('line');
  const [total] = at('total');
  const inner = subtotals.map((subtotal) => ({
    total: subtotal,
    parts: lines.filter((line) => positions[subtotal]?.lines.includes(positions[line]?.lines[0] ?? -1)),
  }));
  if (total === undefined || lines.length === 0) return inner;
  return [...inner, { total, parts: subtotals.length > 0 ? subtotals : lines }];
}

/** The sums of a whole table whose cells are numbered row by row. */
export function sumsOfTable(rows: readonly Position[], columns: readonly Position[]): SystemSum[] {
  const width = columns.length;
  const alongRows = sumsAlong(columns);
  const alongColumns = sumsAlong(rows);
  return [
    ...rows.flatMap((_, row) =>
      alongRows.map(({ total, parts }) => ({
        total: row * width + total,
        parts: parts.map((part) => row * width + part),
      })),
    ),
    ...columns.flatMap((_, column) =>
      alongColumns.map(({ total, parts }) => ({
        total: total * width + column,
        parts: parts.map((part) => part * width + column),
      })),
    ),
  ];
}

/** The positions that a published table's labels stand for, as `positionsOf` would have written them. */
export function positionsOfLabels(labels: readonly string[]): Position[] {
  const subtotalEnd = `${nestedSeparator}${totalLabel}`;
  const kindOf = (label: string): Position['kind'] =>
    label === totalLabel ? 'total' : label.endsWith(subtotalEnd) ? 'subtotal' : 'line';
  const lines = labels.filter((label) => kindOf(label) === 'line');
  const numbered = lines.map((_, index) => index);
  return labels.map((label): Position => {
    const kind = kindOf(label);
    if (kind === 'line') return { label, kind, lines: [lines.indexOf(label)] };
    if (kind === 'total') return { label, kind, lines: numbered };
    const start = label.slice(0, -totalLabel.length);
    return { label, kind, lines: numbered.filter((index) => lines[index]?.startsWith(start)) };
  });
}

/** A table's counts, margins included, row by row, as a system; all of them released, none kept. */
export function systemOfTable({ rows, columns, counts }: CrossTable): {
  readonly cells: SystemCell[];
  readonly sums: SystemSum[];
} {
  const width = columns.length;
  const valueAt = (row: Position, column: Position): number => {
    let sum = 0;
    for (const line of row.lines) for (const place of column.lines) sum += counts[line]?.[place] ?? 0;
    return sum;
  };
  const values = rows.flatMap((row) => columns.map((column) => valueAt(row, column)));
  const grand = values.at(-1) ?? 0;
  const cells = values.map((value, index): SystemCell => {
    const isMargin = (position: Position | undefined): boolean => position?.kind !== 'line';
    const inMargin = isMargin(rows[Math.floor(index / width)]) || (width > 1 && isMargin(columns[index % width]));
    const isTotal = index === values.length - 1;
    // Totals tell a reader more than cells do, so they are withheld only where cells cannot help.
    const loss = 1 + value + (isTotal ? 10 * grand : inMargin ? grand : 0);
    return { value, loss, released: true, kept: false, told: null, promise: null };
  });
  return { cells, sums: sumsOfTable(rows, columns) };
}
