import { chiSquaredQuantile } from '#main/stats/distributions/chi-squared.ts';
import { matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { testD1 } from '#main/stats/multiple-imputation/joint-tests.ts';
import { poolEstimates } from '#main/stats/multiple-imputation/pool-estimates.ts';
import { mean, variance } from '#main/stats/numeric/sums.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { SimulationCell } from '../cell.ts';

type Analysis = { readonly estimate: number; readonly variance: number };

/** A normal sample of which some values are missing, imputed properly: mean and variance are drawn anew for every data set. */
function imputed(stream: RandomStream, n: number, seen: number, truth: number, imputations: number): Analysis[] {
  const observed = Float64Array.from(normalDraws(stream, seen), (value) => truth + value);
  const centre = mean(observed);
  const squares = (seen - 1) * variance(observed);
  return Array.from({ length: imputations }, () => {
    const sigma = Math.sqrt(squares / chiSquaredQuantile(stream.nextUniform(), seen - 1));
    const [shift = 0, ...draws] = normalDraws(stream, 1 + n - seen);
    const mu = centre + (sigma * shift) / Math.sqrt(seen);
    const complete = Float64Array.from([...observed, ...draws.map((value) => mu + sigma * value)]);
    return { estimate: mean(complete), variance: variance(complete) / n };
  });
}

function meanCell(n: number, seen: number, imputations: number): SimulationCell {
  return {
    name: `pool: mean of ${n}, ${n - seen} missing, ${imputations} imputations`,
    replicate: (stream) => {
      const analyses = imputed(stream, n, seen, 2, imputations);
      const { low, high } = poolEstimates(
        Float64Array.from(analyses, (analysis) => analysis.estimate),
        Float64Array.from(analyses, (analysis) => analysis.variance),
        n - 1,
        0.95,
      );
      return [{ parameter: 'mean', low, high, truth: 2 }];
    },
  };
}

const joint: SimulationCell = {
  name: 'pool: two means that are 0, tested together (D1), 60 people, 18 missing, 20 imputations',
  replicate: (stream) => {
    const both = [imputed(stream, 60, 42, 0, 20), imputed(stream, 60, 42, 0, 20)] as const;
    const estimates = both[0].map((first, l) => Float64Array.of(first.estimate, both[1][l]!.estimate));
    const covariances = both[0].map((first, l) =>
      matrixOf(2, 2, Float64Array.of(first.variance, 0, 0, both[1][l]!.variance)),
    );
    const test = testD1(estimates, covariances, 59);
    return test && [{ parameter: 'both means', p: test.p }];
  },
};

export const multipleImputationCells: readonly SimulationCell[] = [meanCell(60, 42, 10), meanCell(25, 15, 20), joint];
