import { fail, ok, type Result } from '#shared/domain/result.ts';
import { leastWithheld } from './count-network.ts';
import { type CountSystem, type Interval, roundedFrom, type SystemCell, type SystemSum } from './count-system.ts';
import { type CrossTable, type Position, positionsOfLabels, sumsOfTable } from './cross-table.ts';

/** A table that was let out before: its cells as `suppress` gave them, and the rules they were published under. */
export type EarlierRelease = {
  readonly cells: readonly {
    readonly row: string;
    readonly column: string;
    readonly published: number | null;
    readonly reason?: 'primary' | 'complementary' | null | undefined;
  }[];
  readonly threshold: number;
  readonly protect: number;
  readonly rounding: number;
  /** Labels of the earlier release by the lines of the present table that they mean; none for people not in it. */
  readonly rows: Meanings;
  readonly columns: Meanings;
  /** Lines of the present table by the labels of the earlier release that they add up. */
  readonly finerRows: Meanings;
  readonly finerColumns: Meanings;
};

type Meanings = Readonly<Record<string, readonly string[]>>;

/** Which inner lines of the present table a label means; null for a label of another classification. */
function linesOf(label: string, positions: readonly Position[], meanings: Meanings): readonly number[] | null {
  const named = Object.hasOwn(meanings, label) ? (meanings[label] ?? []) : [label];
  if (named.length === 0) return null;
  const lines = new Set<number>();
  for (const name of named) {
    const position = positions.find((each) => each.label === name);
    if (position === undefined) return null;
    for (const line of position.lines) lines.add(line);
  }
  return [...lines].sort((a, b) => a - b);
}

function badRelease(what: string): Result<never> {
  return fail('BAD_SPEC', `The earlier release ${what}.`, 'Nothing was released. Correct “earlier” in the spec.');
}

/** A system that grows: the present table's cells first, then what earlier releases add. */
class GrowingSystem {
  readonly cells: SystemCell[];
  readonly sums: SystemSum[];
  readonly #table: CrossTable;
  readonly #byKey = new Map<string, number>();

  constructor(table: CrossTable, system: CountSystem) {
    this.#table = table;
    this.cells = [...system.cells];
    this.sums = [...system.sums];
    table.rows.forEach((row, rowIndex) => {
      table.columns.forEach((column, columnIndex) => {
        const key = GrowingSystem.#keyOf(row.lines, column.lines);
        if (!this.#byKey.has(key)) this.#byKey.set(key, rowIndex * table.columns.length + columnIndex);
      });
    });
  }

  static #keyOf(rows: readonly number[] | string, columns: readonly number[] | string): string {
    return JSON.stringify([rows, columns]);
  }

  /** The cell for a pair of labels: one that is there, a sum of present ones, or a count of another classification. */
  cellFor(row: Placed, column: Placed): number {
    const { lines: rowLines } = row;
    const { lines: columnLines } = column;
    const key = GrowingSystem.#keyOf(rowLines ?? row.label, columnLines ?? column.label);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const index = this.cells.length;
    this.#byKey.set(key, index);
    const parts = rowLines && columnLines ? this.#innerCells(rowLines, columnLines) : null;
    const value = parts?.reduce((sum, part) => sum + (this.cells[part]?.value ?? 0), 0) ?? null;
    this.cells.push({ value, loss: 0, released: false, kept: true, told: null, promise: null });
    if (parts) this.sums.push({ total: index, parts });
    return index;
  }

  #innerCells(rowLines: readonly number[], columnLines: readonly number[]): number[] {
    const { rows, columns } = this.#table;
    const at = (positions: readonly Position[], line: number): number =>
      positions.findIndex((position) => position.kind === 'line' && position.lines[0] === line);
    // A one-way table has no inner columns: its only column is the total.
    const places = columns.length === 1 ? [0] : columnLines.map((line) => at(columns, line));
    return rowLines.flatMap((line) => places.map((place) => at(rows, line) * columns.length + place));
  }
}

/** What one published or withheld count of an earlier release tells a reader, on top of what was known of it. */
function told(cell: SystemCell, published: number | null, reason: unknown, release: EarlierRelease): SystemCell | null {
  if (published === null) {
    if (cell.value === 0) return null;
    const reach = reason === 'complementary' ? 0 : release.threshold;
    const before = cell.promise;
    return {
      ...cell,
      promise: {
        width: Math.max(release.protect, before?.width ?? 0),
        reach: Math.max(reach, before?.reach ?? 0),
        least: leastWithheld,
      },
    };
  }
  const now = roundedFrom(published, release.rounding);
  const both: Interval = {
    low: Math.max(now.low, cell.told?.low ?? 0),
    high: Math.min(now.high, cell.told?.high ?? Number.POSITIVE_INFINITY),
  };
  const isFalse = cell.value !== null && (cell.value < both.low || cell.value > both.high);
  return isFalse || both.low > both.high ? null : { ...cell, told: both };
}

