import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { BarsSpec } from '#shared/charts/chart-spec.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { useAnalysis } from '../../bridge/hooks.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatMonth, formatNumber } from '../../ui/format.ts';
import { EmptyState, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { type Question, seriesSpec } from './filters.ts';
import { FunnelChart } from './funnel-chart.tsx';
import { HeatChart } from './heat-chart.tsx';
import { readSeries } from './results.ts';
import { lastMonth, type TeamRow, teamRows } from './teams-model.ts';
import { text } from './text.ts';

export function TeamsTab({ question }: { readonly question: Question }) {
  const series = useAnalysis('exposure-series', seriesSpec(question));
  const plain = useAnalysis('exposure-series', seriesSpec(question, 'count-v1'));
  return (
    <AnalysisGate analysis={series} label={text.running}>
      {(result) => (
        <AnalysisGate analysis={plain} label={text.running}>
          {(plainResult) => <Teams question={question} result={result} plainResult={plainResult} />}
        </AnalysisGate>
      )}
    </AnalysisGate>
  );
}

type Props = { readonly question: Question; readonly result: AnalysisResult; readonly plainResult: AnalysisResult };

function Teams({ question, result, plainResult }: Props) {
  const series = useMemo(() => readSeries(result), [result]);
  const plain = useMemo(() => readSeries(plainResult), [plainResult]);
  const month = lastMonth(series);
  const days = question.windowDays;
  const units = useMemo(() => teamRows(series, plain, month ?? '', 'unit', days), [series, plain, month, days]);
  const roles = useMemo(() => teamRows(series, plain, month ?? '', 'role', days), [series, plain, month, days]);
  if (month === null) {
    return (
      <Panel>
        <EmptyState icon="exposure" title={text.emptyTitle} text={text.teamsNone} />
      </Panel>
    );
  }
  return (
    <Stack>
      <FunnelChart question={question} />
      <TeamBars by="unit" month={month} question={question} rows={units} result={result} />
      <TeamBars by="role" month={month} question={question} rows={roles} result={result} />
      <HeatChart question={question} />
    </Stack>
  );
}

type BarsProps = {
  readonly by: 'unit' | 'role';
  readonly month: string;
  readonly question: Question;
  readonly rows: readonly TeamRow[];
  readonly result: AnalysisResult;
};

function columnsFor(by: 'unit' | 'role'): readonly TableColumn<TeamRow>[] {
  return [
    { id: 'team', header: by === 'unit' ? text.unit : text.role, value: (row) => row.team, grow: 1, widthPx: 180 },
    {
      id: 'people',
      header: 'People in post',
      value: (row) => row.people,
      cell: (row) => formatCount(row.people),
      align: 'end',
    },
    {
      id: 'events',
      header: 'Exposures',
      value: (row) => row.events,
      cell: (row) => (row.events === null ? text.under5 : formatCount(row.events)),
      align: 'end',
    },
    {
      id: 'perPerson',
      header: 'Per person',
      value: (row) => row.perPerson,
      cell: (row) => perPersonWords(row),
      align: 'end',
      widthPx: 140,
    },
  ];
}

function perPersonWords(row: TeamRow): string {
  if (row.perPerson !== null) return formatNumber(row.perPerson, 2);
  return row.events === null ? text.under5 : text.tooFew;
}

const unitColumns = columnsFor('unit');
const roleColumns = columnsFor('role');

function TeamBars({ by, month, question, rows, result }: BarsProps) {
  const days = question.windowDays;
  const spec = useMemo<BarsSpec>(
    () => ({
      kind: 'bars',
      measure: 'per person in post',
      decimals: 2,
      bars: rows.map((row) => ({ label: row.team, value: row.perPerson ?? 'withheld', n: row.people })),
    }),
    [rows],
  );
  const option = useMemo(() => specOption(spec), [spec]);
  const first = rows[0];
  const title =
    first && first.perPerson !== null
      ? `By ${by === 'unit' ? text.byUnit : text.byRole}: ${first.team} carries most, ${formatNumber(first.perPerson, 2)} per person in post over ${days} days`
      : `By ${by === 'unit' ? text.byUnit : text.byRole}: no group is large enough to show`;
  return (
    <ChartPanel
      copyable={false}
      id={`teams-${by}`}
      title={title}
      note={text.teamsNote(formatMonth(month), days)}
      description={`Horizontal bars of load per person in post by ${by}. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={by === 'unit' ? unitColumns : roleColumns}
      rows={rows}
      rowId={(row) => row.team}
      nothing={rows.every(({ perPerson }) => perPerson === null) ? text.teamsNothing(by) : null}
      actions={
        <WorkedOut
          result={result}
          numbers={[{ term: 'People in post', value: formatCount(rows.reduce((sum, row) => sum + row.people, 0)) }]}
          steps={[
            `Take the last month of the series (${formatMonth(month)}), and add up the load over ${days} days and the people of each ${by}.`,
            'Divide the load by the people. Withhold counts of 1 to 4 exposures and rates of fewer than 10 people.',
          ]}
        />
      }
    />
  );
}
