import type { ReviewSummary } from '#shared/contract/review-shapes.ts';
import { formatCount, formatDate } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { StatusBadge } from './status-badge.tsx';
import { text } from './text.ts';

const heads = text.columns;

export const reviewColumns: readonly TableColumn<ReviewSummary>[] = [
  { id: 'review', header: heads.review, value: ({ review }) => review, widthPx: 160, grow: 1 },
  { id: 'title', header: heads.title, value: ({ title }) => title, widthPx: 240, grow: 2 },
  {
    id: 'status',
    header: heads.status,
    value: ({ status }) => status,
    cell: ({ status }) => <StatusBadge status={status} />,
    widthPx: 106,
  },
  { id: 'kind', header: heads.kind, value: ({ kind }) => text.kinds[kind], widthPx: 120 },
  {
    id: 'records',
    header: heads.records,
    value: ({ records }) => records,
    cell: ({ records }) => formatCount(records),
    align: 'end',
    widthPx: 96,
  },
  { id: 'included', header: heads.included, value: ({ included }) => included, align: 'end', widthPx: 96 },
  {
    id: 'savedAt',
    header: heads.savedAt,
    value: ({ savedAt }) => savedAt,
    cell: ({ savedAt }) => formatDate(savedAt),
    widthPx: 106,
  },
  { id: 'savedBy', header: heads.savedBy, value: ({ savedBy }) => savedBy, widthPx: 96, hidden: true },
  { id: 'version', header: heads.version, value: ({ version }) => version, align: 'end', widthPx: 90, hidden: true },
];
