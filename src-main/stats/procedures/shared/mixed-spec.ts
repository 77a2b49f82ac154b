import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import type { Design } from '../../formula/design.ts';
import { columnOf } from '../../linear-algebra/matrix.ts';

/** REML unless ML is asked for. */
export const likelihoodSpec = z
  .string()
  .transform((text) => text.toUpperCase())
  .pipe(z.enum(['REML', 'ML']))
  .default('REML');

/** Satterthwaite unless Kenward and Roger's method is asked for. */
export const degreesSpec = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['satterthwaite', 'kenward-roger']))
  .default('satterthwaite');

export function withoutOffset(values: Float64Array, offset: Float64Array | null): Float64Array {
  return offset === null ? values : values.map((value, row) => value - (offset[row] as number));
}

/** Squares and their products must stay within what a double holds. */
const largest = 1e100;

/** @throws ExpectedError REFUSED_MODEL for a column whose values are all nearly zero, or too large to be squared. */
export function refuseExtremes({ matrix, names }: Design, response: Float64Array): void {
  for (let j = 0; j < matrix.columns; j += 1) refuseExtreme(columnOf(matrix, j), names[j] as string);
  refuseExtreme(response, 'The response');
}

function refuseExtreme(values: Float64Array, name: string): void {
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  if (size === 0 || (size < largest && size > 1 / largest)) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `${name} has values of the order of ${size.toExponential(0)}, which cannot be computed with.`,
    'Nothing was computed. Use another unit.',
  );
}
