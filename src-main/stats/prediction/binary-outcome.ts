import { ExpectedError } from '#shared/domain/result.ts';
import { categoriesIn, columnNamed, type DataTable, numericColumn } from '../data/table.ts';

/** An outcome that happened or did not, in the rows used. */
export type BinaryOutcome = {
  /** 1 where the event happened. */
  readonly events: Uint8Array;
  readonly count: number;
  /** How the event is written, and what is not the event. */
  readonly event: string;
  readonly other: string;
  /** Whether the column is read as the numbers 0 and 1. */
  readonly numeric: boolean;
  readonly warnings: readonly string[];
};

/**
 * An outcome of 0 and 1, or of two values of which the second (in sorted order, or in the order given) is the event.
 * @param event the value that is the event, where it is not the second
 * @throws ExpectedError BAD_COLUMN for another number of values; REFUSED_MODEL where everybody has the same outcome
 */
export function binaryOutcome(
  table: DataTable,
  name: string,
  rows: Int32Array,
  order: readonly string[] = [],
  event?: string,
): BinaryOutcome {
  const plain = order.length === 0 && event === undefined ? zeroOrOne(table, name, rows) : null;
  if (plain) {
    const count = plain.reduce((total, value) => total + value, 0);
    if (count === 0 || count === plain.length) throw oneValue(name, count === 0 ? '0' : '1');
    return { events: plain, count, event: '1', other: '0', numeric: true, warnings: [] };
  }
  const { codes, levels } = categoriesIn(table, name, rows, order);
  if (levels.length === 1) throw oneValue(name, levels[0] as string);
  if (levels.length !== 2) {
    const shown = levels.slice(0, 5).join(', ');
    throw new ExpectedError(
      'BAD_COLUMN',
      `“${name}” has ${levels.length} different values (${shown}${levels.length > 5 ? ' …' : ''}), and an outcome has two.`,
      'Nothing was computed. Use 0 and 1, or a column of two values of which the second is the event.',
      { column: name },
    );
  }
  if (event !== undefined && !levels.includes(event)) {
    throw new ExpectedError(
      'BAD_SPEC',
      `“${name}” never is “${event}”, which is named as the event.`,
      `Nothing was computed. The values are ${levels.join(' and ')}.`,
    );
  }
  const chosen = event === undefined ? 1 : levels.indexOf(event);
  const events = Uint8Array.from(codes, (code) => (code === chosen ? 1 : 0));
  const unsaid = event === undefined && order.length === 0 && columnNamed(table, name).kind === 'numeric';
  return {
    events,
    count: events.reduce((total, value) => total + value, 0),
    event: levels[chosen] as string,
    other: levels[1 - chosen] as string,
    numeric: false,
    warnings: unsaid
      ? [`“${name}” holds ${levels[0]} and ${levels[1]} rather than 0 and 1; ${levels[1]} is taken as the event.`]
      : [],
  };
}

/** Null where the column is not numeric or holds another number. */
function zeroOrOne(table: DataTable, name: string, rows: Int32Array): Uint8Array | null {
  if (columnNamed(table, name).kind !== 'numeric') return null;
  const { values } = numericColumn(table, name);
  const events = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) {
    const value = values[rows[i] as number] as number;
    if (value !== 0 && value !== 1) return null;
    events[i] = value;
  }
  return events;
}

function oneValue(name: string, value: string): ExpectedError {
  return new ExpectedError(
    'REFUSED_MODEL',
    `“${name}” is ${value} in every row that is used, so there is nothing to tell apart.`,
    'Nothing was computed. Both people with the event and people without it are needed.',
    { column: name },
  );
}
