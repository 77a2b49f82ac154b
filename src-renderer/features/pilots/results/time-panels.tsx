import { useMemo } from 'react';
import type { PilotBalance, PilotEvent, PilotPoint } from '#shared/domain/pilot-evaluation.ts';
import type { PilotEvaluationTold } from '#shared/domain/pilot-evaluation-result.ts';
import { formatNumber, none } from '../../../ui/format.ts';
import type { TableColumn } from '../../../ui/table-model.ts';
import { SpecPanel } from './estimate-chart.tsx';
import { pWords } from './evaluation-model.ts';
import { balanceSpec, covariateName, eventsSpec, seriesSpec } from './result-charts.ts';
import { resultText as text } from './text.ts';

function numberColumn<Row>(
  id: string,
  header: string,
  read: (row: Row) => number | null,
  decimals = 2,
): TableColumn<Row> {
  return {
    ...{ id, header, value: read, align: 'end', widthPx: 130 },
    cell: (row) => {
      const value = read(row);
      return value === null ? none : formatNumber(value, decimals);
    },
  };
}

const heads = text.timeColumns;
const pointColumns: readonly TableColumn<PilotPoint>[] = [
  numberColumn(heads.point, heads.point, ({ time }) => time, 0),
  numberColumn('observed', text.observed, ({ observed }) => observed),
  numberColumn('expected', text.expected, ({ expected }) => expected),
  numberColumn('low', heads.low, ({ low }) => low),
  numberColumn('high', heads.high, ({ high }) => high),
];
const eventColumns: readonly TableColumn<PilotEvent>[] = [
  numberColumn('event', text.event, ({ event }) => event, 0),
  numberColumn('estimate', heads.difference, ({ estimate }) => estimate),
  numberColumn('low', heads.low, ({ low }) => low),
  numberColumn('high', heads.high, ({ high }) => high),
];
const balanceColumns: readonly TableColumn<PilotBalance>[] = [
  {
    id: 'covariate',
    header: heads.covariate,
    value: ({ covariate }) => covariateName(covariate),
    widthPx: 200,
    grow: 1,
  },
  numberColumn('before', heads.before, ({ before }) => before),
  numberColumn('after', heads.after, ({ after }) => after),
];

/** What some designs have beside their estimate: a series, the periods around a start, how alike the arms are. */
export function TimePanels({ evaluation }: { readonly evaluation: PilotEvaluationTold }) {
  const { outcome, series, events, balance } = evaluation;
  return (
    <>
      {series === null ? null : <SeriesPanel points={series} outcome={outcome} />}
      {events === null || events.periods.length === 0 ? null : <EventsPanel events={events} outcome={outcome} />}
      {balance === null ? null : <BalancePanel rows={balance} />}
    </>
  );
}

function SeriesPanel({ points, outcome }: { readonly points: readonly PilotPoint[]; readonly outcome: string }) {
  const spec = useMemo(() => seriesSpec(points, outcome), [points, outcome]);
  return (
    <SpecPanel
      id="pilot-series"
      title={text.series}
      note={text.seriesNote}
      spec={spec}
      columns={pointColumns}
      rows={points}
      rowId={({ time }) => String(time)}
      heightPx={320}
    />
  );
}

type EventsProps = { readonly events: NonNullable<PilotEvaluationTold['events']>; readonly outcome: string };

function EventsPanel({ events: { periods, movedAlikeP }, outcome }: EventsProps) {
  const spec = useMemo(() => eventsSpec(periods, outcome), [periods, outcome]);
  return (
    <SpecPanel
      id="pilot-events"
      title={text.events}
      note={text.eventsNote(pWords(movedAlikeP))}
      spec={spec}
      columns={eventColumns}
      rows={periods}
      rowId={({ event }) => String(event)}
      heightPx={300}
    />
  );
}

function BalancePanel({ rows }: { readonly rows: readonly PilotBalance[] }) {
  const spec = useMemo(() => balanceSpec(rows), [rows]);
  return (
    <SpecPanel
      id="pilot-balance"
      title={text.balance}
      note={text.balanceNote}
      spec={spec}
      columns={balanceColumns}
      rows={rows}
      rowId={({ covariate }) => covariate}
      heightPx={90 + 52 * rows.length}
    />
  );
}
