import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../data/table.ts';
import { type SampleSummary, summarise } from '../group-comparison/sample-summary.ts';
import { standardisedDifference } from '../group-comparison/standardised-difference.ts';
import { oneSampleT, pooledSd, twoSampleT } from '../group-comparison/t-tests.ts';
import { varianceRatio } from '../group-comparison/variance-ratio.ts';
import { endOfScript, rNumber, rScript } from '../r/script.ts';
import type { Outcome, Procedure, RunContext } from './procedure.ts';
import {
  type ComparedSamples,
  comparedColumns,
  comparedSpec,
  isOneComparison,
  oneComparison,
  readSamples,
  samplesScript,
} from './shared/compared-samples.ts';

const schema = z
  .strictObject({
    ...comparedSpec,
    /** One variance for both groups (Student) instead of two (Welch). */
    equalVariance: z.boolean().default(false),
  })
  .refine(isOneComparison, oneComparison);
type Spec = z.output<typeof schema>;

function run(table: DataTable, spec: Spec, context: RunContext): Outcome {
  const compared = readSamples(table, spec);
  const warnings: string[] = [];
  const groups = compared.samples.map(({ group, values }) => {
    const { n, mean, sd } = summarise(values);
    return { group, n, mean, sd: n < 2 ? null : sd };
  });
  const found = compared.second ? twoSamples(compared, spec) : oneSample(compared, spec);
  if (found.effect.low === null) {
    warnings.push('The standardised difference is so large that its limits cannot be computed.');
  }
  return {
    n: compared.n,
    excluded: compared.excluded,
    ...found,
    groups,
    warnings,
    r: script(table, spec, compared, context),
  };
}

function oneSample(compared: ComparedSamples, spec: Spec) {
  const sample = summarise(compared.first);
  if (sample.n < 2) throw tooFew(`${compared.kind === 'paired' ? 'one pair' : 'one value'}, and the test needs two`);
  const test = oneSampleT(sample, spec.mu, spec.confidence);
  refuseConstant(test.se, Math.abs(sample.mean), compared.kind === 'paired' ? 'Every difference' : 'Every value');
  const root = Math.sqrt(sample.n);
  const effect = standardisedDifference(test.statistic / root, root, sample.n - 1, spec.confidence);
  if (compared.kind !== 'paired') return { ...test, effect };
  const [a, b] = compared.samples.map(({ values }) => summarise(values)) as [SampleSummary, SampleSummary];
  const averageSd = (a.sd + b.sd) / 2;
  return { ...test, effect: { ...effect, dAverage: averageSd > 0 ? (sample.mean - spec.mu) / averageSd : null } };
}

function twoSamples(compared: ComparedSamples, spec: Spec) {
  const [first, second] = compared.samples.map(({ values }) => summarise(values)) as [SampleSummary, SampleSummary];
  const small = [first, second].findIndex(({ n }) => n < 2);
  if (spec.equalVariance ? first.n + second.n < 3 : small >= 0) {
    const name = compared.samples[small]?.group ?? '';
    throw tooFew(
      spec.equalVariance
        ? 'one value in each group, and the test needs three in all'
        : `one value in “${name}”, and the test needs two in each group (or “equalVariance”: true)`,
    );
  }
  const test = twoSampleT(first, second, spec);
  refuseConstant(test.se, Math.max(Math.abs(first.mean), Math.abs(second.mean)), 'Every value of a group');
  const root = Math.sqrt(first.n / (1 + first.n / second.n));
  const difference = test.estimate - spec.mu;
  const effect = standardisedDifference(
    difference / pooledSd(first, second),
    root,
    first.n + second.n - 2,
    spec.confidence,
  );
  const glassDelta = second.sd > 0 ? difference / second.sd : null;
  const vary = first.sd > 0 && second.sd > 0;
  const ratio = vary ? varianceRatio(first, second, spec.confidence) : null;
  return {
    ...test,
    effect: { ...effect, glassDelta },
    varianceTest: ratio && { name: 'ratio of variances', statistic: ratio.estimate, ...ratio },
  };
}

