import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReviewSearch, ReviewView } from '#shared/contract/review-shapes.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount, formatDate } from '../../../ui/format.ts';
import { EmptyState, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { FilesPanel } from './files-panel.tsx';
import { ImportPanel } from './import-panel.tsx';
import { SearchDialog } from './search-dialog.tsx';
import { searchText as text } from './text.ts';

const heads = text.columns;

const searchColumns: readonly TableColumn<ReviewSearch>[] = [
  { id: 'search', header: heads.search, value: ({ search }) => search, align: 'end', widthPx: 60 },
  { id: 'database', header: heads.database, value: ({ database }) => database, widthPx: 130 },
  { id: 'platform', header: heads.platform, value: ({ platform }) => platform, widthPx: 110, hidden: true },
  { id: 'source', header: heads.source, value: ({ source }) => text.sources[source], widthPx: 100 },
  { id: 'on', header: heads.on, value: ({ on }) => on, cell: ({ on }) => formatDate(on), widthPx: 110 },
  {
    id: 'hits',
    header: heads.hits,
    value: ({ hits }) => hits,
    cell: ({ hits }) => formatCount(hits),
    align: 'end',
    widthPx: 84,
  },
  {
    id: 'records',
    header: heads.records,
    value: ({ records }) => records,
    cell: ({ records }) => formatCount(records),
    align: 'end',
    widthPx: 96,
  },
  { id: 'query', header: heads.query, value: ({ query }) => query, grow: 1, widthPx: 240 },
  {
    id: 'corrections',
    header: heads.corrections,
    value: (row) => row.corrections,
    align: 'end',
    widthPx: 100,
    hidden: true,
  },
  { id: 'by', header: heads.by, value: ({ by }) => by, widthPx: 106 },
];

/** The search that is written: null for a new one; undefined while none is. */
type Writing = ReviewSearch | null | undefined;

export function SearchTab({ view }: { readonly view: ReviewView }) {
  const [writing, setWriting] = useState<Writing>(undefined);
  const add = <Button onClick={() => setWriting(null)}>{text.add}</Button>;
  return (
    <Stack>
      {view.searches.length === 0 ? (
        <Panel>
          <EmptyState icon="search" title={text.emptyTitle} text={text.emptyText} action={add} />
        </Panel>
      ) : (
        <Panel title={text.log} note={text.logNote} actions={add}>
          <DataTable
            id="review-searches"
            label={text.log}
            columns={searchColumns}
            rows={view.searches}
            rowId={({ search }) => String(search)}
            onOpen={setWriting}
            linesPerRow={2}
            maxHeightPx={320}
          />
        </Panel>
      )}
      {view.searches.length === 0 ? null : <ImportPanel view={view} />}
      {view.sources.length === 0 ? null : <FilesPanel view={view} />}
      {writing === undefined ? null : (
        <SearchDialog review={view.review} search={writing} onClose={() => setWriting(undefined)} />
      )}
    </Stack>
  );
}
