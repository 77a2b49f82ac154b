import { useCallback, useMemo } from 'react';
import type { CaseView } from '#shared/contract/cases.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import { type MonthCount, monthCounts } from '#shared/domain/month-counts.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import type { ChartPalette } from '../../ui/charts/palette.ts';
import { stackedMonthsOption } from '../../ui/charts/stacked-months.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatDate, formatMonth, plural } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { text } from './text.ts';

type Timeline = NonNullable<CaseView['timeline']>;
type Event = Timeline['events'][number] & { readonly key: string };

const labelOf = (code: string): string => exposureCategories.find((entry) => entry.code === code)?.label ?? code;

const eventColumns: readonly TableColumn<Event>[] = [
  { id: 'day', header: 'Day', value: (row) => row.day, cell: (row) => formatDate(row.day), widthPx: 116 },
  { id: 'category', header: 'Kind', value: (row) => labelOf(row.category), grow: 1, widthPx: 240 },
  { id: 'proximity', header: 'Proximity', value: (row) => row.proximity, widthPx: 110 },
  { id: 'minutes', header: 'Minutes', value: (row) => row.minutes, align: 'end', widthPx: 90 },
];
const monthColumns: readonly TableColumn<MonthCount>[] = [
  { id: 'month', header: 'Month', value: (row) => row.month, cell: (row) => formatMonth(row.month), grow: 1 },
  { id: 'count', header: 'Counted exposures', value: (row) => row.count, align: 'end', widthPx: 150 },
];

const mostMonths = 36;

export function ExposurePanel({ view }: { readonly view: CaseView }) {
  const { timeline } = view;
  const events = useMemo(
    () => (timeline?.events ?? []).filter(({ counted }) => counted).map((event, at) => ({ ...event, key: String(at) })),
    [timeline],
  );
  const months = useMemo(() => monthCounts(events, mostMonths), [events]);
  const option = useCallback(
    (palette: ChartPalette) =>
      stackedMonthsOption(
        {
          labels: months.map(({ month }) => formatMonth(month)),
          series: [{ name: 'Counted exposures', values: months.map(({ count }) => count) }],
        },
        palette,
      ),
    [months],
  );
  if (timeline === null || events.length === 0) {
    return <Panel title="Exposure over time">{timeline === null ? text.exposureGone : text.exposureNone}</Panel>;
  }
  const title = `${plural(events.length, 'counted exposure')}, the latest on ${formatDate(events.at(-1)?.day ?? null)}`;
  return (
    <>
      <ChartPanel
        id="case-months"
        title={title}
        description={`Bars of counted exposures by month. ${title}. The table behind the chart has every value.`}
        heightPx={220}
        option={option}
        columns={monthColumns}
        rows={months}
        rowId={(row) => row.month}
        copyable={false}
      />
      <Panel title={text.eventsTitle}>
        <DataTable
          id="case-events"
          label={text.eventsTitle}
          columns={eventColumns}
          rows={events}
          rowId={(row) => row.key}
          sortBy={{ id: 'day', desc: true }}
          maxHeightPx={280}
          showToolbar={false}
        />
      </Panel>
    </>
  );
}
