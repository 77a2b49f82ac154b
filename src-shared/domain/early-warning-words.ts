import { formatNumber } from '../report/format.ts';
import type { Count, Estimate, FairnessRow } from './early-warning.ts';

export const cannotAssess = 'cannot be assessed';
export const withheldWords = '[c] withheld';

/** `0.74 (0.70 to 0.78)`; `not assessable` where there is none. */
export function estimateWords(estimate: Estimate | null, decimals = 2): string {
  if (estimate === null) return 'not assessable';
  const { low, high } = estimate;
  const ends =
    low === null || high === null
      ? '(no interval)'
      : `(${formatNumber(low, decimals)} to ${formatNumber(high, decimals)})`;
  return `${formatNumber(estimate.estimate, decimals)} ${ends}`;
}

export function numberWords(value: number | null, decimals = 2): string {
  return value === null ? 'not assessable' : formatNumber(value, decimals);
}

/** A count; in words where it is withheld. */
export function countWords(count: Count): string {
  return count === null ? withheldWords : formatNumber(count);
}

export function verdictWords({ verdict }: FairnessRow): string {
  return {
    within: 'within bounds',
    blocks: 'blocks use',
    'cannot be assessed': cannotAssess,
    withheld: withheldWords,
  }[verdict];
}

/** A figure of a group; one that is withheld or could not be judged says which. */
export function groupFigure(row: FairnessRow, estimate: Estimate | null): string {
  if (row.verdict === 'withheld') return withheldWords;
  return estimate === null ? cannotAssess : estimateWords(estimate);
}
