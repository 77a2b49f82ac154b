import type { IndicatorDefinition } from '#main/analysis/indicators/definition.ts';
import type { Indicator } from '#main/analysis/indicators/evaluate.ts';
import type { RunSpec } from '#shared/charts/chart-spec.ts';
import { runSeries } from '#shared/charts/run-series.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { leastMonthsForLimits } from '#shared/domain/indicators.ts';
import type { Block, FigureBlock, TableBlock, TableCellValue } from '#shared/report/document.ts';
import { formatDate, formatNumber } from '#shared/report/format.ts';
import { textCell } from '../published-cells.ts';
import type { AddedPart } from './added-part.ts';
import { isShareOfPeople, shareCounts } from './indicator-counts.ts';

const assuranceWords = {
  pass: 'met every month',
  fail: 'met in no month',
  'hit or miss': 'met by chance',
} as const;

type Measured = Indicator & { readonly withheldMonths: number };

/**
 * Indicators with a value in one of the months asked for: their months beside what is usual and the target, and their run charts.
 * @param months whose values stand in the table, `2026-03`
 */
export function indicatorsPart(analysis: AnalysisResult, months: readonly string[]): AddedPart {
  const all = (analysis.result as { readonly indicators: readonly Indicator[] }).indicators.map(
    (indicator): Measured => ({
      ...indicator,
      withheldMonths: indicator.chart.points.filter(({ state }) => state === 'withheld').length,
    }),
  );
  const told = all.filter(({ chart }) =>
    chart.points.some(({ state, month }) => state === 'measured' && months.includes(month)),
  );
  const untold = all.filter((indicator) => !told.includes(indicator));
  const counted = told.filter(isShareOfPeople).map(shareCounts);
  return {
    analyses: [analysis],
    withheld: all.reduce((sum, { withheldMonths }) => sum + withheldMonths, 0),
    counts: { workforce: [], clinical: counted.flatMap(({ cells }) => cells) },
    sums: { workforce: [], clinical: counted.flatMap(({ sums }) => sums) },
    section: {
      id: 'indicators',
      heading: 'Indicators',
      blocks: [
        ...(told.length === 0
          ? [paragraph('No indicator can be measured in this quarter. The list below says what each of them needs.')]
          : [overviewTable(told, months)]),
        ...chartsOf(told),
        ...(untold.length === 0 ? [] : [untoldList(untold, months)]),
        {
          kind: 'callout',
          tone: 'limits',
          title: 'To bear in mind',
          text: [...analysis.reading.slice(-1), ...analysis.warnings],
        },
      ],
    },
  };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

function valueCell({ kind }: IndicatorDefinition, value: number | null): TableCellValue {
  if (value === null) return { kind: 'not-assessable' };
  return kind === 'share' ? { kind: 'share', value: value / 100, decimals: 1 } : { kind: 'number', value, decimals: 1 };
}

function overviewTable(told: readonly Measured[], months: readonly string[]): TableBlock {
  return {
    kind: 'table',
    id: 'indicators-table',
    caption: 'Indicators in the months of this quarter, beside what is usual and the target',
    columns: [
      { label: 'Indicator', align: 'start' },
      ...months.map((month) => ({ label: formatDate(month), align: 'end' as const })),
      { label: 'Mean', align: 'end' },
      { label: 'Target', align: 'end' },
      { label: 'What the chart says', align: 'start' },
    ],
    rows: told.map((indicator) => ({
      cells: [
        textCell(titleOf(indicator.definition)),
        ...months.map((month): TableCellValue => {
          const point = indicator.chart.points.find((one) => one.month === month);
          return point?.state === 'withheld'
            ? { kind: 'withheld', reason: 'derived' }
            : valueCell(indicator.definition, point?.value ?? null);
        }),
        valueCell(indicator.definition, indicator.chart.centre),
        indicator.target === null ? textCell('none') : valueCell(indicator.definition, indicator.target.value),
        textCell(chartWords(indicator)),
      ],
    })),
    notes: [
      'Mean: of all months shown in the chart. A month that cannot be measured yet, such as one whose people are still followed, is not assessable.',
    ],
    threshold: Math.max(...told.map(({ definition }) => definition.threshold)),
  };
}

function titleOf({ title, unit, kind }: IndicatorDefinition): string {
  return kind === 'share' ? title : `${title} (${unit})`;
}

/** What the rules of the chart say of the newest month with a value, and how the target is met. */
export function chartWords({ chart, target, definition }: Indicator): string {
  const measured = chart.points.filter(({ state }) => state === 'measured');
  if (measured.length < leastMonthsForLimits) return `${measured.length} months: too few to say`;
  const signal = measured.at(-1)?.signal ?? null;
  const varies =
    signal === null
      ? 'as usual'
      : signal.kind === 'neutral'
        ? `${signal.direction === 'low' ? 'lower' : 'higher'} than usual`
        : signal.kind === 'concern'
          ? 'changed for the worse'
          : 'changed for the better';
  const met = target === null || definition.better === 'neither' || chart.assurance === null;
  return met ? varies : `${varies}; target ${assuranceWords[chart.assurance ?? 'hit or miss']}`;
}

/** What a wellbeing board follows from quarter to quarter, whether it has changed or not. */
const followed: ReadonlySet<string> = new Set([
  'screening-uptake',
  'absence-rate',
  'psychological-absence-rate',
  'offer-uptake',
]);

/** Charts of the indicators that are followed, have changed or have a target; one of too few months says nothing. */
function chartsOf(told: readonly Measured[]): Block[] {
  const drawn = told.filter(({ id, chart, target }) => {
    const measured = chart.points.filter(({ state }) => state === 'measured');
    const isAsked = target !== null || followed.has(id) || measured.at(-1)?.signal != null;
    return measured.length >= leastMonthsForLimits && isAsked;
  });
  const rest: Block = {
    kind: 'paragraph',
    tone: 'small',
    text: 'Drawn here are screening, absence and the uptake of offers, and whatever has a target or has changed by the rules of the run chart. The run charts of all are in the place Indicators.',
  };
  return [...drawn.map(runFigure), rest];
}

function runFigure(indicator: Measured): FigureBlock {
  const { definition, chart, target } = indicator;
  const spec: RunSpec = {
    kind: 'run',
    measure: definition.unit,
    decimals: 1,
    ...runSeries(chart),
    ...(target === null ? {} : { target: { value: target.value, label: 'Target' } }),
  };
  const measured = chart.points.filter(({ state }) => state === 'measured');
  const title = `${definition.title}: ${chartWords(indicator)}`;
  return {
    kind: 'figure',
    title,
    caption: `${definition.title}, ${definition.unit}, month by month, with the mean, the limits of an XmR chart${target === null ? '' : ' and the target'}.`,
    description: `A run chart of ${measured.length} months. ${title}.`,
    chart: spec,
    data: {
      columns: [
        { label: 'Month', align: 'start' },
        { label: 'Value', align: 'end' },
      ],
      rows: chart.points.map(({ month, state, value }) => ({
        cells: [
          { kind: 'date', iso: month },
          state === 'withheld' ? { kind: 'withheld', reason: 'derived' } : valueCell(definition, value),
        ],
      })),
      notes:
        chart.centre === null || chart.lower === null || chart.upper === null
          ? []
          : [
              `Mean ${formatNumber(chart.centre, 1)}, limits ${formatNumber(Math.max(0, chart.lower), 1)} to ${formatNumber(chart.upper, 1)}.`,
            ],
      threshold: definition.threshold,
    },
  };
}

function untoldList(untold: readonly Measured[], months: readonly string[]): Block {
  const reasonOf = ({ notMeasurable, chart, definition }: Measured): string => {
    const own = chart.points.filter(({ month }) => months.includes(month));
    const withheld = own.some(({ state }) => state === 'withheld');
    if (withheld) return `withheld, because fewer than ${definition.threshold} people stand behind it`;
    return (notMeasurable ?? own.findLast(({ reason }) => reason !== null)?.reason ?? 'it cannot be measured').replace(
      /\.$/,
      '',
    );
  };
  return {
    kind: 'table',
    caption: 'Indicators without a value in this quarter, and why',
    columns: [
      { label: 'Indicator', align: 'start' },
      { label: 'Why', align: 'start' },
    ],
    rows: untold.map((indicator) => ({
      cells: [textCell(indicator.definition.title), textCell(reasonOf(indicator))],
    })),
    notes: [],
  };
}
