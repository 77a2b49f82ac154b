import { fisherTest } from '#main/stats/contingency/conditional-odds-ratio.ts';
import type { FourCells } from '#main/stats/contingency/cross-table.ts';
import { cohensKappa } from '#main/stats/contingency/kappa.ts';
import { commonOddsRatio, mantelHaenszelTest } from '#main/stats/contingency/mantel-haenszel.ts';
import { oddsRatio, riskDifference, riskRatio } from '#main/stats/contingency/two-by-two-effects.ts';
import { kendallTest } from '#main/stats/correlation/kendall.ts';
import { pearsonTest } from '#main/stats/correlation/pearson.ts';
import { spearmanTest } from '#main/stats/correlation/spearman.ts';
import type { CategoricalColumn, Column } from '#main/stats/data/table.ts';
import { parseFormula } from '#main/stats/formula/formula.ts';
import { anovaTable } from '#main/stats/group-comparison/anova-table.ts';
import { kruskalWallis } from '#main/stats/group-comparison/kruskal-wallis.ts';
import { rankSumTest } from '#main/stats/group-comparison/rank-sum-test.ts';
import { summarise } from '#main/stats/group-comparison/sample-summary.ts';
import { signedRankTest } from '#main/stats/group-comparison/signed-rank-test.ts';
import { standardisedDifference } from '#main/stats/group-comparison/standardised-difference.ts';
import { oneSampleT, pooledSd, twoSampleT } from '#main/stats/group-comparison/t-tests.ts';
import { welchAnova } from '#main/stats/group-comparison/welch-anova.ts';
import { matrixFromRows } from '#main/stats/linear-algebra/matrix.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { Reading, SimulationCell } from '../cell.ts';

const sample = (stream: RandomStream, n: number, mean: number, sd: number): Float64Array =>
  Float64Array.from(normalDraws(stream, n), (value) => mean + sd * value);

const limits = (found: { readonly low: number | null; readonly high: number | null }) => ({
  low: found.low ?? Number.NEGATIVE_INFINITY,
  high: found.high ?? Number.POSITIVE_INFINITY,
});

const meanCells: readonly SimulationCell[] = [
  {
    name: 't-test: Welch, 12 against 30, the smaller group more spread',
    replicate: (stream) => {
      const [a, b, c] = [sample(stream, 12, 1, 3), sample(stream, 30, 0.4, 1), sample(stream, 30, 1, 1)].map(summarise);
      const options = { mu: 0, equalVariance: false, confidence: 0.95 };
      return [
        { parameter: 'difference', ...limits(twoSampleT(a!, b!, options)), truth: 0.6 },
        { parameter: 'no difference', p: twoSampleT(a!, c!, options).p },
      ];
    },
  },
  {
    name: 't-test: d of two groups and of pairs',
    replicate: (stream) => {
      const [a, b, differences] = [
        sample(stream, 15, 0.8, 1),
        sample(stream, 22, 0, 1),
        sample(stream, 18, 0.5, 1),
      ].map(summarise);
      const d = (a!.mean - b!.mean) / pooledSd(a!, b!);
      const two = standardisedDifference(d, Math.sqrt((15 * 22) / 37), 35, 0.95);
      const one = standardisedDifference(differences!.mean / differences!.sd, Math.sqrt(18), 17, 0.95);
      return [
        { parameter: 'd', ...limits(two), truth: 0.8 },
        { parameter: 'd of pairs', ...limits(one), truth: 0.5 },
        { parameter: 'mean', ...limits(oneSampleT(differences!, 0, 0.95)), truth: 0.5 },
      ];
    },
  },
  {
    name: 'wilcoxon: shift of skewed values, exact and normal',
    replicate: (stream) => {
      const skewed = (n: number, shift: number): Float64Array =>
        sample(stream, n, 0, 0.7).map((v) => Math.exp(v) + shift);
      const options = { mu: 0, confidence: 0.95, exact: null };
      const few = rankSumTest(skewed(14, 0.5), skewed(17, 0), options);
      const many = rankSumTest(skewed(60, 0.5), skewed(55, 0), options);
      const pairs = signedRankTest(sample(stream, 20, 0.3, 1), options)!;
      const none = rankSumTest(skewed(60, 0), skewed(55, 0), options);
      return [
        { parameter: 'shift, exact', ...limits(few), truth: 0.5 },
        { parameter: 'shift, normal', ...limits(many), truth: 0.5 },
        { parameter: 'pseudomedian', ...limits(pairs), truth: 0.3 },
        { parameter: 'no shift', p: none.p },
      ];
    },
  },
];

function factor(name: string, codes: readonly number[], levels: readonly string[]): CategoricalColumn {
  return { kind: 'categorical', name, codes: Int32Array.from(codes), levels, firstText: null };
}

