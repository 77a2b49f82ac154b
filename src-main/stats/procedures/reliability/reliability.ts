import { ExpectedError } from '#shared/domain/result.ts';
import { completeRows, type DataTable, numbersIn, numericColumn } from '../../data/table.ts';
import { normalQuantile } from '../../distributions/normal.ts';
import { at, type Matrix, subMatrix } from '../../linear-algebra/matrix.ts';
import { alphaStandardError, cronbachAlpha, feldtLimits } from '../../measurement/cronbach-alpha.ts';
import { correlationOf, itemMoments } from '../../measurement/item-covariance.ts';
import { itemStatistics, samplingAdequacy, splitHalf } from '../../measurement/item-statistics.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { orNull } from '../shared/or-null.ts';
import { adequacyKeys, itemRows, omegaKeys, omegaOf, warnItems } from './rows.ts';
import { reliabilityScript } from './script.ts';
import { type ReliabilitySpec, reliabilitySchema } from './spec.ts';

function run(table: DataTable, spec: ReliabilitySpec, context: RunContext): Outcome {
  const { items, reverse, confidence } = spec;
  refuseSpec(spec);
  for (const name of items) numericColumn(table, name);
  const rows = completeRows(table, items);
  const n = rows.length;
  const warnings: string[] = [];
  const values = items.map((name) => turned(numbersIn(table, name, rows), name, spec));
  if (n < 2)
    throw refusal('One person has answered all items, who cannot show whether they go together.', 'Use more people.');
  const moments = itemMoments(values);
  if (!moments.covariance.data.every(Number.isFinite)) {
    throw refusal('The answers are too large to be multiplied with each other.', 'Use other units.');
  }
  const varying = Array.from(items.keys()).filter((i) => variesBeyondRounding(moments.covariance, moments.means, i));
  warnConstant(items, varying, warnings);
  const covariance = subMatrix(moments.covariance, varying, varying);
  const k = varying.length;
  const correlation = correlationOf(covariance);
  const alpha = cronbachAlpha(covariance);
  if (!Number.isFinite(alpha)) {
    throw refusal(
      'The items cancel each other: their sum does not vary.',
      'Reverse the items that are worded the other way.',
    );
  }
  const limits = feldtLimits(alpha, n, k, confidence);
  const se = alphaStandardError(covariance, n);
  const width = normalQuantile(1 - (1 - confidence) / 2) * se;
  const statistics = itemStatistics(covariance);
  const adequacy = samplingAdequacy(correlation, n);
  const omega = omegaOf(covariance, n, warnings);
  warnItems(
    varying.map((i) => items[i] as string),
    statistics,
    alpha,
    warnings,
  );
  const total = covariance.data.reduce((a, b) => a + b, 0);
  const halves = splitHalf(covariance);
  return {
    n,
    excluded: table.rows - n,
    k,
    alpha,
    alphaLow: limits.low,
    alphaHigh: limits.high,
    alphaSe: orNull(se),
    asymptotic: { low: orNull(alpha - width), high: orNull(alpha + width) },
    standardisedAlpha: orNull(cronbachAlpha(correlation)),
    meanInterItem: (correlation.data.reduce((a, b) => a + b, 0) - k) / (k * (k - 1)),
    ...omegaKeys(omega, confidence),
    guttmanLambda6: adequacy ? orNull(adequacy.guttmanLambda6) : null,
    splitHalf: {
      r: orNull(halves.r),
      spearmanBrown: orNull(halves.spearmanBrown),
      guttmanLambda4: orNull(halves.guttmanLambda4),
    },
    scaleMean: moments.means.reduce((a, b) => a + b, 0),
    scaleSd: Math.sqrt(total),
    sem: alpha <= 1 ? Math.sqrt(total * (1 - alpha)) : null,
    ...adequacyKeys(adequacy, warnings),
    items: itemRows({ items, reverse, varying, moments, statistics, omega, adequacy }),
    warnings,
    r: reliabilityScript(
      table,
      spec,
      {
        varying,
        hasOmega: omega !== null,
        heywood: (omega?.standardised.heywood.length ?? 0) > 0,
        hasAdequacy: adequacy !== null,
      },
      context,
    ),
  };
}

function refusal(message: string, hint: string): ExpectedError {
  return new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`);
}

function refuseSpec({ items, reverse, range }: ReliabilitySpec): void {
  const bad = (message: string, hint: string): ExpectedError =>
    new ExpectedError('BAD_SPEC', message, `Nothing was computed. ${hint}`);
  if (new Set(items).size < items.length) throw bad('An item stands twice among the items.', 'Name each once.');
  const unknown = reverse.find((name) => !items.includes(name));
  if (unknown !== undefined)
    throw bad(`“${unknown}” is to be reversed, but is not among the items.`, 'Correct “reverse”.');
  if (range && !(range[0] < range[1]))
    throw bad('The range must go from the lowest to the highest answer.', 'Correct “range”.');
}

function turned(values: Float64Array, name: string, { reverse, range }: ReliabilitySpec): Float64Array {
  if (!reverse.includes(name)) return values;
  let low = range ? range[0] : Number.POSITIVE_INFINITY;
  let high = range ? range[1] : Number.NEGATIVE_INFINITY;
  if (!range) {
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return values.map((value) => low + high - value);
}

function variesBeyondRounding(covariance: Matrix, means: Float64Array, i: number): boolean {
  return Math.sqrt(at(covariance, i, i)) > 1e-13 * Math.abs(means[i] as number);
}

function warnConstant(items: readonly string[], varying: readonly number[], warnings: string[]): void {
  const constant = items.filter((_name, i) => !varying.includes(i));
  if (varying.length < 2) {
    throw refusal(
      varying.length === 0
        ? 'No item varies between people.'
        : `Only “${items[varying[0] as number]}” varies between people.`,
      'Use at least two items to which people answer differently.',
    );
  }
  if (constant.length > 0) {
    warnings.push(
      `Everybody gave the same answer to ${constant.map((name) => `“${name}”`).join(', ')}: left out of the coefficients.`,
    );
  }
}

export const reliability: Procedure<ReliabilitySpec> = {
  name: 'reliability',
  summary: 'How well items measure one thing: Cronbach’s alpha, omega, and what each item adds.',
  schema: reliabilitySchema,
  columns: (spec) => spec.items,
  run,
  example: {
    question: 'Do four questions about sleep, the third worded the other way, measure one thing?',
    data: `falling,waking,rested,tired\n${['1,2,4,1', '2,2,3,2', '4,3,2,4', '3,4,2,3', '1,1,5,2', '5,4,1,4', '2,3,4,2', '4,4,2,5', '3,3,3,2', '2,1,4,3', '5,5,2,4', '3,2,3,3'].join('\n')}\n`,
    spec: { items: ['falling', 'waking', 'rested', 'tired'], reverse: ['rested'], range: [1, 5] },
  },
};
