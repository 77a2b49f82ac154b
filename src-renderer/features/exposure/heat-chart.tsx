import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { HeatMapSpec } from '#shared/charts/chart-spec.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatMonth, formatNumber } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import type { SeriesCell } from './results.ts';
import { heatRows } from './teams-model.ts';
import { text } from './text.ts';

type Props = {
  readonly series: readonly SeriesCell[];
  readonly plain: readonly SeriesCell[];
  readonly firstDay: string;
  readonly result: AnalysisResult;
};

type UnitLine = { readonly unit: string; readonly values: readonly (number | null)[] };

/** Month by unit. */
export function HeatChart({ series, plain, firstDay, result }: Props) {
  const heat = useMemo(() => heatRows(series, plain, firstDay), [series, plain, firstDay]);
  const lines = useMemo<readonly UnitLine[]>(
    () => heat.units.map((unit, index) => ({ unit, values: heat.values[index] ?? [] })),
    [heat],
  );
  const columns = useMemo<readonly TableColumn<UnitLine>[]>(
    () => [
      { id: 'unit', header: text.unit, value: (row) => row.unit, grow: 1, widthPx: 180 },
      ...heat.months.map((month, index) => ({
        id: month,
        header: formatMonth(month),
        value: (row: UnitLine) => row.values[index] ?? null,
        cell: (row: UnitLine) => {
          const value = row.values[index] ?? null;
          return value === null ? 'withheld' : formatNumber(value, 0);
        },
        align: 'end' as const,
        widthPx: 86,
      })),
    ],
    [heat],
  );
  const spec = useMemo<HeatMapSpec>(
    () => ({
      kind: 'heat-map',
      measure: 'per 100 people in post',
      decimals: 0,
      months: heat.months,
      units: heat.units,
      values: heat.values.map((line) => line.map((value) => value ?? 'withheld')),
    }),
    [heat],
  );
  const option = useMemo(() => specOption(spec), [spec]);
  if (heat.months.length === 0) return null;
  return (
    <ChartPanel
      copyable={false}
      id="teams-heat"
      title={text.heatTitle}
      note={text.heatNote}
      description={`${text.heatTitle}. ${text.heatNote} The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={lines}
      rowId={(row) => row.unit}
      actions={
        <WorkedOut
          result={result}
          steps={[
            'For each unit and month’s end, add up the load over the 28 days before it, divide by the people in post and multiply by 100.',
            'Cells of fewer than 10 people, or of 1 to 4 exposures, are withheld.',
          ]}
        />
      }
    />
  );
}
