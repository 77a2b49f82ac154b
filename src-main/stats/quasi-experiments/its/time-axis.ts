import { ExpectedError } from '#shared/domain/result.ts';
import { categoricalColumn, columnNamed, type DataTable, numericColumn } from '../../data/table.ts';
import { sortedOrder } from '../../numeric/ranks.ts';

/** When each row of a series was observed, in the order of time. */
export type TimeAxis = {
  /** Rows of the table, in the order of time. */
  readonly rows: Int32Array;
  /** `time` as it enters the model. */
  readonly t: Float64Array;
  /** What the data call each time. */
  readonly labels: readonly (number | string)[];
  /** The first time under the intervention, on the scale of `t`. */
  readonly start: number;
  /** Steps from the row before, at least 1 (the first is 1): more than 1 across missing times. */
  readonly steps: Int32Array;
  /** How the script for R gets at `t`: the column itself, its order among all levels, or the row's number. */
  readonly kind: 'numeric' | 'ordered' | 'rows';
  readonly warnings: readonly string[];
};

function refused(message: string, hint: string): ExpectedError {
  return new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`);
}

/**
 * Reads the times of a series. Numbers are used as they are; text, or no column, by order: 1, 2, 3 …
 * @param complete rows of the table that have a value in every column used, the time among them
 * @throws ExpectedError REFUSED_MODEL where a time occurs twice or the intervention does not fall inside the series
 */
export function timeAxis(
  table: DataTable,
  time: string | undefined,
  start: number | string,
  complete: Int32Array,
  order: readonly string[] = [],
): TimeAxis {
  const numeric = time !== undefined && columnNamed(table, time).kind === 'numeric' && order.length === 0;
  const levels = time === undefined || numeric ? null : categoricalColumn(table, time, order);
  const kind = time === undefined ? 'rows' : numeric ? 'numeric' : 'ordered';
  const source = numeric ? numericColumn(table, time as string).values : null;
  const unsorted = Float64Array.from(complete, (row) => {
    if (source) return source[row] as number;
    return levels ? (levels.codes[row] as number) + 1 : row + 1;
  });
  const places = sortedOrder(unsorted);
  const rows = Int32Array.from(places, (place) => complete[place] as number);
  const t = Float64Array.from(places, (place) => unsorted[place] as number);
  const labels = Array.from(t, (value) => (levels ? (levels.levels[value - 1] as string) : value));
  refuseRepeats(t, labels);
  const first = startOf(start, levels?.levels ?? null, order.length > 0);
  const inside = t.some((value) => value < first) && t.some((value) => value >= first);
  if (!inside) {
    throw refused(
      `The intervention starts at ${start}, but the series runs from ${labels[0]} to ${labels.at(-1)}: there must be points before and after the start.`,
      'Give as `start` the first time under the intervention.',
    );
  }
  const { steps, warnings } = spacing(t, kind, labels);
  return {
    rows,
    t,
    labels,
    start: first,
    steps,
    kind,
    warnings: [...warnings, ...alphabetical(levels?.levels, order)],
  };
}

function refuseRepeats(t: Float64Array, labels: readonly (number | string)[]): void {
  for (let i = 1; i < t.length; i += 1) {
    if (t[i] === t[i - 1]) {
      throw refused(
        `Time ${labels[i]} occurs more than once, but a series has one row for each time.`,
        'Sum or average the rows of each time first, or take one series out of several.',
      );
    }
  }
}

function startOf(start: number | string, levels: readonly string[] | null, ordered: boolean): number {
  if (!levels) {
    const value = typeof start === 'number' ? start : Number(start.trim() === '' ? Number.NaN : start);
    if (Number.isFinite(value)) return value;
    throw new ExpectedError(
      'BAD_SPEC',
      `“start” must be a number, as the times are; it is “${start}”.`,
      'Nothing was computed. Give the first time under the intervention.',
    );
  }
  const named = levels.indexOf(String(start));
  if (named >= 0) return named + 1;
  if (typeof start === 'number') return start;
  const next = ordered ? -1 : levels.findIndex((level) => level > start);
  if (next >= 0) return next + 1;
  throw new ExpectedError(
    'BAD_SPEC',
    `“start” is “${start}”, which is none of the times.`,
    `Nothing was computed. The times run from “${levels[0]}” to “${levels.at(-1)}”; give one of them, or a place counted from 1.`,
  );
}

function spacing(
  t: Float64Array,
  kind: TimeAxis['kind'],
  labels: readonly (number | string)[],
): { readonly steps: Int32Array; readonly warnings: string[] } {
  const steps = new Int32Array(t.length).fill(1);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < t.length; i += 1) least = Math.min(least, (t[i] as number) - (t[i - 1] as number));
  let regular = true;
  let whole = true;
  for (let i = 1; i < t.length; i += 1) {
    const step = ((t[i] as number) - (t[i - 1] as number)) / least;
    // Months counted in days, or years with rounded decimals, are a regular series.
    if (step > 1.2) regular = false;
    if (Math.abs(step - Math.round(step)) > 0.05 || step > 1e6) whole = false;
    steps[i] = Math.round(step);
  }
  const warnings: string[] = [];
  if (regular) steps.fill(1);
  else if (whole) {
    const at = steps.findIndex((step) => step > 1);
    const missing = steps.reduce((total, step) => total + step - 1, 0);
    warnings.push(
      `${missing} time point${missing === 1 ? ' is' : 's are'} missing from the series (the first after ${labels[at - 1]}). The trend runs on across the gaps; ar1 errors correlate less across them (phi to the power of the steps), while newey-west and the tests of residuals count rows.`,
    );
  } else {
    steps.fill(1);
    warnings.push(
      'The times are not evenly spaced. The trend uses them as they are, but errors are taken to correlate from row to row.',
    );
  }
  if (kind === 'numeric' && Math.abs(least - 1) > 1e-9 && t.length > 1) {
    warnings.push(
      `The times go in steps of ${Number(least.toPrecision(4))}, not 1: \`time\` and \`after\` are changes for each whole unit, and \`level\` is the change one unit before the start.`,
    );
  }
  return { steps, warnings };
}

/** Times as text sort by their characters; dates written year first sort rightly. */
function alphabetical(levels: readonly string[] | undefined, order: readonly string[]): string[] {
  if (!levels || order.length > 0) return [];
  const dated = levels.every((level) => /^\d{4}([-/.]?(\d{2}|[QW]\d{1,2}))*/.test(level));
  return dated
    ? []
    : [
        `The times are text, taken in the order of their characters: ${levels.slice(0, 4).join(', ')} …. Give the order under “factors”, or number the times, if that is not their order.`,
      ];
}
