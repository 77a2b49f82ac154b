import { SegmentedControl, Select } from '@mantine/core';
import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import { useAnalysis } from '../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Filters } from '../../ui/filters.tsx';
import { formatCount, formatMonth, formatNumber, none } from '../../ui/format.ts';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import classes from './exposure.module.css';
import { type Question, type TrendBy, trendSpec } from './filters.ts';
import { type ExposureTrend, readTrend, type TrendChart, type TrendPoint } from './results.ts';
import {
  bySignals,
  chanceWords,
  chartKey,
  monthsSignalled,
  nameOfChart,
  runFinding,
  runSpecOf,
  signalWords,
} from './run-model.ts';
import { text } from './text.ts';

type Choice = { readonly by: TrendBy; readonly category: string | null; readonly chart: string | null };
const choiceMemory = createMemory<Choice>({ by: 'force', category: null, chart: null });

const kinds = [
  { value: '', label: text.runAllKinds },
  { value: 'each', label: text.runEachKind },
  ...exposureCategories.map(({ code, label }) => ({ value: code, label })),
];

/** Run charts of the force, its units or roles, with the rule behind each signal and how often one is chance. */
export function RunCharts({ question }: { readonly question: Question }) {
  const choice = useMemory(choiceMemory);
  const trend = useAnalysis('exposure-trend', trendSpec(question, choice.by, choice.category));
  return (
    <Stack>
      <Filters label={text.runTitle}>
        <SegmentedControl
          aria-label={text.runBy}
          value={choice.by}
          onChange={(by) => choiceMemory.set((now) => ({ ...now, by: by as TrendBy, chart: null }))}
          data={(['force', 'unit', 'role'] as const).map((value) => ({ value, label: text.runByOptions[value] }))}
        />
        <Select
          aria-label={text.runKind}
          w={280}
          searchable
          value={choice.category ?? ''}
          onChange={(value) => choiceMemory.set((now) => ({ ...now, category: value || null, chart: null }))}
          data={kinds}
        />
        {question.scheme === 'count-v1' ? null : <p className={classes.dim}>{text.runPlainCounts}</p>}
      </Filters>
      <AnalysisGate analysis={trend} label={text.running}>
        {(result) => <Charts result={result} />}
      </AnalysisGate>
    </Stack>
  );
}

function Charts({ result }: { readonly result: AnalysisResult }) {
  const trend = useMemo(() => readTrend(result), [result]);
  const charts = useMemo(() => bySignals(trend.charts), [trend]);
  const { chart: wanted } = useMemory(choiceMemory);
  const shown = charts.find((chart) => chartKey(chart) === wanted) ?? charts[0];
  if (!shown) return <Panel>{text.runNone}</Panel>;
  return (
    <>
      <RunChart chart={shown} trend={trend} result={result} />
      <ChanceNotice trend={trend} shown={shown} />
      {charts.length > 1 ? <ChartList charts={charts} shown={shown} /> : null}
    </>
  );
}

