import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import { completeRows, type DataTable } from '../data/table.ts';
import { type BinaryOutcome, binaryOutcome } from '../prediction/binary-outcome.ts';
import { classificationOf, countsAt, netBenefit, type ThresholdCounts } from '../prediction/decision-curve.ts';
import { probabilitiesIn, sortByProbability } from '../prediction/read-probabilities.ts';
import { reclassification } from '../prediction/reclassification.ts';
import { endOfScript, rColumn, rNumber, rScript, rVector, scriptOpening } from '../r/script.ts';
import { wilsonInterval } from '../wilson-interval.ts';
import { columnSpec, commonSpec } from './common-spec.ts';
import type { Outcome, Procedure, RunContext } from './procedure.ts';
import { outcomeLine } from './shared/roc-script.ts';

const threshold = z.number().min(0).lt(1);

const schema = z.strictObject({
  ...commonSpec,
  /** 0 and 1, or two values of which the second is the event. */
  outcome: columnSpec,
  /** The value that is the event, where it is not the second. */
  event: z.union([z.string(), z.number().transform(String)]).optional(),
  /** Predicted probabilities of the event. */
  probability: columnSpec,
  /** Probabilities of another model for the same people, to be compared. */
  comparator: columnSpec.optional(),
  /** Probabilities from which one would act; 0.01 to 0.99 unless given. */
  thresholds: z
    .union([threshold.transform((value) => [value]), z.array(threshold).min(1).max(10_000)])
    .default(Array.from({ length: 99 }, (_none, k) => (k + 1) / 100)),
});
type Spec = z.output<typeof schema>;

function columnsOf({ outcome, probability, comparator }: Spec): string[] {
  return [outcome, probability, ...(comparator === undefined ? [] : [comparator])];
}

function run(table: DataTable, spec: Spec, context: RunContext): Outcome {
  const columns = columnsOf(spec);
  const twice = columns.find((name, place) => columns.indexOf(name) !== place);
  if (twice !== undefined) {
    throw new ExpectedError(
      'BAD_SPEC',
      `“${twice}” is named twice.`,
      'Nothing was computed. Give each column one part.',
    );
  }
  const rows = completeRows(table, columns);
  const probabilities = probabilitiesIn(table, spec.probability, rows);
  const outcome = binaryOutcome(table, spec.outcome, rows, spec.factors[spec.outcome], spec.event);
  const { sorted, events } = sortByProbability(probabilities, outcome.events);
  const counts = countsAt(sorted, events, spec.thresholds);
  const comparator = spec.comparator === undefined ? null : probabilitiesIn(table, spec.comparator, rows);
  const other = comparator ? sortByProbability(comparator, outcome.events) : null;
  const otherCounts = other ? countsAt(other.sorted, other.events, spec.thresholds) : null;
  return {
    n: rows.length,
    excluded: table.rows - rows.length,
    event: outcome.event,
    events: outcome.count,
    points: counts.map((count, k) =>
      pointOf(count, otherCounts?.[k] ?? null, outcome.count, rows.length, spec.confidence),
    ),
    ...(comparator ? { reclassification: reclassification(probabilities, comparator, outcome.events) } : {}),
    warnings: [...outcome.warnings, ...warningsOf(counts, rows.length)],
    r: script(table, spec, outcome, context),
  };
}

function pointOf(counts: ThresholdCounts, other: ThresholdCounts | null, cases: number, n: number, confidence: number) {
  const { threshold: at, truePositives, falsePositives } = counts;
  const controls = n - cases;
  const benefit = netBenefit(counts, n);
  const treatAll = netBenefit({ threshold: at, truePositives: cases, falsePositives: controls }, n);
  const odds = at / (1 - at);
  return {
    threshold: at,
    netBenefit: benefit,
    treatAll,
    treatNone: 0,
    ...(other ? { comparator: netBenefit(other, n) } : {}),
    /** As a share of the most there is to gain, the share of events. */
    standardised: benefit / (cases / n),
    interventionsAvoidedPer100: odds === 0 ? null : (100 * (benefit - treatAll)) / odds,
    truePositives,
    falsePositives,
    trueNegatives: controls - falsePositives,
    falseNegatives: cases - truePositives,
    sensitivity: { estimate: truePositives / cases, ...wilsonInterval(truePositives, cases, confidence) },
    specificity: {
      estimate: (controls - falsePositives) / controls,
      ...wilsonInterval(controls - falsePositives, controls, confidence),
    },
    ...classificationOf(truePositives, falsePositives, cases, controls),
  };
}

