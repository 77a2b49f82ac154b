import type { GroupChart } from '#main/analysis/exposure/trend/exposure-trend.ts';
import { categoryLabel } from '#main/analysis/exposure/words.ts';
import type { RunSpec } from '#shared/charts/chart-spec.ts';
import { ruleLabels } from '#shared/charts/run-series.ts';
import type { Block, ReportSection, TableRow } from '#shared/report/document.ts';
import { decimalsFor, formatNumber } from '#shared/report/format.ts';
import { monthsBlocks } from '../months-figure.ts';
import { type Shown, shown, textCell } from '../published-cells.ts';
import { type JudgedQuarters, monthEvents, quarterEvents } from './quarterly-counts.ts';
import type { QuarterFacts, QuarterlyFacts } from './quarterly-facts.ts';

const mostCharts = 4;
const leastMonths = 12;

/** What was recorded in the quarter, beside the months before it and the quarters that it is compared with. */
export function quarterlyExposure(facts: QuarterlyFacts, judged: JudgedQuarters): ReportSection {
  const section = (blocks: readonly Block[]): ReportSection => ({ id: 'exposure', heading: 'Exposure', blocks });
  const { spec, window } = facts;
  const [now] = facts.three;
  if (window === null || !now.isHeld) {
    return section([
      {
        kind: 'paragraph',
        text: 'Exposures are not held for the whole of this quarter, so that nothing is said of them. Import the exposures extract, or incidents with who attended them, up to its last day.',
      },
    ]);
  }
  const totals = window.exposure.months.map((month) => judged.shown(monthEvents(month)));
  return section([
    { kind: 'heading', text: 'Month by month' },
    ...monthsBlocks({ exposure: window.exposure, spec: { ...spec, from: window.from } }, totals),
    { kind: 'heading', text: 'What people were exposed to' },
    kindsTable(facts, judged),
    ...categoryCharts(facts, judged),
    {
      kind: 'paragraph',
      tone: 'small',
      text: `Units are not set side by side here: the report “Exposure and wellbeing” shows where exposure fell, and a briefing for a unit shows one beside the force. A higher figure says that more was recorded, not that anybody did worse.`,
    },
  ]);
}

/** Kinds that were recorded in any of the quarters, the most frequent of this one first. */
function kindsOf({ three }: QuarterlyFacts, judged: JudgedQuarters) {
  const codes = new Set(three.flatMap(({ exposure, isHeld }) => (isHeld ? Object.keys(exposure.byCategory) : [])));
  return [...codes]
    .map((category) => ({ category, label: categoryLabel(category), cells: three.map(cellOf(category, judged)) }))
    .sort((a, b) => (b.cells[0]?.value ?? -1) - (a.cells[0]?.value ?? -1) || (a.label < b.label ? -1 : 1));
}

function cellOf(category: string, judged: JudgedQuarters): (of: QuarterFacts) => Shown | null {
  return ({ quarter, exposure, isHeld }) => {
    if (!isHeld) return null;
    // A kind of which nothing was recorded has no count that could be withheld.
    return category in exposure.byCategory
      ? judged.shown(quarterEvents({ category }, quarter))
      : { value: 0, reason: null };
  };
}

function kindsTable(facts: QuarterlyFacts, judged: JudgedQuarters): Block {
  const row = (label: string, cells: readonly (Shown | null)[]): TableRow => ({
    cells: [textCell(label), ...cells.map((cell) => (cell === null ? textCell('not held') : shown(cell)))],
  });
  const totals = facts.three.map(({ quarter, isHeld }) => (isHeld ? judged.shown(quarterEvents({}, quarter)) : null));
  return {
    kind: 'table',
    id: 'kinds',
    caption: 'Recorded exposures by kind, this quarter and those it is compared with',
    columns: [
      { label: 'Kind', align: 'start' },
      ...facts.three.map(({ quarter }) => ({ label: quarter.name, align: 'end' as const })),
    ],
    rows: [
      ...kindsOf(facts, judged).map(({ label, cells }) => row(label, cells)),
      { ...row('All kinds', totals), role: 'total' },
    ],
    notes: [
      'A difference between two quarters is often chance. What the months say by the rules of a run chart stands below.',
    ],
    threshold: facts.spec.threshold,
  };
}

