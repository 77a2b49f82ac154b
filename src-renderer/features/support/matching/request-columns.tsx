import type { UnmatchedRequest } from '#shared/domain/peer-matching.ts';
import type { TableColumn } from '../../../ui/table-model.ts';
import { needsWords } from './match-words.ts';
import { matchingText as text } from './text.ts';

type Asked = Pick<UnmatchedRequest, 'request' | 'area' | 'needs' | 'waitingDays'>;

/** What is known of a request: never who asked. */
export function requestColumns<Row extends Asked>(): readonly TableColumn<Row>[] {
  return [
    {
      id: 'request',
      header: text.columns.request,
      value: ({ request }) => request,
      cell: ({ request }) => <code>{request}</code>,
      widthPx: 124,
    },
    {
      id: 'waiting',
      header: text.columns.waiting,
      value: ({ waitingDays }) => waitingDays,
      cell: ({ waitingDays }) => text.days(waitingDays),
      widthPx: 84,
    },
    { id: 'area', header: text.columns.area, value: ({ area }) => area ?? text.noArea, widthPx: 84 },
    { id: 'needs', header: text.columns.needs, value: ({ needs }) => needsWords(needs), widthPx: 110, grow: 1 },
  ];
}
