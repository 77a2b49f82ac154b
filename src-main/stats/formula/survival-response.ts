import { ExpectedError } from '#shared/domain/result.ts';
import type { Column } from '../data/table.ts';
import type { ModelFrame } from './model-frame.ts';
import { formulaError } from './parse.ts';
import { type Expression, label } from './syntax.ts';

/** Times of a survival model: `entry` is 0 everywhere unless Surv() has a start. */
export type SurvivalResponse = {
  readonly entry: Float64Array | null;
  readonly time: Float64Array;
  /** As in the data: 0 censored; a status in 1 and 2 is read as R does, 2 the event, where `binary`. */
  readonly status: Float64Array;
};

/**
 * Reads `Surv(time, status)` or `Surv(start, stop, status)`, and `Surv(time)` where everyone had the event.
 * @param binary status 0/1, or 1/2 with 2 the event; else whole codes with 0 censored. FALSE/TRUE and `status == 2` are 0/1.
 * @throws ExpectedError BAD_SPEC without Surv(), BAD_COLUMN for times and codes that cannot be.
 */
export function survivalResponse(frame: ModelFrame, binary: boolean): SurvivalResponse {
  const { response, text } = frame.formula;
  if (response?.kind !== 'call' || response.name !== 'Surv') {
    throw formulaError(
      text,
      response?.at ?? 0,
      'the left of ~ must be Surv(time, status) or Surv(start, stop, status)',
    );
  }
  const given = response.arguments;
  if (given.length === 1 && binary) {
    const [argument] = given as [Expression];
    const values = timesOf(frame.evaluate(argument), label(argument));
    refuseBadTimes(frame, values, null);
    return { entry: null, time: values, status: new Float64Array(values.length).fill(1) };
  }
  if (given.length !== 2 && given.length !== 3) {
    throw formulaError(text, response.at, 'Surv() takes time and status, or start, stop and status');
  }
  const columns = given.map((argument) => ({ name: label(argument), column: frame.evaluate(asLogical(argument)) }));
  const last = columns.at(-1) as (typeof columns)[number];
  const status = statusOf(last.column, last.name, binary);
  const times = columns.slice(0, -1).map(({ name, column }) => timesOf(column, name));
  const time = times.at(-1) as Float64Array;
  const entry = times.length === 2 ? (times[0] as Float64Array) : null;
  refuseBadTimes(frame, time, entry);
  return { entry, time, status };
}

/** `status == 2` stands in Surv() as it does in I(). */
function asLogical(argument: Expression): Expression {
  const compares = argument.kind === 'binary' && /[<>=!]/.test(argument.operator);
  return compares ? { kind: 'call', name: 'I', arguments: [argument], at: argument.at } : argument;
}

function badColumn(message: string, hint: string): ExpectedError {
  return new ExpectedError('BAD_COLUMN', message, `Nothing was computed. ${hint}`);
}

function timesOf(column: Column, name: string): Float64Array {
  if (column.kind === 'numeric') return column.values;
  throw badColumn(`The times “${name}” must be numeric.`, 'Correct the file, or choose another column.');
}

function refuseBadTimes(frame: ModelFrame, time: Float64Array, entry: Float64Array | null): void {
  for (let place = 0; place < time.length; place += 1) {
    const row = (frame.rows[place] as number) + 1;
    if ((time[place] as number) < 0) throw badColumn(`The time in row ${row} is negative.`, 'Correct it.');
    if (entry && (entry[place] as number) >= (time[place] as number)) {
      throw badColumn(`In row ${row} the stop is not after the start.`, 'Correct it, or leave it empty.');
    }
  }
}

function statusOf(column: Column, name: string, binary: boolean): Float64Array {
  if (column.kind === 'categorical') {
    const [first, second] = column.levels;
    if (column.levels.every((level) => ['FALSE', 'TRUE', 'false', 'true'].includes(level))) {
      const event = column.levels.map((level) => (level.toUpperCase() === 'TRUE' ? 1 : 0));
      return Float64Array.from(column.codes, (code) => event[code] as number);
    }
    throw badColumn(
      `The status “${name}” must be numeric; it holds “${first ?? ''}”${second === undefined ? '' : ` and “${second}”`}.`,
      binary ? 'Code it 0 for censored and 1 for the event.' : 'Code it 0 for censored and 1, 2 … for the causes.',
    );
  }
  const values = column.values;
  let most = 0;
  for (const value of values) {
    if (!Number.isInteger(value) || value < 0) {
      throw badColumn(
        `The status “${name}” holds ${value}.`,
        'It is a whole number: 0 for censored, above it for an event.',
      );
    }
    most = Math.max(most, value);
  }
  if (!binary) return values;
  if (most > 2 || (most === 2 && values.includes(0))) {
    throw badColumn(
      `The status “${name}” has more than two codes.`,
      'Code it 0 for censored and 1 for the event; several causes are for competing-risks.',
    );
  }
  return most === 2 ? values.map((value) => value - 1) : values;
}
