import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { MeetingView } from '#shared/contract/plan.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatDate, formatMonth, formatNumber, none } from '../../../ui/format.ts';
import { Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { reviewText as text } from './text.ts';

type Standing = MeetingView['standings'][number];
type Row = Standing & { readonly before: number | null };

const heads = text.heads;
const columns: readonly TableColumn<Row>[] = [
  { id: 'title', header: heads.title, value: ({ title }) => title, widthPx: 240, grow: 2 },
  {
    id: 'value',
    header: heads.value,
    value: ({ value }) => value,
    cell: ({ value, unit }) => (value === null ? none : `${formatNumber(value, 1)} ${unit}`),
    align: 'end',
    widthPx: 170,
  },
  {
    id: 'month',
    header: heads.month,
    value: ({ month }) => month,
    cell: ({ month }) => (month === null ? none : formatMonth(month)),
    widthPx: 90,
  },
  {
    id: 'before',
    header: heads.before,
    value: ({ before }) => before,
    cell: ({ before }) => (before === null ? none : formatNumber(before, 1)),
    align: 'end',
    widthPx: 150,
  },
  {
    id: 'target',
    header: heads.target,
    value: ({ target }) => target,
    cell: ({ target }) => (target === null ? none : formatNumber(target, 1)),
    align: 'end',
    widthPx: 80,
  },
  { id: 'why', header: heads.why, value: ({ reason }) => reason ?? none, widthPx: 180, grow: 1 },
];

type Props = { readonly meeting: MeetingView; readonly before: MeetingView | null };

/** One meeting: what was decided, and the indicators as they stood beside those of the meeting before. */
export function MeetingPanel({ meeting, before }: Props) {
  const rows = useMemo(() => {
    const earlier = new Map(before?.standings.map(({ indicator, value }) => [indicator, value]));
    const own = meeting.standings.map((standing) => ({ ...standing, before: earlier.get(standing.indicator) ?? null }));
    // What could be read first: what could not has its reason.
    return own.sort((a, b) => Number(a.value === null) - Number(b.value === null));
  }, [meeting, before]);
  return (
    <Stack>
      <Panel title={text.decided}>
        {meeting.decisions.length === 0 ? text.nothingDecided : null}
        <ul>
          {meeting.decisions.map(({ words, action }) => (
            <li key={`${action} ${words}`}>
              {action === null ? null : (
                <Anchor
                  c="inherit"
                  size="sm"
                  underline="always"
                  renderRoot={(props) => <Link to="/plan/$action" params={{ action }} {...props} />}
                >
                  {action}
                </Anchor>
              )}{' '}
              {words}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={text.standings(formatDate(meeting.on))} note={text.standingsNote(meeting.specHash.slice(0, 12))}>
        <DataTable
          id="plan-standings"
          label={text.standings(formatDate(meeting.on))}
          columns={columns}
          rows={rows}
          rowId={({ indicator }) => indicator}
          showToolbar={false}
        />
      </Panel>
    </Stack>
  );
}
