import { ExpectedError } from '#shared/domain/result.ts';
import type { Column } from '../data/table.ts';
import type { ModelFrame } from '../formula/model-frame.ts';
import { numericResponse } from '../formula/model-frame.ts';
import { formulaError } from '../formula/parse.ts';
import { type Expression, label } from '../formula/syntax.ts';

export type GlmResponse = {
  /** Numbers, or proportions of events. */
  readonly y: Float64Array;
  /** Numbers of trials of `cbind(successes, failures)`; null otherwise. */
  readonly trials: Float64Array | null;
  /** The level that counts as the event, where the response is a category. */
  readonly event: string | null;
  /** The one that does not. */
  readonly other: string | null;
};

function bad(message: string, hint: string): ExpectedError {
  return new ExpectedError('BAD_COLUMN', message, `Nothing was computed. ${hint}`);
}

/**
 * The response of a binomial model: numbers from 0 to 1, a category of two levels (the second is the event), or
 * `cbind(successes, failures)`.
 * @throws ExpectedError BAD_COLUMN for other values, naming the first row.
 */
export function binomialResponse(frame: ModelFrame): GlmResponse {
  const { response, text } = frame.formula;
  if (!response) throw formulaError(text, 0, 'there is nothing to explain on the left of ~');
  if (response.kind === 'call' && response.name === 'cbind') return pairOfCounts(frame, response);
  const column = frame.evaluate(response);
  if (column.kind === 'categorical') return categories(column, label(response));
  const at = column.values.findIndex((value) => value < 0 || value > 1);
  if (at >= 0) {
    throw bad(
      `“${label(response)}” must lie between 0 and 1, but row ${rowOf(frame, at)} holds ${column.values[at]}.`,
      `Use 0 and 1, proportions with a column of weights, cbind(successes, failures), or factor(${label(response)}) where it has two values.`,
    );
  }
  return { y: column.values, trials: null, event: null, other: null };
}

function rowOf(frame: ModelFrame, place: number): number {
  return (frame.rows[place] as number) + 1;
}

function categories(column: Column & { readonly kind: 'categorical' }, name: string): GlmResponse {
  const { levels, codes } = column;
  if (levels.length > 2) {
    const shown = levels.slice(0, 5).join(', ');
    throw bad(
      `“${name}” has ${levels.length} levels (${shown}${levels.length > 5 ? ' …' : ''}), and a binomial model needs two.`,
      'Recode it to two levels.',
    );
  }
  if (levels.length < 2) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${name}” has only one value, “${levels[0] ?? ''}”, in the rows that are used, so there is nothing to explain.`,
      'Nothing was computed. Look at which rows are left out for missing values.',
    );
  }
  return {
    y: Float64Array.from(codes),
    trials: null,
    event: levels[1] as string,
    other: levels[0] as string,
  };
}

function pairOfCounts(frame: ModelFrame, call: Expression & { readonly kind: 'call' }): GlmResponse {
  const [first, second, third] = call.arguments;
  if (!first || !second || third) {
    throw formulaError(frame.formula.text, call.at, 'cbind() takes two columns here, successes and failures');
  }
  const successes = counts(frame, first);
  const failures = counts(frame, second);
  const trials = successes.map((value, i) => value + (failures[i] as number));
  return {
    y: successes.map((value, i) => ((trials[i] as number) > 0 ? value / (trials[i] as number) : 0)),
    trials,
    event: label(first),
    other: label(second),
  };
}

function counts(frame: ModelFrame, expression: Expression): Float64Array {
  const column = frame.evaluate(expression);
  if (column.kind !== 'numeric') {
    throw bad(`“${label(expression)}” in cbind() must be numeric.`, 'Use columns of counts.');
  }
  const at = column.values.findIndex((value) => value < 0);
  if (at >= 0) {
    throw bad(
      `“${label(expression)}” must not be negative, but row ${rowOf(frame, at)} holds ${column.values[at]}.`,
      'Correct the file.',
    );
  }
  return column.values;
}

/** Counts, or positive numbers, or any: as the family needs. */
export function plainResponse(frame: ModelFrame, needs: 'any' | 'not-negative' | 'positive'): GlmResponse {
  const { response } = frame.formula;
  if (response?.kind === 'call' && response.name === 'cbind') {
    throw formulaError(frame.formula.text, response.at, 'cbind(successes, failures) needs a binomial family');
  }
  const y = numericResponse(frame);
  const at = y.findIndex((value) => (needs === 'positive' ? !(value > 0) : needs === 'not-negative' && value < 0));
  if (at >= 0) {
    throw bad(
      `“${response ? label(response) : ''}” must ${needs === 'positive' ? 'be greater than 0' : 'not be negative'} for this family, but row ${rowOf(frame, at)} holds ${y[at]}.`,
      'Choose another family, or correct the file.',
    );
  }
  return { y, trials: null, event: null, other: null };
}
