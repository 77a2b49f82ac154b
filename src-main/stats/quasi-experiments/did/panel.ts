import { ExpectedError } from '#shared/domain/result.ts';
import { asCategorical, type Column, categoriesIn, columnNamed, type DataTable } from '../../data/table.ts';

/** Rows of units over periods, each unit treated from one period on, or never. */
export type Panel = {
  /** Unit of each row, from 0. */
  readonly unit: Int32Array;
  readonly units: number;
  readonly unitNames: readonly string[];
  /** Period of each row, from 0 in rising order. */
  readonly period: Int32Array;
  readonly periods: number;
  /** What the data call each period. */
  readonly labels: readonly (number | string)[];
  /**
   * First treated period of each unit, from 0: `periods` where that is after the last one, so that the unit counts as untreated,
   * and never where it is above that.
   */
  readonly treatedFrom: Int32Array;
  /** What the data call the first treated period, by its place. */
  readonly cohortLabels: ReadonlyMap<number, number | string>;
  readonly balanced: boolean;
  /** Some unit has several rows in one period. */
  readonly repeated: boolean;
};

/** Never treated, or not while observed. */
export function isUntreated(panel: Panel, unit: number): boolean {
  return (panel.treatedFrom[unit] as number) >= panel.periods;
}

function badColumn(message: string, hint: string): ExpectedError {
  return new ExpectedError('BAD_COLUMN', message, `Nothing was computed. ${hint}`);
}

/**
 * Reads units, periods and first treatment from columns. Periods are numbers, or text in order; first treatment is on the same
 * scale, and empty, 0 or infinite for units never treated.
 * @param rows in use
 * @throws ExpectedError BAD_COLUMN where a unit has several first treatments, or they are no times
 */
export function readPanel(
  table: DataTable,
  rows: Int32Array,
  names: { readonly unit: string; readonly time: string; readonly treatedFrom: string },
  order: readonly string[] = [],
): Panel {
  const units = categoriesIn(table, names.unit, rows);
  const time = columnNamed(table, names.time);
  const numeric = time.kind === 'numeric' && order.length === 0;
  const times = categoriesIn(table, names.time, rows, order);
  const labels: readonly (number | string)[] = numeric ? distinctNumbers(time.values, rows) : times.levels;
  const period = numeric ? codesOf(time.values, rows, labels as number[]) : times.codes;
  const starts = startCodes(columnNamed(table, names.treatedFrom), numeric, labels, order.length > 0, names);
  const treatedFrom = new Int32Array(units.levels.length).fill(-1);
  const cohortLabels = new Map<number, number | string>();
  for (let i = 0; i < rows.length; i += 1) {
    const { place, label } = starts(rows[i] as number);
    const unit = units.codes[i] as number;
    const before = treatedFrom[unit] as number;
    if (before >= 0 && before !== place) {
      throw badColumn(
        `Unit “${units.levels[unit]}” has more than one value in “${names.treatedFrom}” (row ${(rows[i] as number) + 1}).`,
        'Give each unit one first treated time in all its rows, empty or 0 if it is never treated.',
      );
    }
    treatedFrom[unit] = place;
    if (place <= labels.length) cohortLabels.set(place, label);
  }
  const { balanced, repeated } = coverage(units.codes, units.levels.length, period, labels.length);
  return {
    unit: units.codes,
    units: units.levels.length,
    unitNames: units.levels,
    period,
    periods: labels.length,
    labels,
    treatedFrom,
    cohortLabels,
    balanced,
    repeated,
  };
}

function distinctNumbers(values: Float64Array, rows: Int32Array): number[] {
  const seen = new Set<number>();
  for (const row of rows) seen.add((values[row] as number) + 0);
  return [...seen].sort((a, b) => a - b);
}

function codesOf(values: Float64Array, rows: Int32Array, labels: readonly number[]): Int32Array {
  const place = new Map(labels.map((label, index) => [label, index]));
  return Int32Array.from(rows, (row) => place.get((values[row] as number) + 0) as number);
}

type Start = { readonly place: number; readonly label: number | string };

/** Place of the first treated period of a row: the first period at or after the time given, beyond all where there is none. */
function startCodes(
  column: Column,
  numeric: boolean,
  labels: readonly (number | string)[],
  ordered: boolean,
  names: { readonly time: string; readonly treatedFrom: string },
): (row: number) => Start {
  const never: Start = { place: labels.length + 1, label: '' };
  if (numeric) {
    if (column.kind !== 'numeric') {
      throw badColumn(
        `“${names.treatedFrom}” must hold numbers, as “${names.time}” does, but row ${column.firstText?.row ?? 1} holds “${column.firstText?.value ?? ''}”.`,
        'Leave it empty, or 0, for units that are never treated.',
      );
    }
    const known = new Map<number, Start>();
    return (row) => {
      const value = column.values[row] as number;
      if (!Number.isFinite(value) || value === 0) return never;
      const found = known.get(value);
      if (found) return found;
      const next = labels.findIndex((label) => (label as number) >= value);
      const start = { place: next < 0 ? labels.length : next, label: value };
      known.set(value, start);
      return start;
    };
  }
  const text = asCategorical(column);
  const starts = text.levels.map((level): Start => {
    if (level === '0') return never;
    const named = labels.indexOf(level);
    if (named >= 0) return { place: named, label: level };
    if (ordered) {
      throw badColumn(
        `“${level}” in “${names.treatedFrom}” is none of the times.`,
        'Use the times’ own names, and leave it empty for units that are never treated.',
      );
    }
    const next = labels.findIndex((label) => String(label) > level);
    return { place: next < 0 ? labels.length : next, label: level };
  });
  return (row) => starts[text.codes[row] as number] ?? never;
}

function coverage(
  unit: Int32Array,
  units: number,
  period: Int32Array,
  periods: number,
): { readonly balanced: boolean; readonly repeated: boolean } {
  if (units * periods > 2e9) return { balanced: false, repeated: false };
  const seen = new Uint8Array(units * periods);
  let repeated = false;
  let filled = 0;
  for (let i = 0; i < unit.length; i += 1) {
    const place = (unit[i] as number) * periods + (period[i] as number);
    if (seen[place] === 1) repeated = true;
    else filled += 1;
    seen[place] = 1;
  }
  return { balanced: filled === units * periods, repeated };
}