function ChanceNotice({ trend, shown }: { readonly trend: ExposureTrend; readonly shown: TrendChart }) {
  const words = chanceWords(shown);
  const { charts, withSignals, expectedIfStable } = trend.signalling;
  if (words === null) return null;
  return (
    <Notice title={text.chanceTitle}>
      <p>
        {words}
        {charts > 1
          ? ` Of these ${formatCount(charts)} charts ${formatCount(withSignals)} signal; about ${formatNumber(expectedIfStable, 1)} would even if nothing had changed in any.`
          : ''}
      </p>
      {[...shown.notes, ...(shown.share ? [] : [`${nameOfChart(shown)}: ${text.notForSharing}.`])].map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Notice>
  );
}

type ChartProps = { readonly chart: TrendChart; readonly trend: ExposureTrend; readonly result: AnalysisResult };

function RunChart({ chart, trend, result }: ChartProps) {
  const spec = useMemo(() => runSpecOf(chart, trend.basis), [chart, trend.basis]);
  const option = useMemo(() => specOption(spec), [spec]);
  const columns = useMemo(() => pointColumns(chart, trend.basis, spec.decimals), [chart, trend.basis, spec.decimals]);
  const title = runFinding(chart, trend.basis);
  return (
    <ChartPanel
      copyable={false}
      id="exposure-run"
      title={title}
      note={text.runNote(trend.basis)}
      description={`Run chart by month with its mean and limits. ${title}. ${chanceWords(chart) ?? ''} The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={chart.points}
      rowId={(row) => row.month}
      actions={
        <WorkedOut
          result={result}
          numbers={[
            { term: 'Exposures', value: formatCount(trend.events) },
            { term: 'Months with data', value: formatCount(chart.charted) },
            { term: 'Chart', value: chart.chart === 'xmr' ? 'XmR' : chart.chart },
            { term: 'In no post on the day', value: formatCount(trend.unplaced) },
          ]}
          steps={[
            `Count the exposures of each month, and divide by the ${trend.basis} of it; times 100.`,
            'The mean and the limits come from all months with data; a month without data is left out, not counted as zero.',
            'Mark months by the four rules of NHS England’s “Making Data Count”.',
            'Draw 4,000 stable charts of as many months, and count those on which a rule fires all the same.',
          ]}
        />
      }
    />
  );
}

function pointColumns(chart: TrendChart, basis: string, decimals: number): readonly TableColumn<TrendPoint>[] {
  const number = (value: number | null) => (value === null ? none : formatNumber(value, decimals));
  const rate = (id: 'value' | 'lower' | 'upper', header: string): TableColumn<TrendPoint> => ({
    id,
    header,
    value: (row) => row[id],
    cell: (row) => number(row[id]),
    align: 'end',
    widthPx: 120,
  });
  return [
    { id: 'month', header: 'Month', value: (row) => row.month, cell: (row) => formatMonth(row.month), widthPx: 100 },
    {
      id: 'count',
      header: 'Exposures',
      value: (row) => row.count,
      cell: (row) => formatCount(row.count),
      align: 'end',
    },
    {
      id: 'denominator',
      header: basis[0]?.toUpperCase() + basis.slice(1),
      value: (row) => row.denominator,
      cell: (row) => formatCount(row.denominator),
      align: 'end',
      widthPx: 150,
    },
    rate('value', 'Per 100'),
    rate('lower', 'Lower limit'),
    rate('upper', 'Upper limit'),
    { id: 'signal', header: 'Signal', value: (row) => signalWords(chart, row) || null, grow: 1, widthPx: 180 },
  ];
}

const listColumns: readonly TableColumn<TrendChart>[] = [
  { id: 'name', header: 'Chart', value: nameOfChart, grow: 1, widthPx: 220 },
  {
    id: 'centre',
    header: 'Mean',
    value: (row) => row.centre,
    cell: (row) => (row.centre === null ? text.noLimits : formatNumber(row.centre, 2)),
    align: 'end',
    widthPx: 90,
  },
  { id: 'months', header: 'Months', value: (row) => row.charted, align: 'end', widthPx: 80 },
  { id: 'signalled', header: 'In signals', value: monthsSignalled, align: 'end', widthPx: 96 },
  {
    id: 'words',
    header: 'Latest signal',
    value: (row) => row.signals.at(-1)?.words ?? (row.centre === null ? text.noLimits : text.noneSignalled),
    grow: 2,
    widthPx: 300,
  },
  {
    id: 'share',
    header: 'Sharing',
    value: (row) => (row.share ? null : text.notForSharing),
    widthPx: 150,
  },
];

function ChartList({ charts, shown }: { readonly charts: readonly TrendChart[]; readonly shown: TrendChart }) {
  return (
    <Panel title={text.allCharts} note={text.allChartsNote}>
      <DataTable
        id="exposure-run-list"
        label={text.allCharts}
        columns={listColumns}
        rows={charts}
        rowId={chartKey}
        chosen={chartKey(shown)}
        onOpen={(row) => choiceMemory.set((now) => ({ ...now, chart: chartKey(row) }))}
        maxHeightPx={320}
      />
    </Panel>
  );
}
