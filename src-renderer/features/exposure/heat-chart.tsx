import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { HeatMapSpec } from '#shared/charts/chart-spec.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { useAnalysis } from '../../bridge/hooks.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatMonth, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { type Question, trendSpec } from './filters.ts';
import { readTrend } from './results.ts';
import { type HeatGrid, type HeatLine, heatGrid, withheldWords } from './teams-model.ts';
import { text } from './text.ts';

/** Rates by unit and month. */
export function HeatChart({ question }: { readonly question: Question }) {
  const trend = useAnalysis('exposure-trend', trendSpec(question, 'unit', null));
  return (
    <AnalysisGate analysis={trend} label={text.running}>
      {(result) => <Heat result={result} />}
    </AnalysisGate>
  );
}

function heatSpec({ months, lines }: HeatGrid, basis: string): HeatMapSpec {
  const top = Math.max(0, ...lines.flatMap(({ cells }) => cells.map(({ rate }) => rate ?? 0)));
  return {
    kind: 'heat-map',
    measure: `per 100 ${basis}`,
    decimals: top >= 20 ? 0 : 1,
    months,
    units: lines.map(({ unit }) => unit),
    values: lines.map(({ cells }) => cells.map(({ rate }) => rate ?? 'withheld')),
  };
}

function columnsOf({ months }: HeatGrid, decimals: number): readonly TableColumn<HeatLine>[] {
  return [
    { id: 'unit', header: text.unit, value: (row) => row.unit, grow: 1, widthPx: 180 },
    ...months.map((month, at) => ({
      id: month,
      header: formatMonth(month),
      value: (row: HeatLine) => row.cells[at]?.rate ?? null,
      cell: (row: HeatLine) => {
        const cell = row.cells[at];
        if (cell?.rate == null) return cell === undefined ? '' : withheldWords(cell);
        return `${formatNumber(cell.rate, decimals)} (of ${formatCount(cell.denominator ?? 0)})`;
      },
      align: 'end' as const,
      widthPx: 130,
    })),
  ];
}

function Heat({ result }: { readonly result: AnalysisResult }) {
  const trend = useMemo(() => readTrend(result), [result]);
  const grid = useMemo(() => heatGrid(trend), [trend]);
  const spec = useMemo(() => heatSpec(grid, trend.basis), [grid, trend.basis]);
  const option = useMemo(() => specOption(spec), [spec]);
  const columns = useMemo(() => columnsOf(grid, spec.decimals), [grid, spec.decimals]);
  if (grid.lines.length === 0) return <Panel title={text.heatTitle}>{text.heatNone}</Panel>;
  const left = trend.heat.groups.length - grid.lines.length;
  const note = text.heatNote(trend.basis, left);
  return (
    <ChartPanel
      copyable={false}
      id="teams-heat"
      title={text.heatTitle}
      note={note}
      description={`${text.heatTitle}. ${note} The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={grid.lines}
      rowId={(row) => row.unit}
      actions={
        <WorkedOut
          result={result}
          numbers={[
            { term: 'Exposures', value: formatCount(trend.events) },
            {
              term: 'Units shown',
              value: `${formatCount(grid.lines.length)} of ${formatCount(trend.heat.groups.length)}`,
            },
          ]}
          steps={[
            `For each unit and month, divide the exposures by the ${trend.basis} of the month; times 100.`,
            'Withhold cells of fewer than 10 people in post at the month’s end, of fewer than 100 days, and of 1 to 4 exposures.',
          ]}
        />
      }
    />
  );
}
