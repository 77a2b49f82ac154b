import { badColumn } from './did-messages.ts';

/**
 * Refuses an outcome whose squares leave the range of doubles.
 * @throws ExpectedError BAD_COLUMN
 */
export function refuseExtremes(values: Float64Array, name: string): void {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  if (most === 0 || (most < 1e140 && most > 1e-140)) return;
  throw badColumn(
    most > 1
      ? `“${name}” holds values as large as ${most.toPrecision(3)}, whose squares are too large to compute with.`
      : `“${name}” holds no value above ${most.toPrecision(3)}, whose squares are too small to compute with.`,
    'Correct the values, or use another unit.',
  );
}
