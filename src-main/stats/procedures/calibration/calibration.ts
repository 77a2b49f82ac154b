import { ExpectedError } from '#shared/domain/result.ts';
import { completeRows, type DataTable } from '../../data/table.ts';
import { sum } from '../../numeric/sums.ts';
import { binaryOutcome } from '../../prediction/binary-outcome.ts';
import { type CalibrationCurve, calibrationCurve } from '../../prediction/calibration-curve.ts';
import { calibrationIntercept, calibrationSlope } from '../../prediction/calibration-line.ts';
import { type HosmerLemeshow, hosmerLemeshow } from '../../prediction/hosmer-lemeshow.ts';
import { observedExpected, probabilityScores } from '../../prediction/probability-scores.ts';
import { probabilitiesIn, sortByProbability } from '../../prediction/read-probabilities.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { orNull } from '../shared/or-null.ts';
import { calibrationScript } from './script.ts';
import { type CalibrationSpec, calibrationSchema } from './spec.ts';

/** What stands for probabilities of 0 and 1, whose logit is infinite. */
const nearNought = 1e-8;

function run(table: DataTable, spec: CalibrationSpec, context: RunContext): Outcome {
  if (spec.outcome === spec.probability) {
    throw new ExpectedError(
      'BAD_SPEC',
      `“${spec.outcome}” is named twice.`,
      'Nothing was computed. Give each column one part.',
    );
  }
  const rows = completeRows(table, [spec.outcome, spec.probability]);
  const probabilities = probabilitiesIn(table, spec.probability, rows);
  const outcome = binaryOutcome(table, spec.outcome, rows, spec.factors[spec.outcome], spec.event);
  const { sorted, events } = sortByProbability(probabilities, outcome.events);
  const warnings = [...outcome.warnings];
  const scores = probabilityScores(sorted, events);
  const expected = sum(sorted);
  const test = hosmerLemeshow(sorted, events, spec.groups, spec.external);
  const curve = curveOf(sorted, events, spec.span, warnings);
  const line = lineOf(sorted, events, spec.confidence, warnings);
  warnings.push(...scoreWarnings(sorted, scores.logLoss, expected), ...groupWarnings(test, spec));
  return {
    n: rows.length,
    excluded: table.rows - rows.length,
    event: outcome.event,
    events: outcome.count,
    ...line,
    observedExpected: expected > 0 ? observedExpected(outcome.count, expected, rows.length, spec.confidence) : null,
    brier: scores.brier,
    brierScaled: scores.brierScaled,
    logLoss: orNull(scores.logLoss),
    spiegelhalter: Number.isNaN(scores.spiegelhalter.statistic) ? null : scores.spiegelhalter,
    hosmerLemeshow: { ...test, statistic: orNull(test.statistic), p: orNull(test.p) },
    ...curve,
    warnings,
    r: calibrationScript(table, spec, outcome, context, curve.exact),
  };
}

function lineOf(sorted: Float64Array, events: Uint8Array, confidence: number, warnings: string[]) {
  const logits = sorted.map((p) => {
    const bounded = Math.min(Math.max(p, nearNought), 1 - nearNought);
    return Math.log(bounded / (1 - bounded));
  });
  const edge = sorted.reduce((count, p) => count + (p === 0 || p === 1 ? 1 : 0), 0);
  if (edge > 0) {
    warnings.push(
      `${edge} probabilities are exactly 0 or 1, which have no logit; for intercept and slope they count as ${nearNought} and 1 − ${nearNought}, and can weigh heavily there.`,
    );
  }
  const outcome = Float64Array.from(events);
  const line = calibrationSlope(logits, outcome, confidence);
  if (!line) {
    warnings.push(
      logits[0] === logits.at(-1)
        ? 'All probabilities are the same, so that the slope cannot be estimated.'
        : 'The probabilities separate the outcomes completely, so that the slope has no finite estimate.',
    );
  }
  return {
    intercept: calibrationIntercept(logits, outcome, confidence),
    slope: line?.slope ?? null,
    slopeIntercept: line?.intercept ?? null,
  };
}