const varianceCells: readonly SimulationCell[] = [
  {
    name: 'anova: two unbalanced factors without effects, every type; kruskal',
    replicate: (stream) => {
      const n = 60;
      const a = Array.from({ length: n }, (_none, i) => i % 3);
      const b = Array.from({ length: n }, (_none, i) => (i < 2 ? i : stream.nextBelow(2)));
      const list = parseFormula('y ~ a * b');
      const columns: Column[] = [factor('a', a, ['p', 'q', 'r']), factor('b', b, ['u', 'v'])];
      const y = sample(stream, n, 5, 2);
      const readings = ([1, 2, 3] as const).flatMap((type): Reading[] =>
        anovaTable(list, columns, y, type).rows.map(({ term, p }) => ({
          parameter: `${term}, type ${type}`,
          p: p ?? 1,
        })),
      );
      const groups = [0, 1, 2].map((level) => y.filter((_value, i) => a[i] === level));
      return [...readings, { parameter: 'Kruskal–Wallis', p: kruskalWallis(groups)!.p }];
    },
  },
  {
    name: 'anova: Welch, four groups of one mean and different spread',
    replicate: (stream) => {
      const groups = [
        [10, 1],
        [15, 2],
        [20, 3],
        [25, 1.5],
      ] as const;
      return [
        { parameter: 'no difference', p: welchAnova(groups.map(([n, sd]) => summarise(sample(stream, n, 4, sd)))).p },
      ];
    },
  },
];

function binomial(stream: RandomStream, n: number, share: number): number {
  let count = 0;
  for (let i = 0; i < n; i += 1) if (stream.nextUniform() < share) count += 1;
  return count;
}

function table(stream: RandomStream, first: number, p: number, second: number, q: number): FourCells {
  const a = binomial(stream, first, p);
  const c = binomial(stream, second, q);
  return { a, b: first - a, c, d: second - c };
}

const odds = (p: number): number => p / (1 - p);

const tableCells: readonly SimulationCell[] = [
  {
    name: 'contingency: ratios and difference of two risks',
    replicate: (stream) => {
      const cells = table(stream, 90, 0.4, 120, 0.25);
      return [
        { parameter: 'odds ratio', ...limits(oddsRatio(cells, 0.95)), truth: odds(0.4) / odds(0.25) },
        { parameter: 'risk ratio', ...limits(riskRatio(cells, 0.95)), truth: 0.4 / 0.25 },
        { parameter: 'risk difference', ...limits(riskDifference(cells, 0.95)), truth: 0.15 },
      ];
    },
  },
  {
    name: 'contingency: exact odds ratio of a small table',
    replicate: (stream) => {
      const found = fisherTest(table(stream, 25, 0.45, 30, 0.25), 0.95);
      const none = fisherTest(table(stream, 25, 0.3, 30, 0.3), 0.95);
      return [
        { parameter: 'odds ratio', ...limits(found), truth: odds(0.45) / odds(0.25) },
        { parameter: 'no association', p: none.p },
      ];
    },
    bars: {
      covered: [0.95, 1],
      rejected: [0, 0.05],
      why: 'Exact methods of discrete data keep the level; they seldom meet it.',
    },
  },
  {
    name: 'contingency: common odds ratio of five strata',
    replicate: (stream) => {
      const shares = [0.1, 0.2, 0.3, 0.4, 0.5];
      const strata = (ratio: number): FourCells[] =>
        shares.map((q) => table(stream, 30, (odds(q) * ratio) / (1 + odds(q) * ratio), 30, q));
      return [
        { parameter: 'common odds ratio', ...limits(commonOddsRatio(strata(2), 0.95)), truth: 2 },
        { parameter: 'no association', p: mantelHaenszelTest(strata(1))!.p },
      ];
    },
  },
  {
    name: 'contingency: kappa of three levels',
    replicate: (stream) => {
      const counts = [0, 1, 2].map(() => [0, 0, 0]);
      for (let i = 0; i < 150; i += 1) {
        const first = stream.nextBelow(3);
        const second = stream.nextUniform() < 0.55 ? first : stream.nextBelow(3);
        counts[first]![second]! += 1;
      }
      const found = cohensKappa(matrixFromRows(counts), 'none', 0.95);
      return found && [{ parameter: 'kappa', ...limits(found), truth: 0.55 }];
    },
  },
];

const correlationCells: readonly SimulationCell[] = [
  {
    name: 'correlation: normal pairs, rho 0.5 and 0',
    replicate: (stream) => {
      const rho = 0.5;
      const x = sample(stream, 40, 0, 1);
      const noise = sample(stream, 40, 0, 1);
      const y = noise.map((value, i) => rho * x[i]! + Math.sqrt(1 - rho * rho) * value);
      return [
        { parameter: 'Pearson', ...limits(pearsonTest(x, y, 0.95)), truth: rho },
        // Of a bivariate normal (Kendall 1970, §9.17 and §9.12), Spearman’s for 40 rows.
        {
          parameter: 'Spearman',
          ...limits(spearmanTest(x, y, 0.95)),
          truth: (6 / Math.PI / 41) * (38 * Math.asin(rho / 2) + Math.asin(rho)),
        },
        { parameter: 'Kendall', ...limits(kendallTest(x, y, 0.95)), truth: (2 / Math.PI) * Math.asin(rho) },
        { parameter: 'Pearson, none', p: pearsonTest(x, noise, 0.95).p },
        { parameter: 'Spearman, none', p: spearmanTest(x, noise, 0.95).p },
        { parameter: 'Kendall, none', p: kendallTest(x, noise, 0.95).p },
      ];
    },
  },
];

/** t-test, wilcoxon, anova, kruskal, contingency and correlation. */
export const groupComparisonCells: readonly SimulationCell[] = [
  ...meanCells,
  ...varianceCells,
  ...tableCells,
  ...correlationCells,
];
