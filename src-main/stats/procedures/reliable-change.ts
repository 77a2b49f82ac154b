import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import { completeRows, type DataTable, numbersIn, numericColumn } from '../data/table.ts';
import { normalQuantile } from '../distributions/normal.ts';
import {
  type ChangeRule,
  type ChangeState,
  type Cutoffs,
  changeState,
  changeStates,
  differenceError,
  jacobsonTruaxCutoffs,
} from '../measurement/reliable-change.ts';
import { mean, variance } from '../numeric/sums.ts';
import { endOfScript, rColumn, rNumber, rScript, scriptOpening } from '../r/script.ts';
import { columnSpec, commonSpec } from './common-spec.ts';
import type { Outcome, Procedure, RunContext } from './procedure.ts';

const schema = z.strictObject({
  ...commonSpec,
  pre: columnSpec,
  post: columnSpec,
  /** Standard deviation of the scores, from norms; of `pre` in these data where left out. */
  sd: z.number().positive().optional(),
  /** Reliability of the score, at best over time without treatment. */
  reliability: z.number().min(0).lt(1),
  /** Score that parts the ill from the well, or which of a, b and c it is. */
  cutoff: z.union([z.number(), z.enum(['a', 'b', 'c'])]).optional(),
  /** Which scores are better. */
  better: z.enum(['low', 'high']).default('low'),
  /** Norms for the cut-offs a, b and c. */
  clinicalMean: z.number().optional(),
  clinicalSd: z.number().positive().optional(),
  normalMean: z.number().optional(),
  normalSd: z.number().positive().optional(),
});
type Spec = z.output<typeof schema>;

/** Beyond this number of people their rows would not fit into a result; the counts stand. */
const mostRows = 1_000_000;

function run(table: DataTable, spec: Spec, context: RunContext): Outcome {
  for (const name of [spec.pre, spec.post]) numericColumn(table, name);
  const rows = completeRows(table, [spec.pre, spec.post]);
  const pre = numbersIn(table, spec.pre, rows);
  const post = numbersIn(table, spec.post, rows);
  const warnings: string[] = [];
  const sd = spec.sd ?? observedSd(pre, warnings);
  const cutoffs = cutoffsOf(spec);
  const cutoff = chosenCutoff(spec, cutoffs);
  if (cutoff === null)
    warnings.push('Without a cut-off nobody can be called recovered: reliable gains are all “improved”.');
  const rule: ChangeRule = {
    error: differenceError(sd, spec.reliability),
    quantile: normalQuantile(1 - (1 - spec.confidence) / 2),
    cutoff,
    better: spec.better,
  };
  const counts: Record<ChangeState, number> = { recovered: 0, improved: 0, unchanged: 0, deteriorated: 0 };
  const shown = rows.length <= mostRows;
  const people: { row: number; pre: number; post: number; change: number; rci: number; state: ChangeState }[] = [];
  for (let i = 0; i < rows.length; i += 1) {
    const before = pre[i] as number;
    const after = post[i] as number;
    const state = changeState(before, after, rule);
    counts[state] += 1;
    if (!shown) continue;
    const change = after - before;
    people.push({ row: (rows[i] as number) + 1, pre: before, post: after, change, rci: change / rule.error, state });
  }
  refuseUnrepresentable(rule, people);
  if (!shown)
    warnings.push(
      `The ${rows.length.toLocaleString('en-GB')} rows are counted, but not listed: the list would be too long.`,
    );
  const n = rows.length;
  return {
    n,
    excluded: table.rows - n,
    threshold: rule.quantile * rule.error,
    measurementError: sd * Math.sqrt(1 - spec.reliability),
    differenceError: rule.error,
    sd,
    reliability: spec.reliability,
    cutoff,
    ...(cutoffs ? { cutoffs } : {}),
    counts,
    shares: Object.fromEntries(changeStates.map((state) => [state, counts[state] / n])),
    meanChange: mean(post.map((value, i) => value - (pre[i] as number))),
    rows: people,
    warnings,
    r: script(table, spec, { sd: spec.sd ?? null, cutoff, cutoffs, shown }, context),
  };
}

function observedSd(pre: Float64Array, warnings: string[]): number {
  const sd = Math.sqrt(variance(pre));
  if (!(sd > 0)) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'The scores before do not vary, so they give no standard deviation.',
      'Nothing was computed. Give “sd” from norms of the instrument.',
    );
  }
  warnings.push('The standard deviation is that of these scores before; one from norms of the instrument is better.');
  return sd;
}

function badSpec(message: string, hint: string): ExpectedError {
  return new ExpectedError('BAD_SPEC', message, `Nothing was computed. ${hint}`);
}

