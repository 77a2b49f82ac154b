import type { ListedRecord } from '#shared/contract/review-shapes.ts';
import type { TableColumn } from '../../../ui/table-model.ts';
import { fullTextText as text } from './text.ts';

const heads = text.columns;

export const recordColumns: readonly TableColumn<ListedRecord>[] = [
  { id: 'record', header: heads.record, value: ({ record }) => record, align: 'end', widthPx: 64 },
  { id: 'title', header: heads.title, value: ({ title }) => title, grow: 3, widthPx: 260 },
  { id: 'authors', header: heads.authors, value: ({ authors }) => authors, grow: 1, widthPx: 140 },
  { id: 'year', header: heads.year, value: ({ year }) => year, align: 'end', widthPx: 70 },
  { id: 'journal', header: heads.journal, value: ({ journal }) => journal, widthPx: 140, hidden: true },
];
