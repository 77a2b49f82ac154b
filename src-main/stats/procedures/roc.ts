import { ExpectedError } from '#shared/domain/result.ts';
import { asCategorical, categoriesIn, columnNamed, completeRows, type DataTable, numbersIn } from '../data/table.ts';
import { type Matrix, rowsOf } from '../linear-algebra/matrix.ts';
import { aucInterval, correlatedDifference, independentDifference } from '../prediction/auc-inference.ts';
import { type BinaryOutcome, binaryOutcome } from '../prediction/binary-outcome.ts';
import { closestPlaces, partialArea, precisionRecallAreas, youdenPlaces } from '../prediction/curve-summaries.ts';
import { delongCovariance, hanleyMcNeilError, type Placements, placements } from '../prediction/delong.ts';
import { pointAt, rocCurve, spreadPlaces } from '../prediction/roc-curve.ts';
import type { Outcome, Procedure, RunContext } from './procedure.ts';
import { orNull } from './shared/or-null.ts';
import { rocScript } from './shared/roc-script.ts';
import { mostPoints, type RocSpec, rocColumns, rocSchema } from './shared/roc-spec.ts';

type Group = {
  readonly name: string | null;
  readonly outcome: BinaryOutcome;
  readonly scores: readonly { readonly cases: Float64Array; readonly controls: Float64Array }[];
  readonly placed: readonly Placements[];
  readonly covariance: Matrix;
};

function run(table: DataTable, spec: RocSpec, context: RunContext): Outcome {
  mustDiffer(spec);
  const rows = completeRows(table, rocColumns(spec));
  const groups = groupsOf(table, spec, rows);
  const warnings = groups.flatMap((group) => warningsOf(group, spec.predictors));
  const curves = groups.flatMap((group) => spec.predictors.map((predictor, i) => curveOf(group, predictor, i, spec)));
  if (curves.some(({ thresholds, points }) => thresholds > points.length)) {
    warnings.push(
      `Curves of more than ${mostPoints} thresholds are listed by about ${mostPoints} points spread along them; the areas and the best thresholds use all.`,
    );
  }
  return {
    n: rows.length,
    excluded: table.rows - rows.length,
    event: groups[0]?.outcome.event,
    curves,
    comparisons: comparisonsOf(groups, spec),
    covariance: groups.length === 1 ? rowsOf((groups[0] as Group).covariance).map((row) => row.map(orNull)) : null,
    warnings,
    r: rocScript(table, spec, groups[0]?.outcome as BinaryOutcome, context),
  };
}

function mustDiffer(spec: RocSpec): void {
  const all = rocColumns(spec);
  const twice = all.find((name, place) => all.indexOf(name) !== place);
  if (twice === undefined) return;
  throw new ExpectedError('BAD_SPEC', `“${twice}” is named twice.`, 'Nothing was computed. Give each column one part.');
}

function groupsOf(table: DataTable, spec: RocSpec, rows: Int32Array): Group[] {
  const scores = spec.predictors.map((name) => scoresOf(table, name, rows, spec.factors[name]));
  const whole = binaryOutcome(table, spec.outcome, rows, spec.factors[spec.outcome], spec.event);
  if (spec.by === undefined) return [groupOf(null, whole, scores)];
  const { codes, levels } = categoriesIn(table, spec.by, rows, spec.factors[spec.by]);
  return levels.map((name, level) => {
    const events = whole.events.filter((_event, i) => codes[i] === level);
    const count = events.reduce((total, value) => total + value, 0);
    if (count === 0 || count === events.length) {
      throw new ExpectedError(
        'REFUSED_MODEL',
        `Everybody in “${name}” of “${spec.by}” has the outcome ${count === 0 ? whole.other : whole.event}, so there is nothing to tell apart.`,
        'Nothing was computed. Join groups, or leave this one out.',
      );
    }
    return groupOf(
      name,
      { ...whole, events, count },
      scores.map((values) => values.filter((_value, i) => codes[i] === level)),
    );
  });
}

/** Numbers; or the places of ordered categories, where `factors` gives their order. */
function scoresOf(
  table: DataTable,
  name: string,
  rows: Int32Array,
  order: readonly string[] | undefined,
): Float64Array {
  if (!order) return numbersIn(table, name, rows);
  const unnamed = asCategorical(columnNamed(table, name)).levels.find((level) => !order.includes(level));
  if (unnamed !== undefined) {
    throw new ExpectedError(
      'BAD_SPEC',
      `The order of “${name}” in “factors” leaves out “${unnamed}”.`,
      'Nothing was computed. Name every level, from the one least like the event to the one most like it.',
    );
  }
  const { codes } = categoriesIn(table, name, rows, order);
  return Float64Array.from(codes, (code) => code + 1);
}

function groupOf(name: string | null, outcome: BinaryOutcome, values: readonly Float64Array[]): Group {
  const { events, count } = outcome;
  const scores = values.map((score) => {
    const cases = new Float64Array(count);
    const controls = new Float64Array(events.length - count);
    let [i, j] = [0, 0];
    for (let row = 0; row < events.length; row += 1) {
      if (events[row] === 1) {
        cases[i] = score[row] as number;
        i += 1;
      } else {
        controls[j] = score[row] as number;
        j += 1;
      }
    }
    return { cases, controls };
  });
  const placed = scores.map(placements);
  return { name, outcome, scores, placed, covariance: delongCovariance(placed) };
}

