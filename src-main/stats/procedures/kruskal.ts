import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import { completeRows, type DataTable, numbersIn, numericColumn } from '../data/table.ts';
import { kruskalWallis } from '../group-comparison/kruskal-wallis.ts';
import { differencePairs, medianOfPairs } from '../group-comparison/pair-order-statistics.ts';
import { rankSumSignificance } from '../group-comparison/rank-sum-test.ts';
import { adjustP } from '../multiplicity/adjust-p-values.ts';
import { quantileOfSorted } from '../numeric/quantile.ts';
import { endOfScript, rColumn, rScript, scriptOpening } from '../r/script.ts';
import { columnSpec, commonSpec } from './common-spec.ts';
import type { Outcome, Procedure, RunContext } from './procedure.ts';
import { type NamedSample, splitByGroup } from './shared/compared-samples.ts';

const schema = z.strictObject({ ...commonSpec, y: columnSpec, group: columnSpec });
type Spec = z.output<typeof schema>;

/** Pairs of so many groups would be more than anyone reads, and take a sort each. */
const mostPairedGroups = 50;

function run(table: DataTable, spec: Spec, context: RunContext): Outcome {
  const rows = completeRows(table, [spec.y, spec.group]);
  numericColumn(table, spec.y);
  const groups = splitByGroup(table, numbersIn(table, spec.y, rows), spec.group, rows, spec.factors[spec.group]);
  if (groups.length < 2) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${spec.group}” has only one value, “${groups[0]?.group ?? ''}”, in the rows that are used.`,
      'Nothing was computed. Choose a column of two or more groups.',
      { column: spec.group },
    );
  }
  // Sorted once, they need no more work in the comparisons of pairs.
  for (const { values } of groups) values.sort();
  const found = kruskalWallis(groups.map(({ values }) => values));
  if (!found) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${spec.y}” is the same in every row, so there is nothing to rank.`,
      'Nothing was computed. Look at whether the column is the right one.',
      { column: spec.y },
    );
  }
  const warnings: string[] = [];
  const few = groups.filter(({ values }) => values.length < 5).length;
  if (few > 0) {
    warnings.push(
      `${few === 1 ? 'One group has' : `${few} groups have`} fewer than five values, so the chi-squared approximation is rough.`,
    );
  }
  const withPairs = groups.length <= mostPairedGroups;
  if (!withPairs)
    warnings.push(`There are ${groups.length} groups; pairs are compared for at most ${mostPairedGroups}.`);
  const { statistic, df, p, meanRanks } = found;
  return {
    n: rows.length,
    excluded: table.rows - rows.length,
    test: { name: 'Kruskal–Wallis', statistic, df, p },
    pairwise: withPairs ? pairsOf(groups) : [],
    groups: groups.map(({ group, values }, g) => ({
      group,
      n: values.length,
      median: quantileOfSorted(values, 0.5),
      meanRank: meanRanks[g],
    })),
    warnings,
    r: script(table, spec, withPairs, context),
  };
}

/** Two-sided rank-sum tests of every two groups, their values sorted; `p` adjusted by Holm's method. */
function pairsOf(groups: readonly NamedSample[]) {
  const pairs = groups.flatMap((first, f) =>
    groups.slice(f + 1).map((second) => {
      const { statistic, p, method } = rankSumSignificance(first.values, second.values, null);
      const estimate = medianOfPairs(differencePairs(first.values, second.values));
      return { first: first.group, second: second.group, statistic, pUnadjusted: p, method, estimate };
    }),
  );
  const adjusted = adjustP(
    pairs.map(({ pUnadjusted }) => pUnadjusted),
    'holm',
  );
  return pairs.map(({ first, second, statistic, ...rest }, index) => ({
    ...{ first, second, statistic },
    p: adjusted[index] as number,
    ...rest,
  }));
}

function script(table: DataTable, spec: Spec, withPairs: boolean, { dataName }: RunContext): string {
  return rScript(
    scriptOpening([], { dataName, table, columns: [spec.y, spec.group], factors: spec.factors }),
    `y <- ${rColumn(spec.y)}; group <- factor(${rColumn(spec.group)})`,
    'test <- kruskal.test(y, group); values <- split(y, group)',
    'result <- list(n = length(y), test = list(statistic = unname(test$statistic), df = unname(test$parameter), p = test$p.value),',
    '  groups = data.frame(group = names(values), n = lengths(values), median = vapply(values, median, 0), meanRank = vapply(split(rank(y), group), mean, 0)))',
    withPairs
      ? [
          '# Exact below 50 values a group without ties, as every version of R before 4.6 chose.',
          'pairs <- combn(names(values), 2, simplify = FALSE)',
          'tests <- lapply(pairs, function(pair) {',
          '  a <- values[[pair[1]]]; b <- values[[pair[2]]]',
          '  exact <- length(a) < 50 && length(b) < 50 && !anyDuplicated(c(a, b))',
          '  test <- wilcox.test(a, b, exact = exact)',
          '  data.frame(first = pair[1], second = pair[2], statistic = unname(test$statistic), pUnadjusted = if (is.nan(test$p.value)) 1 else test$p.value,',
          '    estimate = median(outer(a, b, "-")))',
          '})',
          'tests <- do.call(rbind, tests); tests$p <- p.adjust(tests$pUnadjusted, "holm"); result$pairwise <- tests',
        ]
      : [],
    endOfScript,
  );
}

export const kruskal: Procedure<Spec> = {
  name: 'kruskal',
  summary: 'Compares several groups by ranks (Kruskal–Wallis), and every two of them.',
  schema,
  columns: (spec) => [spec.y, spec.group],
  run,
  example: {
    question: 'Do the scores differ between three shifts?',
    data: 'shift,score\nday,4.2\nday,7.1\nday,5.5\nday,6.3\nday,5.1\nlate,8.4\nlate,6.6\nlate,9.2\nlate,7.7\nlate,6.9\nnight,9.1\nnight,12.5\nnight,8.3\nnight,10.2\nnight,9.9\n',
    spec: { y: 'score', group: 'shift' },
  },
};
