import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatMonth, formatNumber, formatShare, none } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import type { Question } from './filters.ts';
import type { ExposureLoad, SeriesCell } from './results.ts';
import { text } from './text.ts';
import { type MonthPoint, meanOf, monthPoints, per100 } from './trend-model.ts';

type Measure = 'events' | 'rate';

type Props = {
  readonly question: Question;
  readonly load: ExposureLoad;
  readonly loadResult: AnalysisResult;
  readonly series: readonly SeriesCell[];
};

const columns: readonly TableColumn<MonthPoint>[] = [
  { id: 'month', header: 'Month', value: (row) => row.month, cell: (row) => formatMonth(row.month), grow: 1 },
  {
    id: 'events',
    header: 'Exposures',
    value: (row) => row.events,
    cell: (row) => formatCount(row.events),
    align: 'end',
  },
  { id: 'people', header: 'People in post', value: (row) => row.people, align: 'end' },
  {
    id: 'rate',
    header: 'Per 100 people',
    value: (row) => per100(row.events, row.people),
    cell: (row) => {
      const rate = per100(row.events, row.people);
      return rate === null ? none : formatNumber(rate);
    },
    align: 'end',
  },
];

function finding(points: readonly MonthPoint[], values: readonly (number | null)[], measure: Measure): string {
  const last = points.at(-1);
  const value = values.at(-1) ?? null;
  if (!last || value === null) return 'Exposures by month';
  const decimals = measure === 'events' ? 0 : 1;
  const words = `${formatMonth(last.month)}: ${formatNumber(value, decimals)} exposures${measure === 'rate' ? ' per 100 people in post' : ''}`;
  const before = meanOf(values.slice(-13, -1));
  if (before === null || before === 0 || values.length < 7) return words;
  const change = value / before - 1;
  const beside = `the mean of the ${Math.min(12, values.length - 1)} months before (${formatNumber(before, decimals)})`;
  if (Math.abs(change) < 0.02) return `${words}, about ${beside}`;
  return `${words}, ${formatShare(Math.abs(change))} ${change > 0 ? 'above' : 'below'} ${beside}`;
}

/** Exposures by month, as a run chart: in number, or for each 100 people in post. */
export function MonthsChart({ question, load, loadResult, series }: Props) {
  const [measure, setMeasure] = useState<Measure>('events');
  const points = useMemo(() => monthPoints(load, series, question), [load, series, question]);
  const values = useMemo(
    () => points.map((point) => (measure === 'events' ? point.events : per100(point.events, point.people))),
    [points, measure],
  );
  const option = useMemo(() => {
    const centre = meanOf(values);
    return specOption({
      kind: 'trend',
      measure: measure === 'events' ? 'exposures' : 'exposures per 100 people',
      decimals: measure === 'events' ? 0 : 1,
      months: points.map((point) => point.month),
      series: [{ name: 'Exposures', values }],
      ...(centre === null ? {} : { centre: { value: centre, label: 'Mean' } }),
    });
  }, [points, values, measure]);
  const title = finding(points, values, measure);
  return (
    <ChartPanel
      copyable={false}
      id="exposure-months"
      title={title}
      note={measure === 'events' ? text.monthsNote : text.monthsRateNote}
      description={`Run chart of exposures by month with their mean. ${title}. The table behind the chart has every value.`}
      heightPx={280}
      option={option}
      columns={columns}
      rows={points}
      rowId={(row) => row.month}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Measure"
            value={measure}
            onChange={(value) => setMeasure(value as Measure)}
            data={[
              { value: 'events', label: text.measureCounts },
              { value: 'rate', label: text.measureRate },
            ]}
          />
          <WorkedOut
            result={loadResult}
            numbers={[
              { term: 'People in post', value: formatCount(load.people) },
              { term: 'Exposures', value: formatCount(load.events) },
            ]}
            steps={[
              'Take the totals by month, whole months only; a month without an exposure is 0.',
              'For the rate, divide by the people in post at the end of the month (exposure-series) and multiply by 100.',
              'The centre line is the mean of the months shown.',
            ]}
          />
        </>
      }
    />
  );
}
