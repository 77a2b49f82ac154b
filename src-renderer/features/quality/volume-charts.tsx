import { useMemo } from 'react';
import type { TrendSpec } from '#shared/charts/chart-spec.ts';
import type { KindVolume } from '#shared/contract/quality.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatMonth, formatNumber, none } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import classes from './quality.module.css';
import { volumeTitle } from './text.ts';

const monthsDrawn = 36;

type Point = {
  readonly month: string;
  readonly rows: number;
  readonly value: number | null;
  readonly signals: string;
  readonly whole: boolean;
};

/** Months that are drawn, each with the signals that it is part of. The month that has begun is in the table alone. */
export function volumePoints(volume: KindVolume): readonly Point[] {
  const from = Math.max(0, volume.months.length - monthsDrawn);
  return volume.months.slice(from).map((month, at) => ({
    month,
    rows: volume.rows[from + at] ?? 0,
    value: volume.values[from + at] ?? null,
    signals: volume.signals
      .filter((signal) => signal.from <= month && month <= signal.to)
      .map((signal) => signal.words)
      .join('; '),
    whole: volume.lastIsWhole || from + at < volume.months.length - 1,
  }));
}

function columnsFor(measure: KindVolume['measure']): readonly TableColumn<Point>[] {
  return [
    {
      id: 'month',
      header: 'Month',
      value: (row) => row.month,
      cell: (row) => `${formatMonth(row.month)}${row.whole ? '' : ' (not over)'}`,
      widthPx: 150,
    },
    { id: 'rows', header: 'Rows', value: (row) => row.rows, cell: (row) => formatCount(row.rows), align: 'end' },
    ...(measure === 'rate'
      ? [
          {
            id: 'rate',
            header: 'Per 100 people and 30 days',
            value: (row: Point) => row.value,
            cell: (row: Point) => (row.value === null ? none : formatNumber(row.value)),
            align: 'end' as const,
            widthPx: 190,
          },
        ]
      : []),
    { id: 'signals', header: 'Signals', value: (row) => row.signals || null, grow: 1, widthPx: 200 },
  ];
}

const rowColumns = columnsFor('rows');
const rateColumns = columnsFor('rate');

function VolumeChart({ volume }: { readonly volume: KindVolume }) {
  const points = useMemo(() => volumePoints(volume), [volume]);
  const option = useMemo(() => {
    const drawn = points.filter(({ whole }) => whole);
    const isRate = volume.measure === 'rate';
    const spec: TrendSpec = {
      kind: 'trend',
      measure: isRate ? 'rows per 100 people in post and 30 days' : 'rows a month',
      decimals: isRate ? 1 : 0,
      months: drawn.map(({ month }) => month),
      series: [{ name: 'Rows', values: drawn.map(({ value }) => value) }],
      // Limits without room between them are no band to draw.
      ...(volume.limits === null || volume.limits.upper <= volume.limits.lower
        ? {}
        : {
            centre: { value: volume.limits.mean, label: 'Mean' },
            limits: { lower: volume.limits.lower, upper: volume.limits.upper, label: 'limit' },
          }),
      flags: drawn.flatMap(({ signals }, index) => (signals === '' ? [] : [{ index, rule: signals }])),
    };
    return specOption(spec);
  }, [points, volume]);
  const title = volumeTitle(volume);
  return (
    <ChartPanel
      id={`quality-volume-${volume.measure}`}
      title={title}
      description={`Run chart of rows by month with mean and limits. ${title}. The table behind the chart has every value.`}
      heightPx={230}
      option={option}
      columns={volume.measure === 'rate' ? rateColumns : rowColumns}
      rows={points}
      rowId={(row) => row.month}
      copyable={false}
    />
  );
}

function weightOf(volume: KindVolume): number {
  return volume.signals.some(({ current }) => current) ? 0 : volume.signals.length > 0 ? 1 : 2;
}

/** One small run chart for each kind, those with a signal first. */
export function VolumeCharts({ volumes }: { readonly volumes: readonly KindVolume[] }) {
  const sorted = useMemo(() => [...volumes].sort((a, b) => weightOf(a) - weightOf(b)), [volumes]);
  return (
    <div className={classes.volumes}>
      {sorted.map((volume) => (
        <VolumeChart key={volume.kind} volume={volume} />
      ))}
    </div>
  );
}
