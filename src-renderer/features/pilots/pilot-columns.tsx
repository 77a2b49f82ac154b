import type { PilotSummary } from '#shared/contract/pilots.ts';
import { formatDate } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { StatusBadge } from './status-badge.tsx';
import { text } from './text.ts';

const heads = text.columns;

export const pilotColumns: readonly TableColumn<PilotSummary>[] = [
  { id: 'pilot', header: heads.pilot, value: ({ pilot }) => pilot, widthPx: 150, grow: 1 },
  {
    id: 'status',
    header: heads.status,
    value: ({ status }) => status,
    cell: ({ status }) => <StatusBadge status={status} />,
    widthPx: 96,
  },
  {
    id: 'design',
    header: heads.design,
    value: ({ design }) => (design === null ? text.noDesign : text.designs[design]),
    widthPx: 200,
    grow: 1,
  },
  { id: 'savedBy', header: heads.savedBy, value: ({ savedBy }) => savedBy, widthPx: 96 },
  {
    id: 'savedAt',
    header: heads.savedAt,
    value: ({ savedAt }) => savedAt,
    cell: ({ savedAt }) => formatDate(savedAt),
    widthPx: 106,
  },
  {
    id: 'lockedAt',
    header: heads.lockedAt,
    value: ({ lockedAt }) => lockedAt,
    cell: ({ lockedAt }) => (lockedAt === null ? text.notLocked : formatDate(lockedAt)),
    widthPx: 106,
  },
  { id: 'deviations', header: heads.deviations, value: (row) => row.deviationCount, align: 'end', widthPx: 104 },
  { id: 'allocated', header: heads.allocated, value: (row) => row.allocated, align: 'end', widthPx: 98 },
  { id: 'title', header: heads.title, value: ({ title }) => title, widthPx: 240, hidden: true },
  { id: 'version', header: heads.version, value: ({ version }) => version, align: 'end', widthPx: 90, hidden: true },
];