/** The kinds recorded most often, each by the rate of its months, where no month is small. */
function categoryCharts(facts: QuarterlyFacts, judged: JudgedQuarters): Block[] {
  const { trend, spec } = facts;
  const chartOf = new Map(trend.charts.map((chart) => [chart.category, chart]));
  const charts = kindsOf(facts, judged)
    .flatMap(({ category, cells }) => ((cells[0]?.value ?? null) === null ? [] : (chartOf.get(category) ?? [])))
    .filter(({ points, charted }) => {
      const held = points.filter(({ value }) => value !== null);
      return charted >= leastMonths && held.every(({ count }) => count >= spec.threshold);
    })
    .slice(0, mostCharts);
  if (charts.length === 0) {
    return [{ kind: 'paragraph', text: 'No kind has twelve months that are large enough for a run chart of its own.' }];
  }
  return charts.map((chart) => categoryFigure(chart, facts));
}

function categoryFigure(chart: GroupChart, { trend }: QuarterlyFacts): Block {
  const { category, points, centre } = chart;
  const label = categoryLabel(category ?? '');
  const values = points.flatMap(({ value }) => value ?? []);
  const decimals = decimalsFor(Math.max(0, ...values));
  const title = categoryFinding(label, chart, trend.basis);
  return {
    kind: 'figure',
    title,
    caption: `${label}: recorded exposures per ${trend.per} ${trend.basis}, month by month, on a ${chart.chart} chart with the rules of NHS England’s Making Data Count.`,
    description: `A run chart of ${values.length} months. ${title}.`,
    chart: runOf(chart, `per ${trend.per} ${trend.basis}`, decimals),
    data: {
      columns: [
        { label: 'Month', align: 'start' },
        { label: 'Rate', align: 'end' },
        { label: 'Lower limit', align: 'end' },
        { label: 'Upper limit', align: 'end' },
      ],
      rows: points.map(({ month, value, lower, upper }) => ({
        cells: [
          { kind: 'date', iso: month },
          ...[value, lower, upper].map((one) =>
            one === null ? ({ kind: 'not-assessable' } as const) : ({ kind: 'number', value: one, decimals } as const),
          ),
        ],
      })),
      notes: centre === null ? [] : [`Mean ${formatNumber(centre, decimals)}.`],
    },
  };
}

/** What the newest signal of a chart says, or that there is none. */
export function categoryFinding(label: string, { signals, charted, centre }: GroupChart, basis: string): string {
  const newest = signals.at(-1);
  if (newest !== undefined) return `${label}: ${newest.words.replace(/\.$/, '')}`;
  const mean = centre === null ? '' : `; the mean is ${formatNumber(centre, decimalsFor(centre))} per 100 ${basis}`;
  return `${label}: nothing out of the ordinary in ${charted} months${mean}`;
}

function runOf({ points, centre, signals }: GroupChart, measure: string, decimals: number): RunSpec {
  const months = points.map(({ month }) => month);
  const labels = new Map<number, string>();
  for (const { rule, direction, from } of signals) {
    const index = months.indexOf(from);
    const text = direction === null ? undefined : ruleLabels[rule]?.[direction];
    if (index >= 0 && text !== undefined && !labels.has(index)) labels.set(index, text);
  }
  return {
    kind: 'run',
    ...{ measure, decimals, months },
    points: points.map((point) => ({
      value: point.value,
      centre: point.value === null ? null : centre,
      ...{ lower: point.lower, upper: point.upper },
      signal: point.signals.length === 0 ? null : { kind: 'neutral', direction: null },
    })),
    labels: [...labels].map(([index, text]) => ({ index, text })),
  };
}
