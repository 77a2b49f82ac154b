import { fQuantile } from '#main/stats/distributions/f.ts';
import { mean, sumOfSquares } from '#main/stats/numeric/sums.ts';
import { designEffect } from '#main/stats/power/cluster-design.ts';
import type { PilotClustering } from '#shared/domain/pilot-evaluation.ts';

/** A score with the team or area it comes from. */
export type ClusteredScore = { readonly cluster: string; readonly offered: boolean; readonly score: number };

const tail = 0.025;

/**
 * How alike scores of one cluster are, within arms: intraclass correlation by analysis of variance with its F limits, exact for clusters of one
 * size (Searle 1971, Biometrics 27:1; Donner and Klar 2000, Design and Analysis of Cluster Randomization Trials, §1.4), and how many times as
 * many people the allocation by cluster needs. Null where clusters do not outnumber the arms, or have one score each.
 */
export function clusteringOf(rows: readonly ClusteredScore[]): PilotClustering | null {
  const clusters = new Map<string, ClusteredScore[]>();
  for (const row of rows) {
    const key = `${row.offered} ${row.cluster}`;
    const seen = clusters.get(key);
    if (seen) seen.push(row);
    else clusters.set(key, [row]);
  }
  const groups = [...clusters.values()].map((own) => ({
    offered: own[0]?.offered === true,
    values: Float64Array.from(own, ({ score }) => score),
  }));
  const arms = new Set(groups.map(({ offered }) => offered)).size;
  const [between, within] = [groups.length - arms, rows.length - groups.length];
  if (between < 1 || within < 1) return null;
  const squaresWithin = groups.reduce((sum, { values }) => sum + sumOfSquares(values), 0);
  const armSquares = [true, false].reduce((sum, arm) => {
    const own = rows.filter(({ offered }) => offered === arm).map(({ score }) => score);
    return sum + (own.length === 0 ? 0 : sumOfSquares(Float64Array.from(own)));
  }, 0);
  const ratio = (armSquares - squaresWithin) / between / (squaresWithin / within);
  const size = sizeOfClusters(groups, between);
  const correlation = (f: number): number => Math.max(0, (f - 1) / (f + size - 1));
  const sizes = Float64Array.from(groups, ({ values }) => values.length);
  const average = mean(sizes);
  const cv = Math.sqrt(sumOfSquares(sizes) / sizes.length) / average;
  const icc = correlation(ratio);
  return {
    clusters: {
      offered: groups.filter(({ offered }) => offered).length,
      comparison: groups.filter(({ offered }) => !offered).length,
    },
    ...{ averageSize: average, icc },
    iccLow: correlation(ratio / fQuantile(1 - tail, between, within)),
    iccHigh: correlation(ratio / fQuantile(tail, between, within)),
    designEffect: Math.max(1, designEffect(average, icc, cv)),
  };
}

/** The size that unequal clusters count as, within arms. */
function sizeOfClusters(
  groups: readonly { readonly offered: boolean; readonly values: Float64Array }[],
  between: number,
): number {
  const total = groups.reduce((sum, { values }) => sum + values.length, 0);
  const shares = [true, false].reduce((sum, arm) => {
    const sizes = groups.filter(({ offered }) => offered === arm).map(({ values }) => values.length);
    const ofArm = sizes.reduce((all, size) => all + size, 0);
    return ofArm === 0 ? sum : sum + sizes.reduce((all, size) => all + size * size, 0) / ofArm;
  }, 0);
  return (total - shares) / between;
}
