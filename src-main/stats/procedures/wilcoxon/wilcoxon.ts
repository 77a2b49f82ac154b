import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../../data/table.ts';
import { exactRankSumFits, exactSignedRankFits } from '../../group-comparison/rank-distributions.ts';
import { rankSumTest } from '../../group-comparison/rank-sum-test.ts';
import type { RankTest } from '../../group-comparison/rank-test.ts';
import { signedRankTest } from '../../group-comparison/signed-rank-test.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import {
  type ComparedSamples,
  comparedColumns,
  comparedSpec,
  isOneComparison,
  oneComparison,
  readSamples,
} from '../shared/compared-samples.ts';
import { wilcoxonScript } from './script.ts';

const schema = z
  .strictObject({
    ...comparedSpec,
    /** The exact distribution of the ranks; without it, exact below 50 values a group where nothing is tied. */
    exact: z.boolean().optional(),
  })
  .refine(isOneComparison, oneComparison);
type Spec = z.output<typeof schema>;

function run(table: DataTable, spec: Spec, context: RunContext): Outcome {
  const compared = readSamples(table, spec);
  const options = { mu: spec.mu, confidence: spec.confidence, exact: spec.exact ?? null };
  const { first, second } = compared;
  const test = second ? rankSumTest(first, second, options) : signedRankTest(first, options);
  if (!test) throw nothingLeft(compared, spec);
  const { ties, zeros, confidenceAchieved, ...found } = test;
  return {
    n: compared.n,
    excluded: compared.excluded,
    ...found,
    ...(second
      ? {
          rankSum: test.statistic + (first.length * (first.length + 1)) / 2,
          rankBiserial: (2 * test.statistic) / (first.length * second.length) - 1,
        }
      : { zeros, rankBiserial: signedBiserial(test.statistic, first.length - zeros) }),
    ...(confidenceAchieved === null ? {} : { confidenceAchieved }),
    groups: compared.samples.map(({ group, values }) => ({ group, n: values.length })),
    warnings: warningsOf(compared, spec, { ties, zeros, confidenceAchieved, variance: test.variance }),
    r: wilcoxonScript(table, spec, compared, test.method, context),
  };
}

function nothingLeft({ kind }: ComparedSamples, { mu }: Spec): ExpectedError {
  return new ExpectedError(
    'REFUSED_MODEL',
    `Every ${kind === 'paired' ? 'difference' : 'value'} equals ${mu}, so nothing is left to rank.`,
    'Nothing was computed. Look at whether the columns are the right ones.',
  );
}

/** (V − V′)/(V + V′): share of the rank sum that speaks for larger values, less the share against (Kerby 2014). */
function signedBiserial(v: number, n: number): number {
  return (4 * v) / (n * (n + 1)) - 1;
}

function warningsOf(
  compared: ComparedSamples,
  spec: Spec,
  found: Pick<RankTest, 'ties' | 'zeros' | 'confidenceAchieved' | 'variance'>,
): string[] {
  const warnings: string[] = [];
  const { first, second } = compared;
  if (spec.exact && !(second ? exactRankSumFits(first.length, second.length) : exactSignedRankFits(first.length))) {
    warnings.push(
      'There are too many values for the exact distribution, so p and limits are the normal approximation’s.',
    );
  }
  if (!(found.variance > 0)) {
    warnings.push('Every value is the same, so nothing can be said of a shift.');
  } else if (spec.exact === undefined && smallSamples(compared) && found.ties + found.zeros > 0) {
    warnings.push(
      `Some values are ${found.ties > 0 ? 'tied' : `equal to ${spec.mu}`}, so p is the normal approximation’s; “exact”: true takes it from the ranks as they are.`,
    );
  }
  if (found.zeros > 0) {
    warnings.push(
      `${found.zeros === 1 ? 'One value equals' : `${found.zeros} values equal`} ${spec.mu} and ${found.zeros === 1 ? 'is' : 'are'} left out of test and estimate.`,
    );
  }
  if (found.confidenceAchieved !== null) {
    warnings.push(
      `There are too few values for limits of ${percent(spec.confidence)}; those given have ${percent(found.confidenceAchieved)}.`,
    );
  }
  return warnings;
}

function smallSamples({ first, second }: ComparedSamples): boolean {
  return first.length < 50 && (second === null || second.length < 50);
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(4))}%`;
}

export const wilcoxon: Procedure<Spec> = {
  name: 'wilcoxon',
  summary:
    'Compares two groups, or two columns row by row, by ranks (Mann–Whitney, Wilcoxon), with the Hodges–Lehmann shift.',
  schema,
  columns: comparedColumns,
  run,
  example: {
    question: 'Do waits tend to be longer on one of two sites?',
    data: 'site,wait\nnorth,3.1\nnorth,4.7\nnorth,2.2\nnorth,5.9\nsouth,6.4\nsouth,8.8\nsouth,5.2\nsouth,7.5\nsouth,9.3\n',
    spec: { y: 'wait', group: 'site' },
  },
};
