import { type ReactNode, useMemo } from 'react';
import type { ChartSpec } from '#shared/charts/chart-spec.ts';
import { ChartPanel } from '../../../ui/chart-panel.tsx';
import { specOption } from '../../../ui/charts/spec-chart.ts';
import { formatNumber } from '../../../ui/format.ts';
import type { TableColumn } from '../../../ui/table-model.ts';
import { differenceDecimals, type EstimateRow, intervalWords, pWords } from './evaluation-model.ts';
import { estimatesSpec } from './result-charts.ts';
import { resultText as text } from './text.ts';

const heads = text.estimateColumns;

const columns: readonly TableColumn<EstimateRow>[] = [
  { id: 'name', header: heads.name, value: ({ name }) => name, widthPx: 200, grow: 1 },
  {
    id: 'estimate',
    header: heads.estimate,
    value: ({ estimate }) => estimate,
    cell: ({ estimate }) => (estimate === null ? 'not told' : formatNumber(estimate, differenceDecimals(estimate))),
    align: 'end',
    widthPx: 110,
  },
  { id: 'interval', header: heads.interval, value: intervalWords, widthPx: 190 },
  { id: 'p', header: heads.p, value: ({ p }) => p, cell: ({ p }) => pWords(p), align: 'end', widthPx: 100 },
  { id: 'method', header: heads.method, value: ({ method }) => method, widthPx: 340, grow: 2 },
];

type Props = {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly rows: readonly EstimateRow[];
  /** What is along the axis. */
  readonly measure: string;
  readonly threshold?: number | null;
  readonly actions?: ReactNode;
};

/** Estimates with their intervals, and how each was found in the table behind them. */
export function EstimateChart({ id, title, note, rows, measure, threshold = null, actions }: Props) {
  const option = useMemo(() => specOption(estimatesSpec(rows, measure, threshold)), [rows, measure, threshold]);
  return (
    <ChartPanel
      {...{ id, title, note, option, columns, rows, actions }}
      description={rows.map((row) => `${row.name}: ${intervalWords(row)}`).join('. ')}
      heightPx={90 + 34 * rows.length}
      rowId={({ name }) => name}
      nothing={rows.every(({ estimate }) => estimate === null) ? rows.map(({ method }) => method).join(' ') : null}
    />
  );
}

type SpecProps<Row extends object> = {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly spec: ChartSpec;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly heightPx: number;
};

/** Any other chart of a result, with the table behind it. */
export function SpecPanel<Row extends object>({ spec, ...panel }: SpecProps<Row>) {
  const option = useMemo(() => specOption(spec), [spec]);
  return <ChartPanel {...panel} option={option} description={panel.note} />;
}
