import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { useAnalysis } from '../../bridge/hooks.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { type Question, trendSpec } from './filters.ts';
import { type ExposureTrend, type Funnel, type FunnelPoint, readTrend } from './results.ts';
import { funnelFinding, funnelSpecOf, periodWords } from './run-model.ts';
import { text } from './text.ts';

type Beside = 'all' | 'alike';

/** Units by size against the rate of all of them, or of the same roles. */
export function FunnelChart({ question }: { readonly question: Question }) {
  const trend = useAnalysis('exposure-trend', trendSpec(question, 'unit', null));
  return (
    <AnalysisGate analysis={trend} label={text.running}>
      {(result) => <Units result={result} />}
    </AnalysisGate>
  );
}

function Units({ result }: { readonly result: AnalysisResult }) {
  const trend = useMemo(() => readTrend(result), [result]);
  const [beside, setBeside] = useState<Beside>('all');
  const alike = beside === 'alike' && trend.funnelWithinRoles !== null;
  const funnel = alike ? trend.funnelWithinRoles : trend.funnel;
  if (funnel === null) return <Panel>{text.funnelNone}</Panel>;
  return (
    <Plot
      funnel={funnel}
      alike={alike}
      trend={trend}
      result={result}
      choice={
        trend.funnelWithinRoles === null ? null : (
          <SegmentedControl
            size="xs"
            aria-label={text.funnelCompare}
            value={beside}
            onChange={(value) => setBeside(value as Beside)}
            data={[
              { value: 'all', label: text.funnelAll },
              { value: 'alike', label: text.funnelAlike },
            ]}
          />
        )
      }
    />
  );
}

type PlotProps = {
  readonly funnel: Funnel;
  readonly alike: boolean;
  readonly trend: ExposureTrend;
  readonly result: AnalysisResult;
  readonly choice: ReactNode;
};

function Plot({ funnel, alike, trend, result, choice }: PlotProps) {
  const spec = useMemo(() => funnelSpecOf(funnel, trend.basis, alike), [funnel, trend.basis, alike]);
  const option = useMemo(() => specOption(spec), [spec]);
  const columns = useMemo(() => unitColumns(trend.basis), [trend.basis]);
  const title = funnelFinding(funnel, trend.basis);
  const alone = funnel.notCompared ?? [];
  const left =
    alone.length > 0 ? ` Compared with nobody, because nobody else does their work: ${alone.join(', ')}.` : '';
  return (
    <ChartPanel
      copyable={false}
      id="teams-funnel"
      title={title}
      note={`${text.funnelNote(trend.basis, alike)} ${periodWords(trend.months)}.${left}`}
      description={`Funnel plot of units. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={funnel.points}
      rowId={(row) => row.group}
      actions={
        <>
          {choice}
          <WorkedOut
            result={result}
            numbers={[
              { term: 'Units', value: formatCount(funnel.points.length) },
              { term: 'Exposures', value: formatCount(trend.events) },
              { term: 'Spread between units (τ²)', value: formatNumber(funnel.tau2, 4) },
            ]}
            steps={[
              `Add up the exposures and the ${trend.basis} of each unit over all months with data, and divide; times 100.`,
              alike
                ? 'Exposures to be expected are those at the rate of each role over all units (indirect standardisation).'
                : 'Exposures to be expected are those at the rate of all units together.',
              'Limits on the square-root scale, with the variance between units added (Spiegelhalter 2005; winsorised at 10%).',
            ]}
          />
        </>
      }
    />
  );
}

function unitColumns(basis: string): readonly TableColumn<FunnelPoint>[] {
  const number = (id: string, header: string, value: (row: FunnelPoint) => number, decimals: number) => ({
    id,
    header,
    value,
    cell: (row: FunnelPoint) => formatNumber(value(row), decimals),
    align: 'end' as const,
    widthPx: 116,
  });
  return [
    { id: 'unit', header: text.unit, value: (row) => row.group, grow: 1, widthPx: 180 },
    number('count', 'Exposures', (row) => row.count, 0),
    { ...number('days', basis[0]?.toUpperCase() + basis.slice(1), (row) => row.denominator, 0), widthPx: 150 },
    number('expected', 'Expected', (row) => row.expected, 1),
    number('rate', 'Per 100', (row) => row.rate, 2),
    number('low', 'Lower 99.8%', (row) => row.outer.low, 2),
    number('high', 'Upper 99.8%', (row) => row.outer.high, 2),
    {
      id: 'outside',
      header: 'Outside',
      value: (row) => (row.outside === null ? 'no' : row.outside === 'high' ? 'higher' : 'lower'),
      widthPx: 96,
    },
    { id: 'share', header: 'Sharing', value: (row) => (row.share ? null : text.notForSharing), widthPx: 150 },
  ];
}
