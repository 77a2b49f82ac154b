import { normalQuantile, twoSidedNormal } from '#main/stats/distributions/normal.ts';
import { cronbachAlpha, feldtLimits } from '#main/stats/measurement/cronbach-alpha.ts';
import { itemMoments } from '#main/stats/measurement/item-covariance.ts';
import { omegaTotal } from '#main/stats/measurement/omega-total.ts';
import { differenceError } from '#main/stats/measurement/reliable-change.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { SimulationCell } from '../cell.ts';

function items(stream: RandomStream, n: number, loadings: readonly number[]): Float64Array[] {
  const factor = normalDraws(stream, n);
  return loadings.map((loading) => {
    const own = normalDraws(stream, n);
    return Float64Array.from(own, (value, i) => loading * factor[i]! + Math.sqrt(1 - loading ** 2) * value);
  });
}

/** Items with equal loadings, for which Feldt's limits are exact. */
function alphaCell(n: number, k: number): SimulationCell {
  const loading = 0.6;
  const truth = (k * loading ** 2) / (1 + (k - 1) * loading ** 2);
  return {
    name: `reliability: alpha of ${k} items, ${n} people`,
    replicate: (stream) => {
      const { covariance } = itemMoments(items(stream, n, new Array<number>(k).fill(loading)));
      return [{ parameter: 'alpha', ...feldtLimits(cronbachAlpha(covariance), n, k, 0.95), truth }];
    },
  };
}

const omega: SimulationCell = {
  name: 'reliability: omega of six items, 250 people',
  replicate: (stream) => {
    const loadings = [0.8, 0.7, 0.7, 0.6, 0.5, 0.5];
    const found = omegaTotal(itemMoments(items(stream, 250, loadings)).covariance, 250);
    if (!found || !Number.isFinite(found.se)) return null;
    const sum = loadings.reduce((a, b) => a + b, 0);
    const truth = sum ** 2 / (sum ** 2 + loadings.reduce((a, b) => a + 1 - b ** 2, 0));
    const width = normalQuantile(0.975) * found.se;
    return [{ parameter: 'omega', low: found.omega - width, high: found.omega + width, truth }];
  },
};

const noChange: SimulationCell = {
  name: 'reliable-change: people who did not change',
  replicate: (stream) => {
    const [trueScore = 0, first = 0, second = 0] = normalDraws(stream, 3);
    const reliability = 0.85;
    const score = (error: number): number =>
      20 + 6 * (Math.sqrt(reliability) * trueScore + Math.sqrt(1 - reliability) * error);
    return [
      { parameter: 'index', p: twoSidedNormal((score(second) - score(first)) / differenceError(6, reliability)) },
    ];
  },
};

export const measurementCells: readonly SimulationCell[] = [alphaCell(40, 6), alphaCell(150, 12), omega, noChange];