/** A label as the name of a count of its own: one that the release says is nobody's here is this release's alone. */
function ownName(label: string, meanings: Meanings, release: number): string {
  return Object.hasOwn(meanings, label) ? `${release}:${label}` : label;
}

type Placed = { readonly label: string; readonly lines: readonly number[] | null };

/** Present lines that add up several of the earlier release's: by row here, by column with the sides exchanged. */
function addFiner(
  finer: Meanings,
  positions: readonly Position[],
  labels: readonly string[],
  across: readonly Placed[],
  presentCell: (label: string, lines: readonly number[], other: Placed) => number,
  earlierCell: (label: number, other: number) => number,
): Result<SystemSum[]> {
  const sums: SystemSum[] = [];
  for (const [label, parts] of Object.entries(finer)) {
    const position = positions.find((each) => each.label === label);
    const places = parts.map((part) => labels.indexOf(part));
    if (position === undefined || places.includes(-1)) {
      return badRelease(`has no labels that add up to “${label}” as the spec says`);
    }
    across.forEach((other, index) => {
      if (other.lines === null) return;
      const total = presentCell(label, position.lines, other);
      sums.push({ total, parts: places.map((place) => earlierCell(place, index)) });
    });
  }
  return ok(sums);
}

function addRelease(growing: GrowingSystem, table: CrossTable, release: EarlierRelease, number: number): Result<null> {
  const rowLabels = [...new Set(release.cells.map((cell) => cell.row))];
  const columnLabels = [...new Set(release.cells.map((cell) => cell.column))];
  const byLabel = new Map(release.cells.map((cell) => [JSON.stringify([cell.row, cell.column]), cell]));
  if (byLabel.size !== rowLabels.length * columnLabels.length || byLabel.size !== release.cells.length) {
    return badRelease('is not a whole table: every row needs one cell for every column');
  }
  const rows = rowLabels.map((label): Placed => {
    const lines = linesOf(label, table.rows, release.rows);
    return { label: ownName(label, release.rows, number), lines };
  });
  const columns = columnLabels.map((label): Placed => {
    const lines = linesOf(label, table.columns, release.columns);
    return { label: ownName(label, release.columns, number), lines };
  });
  const places: number[] = [];
  for (const [r, row] of rowLabels.entries()) {
    for (const [c, column] of columnLabels.entries()) {
      const index = growing.cellFor(rows[r] ?? nowhere, columns[c] ?? nowhere);
      const cell = growing.cells[index];
      const given = byLabel.get(JSON.stringify([row, column]));
      if (cell === undefined || given === undefined) throw new Error('a cell of an earlier release is missing');
      const next = told(cell, given.published, given.reason, release);
      if (next === null) return badRelease(`does not agree with the data at “${row}”, “${column}”`);
      growing.cells[index] = next;
      places.push(index);
    }
  }
  for (const { total, parts } of sumsOfTable(positionsOfLabels(rowLabels), positionsOfLabels(columnLabels))) {
    growing.sums.push({ total: places[total] ?? 0, parts: parts.map((part) => places[part] ?? 0) });
  }
  const placeOf = (row: number, column: number): number => places[row * columnLabels.length + column] ?? 0;
  const byRow = addFiner(
    release.finerRows,
    table.rows,
    rowLabels,
    columns,
    (label, lines, other) => growing.cellFor({ label, lines }, other),
    placeOf,
  );
  if (!byRow.ok) return byRow;
  const byColumn = addFiner(
    release.finerColumns,
    table.columns,
    columnLabels,
    rows,
    (label, lines, other) => growing.cellFor(other, { label, lines }),
    (label, other) => placeOf(other, label),
  );
  if (!byColumn.ok) return byColumn;
  growing.sums.push(...byRow.value, ...byColumn.value);
  return ok(null);
}

const nowhere: Placed = { label: '', lines: null };

/**
 * A table's system with everything that earlier releases told about the same counts. A label that the present table has
 * means the same lines; one that the release explains means those; any other belongs to another classification of the same
 * people, which shares the totals.
 */
export function withEarlier(
  table: CrossTable,
  system: CountSystem,
  releases: readonly EarlierRelease[],
): Result<CountSystem> {
  const growing = new GrowingSystem(table, system);
  for (const [number, release] of releases.entries()) {
    const added = addRelease(growing, table, release, number);
    if (!added.ok) return added;
  }
  return ok({ cells: growing.cells, sums: growing.sums });
}