function warningsOf(counts: readonly ThresholdCounts[], n: number): string[] {
  const flagged = counts.map(({ truePositives, falsePositives }) => truePositives + falsePositives);
  const nobody = flagged.filter((value) => value === 0).length;
  const everybody = flagged.filter((value) => value === n).length;
  return [
    ...(nobody > 0
      ? [`At ${nobody} of ${counts.length} thresholds nobody is flagged, so that shares of those flagged are null.`]
      : []),
    ...(everybody > 0
      ? [
          `At ${everybody} of ${counts.length} thresholds everybody is flagged, so that shares of those not flagged are null.`,
        ]
      : []),
    ...(counts.some(({ threshold: at }) => at === 0)
      ? ['At a threshold of 0 no number of interventions avoided is defined.']
      : []),
  ];
}

function script(table: DataTable, spec: Spec, outcome: BinaryOutcome, { dataName }: RunContext): string {
  const { probability, comparator, thresholds, confidence } = spec;
  const other = comparator === undefined ? null : rColumn(comparator);
  return rScript(
    scriptOpening([], { dataName, table, columns: columnsOf(spec), factors: spec.factors }),
    outcomeLine(spec.outcome, outcome),
    `p <- ${rColumn(probability)}; n <- length(p); z <- qnorm(1 - (1 - ${rNumber(confidence)}) / 2)`,
    `thresholds <- ${rVector(thresholds)}`,
    'benefit <- function(flagged, t) sum(flagged & y == 1) / n - sum(flagged & y == 0) / n * t / (1 - t)',
    'wilson <- function(x, m) { s <- x / m; w <- z * sqrt(s * (1 - s) / m + z^2 / (4 * m^2))',
    '  list(estimate = s, low = max(0, (s + z^2 / (2 * m) - w) / (1 + z^2 / m)), high = min(1, (s + z^2 / (2 * m) + w) / (1 + z^2 / m))) }',
    'share <- function(a, b) if (b == 0) NA else a / b',
    'points <- lapply(thresholds, function(t) { f <- p >= t; tp <- sum(f & y == 1); fp <- sum(f & y == 0); fn <- sum(!f & y == 1); tn <- sum(!f & y == 0)',
    '  all <- benefit(rep(TRUE, n), t); sens <- tp / (tp + fn); spec <- tn / (tn + fp); nb <- benefit(f, t)',
    '  list(threshold = t, netBenefit = nb, treatAll = all, treatNone = 0,',
    ...(other === null ? [] : [`    comparator = benefit(${other} >= t, t),`]),
    '    standardised = nb / mean(y), interventionsAvoidedPer100 = share(100 * (nb - all), t / (1 - t)), truePositives = tp, falsePositives = fp, trueNegatives = tn, falseNegatives = fn,',
    '    sensitivity = wilson(tp, tp + fn), specificity = wilson(tn, tn + fp), ppv = share(tp, tp + fp), npv = share(tn, tn + fn), f1 = share(2 * tp, 2 * tp + fp + fn),',
    '    mcc = share(tp * tn - fp * fn, sqrt(1.0 * (tp + fp) * (tp + fn)) * sqrt(1.0 * (tn + fp) * (tn + fn))),',
    '    likelihoodRatioPositive = share(sens, 1 - spec), likelihoodRatioNegative = share(1 - sens, spec), balancedAccuracy = (sens + spec) / 2) })',
    'result <- list(n = n, points = points)',
    ...(other === null
      ? []
      : [
          `d <- p - ${other}; e <- mean(sign(d[y == 1])); o <- -mean(sign(d[y == 0]))`,
          'result$reclassification <- list(idi = mean(d[y == 1]) - mean(d[y == 0]), nri = list(events = e, nonEvents = o, total = e + o))',
        ]),
    endOfScript,
  );
}

export const decisionCurve: Procedure<Spec> = {
  name: 'decision-curve',
  summary:
    'Whether acting on predicted probabilities does more good than acting for everybody or nobody, by threshold.',
  schema,
  columns: columnsOf,
  run,
  example: {
    question:
      'From which predicted risk on would offering support to those above it do more good than offering it to all?',
    data: 'sick,risk\n0,0.05\n0,0.08\n1,0.35\n0,0.15\n0,0.18\n1,0.42\n0,0.25\n1,0.61\n0,0.31\n0,0.12\n1,0.74\n0,0.55\n',
    spec: { outcome: 'sick', probability: 'risk', thresholds: [0.1, 0.2, 0.3, 0.4] },
  },
};
