import { randomStream } from '#shared/domain/random.ts';
import type { SimulationCell } from './cell.ts';

export type ParameterTally = {
  readonly parameter: string;
  readonly kind: 'covered' | 'rejected';
  /** Replications with a reading. */
  readonly readings: number;
  readonly hits: number;
};

export type CellTally = {
  readonly name: string;
  readonly replications: number;
  /** Replications without an estimate. */
  readonly without: number;
  readonly parameters: readonly ParameterTally[];
};

/** Runs a cell's replications, each with a stream of its own, so that the result does not depend on how they are shared out. */
export function runCell(cell: SimulationCell, replications: number, seed: number, level = 0.05): CellTally {
  const tallies = new Map<string, { kind: 'covered' | 'rejected'; readings: number; hits: number }>();
  let without = 0;
  for (let replication = 0; replication < replications; replication += 1) {
    const readings = cell.replicate(randomStream(seed, `${cell.name} ${replication}`));
    if (readings === null) {
      without += 1;
      continue;
    }
    for (const reading of readings) {
      const kind = 'p' in reading ? 'rejected' : 'covered';
      const key = `${kind} ${reading.parameter}`;
      const tally = tallies.get(key) ?? { kind, readings: 0, hits: 0 };
      tally.readings += 1;
      const hit = 'p' in reading ? reading.p < level : reading.low <= reading.truth && reading.truth <= reading.high;
      if (hit) tally.hits += 1;
      tallies.set(key, tally);
    }
  }
  return {
    name: cell.name,
    replications,
    without,
    parameters: [...tallies].map(([key, tally]) => ({ parameter: key.slice(tally.kind.length + 1), ...tally })),
  };
}

const inTheLongRun = { covered: [0.93, 0.97], rejected: [0.03, 0.07] } as const;

/** The share that `npm run simulate` accepts of a parameter. */
export function barsOf(cell: SimulationCell, kind: 'covered' | 'rejected'): readonly [number, number] {
  return cell.bars?.[kind] ?? inTheLongRun[kind];
}

/** Numbers of hits of 200 that an exact binomial test at 0.1% accepts, for the nominal 95% and 5%. */
const ofTwoHundred = { covered: [179, 198], rejected: [2, 21] } as const;

/**
 * Numbers of hits in `readings` replications that do not speak against a share within the bars: the exact 99.9% band of the
 * nominal share, or of each end of the cell's own bars where it has some.
 */
export function quickBand(
  cell: SimulationCell,
  kind: 'covered' | 'rejected',
  readings: number,
): readonly [number, number] {
  const own = cell.bars?.[kind];
  if (!own && readings === 200) return ofTwoHundred[kind];
  const [low, high] = own ?? (kind === 'covered' ? [0.95, 0.95] : [0.05, 0.05]);
  return [binomialQuantile(0.0005, readings, low), binomialQuantile(0.9995, readings, high)];
}

/** The least k with P(X ≤ k) ≥ p for a binomial of n and share. */
function binomialQuantile(p: number, n: number, share: number): number {
  if (share <= 0) return 0;
  if (share >= 1) return n;
  let probability = (1 - share) ** n;
  let total = probability;
  let k = 0;
  while (total < p && k < n) {
    probability *= ((n - k) / (k + 1)) * (share / (1 - share));
    total += probability;
    k += 1;
  }
  return k;
}