/** Points of the curve that are listed. */
const listedPoints = 101;

function curveOf(sorted: Float64Array, events: Uint8Array, span: number, warnings: string[]) {
  const curve = sorted[0] === sorted.at(-1) ? null : calibrationCurve(sorted, events, span);
  if (!curve) {
    warnings.push(
      'The probabilities hold too few different values to be smoothed: a share as large as the span has one value, so that ici has no value. A wider span may help.',
    );
    return { ici: null, e50: null, e90: null, emax: null, curve: [], exact: true };
  }
  const { ici, e50, e90, emax, binned } = curve;
  if (binned) {
    warnings.push(
      'There are more than 20,000 different probabilities, so the smoothed curve behind ici was found from 5,000 bins of neighbouring rows.',
    );
  }
  return { ici, e50, e90, emax, curve: listed(sorted, curve), exact: !binned };
}

function listed(sorted: Float64Array, { observed }: CalibrationCurve): { probability: number; observed: number }[] {
  return Array.from({ length: listedPoints }, (_none, k) => {
    const row = Math.floor(((sorted.length - 1) * k) / (listedPoints - 1));
    return { probability: sorted[row] as number, observed: observed[row] as number };
  });
}

function scoreWarnings(sorted: Float64Array, logLoss: number, expected: number): string[] {
  return [
    ...(Number.isFinite(logLoss)
      ? []
      : [
          'Something happened whose probability was given as 0, so that the log loss is infinite; it is shown as null.',
        ]),
    ...(expected > 0 ? [] : ['No event was expected, so that observed over expected has no value.']),
    ...(sorted.some((p) => p !== 0 && p !== 0.5 && p !== 1)
      ? []
      : ['Every probability is 0, ½ or 1, so that Spiegelhalter’s test has no value.']),
  ];
}

function groupWarnings({ groups, statistic, df }: HosmerLemeshow, { groups: wanted }: CalibrationSpec): string[] {
  const small = groups.filter(({ n, expected }) => Math.min(expected, n - expected) < 1).length;
  return [
    ...(groups.length < wanted
      ? [`Equal probabilities leave ${groups.length} groups rather than ${wanted} for Hosmer and Lemeshow’s test.`]
      : []),
    ...(df < 1 ? ['Hosmer and Lemeshow’s test has no degree of freedom left, so no p.'] : []),
    ...(Number.isFinite(statistic)
      ? []
      : [
          'A group has events, or none, where its probabilities of 0 or 1 rule that out: Hosmer and Lemeshow’s statistic is infinite.',
        ]),
    ...(small > 0
      ? [
          `In ${small} of ${groups.length} groups fewer than one event, or fewer than one non-event, is expected; the chi-squared of Hosmer and Lemeshow’s test is then rough.`,
        ]
      : []),
  ];
}

export const calibration: Procedure<CalibrationSpec> = {
  name: 'calibration',
  summary:
    'Whether predicted probabilities agree with what happened: in the large, in their spread and along a smoothed curve.',
  schema: calibrationSchema,
  columns: ({ outcome, probability }) => [outcome, probability],
  run,
  example: {
    question: 'Do the predicted risks of going off sick agree with what happened?',
    data: `sick,risk\n${exampleRows().join('\n')}\n`,
    spec: { outcome: 'sick', probability: 'risk', external: true, groups: 4 },
  },
};

function exampleRows(): string[] {
  const risks = [5, 8, 12, 15, 18, 22, 25, 28, 31, 35, 38, 42, 45, 48, 52, 55, 59, 63, 66, 70, 74, 78, 83, 90];
  const sick = [0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1];
  return risks.map((risk, row) => `${sick[row]},${risk / 100}`);
}