function curveOf(group: Group, predictor: string, place: number, spec: RocSpec) {
  const { auc } = group.placed[place] as Placements;
  const variance = group.covariance.data[place * group.placed.length + place] as number;
  const { se, low, high, logit } = aucInterval(auc, variance, spec.confidence);
  const curve = rocCurve(group.scores[place] as Group['scores'][number]);
  const { cases, controls } = curve;
  const [from, to] = spec.partial;
  const areas = precisionRecallAreas(curve);
  return {
    predictor,
    ...(group.name === null ? {} : { group: group.name }),
    auc,
    se: orNull(se),
    low: orNull(low),
    high: orNull(high),
    logit: logit === null || Number.isNaN(se) ? null : logit,
    cases,
    controls,
    hanleyMcNeilSe: hanleyMcNeilError(auc, cases, controls),
    mannWhitney: Math.round(2 * auc * cases * controls) / 2,
    partial: { from, to, ...partialArea(curve, from, to) },
    averagePrecision: areas.step,
    precisionRecallAuc: areas.interpolated,
    youden: youdenPlaces(curve).map((at) => {
      const point = pointAt(curve, at);
      return { ...point, index: point.sensitivity + point.specificity - 1 };
    }),
    closest: closestPlaces(curve).map((at) => pointAt(curve, at)),
    thresholds: curve.truePositives.length,
    points: Array.from(spreadPlaces(curve, mostPoints), (at) => pointAt(curve, at)),
  };
}

function comparisonsOf(groups: readonly Group[], { predictors, confidence }: RocSpec): Record<string, unknown>[] {
  const variance = (group: Group, i: number, j = i): number =>
    group.covariance.data[i * predictors.length + j] as number;
  const area = (group: Group, i: number): number => (group.placed[i] as Placements).auc;
  const shown = (found: object): object =>
    Object.fromEntries(
      Object.entries(found).map(([key, value]) => [key, value === null ? null : orNull(value as number)]),
    );
  const paired = groups.flatMap((group) =>
    pairsOf(predictors.length).map(([i, j]) => ({
      first: predictors[i],
      second: predictors[j],
      ...(group.name === null ? {} : { group: group.name }),
      ...shown(
        correlatedDifference(
          [area(group, i), area(group, j)],
          [variance(group, i), variance(group, j)],
          variance(group, i, j),
          confidence,
        ),
      ),
    })),
  );
  const between = predictors.flatMap((predictor, i) =>
    pairsOf(groups.length).map(([a, b]) => {
      const [one, other] = [groups[a] as Group, groups[b] as Group];
      return {
        predictor,
        first: one.name,
        second: other.name,
        ...shown(
          independentDifference(
            [area(one, i), area(other, i)],
            [variance(one, i), variance(other, i)],
            [one.outcome.events.length, other.outcome.events.length],
            confidence,
          ),
        ),
      };
    }),
  );
  return [...paired, ...between];
}

function pairsOf(count: number): [number, number][] {
  return Array.from({ length: count }, (_none, i) => i).flatMap((i) =>
    Array.from({ length: count - i - 1 }, (_none, k): [number, number] => [i, i + k + 1]),
  );
}

function warningsOf({ name, outcome, placed, covariance }: Group, predictors: readonly string[]): string[] {
  const where = name === null ? '' : ` in “${name}”`;
  const { count, events } = outcome;
  const few = Math.min(count, events.length - count);
  const variance = (i: number, j = i): number => covariance.data[i * predictors.length + j] as number;
  return [
    ...(name === null ? outcome.warnings : []),
    ...(few < 2
      ? [
          `There is only one person ${count < 2 ? 'with' : 'without'} the event${where}, so that no standard error can be given.`,
        ]
      : few < 10
        ? [
            `There are only ${few} people ${count === few ? 'with' : 'without'} the event${where}; DeLong’s limits are uncertain.`,
          ]
        : []),
    ...predictors.flatMap((predictor, i) => {
      const { auc } = placed[i] as Placements;
      if (auc === 0 || auc === 1)
        return [
          `“${predictor}” separates the outcomes completely${where}: the area is ${auc}, and limits of ${auc} to ${auc} do not show how uncertain that is.`,
        ];
      if (variance(i) === 0) return [`“${predictor}” does not vary${where}, so that its area of ${auc} has no error.`];
      return auc < 0.5 && few >= 2
        ? [
            `The area of “${predictor}”${where} is below 0.5: higher values go with ${outcome.other}. The direction is not turned round.`,
          ]
        : [];
    }),
    ...pairsOf(predictors.length).flatMap(([i, j]) => {
      const sum = variance(i) + variance(j);
      return sum > 0 && sum - 2 * variance(i, j) <= 1e-13 * sum
        ? [
            `“${predictors[i]}” and “${predictors[j]}” rank everybody alike${where}, so that their difference has no error and no test.`,
          ]
        : [];
    }),
  ];
}

export const roc: Procedure<RocSpec> = {
  name: 'roc',
  summary:
    'How well scores tell apart those with an event from those without: areas under the curve, and their differences.',
  schema: rocSchema,
  columns: rocColumns,
  run,
  example: {
    question: 'Which of two scores finds the people who later go off sick better?',
    data: 'sick,strain,load\n0,3,12\n0,5,18\n0,4,11\n1,6,16\n0,2,14\n1,8,15\n0,7,10\n1,9,19\n1,4,13\n0,3,9\n1,7,20\n0,5,17\n1,6,12\n0,1,8\n',
    spec: { outcome: 'sick', predictors: ['strain', 'load'] },
  },
};
