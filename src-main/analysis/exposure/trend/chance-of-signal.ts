import { limitsOf } from '#main/stats/control-charts/control-limits.ts';
import { individualsChart } from '#main/stats/control-charts/individuals-chart.ts';
import { findSignals, type RuleSet } from '#main/stats/control-charts/rules.ts';
import { mean } from '#main/stats/numeric/sums.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';

export type StableChart = {
  readonly points: number;
  /** Number of first points that the limits come from. */
  readonly baseline: number;
  /** Sigma from the moving ranges (XmR and u′), or known but for the mean (u). */
  readonly spread: 'moving-range' | 'known';
  readonly rules: RuleSet;
};

const seed = 20_261_125;

/**
 * Share of stable charts (independent normal points, one mean, one spread) on which any rule signals all the same. From charts
 * drawn with a fixed seed, so that it never changes; its standard error is √(share × (1 − share) ÷ charts).
 */
export function chanceOfSignal(chart: StableChart, charts: number): number {
  const stream = randomStream(seed, `stable charts of ${chart.points}, ${chart.baseline}, ${chart.spread}`);
  const values = new Float64Array(chart.points);
  let signalling = 0;
  for (let drawn = 0; drawn < charts; drawn += 1) {
    fillNormal(stream, values);
    if (findSignals(limitsFor(chart, values), chart.rules).some(({ flagged }) => flagged.size > 0)) signalling += 1;
  }
  return signalling / charts;
}

function limitsFor({ spread, baseline }: StableChart, values: Float64Array) {
  if (spread === 'moving-range') {
    return individualsChart(values, { baseline: { from: 0, to: baseline }, exact: false, screen: false });
  }
  const centre = mean(values.subarray(0, baseline));
  return limitsOf(
    values,
    () => centre,
    () => 1,
  );
}

/** Standard normal numbers in pairs (Box and Muller 1958, Annals of Mathematical Statistics 29:610). */
function fillNormal(stream: RandomStream, values: Float64Array): void {
  for (let i = 0; i < values.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - stream.nextUniform()));
    const angle = 2 * Math.PI * stream.nextUniform();
    values[i] = radius * Math.cos(angle);
    if (i + 1 < values.length) values[i + 1] = radius * Math.sin(angle);
  }
}
