import { ExpectedError } from '#shared/domain/result.ts';
import {
  type AttributeChart,
  attributeChart,
  countChart,
  timesDenominator,
} from '../../control-charts/attribute-charts.ts';
import type { Baseline, ChartLimits } from '../../control-charts/control-limits.ts';
import { gapsChart, type IndividualsChart, individualsChart } from '../../control-charts/individuals-chart.ts';
import {
  meanChart,
  rangeChart,
  type SigmaMethod,
  type Subgroups,
  sdChart,
  sigmaWithin,
  summariseSubgroups,
} from '../../control-charts/subgroup-charts.ts';
import { asCategorical, columnNamed, type DataTable } from '../../data/table.ts';
import { badSpec, baselineOf, chartValues, type OrderedRows, refused } from '../shared/chart-series.ts';
import type { SpcSpec } from '../shared/spc-spec.ts';

export type BuiltChart = {
  readonly limits: ChartLimits;
  /** Where the rules are applied, if not to the limits shown. */
  readonly ruled?: ChartLimits;
  readonly baseline: Baseline;
  readonly centre: number;
  /** More about the chart, and about each point. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly pointDetail?: (point: number) => Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
};

/** @throws ExpectedError BAD_SPEC where the spec lacks what the chart needs, or has what it cannot use */
export function buildChart(table: DataTable, spec: SpcSpec, order: OrderedRows): BuiltChart {
  mustFit(spec);
  if (spec.chart === 'xbar' || spec.chart === 'r' || spec.chart === 's') return subgroupChart(table, spec, order);
  const baseline = baselineOf(spec.baseline, order.rows.length);
  mustHaveTwo(baseline);
  if (spec.chart === 'xmr' || spec.chart === 't') return movingRangeChart(table, spec, order, baseline);
  return countedChart(table, spec, order, baseline);
}

function mustFit({ chart, denominator, subgroup, laney }: SpcSpec): void {
  const grouped = chart === 'xbar' || chart === 'r' || chart === 's';
  if ((chart === 'p' || chart === 'np' || chart === 'u') && denominator === undefined) {
    throw badSpec(`A ${chart} chart needs a denominator.`, 'Name the column of what the events are counted in.');
  }
  if ((grouped || chart === 'c' || chart === 't') && denominator !== undefined) {
    throw badSpec(`A ${chart} chart has no denominator.`, 'Leave it out, or use a u chart for rates.');
  }
  if (grouped !== (subgroup !== undefined)) {
    throw badSpec(
      grouped ? `A chart of ${chart} needs a column of samples.` : `A ${chart} chart has no samples.`,
      grouped ? 'Name it as “subgroup”.' : 'Leave “subgroup” out, or use an xbar chart.',
    );
  }
  if (laney !== undefined && chart !== 'p' && chart !== 'np' && chart !== 'u') {
    throw badSpec(`A ${chart} chart has no limits of Laney’s.`, 'Leave “laney” out, or use a p or u chart.');
  }
}

function mustHaveTwo({ from, to }: Baseline): void {
  if (to - from < 2) {
    throw refused(
      'Limits need at least two points, and mislead with fewer than 12.',
      'Wait for more points, or widen the baseline.',
    );
  }
}

function movingRangeChart(table: DataTable, spec: SpcSpec, { rows }: OrderedRows, baseline: Baseline): BuiltChart {
  const options = { baseline, exact: spec.exactConstant, screen: spec.screen };
  if (spec.chart === 't') {
    const { limits, transformed } = gapsChart(chartValues(table, spec.y, rows, 0, true), options);
    return {
      limits,
      ruled: transformed,
      baseline,
      centre: limits.centre[0] as number,
      detail: {
        ...rangeDetail(transformed),
        transformed: {
          centre: transformed.centre[0],
          lower: transformed.lower[0],
          upper: transformed.upper[0],
          sigma: transformed.sigma[0],
        },
      },
      warnings: flat(transformed),
    };
  }
  const y = chartValues(table, spec.y, rows, Number.NEGATIVE_INFINITY);
  const denominators = spec.denominator === undefined ? null : chartValues(table, spec.denominator, rows, 0, true);
  const values = denominators ? y.map((value, i) => value / (denominators[i] as number)) : y;
  const chart = individualsChart(values, options);
  return {
    limits: chart,
    baseline,
    centre: chart.centre[0] as number,
    detail: rangeDetail(chart),
    pointDetail: (i) => ({ movingRange: i === 0 ? null : Math.abs((values[i] as number) - (values[i - 1] as number)) }),
    warnings: flat(chart),
  };
}

function rangeDetail({ averageMovingRange, movingRangeLimit }: IndividualsChart): Record<string, number> {
  return { averageMovingRange, movingRangeLimit };
}

function flat({ averageMovingRange }: IndividualsChart): string[] {
  return averageMovingRange === 0
    ? ['The values do not vary from one point of the baseline to the next, so that the limits lie on the centre.']
    : [];
}

function countedChart(table: DataTable, spec: SpcSpec, { rows }: OrderedRows, baseline: Baseline): BuiltChart {
  const counts = chartValues(table, spec.y, rows, 0);
  const warnings = counts.some((count) => !Number.isInteger(count))
    ? [`“${spec.y}” holds numbers that are not whole; limits of a ${spec.chart} chart are meant for counts of events.`]
    : [];
  if (spec.chart === 'c') {
    const limits = countChart(counts, baseline);
    return {
      limits,
      baseline,
      centre: limits.centre[0] as number,
      detail: {},
      warnings: [...warnings, ...noEvents(limits)],
    };
  }
  const denominators = chartValues(table, spec.denominator as string, rows, 0, true);
  const kind = spec.chart === 'u' ? 'u' : 'p';
  if (kind === 'p') mustNotExceed(counts, denominators, rows, spec);
  const chart = attributeChart(kind, counts, denominators, baseline);
  const laney = spec.laney ?? (kind === 'u' && chart.overdispersion.overdispersed);
  const shown = (limits: ChartLimits): ChartLimits =>
    spec.chart === 'np' ? timesDenominator(limits, counts, denominators) : limits;
  const [plain, widened] = [shown(chart.plain), shown(chart.laney)];
  const limits = laney ? widened : plain;
  return {
    limits,
    baseline,
    centre: spec.chart === 'np' && constant(denominators) ? (limits.centre[0] as number) : chart.centre,
    detail: { laney, overdispersion: chart.overdispersion },
    pointDetail: (i) => ({
      count: counts[i],
      denominator: denominators[i],
      plain: { lower: plain.lower[i], upper: plain.upper[i] },
      laney: { lower: widened.lower[i], upper: widened.upper[i] },
    }),
    warnings: [...warnings, ...noEvents(limits), ...spreadWarning(chart, laney, kind)],
  };
}

function constant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

function noEvents({ sigma }: ChartLimits): string[] {
  return sigma.every((value) => value === 0)
    ? [
        'The baseline has no spread that chance could have (all or none are events), so that the limits lie on the centre.',
      ]
    : [];
}

function spreadWarning({ overdispersion }: AttributeChart, laney: boolean, kind: 'p' | 'u'): string[] {
  if (!overdispersion.overdispersed) return [];
  const found = `The points spread ${overdispersion.sigmaZ.toFixed(1)} times as widely as chance within them would make them (chi-squared ${overdispersion.statistic.toFixed(1)} on ${overdispersion.df} df)`;
  return [
    laney
      ? `${found}; the limits are Laney’s ${kind}′.`
      : `${found}, so that these limits are too narrow; Laney’s ${kind}′ stand beside them at each point, and “laney”: true applies the rules to them.`,
  ];
}

function mustNotExceed(counts: Float64Array, denominators: Float64Array, rows: Int32Array, spec: SpcSpec): void {
  const at = counts.findIndex((count, i) => count > (denominators[i] as number));
  if (at < 0) return;
  throw new ExpectedError(
    'BAD_COLUMN',
    `Row ${(rows[at] as number) + 1} has ${counts[at]} events of ${denominators[at]}: a share above 1.`,
    'Nothing was computed. Correct the row, or use a u chart where an event can happen more than once to one person.',
    { column: spec.y, row: (rows[at] as number) + 1 },
  );
}

const largestForRange = 10;

function subgroupChart(table: DataTable, spec: SpcSpec, { rows }: OrderedRows): BuiltChart {
  const values = chartValues(table, spec.y, rows, Number.NEGATIVE_INFINITY);
  const { labels, groups } = samplesOf(table, spec, rows, values);
  const summary = summariseSubgroups(groups);
  const baseline = baselineOf(spec.baseline, groups.length);
  const least = summary.sizes.reduce((a, b) => Math.min(a, b));
  const largest = summary.sizes.reduce((a, b) => Math.max(a, b));
  if (
    largest < 2 ||
    (least < 2 && spec.chart !== 'xbar') ||
    summary.sizes.subarray(baseline.from, baseline.to).every((size) => size < 2)
  ) {
    throw refused(
      `Samples of one value have no spread, which a chart of ${spec.chart} needs.`,
      'Use an XmR chart for single values, or leave samples of one out.',
    );
  }
  if (largest > 1_000)
    throw refused(`A sample has ${largest} values; at most 1,000 are taken.`, 'Use an XmR chart of the means.');
  const estimates = sigmaWithin(summary, baseline);
  const usual: SigmaMethod =
    spec.chart === 's' || (spec.chart === 'xbar' && largest > largestForRange) ? 'sd' : 'range';
  const sigma = estimates[spec.sigma ?? usual];
  const limits =
    spec.chart === 'xbar'
      ? meanChart(summary, baseline, sigma)
      : spec.chart === 'r'
        ? rangeChart(summary, sigma)
        : sdChart(summary, sigma);
  return {
    limits,
    baseline,
    centre: least === largest || spec.chart === 'xbar' ? (limits.centre[0] as number) : averageOf(limits.centre),
    detail: { sigma, sigmaEstimates: estimates },
    pointDetail: (i) => sampleDetail(summary, labels, i),
    warnings: sigma === 0 ? ['No sample varies, so that the limits lie on the centre.'] : [],
  };
}

function averageOf(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function sampleDetail(
  { sizes, means, ranges, sds }: Subgroups,
  labels: readonly string[],
  i: number,
): Record<string, unknown> {
  const several = (sizes[i] as number) > 1;
  return {
    subgroup: labels[i],
    size: sizes[i],
    mean: means[i],
    range: several ? ranges[i] : null,
    sd: several ? sds[i] : null,
  };
}

/** Samples in the order in which they first appear. */
function samplesOf(
  table: DataTable,
  spec: SpcSpec,
  rows: Int32Array,
  values: Float64Array,
): { readonly labels: readonly string[]; readonly groups: readonly Float64Array[] } {
  const { codes, levels } = asCategorical(columnNamed(table, spec.subgroup as string));
  const members = new Map<number, number[]>();
  rows.forEach((row, i) => {
    const code = codes[row] as number;
    const list = members.get(code);
    if (list) list.push(values[i] as number);
    else members.set(code, [values[i] as number]);
  });
  const order = [...members.keys()];
  return {
    labels: order.map((code) => levels[code] as string),
    groups: order.map((code) => Float64Array.from(members.get(code) as number[])),
  };
}
