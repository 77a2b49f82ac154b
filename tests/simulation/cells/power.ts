import { normalQuantile, twoSidedNormal } from '#main/stats/distributions/normal.ts';
import { twoSidedT } from '#main/stats/distributions/student-t.ts';
import { matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { findRoot } from '#main/stats/numeric/root.ts';
import { mean, sumOfSquares } from '#main/stats/numeric/sums.ts';
import { designEffect, steppedWedge, steppedWedgeVariance } from '#main/stats/power/cluster-design.ts';
import { proportionsPower } from '#main/stats/power/proportions-power.ts';
import { twoSampleTPower } from '#main/stats/power/t-test-power.ts';
import { leastSquares } from '#main/stats/regression/least-squares.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { SimulationCell } from '../cell.ts';

/** Two-sided p of Student's t-test of two samples. */
function tTest(a: readonly number[], b: readonly number[]): number {
  const df = a.length + b.length - 2;
  const variance = (sumOfSquares(a) + sumOfSquares(b)) / df;
  return twoSidedT((mean(a) - mean(b)) / Math.sqrt(variance * (1 / a.length + 1 / b.length)), df);
}

const sides = { sides: 2, strict: false } as const;
const planned = (power: number, least: number): NonNullable<SimulationCell['bars']> => ({
  rejected: [power - least, power + 0.03],
  why: `an effect is planted for which the formula promises a power of ${power}`,
});

const tTests: SimulationCell = {
  name: 'power: t-test, 40 a group, promised 0.8',
  replicate: (stream) => {
    const d = findRoot((size) => twoSampleTPower(40, 40, size, 0.05, sides) - 0.8, 0, 2);
    return [
      {
        parameter: 'effect',
        p: tTest(
          normalDraws(stream, 40).map((value) => value + d),
          normalDraws(stream, 40),
        ),
      },
    ];
  },
  bars: planned(0.8, 0.03),
};

const count = (stream: RandomStream, n: number, p: number): number => {
  let events = 0;
  for (let i = 0; i < n; i += 1) if (stream.nextUniform() < p) events += 1;
  return events;
};

const proportions: SimulationCell = {
  name: 'power: two proportions, 120 a group, promised 0.8',
  replicate: (stream) => {
    const n = 120;
    const p2 = findRoot((p) => proportionsPower(n, 0.3, p, 0.05, sides) - 0.8, 0.3, 0.8);
    const [a, b] = [count(stream, n, 0.3) / n, count(stream, n, p2) / n];
    const pooled = (a + b) / 2;
    return [{ parameter: 'effect', p: twoSidedNormal((a - b) / Math.sqrt((2 * pooled * (1 - pooled)) / n)) }];
  },
  bars: planned(0.8, 0.03),
};

/** Means of clusters whose members share a part `icc` of the variance. */
function clusterMeans(stream: RandomStream, clusters: number, size: number, icc: number, shift: number): number[] {
  const between = normalDraws(stream, clusters);
  const within = normalDraws(stream, clusters);
  return between.map((value, i) => shift + Math.sqrt(icc) * value + Math.sqrt((1 - icc) / size) * within[i]!);
}

const clusters: SimulationCell = {
  name: 'power: 30 clusters of 12 a group, promised 0.8',
  replicate: (stream) => {
    const [k, size, icc] = [30, 12, 0.06];
    const d = (normalQuantile(0.975) + normalQuantile(0.8)) * Math.sqrt((2 * designEffect(size, icc, 0)) / (k * size));
    return [
      { parameter: 'effect', p: tTest(clusterMeans(stream, k, size, icc, d), clusterMeans(stream, k, size, icc, 0)) },
    ];
  },
  // On cluster means, t with 58 degrees of freedom keeps 0.79 of it.
  bars: planned(0.8, 0.05),
};

/** Generalised least squares with the variances known: rows are turned so that they no longer covary. */
const wedge: SimulationCell = {
  name: 'power: stepped wedge of 12 clusters and 4 periods, promised 0.8',
  replicate: (stream) => {
    const [size, icc, periods] = [15, 0.1, 4];
    const rows = steppedWedge(periods).flatMap((row) => [row, row, row, row]);
    const se = Math.sqrt(steppedWedgeVariance(steppedWedge(periods), rows.length, size, icc, 1));
    const effect = (normalQuantile(0.975) + normalQuantile(0.8)) * se;
    const within = (1 - icc) / size;
    const share = (1 - Math.sqrt(within / (within + periods * icc))) / periods;
    const x = matrixOf(rows.length * periods, periods + 1);
    const y = new Float64Array(rows.length * periods);
    rows.forEach((row, cluster) => {
      const shared = Math.sqrt(icc) * normalDraws(stream, 1)[0]!;
      const errors = normalDraws(stream, periods);
      const values = row.map((treated, j) => 0.2 * j + effect * treated + shared + Math.sqrt(within) * errors[j]!);
      const sums = [values, row].map((list) => list.reduce((sum, value) => sum + value, 0));
      for (let j = 0; j < periods; j += 1) {
        const place = cluster * periods + j;
        y[place] = values[j]! - share * sums[0]!;
        for (let k = 0; k < periods; k += 1) x.data[k * x.rows + place] = (k === j ? 1 : 0) - share;
        x.data[periods * x.rows + place] = row[j]! - share * sums[1]!;
      }
    });
    const fit = leastSquares(x, y);
    const estimate = fit.coefficients[periods]!;
    const width = normalQuantile(0.975) * se;
    return [
      { parameter: 'effect', p: twoSidedNormal(estimate / se) },
      { parameter: 'effect', low: estimate - width, high: estimate + width, truth: effect },
    ];
  },
  bars: planned(0.8, 0.03),
};

export const powerCells: readonly SimulationCell[] = [tTests, proportions, clusters, wedge];
