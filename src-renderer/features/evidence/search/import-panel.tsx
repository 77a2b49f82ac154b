import { Button, Group, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { useJob } from '../../../bridge/hooks.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { PathField } from '../../../ui/file-chooser.tsx';
import { formatCount, plural } from '../../../ui/format.ts';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import classes from '../evidence.module.css';
import { searchText as text } from './text.ts';

const endings = ['.ris', '.nbib', '.bib', '.csv', '.xlsx', '.txt'];

/** Takes a file of references into the review, tied to the search that it came from. */
export function ImportPanel({ view }: { readonly view: ReviewView }) {
  const client = useQueryClient();
  const [search, setSearch] = useState<number>(view.searches.at(-1)?.search ?? 0);
  const [file, setFile] = useState('');
  const { state, start, cancel } = useJob('reviews.importReferences');
  const isRunning = state.status === 'running';
  const run = async () => {
    const last = await start({ review: view.review, search, file: file.trim() });
    if (last.status !== 'done') return;
    setFile('');
    await client.invalidateQueries();
  };
  return (
    <Panel title={text.importTitle} note={text.importNote}>
      <Stack>
        <div className={classes.pair}>
          <Select
            label={text.importSearch}
            data={view.searches.map((entry) => ({
              value: String(entry.search),
              label: `${entry.search} ${entry.database}`,
            }))}
            value={String(search)}
            onChange={(value) => setSearch(Number(value))}
            allowDeselect={false}
          />
          <PathField
            label={text.importFile}
            value={file}
            onChange={setFile}
            options={{ kind: 'file', title: text.importFile, endings }}
          />
        </div>
        {isRunning ? <JobProgress {...state} label={text.importing} onCancel={cancel} /> : null}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        {state.status === 'done' ? <WhatCame came={state.value} /> : null}
        <Group justify="flex-end">
          <Button disabled={file.trim() === ''} loading={isRunning} onClick={() => void run()}>
            {text.importButton}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}

type Came = OutputOf<'reviews.importReferences'>;
type Fault = Came['faulty'][number];

const faultColumns: readonly TableColumn<Fault>[] = [
  { id: 'row', header: text.faultColumns.row, value: ({ row }) => row, align: 'end', widthPx: 84 },
  { id: 'title', header: text.faultColumns.title, value: ({ title }) => title, grow: 1, widthPx: 200 },
  { id: 'fault', header: text.faultColumns.fault, value: ({ fault }) => fault, grow: 1, widthPx: 200 },
];

function WhatCame({ came }: { readonly came: Came }) {
  return (
    <>
      <Notice tone="good" title={text.imported(plural(came.read, 'reference'), came.format)} announce>
        <p>{text.importedPairs(came.merged, came.asked)}</p>
        {came.faultyCount === 0 ? null : <p>{text.faulty(formatCount(came.faultyCount))}</p>}
      </Notice>
      {came.faulty.length === 0 ? null : (
        <DataTable
          id="review-faults"
          label={text.faultColumns.fault}
          columns={faultColumns}
          rows={came.faulty}
          rowId={({ row, fault }) => `${row} ${fault}`}
          showToolbar={false}
          maxHeightPx={240}
        />
      )}
    </>
  );
}
