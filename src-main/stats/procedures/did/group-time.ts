import { subMatrix } from '../../linear-algebra/matrix.ts';
import {
  type Aggregate,
  aggregateGroupTime,
  influenceCovariance,
  influenceError,
} from '../../quasi-experiments/did/aggregate-group-time.ts';
import { jointTest } from '../../quasi-experiments/did/did-regression.ts';
import { type GroupTimeCell, type GroupTimeResult, groupTimeEffects } from '../../quasi-experiments/did/group-time.ts';
import type { Panel } from '../../quasi-experiments/did/panel.ts';
import { badColumn, clusterWarnings, refusedModel } from '../shared/did-messages.ts';
import { type TermResult, waldTerm } from '../term.ts';
import { clustersOfUnits, type DidFound, type DidInput, panelOf } from './input.ts';
import { groupTimeScript } from './script.ts';
import { unevenWarnings } from './two-way.ts';

type Clusters = { readonly codes: Int32Array; readonly count: number };
type Row = Omit<TermResult, 'term'>;

/** Effects by cohort and period, and their averages. */
export function groupTimeOutcome(input: DidInput): DidFound {
  const panel = panelOf(input);
  if (panel.repeated) {
    throw refusedModel(
      'Some unit has several rows at one time, but group-time follows units that have one each.',
      'Average the rows of each unit and time first, or use twfe or event-study.',
    );
  }
  const { spec } = input;
  const result = groupTimeEffects(panel, input.y, input.design.matrix, spec.comparison);
  const clusters = clustersOf(input, result);
  const averages = aggregateGroupTime(result);
  if (Number.isNaN(averages.simple.effect)) {
    throw refusedModel(
      'No effect after the start can be estimated.',
      'Use fewer covariates, or units that are seen before and after.',
    );
  }
  const judge: Judge = { clusters, confidence: spec.confidence, least: rounding * largestDeviation(input.y) };
  const row = (part: Aggregate): Row => rowOf(part, judge);
  if (row(averages.simple).se === null) {
    throw refusedModel(
      'The outcome changes by the same in every unit of a group, so there is no error to judge effects by.',
      'Look at whether the right column was chosen.',
    );
  }
  const overall = {
    simple: row(averages.simple),
    group: row(averages.group),
    dynamic: row(averages.dynamic),
    calendar: row(averages.calendar),
  };
  const label = (period: number): number | string => panel.labels[period] as number | string;
  return {
    att: overall[spec.aggregate],
    aggregates: overall,
    aggregate: spec.aggregate,
    periods: result.cells.map((cell) => ({
      group: groupLabel(panel, cell.group),
      time: label(cell.period),
      event: cell.period - cell.group,
      ...cellRow(cell, judge),
    })),
    groups: [...averages.groups].map(([g, part]) => ({ group: groupLabel(panel, g), ...row(part) })),
    events: eventRows(averages.events, row),
    calendar: [...averages.periods].map(([t, part]) => ({ time: label(t), ...row(part) })),
    preTrend: preTrendOf(result, clusters),
    cohorts: result.groups.map((g) => ({ group: groupLabel(panel, g), units: countOf(result.group, g) })),
    untreatedUnits: countOf(result.group, panel.periods),
    warnings: warningsOf(input, panel, result, judge),
    r: groupTimeScript(input),
  };
}

function groupLabel(panel: Panel, g: number): number | string {
  return panel.cohortLabels.get(g) ?? (panel.labels[g] as number | string);
}

function countOf(codes: Int32Array, code: number): number {
  return codes.reduce((count, value) => count + (value === code ? 1 : 0), 0);
}

function clustersOf(input: DidInput, result: GroupTimeResult): Clusters {
  const all = clustersOfUnits(input);
  if (!all) {
    throw badColumn(
      `Some unit has rows in several clusters of “${input.spec.cluster}”.`,
      'The cluster of a unit must stay the same, for the errors of group-time are clustered by unit or by groups of units.',
    );
  }
  const place = new Map<number, number>();
  const codes = Int32Array.from(result.units, (unit) => {
    const code = all.codes[unit] as number;
    if (!place.has(code)) place.set(code, place.size);
    return place.get(code) as number;
  });
  return { codes, count: place.size };
}

type Judge = { readonly clusters: Clusters; readonly confidence: number; readonly least: number };

/** An error below this share of the outcome's spread is rounding: units that all change alike. */
const rounding = 1e-11;

