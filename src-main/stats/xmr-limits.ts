export type XmrLimits = { readonly mean: number; readonly lower: number; readonly upper: number };

/**
 * Centre line and process limits of an XmR chart: mean ± 2.66 × mean moving range, where 2.66 = 3 ÷ 1.128 (Shewhart; Wheeler,
 * "Understanding Variation", 1993; NHS England "Making Data Count"). Null under 12 points: limits from fewer mislead.
 */
export function xmrLimits(values: readonly number[]): XmrLimits | null {
  if (values.length < 12) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let moving = 0;
  for (let index = 1; index < values.length; index += 1) {
    moving += Math.abs((values[index] as number) - (values[index - 1] as number));
  }
  const range = (2.66 * moving) / (values.length - 1);
  return { mean, lower: mean - range, upper: mean + range };
}