function cutoffsOf({ clinicalMean, clinicalSd, normalMean, normalSd, better }: Spec): Cutoffs | null {
  const given = [clinicalMean, clinicalSd, normalMean, normalSd].filter((value) => value !== undefined).length;
  if (given === 0) return null;
  if (
    clinicalMean === undefined ||
    clinicalSd === undefined ||
    (normalMean === undefined) !== (normalSd === undefined)
  ) {
    throw badSpec(
      'Norms need a mean and a standard deviation, those of the clinical group first.',
      'Complete them, or leave them out.',
    );
  }
  return jacobsonTruaxCutoffs({ clinicalMean, clinicalSd, normalMean, normalSd }, better);
}

function chosenCutoff({ cutoff }: Spec, cutoffs: Cutoffs | null): number | null {
  if (typeof cutoff === 'number') return cutoff;
  if (cutoff === undefined) return null;
  const found = cutoffs?.[cutoff] ?? null;
  if (found === null)
    throw badSpec(
      `The cut-off ${cutoff} needs norms that are not given.`,
      'Give clinicalMean, clinicalSd, normalMean and normalSd.',
    );
  return found;
}

function refuseUnrepresentable(rule: ChangeRule, people: readonly { readonly rci: number }[]): void {
  if (rule.error > 0 && Number.isFinite(rule.error) && people.every(({ rci }) => Number.isFinite(rci))) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    'The scores, their standard deviation or the reliability are so large or small that the index cannot be computed.',
    'Nothing was computed. Look at the largest score, at “sd” and at “reliability”.',
  );
}

function script(
  table: DataTable,
  spec: Spec,
  found: {
    readonly sd: number | null;
    readonly cutoff: number | null;
    readonly cutoffs: Cutoffs | null;
    readonly shown: boolean;
  },
  { dataName }: RunContext,
): string {
  const { cutoff, cutoffs, shown } = found;
  const sign = spec.better === 'low' ? 1 : -1;
  return rScript(
    scriptOpening([], { dataName, table, columns: [spec.pre, spec.post] }),
    `pre <- ${rColumn(spec.pre)}; post <- ${rColumn(spec.post)}`,
    `sd <- ${found.sd === null ? 'stats::sd(pre)' : rNumber(found.sd)}; z <- qnorm(1 - (1 - ${rNumber(spec.confidence)}) / 2); sign <- ${sign}`,
    `sem <- sd * sqrt(1 - ${rNumber(spec.reliability)}); error <- sqrt(2) * sem; rci <- (post - pre) / error`,
    'state <- ifelse(abs(rci) < z, "unchanged", ifelse(sign * rci > 0, "deteriorated", "improved"))',
    cutoff === null
      ? []
      : [
          `cutoff <- ${rNumber(cutoff)}`,
          'state[state == "improved" & sign * pre >= sign * cutoff & sign * post < sign * cutoff] <- "recovered"',
        ],
    'counts <- as.list(table(factor(state, c("recovered", "improved", "unchanged", "deteriorated"))))',
    'result <- list(n = length(pre), threshold = z * error, measurementError = sem, differenceError = error, counts = counts,',
    '  meanChange = mean(post - pre))',
    cutoffs
      ? `a <- ${rNumber(spec.clinicalMean ?? 0)} - sign * 2 * ${rNumber(spec.clinicalSd ?? 0)}; result$cutoffs <- list(a = a${
          cutoffs.b === null
            ? ''
            : `, b = ${rNumber(spec.normalMean ?? 0)} + sign * 2 * ${rNumber(spec.normalSd ?? 0)}, c = weighted.mean(c(${rNumber(spec.normalMean ?? 0)}, ${rNumber(spec.clinicalMean ?? 0)}), c(${rNumber(spec.clinicalSd ?? 0)}, ${rNumber(spec.normalSd ?? 0)}))`
        })`
      : [],
    shown
      ? 'result$rows <- data.frame(row = as.integer(rownames(data)), change = post - pre, rci = rci, state = state)'
      : [],
    endOfScript,
  );
}

export const reliableChange: Procedure<Spec> = {
  name: 'reliable-change',
  summary: 'Who changed more than measurement error lets expect, and who recovered (Jacobson and Truax).',
  schema,
  columns: (spec) => [spec.pre, spec.post],
  run,
  example: {
    question: 'Of six people, who improved reliably on a scale where low is better, and who recovered?',
    data: 'before,after\n34,12\n28,26\n31,20\n22,9\n19,27\n30,29\n',
    spec: { pre: 'before', post: 'after', sd: 7.5, reliability: 0.85, cutoff: 16, better: 'low' },
  },
};