function largestDeviation(y: Float64Array): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of y) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

function rowOf(part: Aggregate, { clusters, confidence, least }: Judge): Row {
  const se = influenceError(part, clusters.codes, clusters.count);
  if (!(se > least)) return { ...unknown, estimate: part.effect };
  const { term: _term, ...row } = waldTerm('', part.effect, se, null, confidence);
  return row;
}

const unknown: Row = { estimate: null, se: null, statistic: null, df: null, p: null, low: null, high: null };

function cellRow(cell: GroupTimeCell, judge: Judge): Row & { readonly reference?: true } {
  if (cell.base) return { reference: true, ...unknown, estimate: 0 };
  return cell.problem === null ? rowOf(cell, judge) : unknown;
}

function eventRows(
  events: ReadonlyMap<number, Aggregate>,
  row: (part: Aggregate) => Row,
): (Row & { readonly event: number; readonly reference?: true })[] {
  const rows = [...events].map(([event, part]) => ({ event, ...row(part) }));
  return [...rows, { event: -1, reference: true as const, ...unknown, estimate: 0 }].sort((a, b) => a.event - b.event);
}

/** That all effects before treatment are 0: χ² on as many degrees of freedom, as `did::att_gt` tests. */
function preTrendOf(result: GroupTimeResult, clusters: Clusters): Record<string, unknown> | null {
  const cells = result.cells.filter((cell) => cell.period < cell.group && !cell.base && cell.problem === null);
  if (cells.length === 0 || cells.length >= clusters.count) return null;
  const all = cells.map((_cell, index) => index);
  const covariance = influenceCovariance(cells, clusters.codes, clusters.count);
  const found = jointTest(
    Float64Array.from(cells, (cell) => cell.effect),
    subMatrix(covariance, all, all),
    null,
  );
  return found && { name: 'all effects before treatment are 0', ...found };
}

const reasons = {
  overlap: 'the covariates all but tell who is treated',
  collinear: 'the covariates depend on each other there',
  'no units': 'no treated or no comparison unit is seen then and at the base',
};

function warningsOf(input: DidInput, panel: Panel, result: GroupTimeResult, judge: Judge): string[] {
  const { spec } = input;
  const { clusters } = judge;
  const exact = result.cells.filter((cell) => cell.problem === null && !cell.base && rowOf(cell, judge).se === null);
  const treated = new Set<number>();
  result.group.forEach((g, index) => {
    if (g < panel.periods) treated.add(clusters.codes[index] as number);
  });
  const later = [...panel.treatedFrom].filter((start) => start === panel.periods).length;
  const least = input.design.matrix.columns + 4;
  const small = result.groups.filter((g) => countOf(result.group, g) < least).map((g) => groupLabel(panel, g));
  return [
    ...(result.alwaysTreated > 0
      ? [`Left out: ${result.alwaysTreated} units treated from the first time on, for which there is no time before.`]
      : []),
    ...(later > 0 ? [`${later} units are treated only after the last time, and count as not treated.`] : []),
    ...(Object.keys(reasons) as (keyof typeof reasons)[]).flatMap((reason) => {
      const cells = result.cells.filter((cell) => cell.problem === reason);
      if (cells.length === 0) return [];
      const named = cells
        .slice(0, 5)
        .map((cell) => `${groupLabel(panel, cell.group)} in ${panel.labels[cell.period]}`)
        .join(', ');
      return [
        `No effect for ${named}${cells.length > 5 ? ` and ${cells.length - 5} more` : ''}: ${reasons[reason]}. Averages leave them out.`,
      ];
    }),
    ...(exact.length > 0
      ? [
          `In ${exact.length} cohort and time pairs all units of a group change by the same, so those effects have no standard error.`,
        ]
      : []),
    ...(small.length > 0
      ? [
          `Cohorts of fewer than ${least} units (${small.join(', ')}): their effects and errors are not to be leaned on.`,
        ]
      : []),
    ...clusterWarnings(clusters.count, treated.size, spec.cluster ?? (spec.unit as string)),
    ...(panel.balanced
      ? []
      : [
          'Some units miss some times; each effect uses the units seen at both of its times, so they are not all of the same units.',
        ]),
    ...unevenWarnings(panel),
    ...(preTrendOf(result, clusters) === null
      ? ['There are too few times before treatment, or too few units, to test whether the groups moved alike before.']
      : []),
  ];
}
