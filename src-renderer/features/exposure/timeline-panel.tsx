import { Drawer } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { Timeline } from '#shared/contract/analyses.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import type { ChartPalette } from '../../ui/charts/palette.ts';
import { scoreLinesOption } from '../../ui/charts/score-lines.ts';
import { mostKinds, stackedMonthsOption } from '../../ui/charts/stacked-months.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatDate, formatMonth, none, plural } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Facts, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { ExportRows } from './export-rows.tsx';
import classes from './exposure.module.css';
import type { PersonLoad } from './results.ts';
import { text } from './text.ts';
import { categoryLabel, type EventMonths, eventMonths, scoreLines } from './timeline-model.ts';

type Event = Timeline['events'][number] & { readonly key: string };
type Score = Timeline['scores'][number] & { readonly key: string };
type MonthLine = { readonly month: string; readonly counts: readonly number[] };

const eventColumns: readonly TableColumn<Event>[] = [
  { id: 'day', header: 'Day', value: (row) => row.day, cell: (row) => formatDate(row.day), widthPx: 104 },
  { id: 'category', header: 'Kind', value: (row) => categoryLabel(row.category), grow: 1, widthPx: 190 },
  { id: 'counted', header: 'Counted', value: (row) => (row.counted ? 'yes' : 'no'), widthPx: 84 },
  { id: 'proximity', header: 'Proximity', value: (row) => row.proximity, widthPx: 96 },
  { id: 'minutes', header: 'Minutes', value: (row) => row.minutes, align: 'end', widthPx: 84 },
  { id: 'batch', header: 'Batch', value: (row) => row.batch, align: 'end', widthPx: 72 },
];
const scoreColumns: readonly TableColumn<Score>[] = [
  { id: 'day', header: 'Day', value: (row) => row.day, cell: (row) => formatDate(row.day), widthPx: 104 },
  { id: 'instrument', header: 'Instrument', value: (row) => row.instrument, widthPx: 110 },
  { id: 'scale', header: 'Scale', value: (row) => row.scale, grow: 1, widthPx: 110 },
  { id: 'score', header: 'Score', value: (row) => row.score, align: 'end', widthPx: 80 },
  { id: 'band', header: 'Band', value: (row) => row.band, grow: 1, widthPx: 120 },
  { id: 'batch', header: 'Batch', value: (row) => row.batch, align: 'end', widthPx: 72 },
];

/** One pseudonym's exposures and scores over time, with the signal's rule in words. */
export function TimelinePanel({ person, onClose }: { readonly person: PersonLoad; readonly onClose: () => void }) {
  useReturnFocus();
  const timeline = useOperation('exposure.timeline', { person: person.person });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={780}
      title={text.timeline(person.person)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        {person.triggers.length > 0 ? (
          <Notice title={text.offer}>
            <ul className={classes.signals}>
              {person.triggers.map((trigger) => (
                <li key={trigger.rule}>{trigger.words}</li>
              ))}
            </ul>
            <p className={classes.dim}>{text.offerNote}</p>
          </Notice>
        ) : null}
        <QueryGate query={timeline}>{(data) => <TimelineBody timeline={data} />}</QueryGate>
      </Stack>
    </Drawer>
  );
}

function TimelineBody({ timeline }: { readonly timeline: Timeline }) {
  const events = useMemo(() => timeline.events.map((event, index) => ({ ...event, key: String(index) })), [timeline]);
  const scores = useMemo(() => timeline.scores.map((score, index) => ({ ...score, key: String(index) })), [timeline]);
  return (
    <>
      <Facts
        facts={[
          { term: text.unit, value: timeline.unit ?? none },
          { term: text.role, value: timeline.role ?? none },
          { term: 'In post', value: timeline.inPost ? 'yes' : 'no' },
          {
            term: 'Service',
            value: `${timeline.serviceStart === null ? 'start not held' : `from ${formatDate(timeline.serviceStart)}`}${timeline.serviceEnd === null ? '' : ` to ${formatDate(timeline.serviceEnd)}`}`,
          },
        ]}
      />
      <EventsChart timeline={timeline} />
      <ScoresChart timeline={timeline} scores={scores} />
      <div>
        <ExportRows
          of={{ what: 'timeline', person: timeline.person }}
          rows={events.length + scores.length}
          suggestedName={`timeline-${timeline.person}.csv`}
        />
      </div>
      {events.length > 0 ? (
        <Panel title={text.eventList}>
          <DataTable
            id="timeline-events"
            label={text.eventList}
            columns={eventColumns}
            rows={events}
            rowId={(row) => row.key}
            sortBy={{ id: 'day', desc: true }}
            maxHeightPx={360}
          />
        </Panel>
      ) : null}
    </>
  );
}

function eventsTitle(timeline: Timeline, months: EventMonths): string {
  const counted = timeline.events.filter((event) => event.counted).length;
  const most = months.kinds[0];
  if (!most) return text.noEvents;
  const total = most.values.reduce((sum, value) => sum + value, 0);
  return `${plural(counted, 'counted exposure')}; most often ${most.name.toLowerCase()} (${total})`;
}

function EventsChart({ timeline }: { readonly timeline: Timeline }) {
  const months = useMemo(() => eventMonths(timeline, mostKinds), [timeline]);
  const lines = useMemo<readonly MonthLine[]>(
    () => months.months.map((month, index) => ({ month, counts: months.kinds.map((kind) => kind.values[index] ?? 0) })),
    [months],
  );
  const columns = useMemo<readonly TableColumn<MonthLine>[]>(
    () => [
      { id: 'month', header: 'Month', value: (row) => row.month, cell: (row) => formatMonth(row.month), widthPx: 96 },
      ...months.kinds.map((kind, index) => ({
        id: kind.name,
        header: kind.name,
        value: (row: MonthLine) => row.counts[index] ?? 0,
        align: 'end' as const,
        widthPx: 104,
      })),
    ],
    [months],
  );
  const option = useCallback(
    (palette: ChartPalette) =>
      stackedMonthsOption({ labels: months.months.map(formatMonth), series: months.kinds }, palette),
    [months],
  );
  const title = eventsTitle(timeline, months);
  if (months.months.length === 0) return <Panel>{title}</Panel>;
  return (
    <ChartPanel
      id="timeline-months"
      title={title}
      description={`Bars of exposures by month and kind. ${title}. The table behind the chart has every value.`}
      heightPx={240}
      option={option}
      columns={columns}
      rows={lines}
      rowId={(row) => row.month}
      copyable={false}
    />
  );
}

function ScoresChart({ timeline, scores }: { readonly timeline: Timeline; readonly scores: readonly Score[] }) {
  const lines = useMemo(() => scoreLines(timeline), [timeline]);
  const option = useCallback((palette: ChartPalette) => scoreLinesOption(lines, palette), [lines]);
  if (lines.length === 0) return <Panel title={text.scoresTitle}>{text.noScores}</Panel>;
  return (
    <ChartPanel
      id="timeline-scores"
      title={text.scoresTitle}
      note={text.scoresNote}
      description={`Lines of ${lines.map((line) => line.name).join(', ')} over time. The table behind the chart has every value.`}
      heightPx={240}
      option={option}
      columns={scoreColumns}
      rows={scores}
      rowId={(row) => row.key}
      copyable={false}
    />
  );
}