/** Differences of the size of rounding error are no variation: R's `t.test` refuses at the same size. */
function refuseConstant(se: number, size: number, what: string): void {
  if (se > 10 * Number.EPSILON * size) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `${what} is the same, so there is no variation to judge a difference by.`,
    'Nothing was computed. Look at whether the column is the right one.',
  );
}

function tooFew(what: string): ExpectedError {
  return new ExpectedError(
    'REFUSED_MODEL',
    `There is ${what}.`,
    'Nothing was computed. Use more data, or look at why the values are missing.',
  );
}

function script(table: DataTable, spec: Spec, compared: ComparedSamples, context: RunContext): string {
  const mu = rNumber(spec.mu);
  const level = rNumber(spec.confidence);
  const two = compared.kind === 'two';
  return rScript(
    samplesScript(table, spec, context),
    `mu <- ${mu}; level <- ${level}`,
    `test <- t.test(x, y, mu = mu, conf.level = level, var.equal = ${spec.equalVariance ? 'TRUE' : 'FALSE'})`,
    two
      ? [
          'n1 <- length(x); n2 <- length(y); df <- n1 + n2 - 2; difference <- mean(x) - mean(y) - mu',
          'ss <- function(v) sum((v - mean(v))^2)',
          'd <- difference / sqrt((ss(x) + ss(y)) / df); root <- sqrt(n1 * n2 / (n1 + n2))',
        ]
      : ['df <- length(x) - 1; d <- (mean(x) - mu) / sd(x); root <- sqrt(length(x))'],
    '# Limits of d: the noncentralities under which t lies at the edge; R’s pt() is rough beyond a noncentrality of 37.62.',
    't <- d * root; width <- 5 * qnorm((1 + level) / 2) * sqrt(1 + t^2 / (2 * df))',
    'limit <- function(p) uniroot(function(ncp) suppressWarnings(pt(t, df, ncp)) - p, t + c(-1, 1) * width, extendInt = "yes", tol = 1e-12)$root / root',
    'j <- if (df > 1) exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2) else 0',
    'low <- limit((1 + level) / 2); high <- limit((1 - level) / 2)',
    'effect <- list(d = d, low = low, high = high, g = d * j, gLow = low * j, gHigh = high * j, j = j)',
    compared.kind === 'paired'
      ? 'if (sd(first) + sd(second) > 0) effect$dAverage <- 2 * (mean(x) - mu) / (sd(first) + sd(second))'
      : [],
    two ? 'if (n2 > 1 && sd(y) > 0) effect$glassDelta <- difference / sd(y)' : [],
    'result <- list(n = length(x) + length(y), estimate = if (is.null(y)) mean(x) else mean(x) - mean(y), se = unname(test$stderr),',
    '  statistic = unname(test$statistic), df = unname(test$parameter), p = test$p.value, low = test$conf.int[1], high = test$conf.int[2],',
    '  effect = effect)',
    two
      ? [
          'if (n1 > 1 && n2 > 1 && sd(x) > 0 && sd(y) > 0) {',
          '  v <- var.test(x, y, conf.level = level)',
          '  result$varianceTest <- list(statistic = unname(v$statistic), df = unname(v$parameter), p = min(1, 2 * pf(v$statistic, n1 - 1, n2 - 1), 2 * pf(v$statistic, n1 - 1, n2 - 1, lower.tail = FALSE)), low = v$conf.int[1], high = v$conf.int[2])',
          '}',
        ]
      : [],
    endOfScript,
  );
}

export const tTest: Procedure<Spec> = {
  name: 't-test',
  summary: 'Compares the means of two groups or of two columns row by row, or one mean with a number.',
  schema,
  columns: comparedColumns,
  run,
  example: {
    question: 'Do the scores of day and night shifts differ?',
    data: 'shift,score\nday,4\nday,7\nday,5\nday,6\nnight,9\nnight,12\nnight,8\nnight,7\n',
    spec: { y: 'score', group: 'shift' },
  },
};
