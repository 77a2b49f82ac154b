import { rootBeyond } from '../numeric/root.ts';
import { meanOf, noncentralHypergeometric, tailsAt, type WholeDistribution } from './conditional-distribution.ts';
import type { FourCells } from './cross-table.ts';

export type ExactOddsRatio = {
  /** Conditional maximum likelihood; null where it is infinite. */
  readonly estimate: number | null;
  readonly low: number;
  /** Null where it is infinite. */
  readonly high: number | null;
  /** Two-sided: all tables no more probable than the observed one. */
  readonly p: number;
  readonly less: number;
  readonly greater: number;
};

/** Weights below it do not move a tail of one in a million. */
const negligible = 1e-25;

/**
 * Fisher's exact test of a 2 × 2 table given its margins, the conditional estimate of the odds ratio and its exact limits (Fisher
 * 1935, JRSS 98:39; Cornfield 1956); as R's `fisher.test`. Whole counts.
 */
export function fisherTest(table: FourCells, confidence: number): ExactOddsRatio {
  const { a, b, c, d } = table;
  const at = (logOdds: number, smallest: number): WholeDistribution =>
    noncentralHypergeometric(a + b, c + d, a + c, logOdds, smallest);
  return conditionalOddsRatio(a, at, Math.log(((a + 0.5) * (d + 0.5)) / ((b + 0.5) * (c + 0.5))), confidence);
}

/**
 * @param x the observed count
 * @param at its distribution at a log odds ratio
 * @param guess a log odds ratio to start from
 */
export function conditionalOddsRatio(
  x: number,
  at: (logOdds: number, smallest: number) => WholeDistribution,
  guess: number,
  confidence: number,
): ExactOddsRatio {
  const null0 = at(0, 0);
  const { less, greater, twoSided } = tailsAt(null0, x);
  const { least, most } = null0;
  const tail = (1 - confidence) / 2;
  const solve = (f: (logOdds: number) => number): number => {
    const start = f(guess);
    if (start === 0) return Math.exp(guess);
    // Every function given rises.
    return Math.exp(rootBeyond(f, guess, start < 0 ? 0.5 : -0.5) ?? Number.NaN);
  };
  const estimate = x === least ? 0 : x === most ? null : solve((logOdds) => meanOf(at(logOdds, negligible)) - x);
  const low = x === least ? 0 : solve((logOdds) => tailsAt(at(logOdds, negligible), x).greater - tail);
  const high = x === most ? null : solve((logOdds) => tail - tailsAt(at(logOdds, negligible), x).less);
  return { estimate: least === most ? null : estimate, low, high, p: twoSided, less, greater };
}
