/** Median of some numbers; the middle pair's mean where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** `12.3 (11.9–13.0)`: median and range. */
export function spreadText(values: readonly number[], decimals: number): string {
  const low = Math.min(...values).toFixed(decimals);
  const high = Math.max(...values).toFixed(decimals);
  return `${median(values).toFixed(decimals)} (${low}–${high})`;
}

/** What a bar asks for and what was measured. */
export type Verdict = { readonly what: string; readonly measured: string; readonly bar: string; readonly met: boolean };
