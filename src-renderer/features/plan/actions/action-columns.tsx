import type { ActionSummary } from '#shared/contract/plan.ts';
import { formatDate, none } from '../../../ui/format.ts';
import { Badge } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { StatusBadge } from '../status-badge.tsx';
import { actionText as text } from './text.ts';

const heads = text.columns;

export const actionColumns: readonly TableColumn<ActionSummary>[] = [
  { id: 'action', header: heads.action, value: ({ action }) => action, widthPx: 62 },
  { id: 'title', header: heads.title, value: ({ title }) => title, widthPx: 190, grow: 2 },
  {
    id: 'status',
    header: heads.status,
    value: ({ status }) => status,
    cell: ({ status, isSigned }) => (
      <span>
        <StatusBadge status={status} />{' '}
        {isSigned || status === 'proposed' || status === 'stopped' ? null : <Badge tone="warn">{text.unsigned}</Badge>}
      </span>
    ),
    widthPx: 120,
  },
  { id: 'owner', header: heads.owner, value: ({ owner }) => owner ?? none, widthPx: 120, grow: 1 },
  {
    id: 'start',
    header: heads.start,
    value: ({ start }) => start,
    cell: ({ start }) => formatDate(start),
    widthPx: 104,
  },
  {
    id: 'due',
    header: heads.due,
    value: ({ due }) => due,
    cell: ({ due, isOverdue }) => (
      <span>
        {formatDate(due)} {isOverdue ? <Badge tone="warn">{text.overdue}</Badge> : null}
      </span>
    ),
    widthPx: 162,
  },
  { id: 'waits', header: heads.waits, value: ({ blockedBy }) => blockedBy.join(', ') || none, widthPx: 86 },
  { id: 'pilot', header: heads.pilot, value: ({ pilot }) => pilot?.pilot ?? none, widthPx: 110, grow: 1 },
];
