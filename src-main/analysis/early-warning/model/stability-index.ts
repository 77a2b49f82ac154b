import { quantileOfSorted } from '#main/stats/numeric/quantile.ts';

/** Under 0.1 stable, 0.25 and more shifted (Siddiqi 2006, Credit Risk Scorecards, ch. 9). */
export const someChangeFrom = 0.1;
export const shiftedFrom = 0.25;
const mostBins = 10;

/**
 * Population stability index: Σ (share now − share then) · ln(share now / share then) over tenths of the values in training, or over the values
 * themselves where there are no more than ten of them; half a person in each.
 * @param training ascending
 */
export function stabilityIndex(training: Float64Array, now: readonly number[]): number {
  const edges = edgesOf(training);
  const bins = edges.length + 1;
  const share = (values: ArrayLike<number>): number[] => {
    const counts = new Float64Array(bins).fill(0.5);
    for (let at = 0; at < values.length; at += 1) {
      const bin = edges.findIndex((edge) => (values[at] ?? 0) <= edge);
      const place = bin < 0 ? bins - 1 : bin;
      counts[place] = (counts[place] ?? 0) + 1;
    }
    return Array.from(counts, (count) => count / (values.length + bins / 2));
  };
  const [then, here] = [share(training), share(now)];
  return here.reduce((sum, value, at) => sum + (value - (then[at] ?? 0)) * Math.log(value / (then[at] ?? 1)), 0);
}

/** The greatest number below another, so that what training never went under has a bin of its own. */
function justBelow(value: number): number {
  return value === 0 ? -Number.MIN_VALUE : value - Math.abs(value) * Number.EPSILON;
}

/** Upper ends of all bins but the last. Two that are the same would leave a bin between them that nobody can be in. */
function edgesOf(training: Float64Array): number[] {
  const distinct = new Set<number>();
  for (const value of training) {
    distinct.add(value);
    if (distinct.size > mostBins) break;
  }
  const [only] = distinct;
  if (distinct.size === 1 && only !== undefined) return [justBelow(only), only];
  if (distinct.size <= mostBins) return [...distinct].slice(0, -1);
  const tenths = Array.from({ length: mostBins - 1 }, (_, at) => quantileOfSorted(training, (at + 1) / mostBins));
  return [...new Set(tenths)];
}
