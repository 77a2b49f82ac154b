import { Button, Drawer } from '@mantine/core';
import { useState } from 'react';
import type { Reject } from '#shared/contract/imports.ts';
import type { BatchNotes } from '#shared/contract/quality.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand, useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { text } from './text.ts';

const columns: readonly TableColumn<BatchNotes>[] = [
  { id: 'batch', header: 'Batch', value: (row) => row.batch, align: 'end', widthPx: 76 },
  { id: 'file', header: 'File', value: (row) => row.fileName, widthPx: 200 },
  { id: 'code', header: 'Rule', value: (row) => row.code, widthPx: 170 },
  {
    id: 'count',
    header: 'Rows',
    value: (row) => row.count,
    cell: (row) => formatCount(row.count),
    align: 'end',
    widthPx: 90,
  },
  { id: 'message', header: 'What it means', value: (row) => row.message, grow: 1, widthPx: 260 },
];

const noteColumns: readonly TableColumn<Reject>[] = [
  { id: 'row', header: 'Row', value: (row) => row.row, cell: (row) => formatCount(row.row), align: 'end', widthPx: 90 },
  { id: 'column', header: 'Column', value: (row) => row.column, widthPx: 150 },
  { id: 'code', header: 'Rule', value: (row) => row.code, widthPx: 170 },
  { id: 'message', header: 'What it means', value: (row) => row.message, grow: 1, widthPx: 240 },
];

const mostShown = 1_000;

function SaveNotes({ of }: { readonly of: BatchNotes }) {
  const save = useCommand('quality.saveNotes');
  const { choose, dialog } = useFileChooser();
  return (
    <>
      <Button
        variant="default"
        loading={save.isPending}
        onClick={() =>
          choose({ kind: 'save', title: text.saveNotes, suggestedName: `notes-batch-${of.batch}.csv` }, (file) =>
            save.mutate({ batch: of.batch, code: of.code, file }),
          )
        }
      >
        {text.saveNotes}
      </Button>
      {save.isSuccess ? <Badge tone="good">{text.savedNotes(save.data.rows)}</Badge> : null}
      {save.isError ? <ErrorPanel error={errorOf(save.error)} /> : null}
      {dialog}
    </>
  );
}

function NotesDrawer({ of, onClose }: { readonly of: BatchNotes; readonly onClose: () => void }) {
  useReturnFocus();
  const notes = useOperation('quality.notes', { batch: of.batch, code: of.code, offset: 0, limit: mostShown });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={760}
      title={text.notesTitle(of.batch)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <QueryGate query={notes}>
        {(data) => (
          <Stack>
            <p style={{ margin: 0 }}>{of.message}</p>
            {of.count > data.notes.length ? (
              <p style={{ margin: 0 }}>{text.partial(data.notes.length, of.count)}</p>
            ) : null}
            <div>
              <SaveNotes of={of} />
            </div>
            <DataTable
              id="quality-notes-rows"
              label={text.notesTitle(of.batch)}
              columns={noteColumns}
              rows={data.notes}
              rowId={(row) => `${row.row} ${row.column} ${row.code}`}
              maxHeightPx={640}
            />
          </Stack>
        )}
      </QueryGate>
    </Drawer>
  );
}

/** What was noted about rows that were kept, by batch and rule; analysts may list the rows. */
export function NotesPanel({ notes, canList }: { readonly notes: readonly BatchNotes[]; readonly canList: boolean }) {
  const [listing, setListing] = useState<BatchNotes | null>(null);
  const all = notes.reduce((sum, note) => sum + note.count, 0);
  const rowId = (row: BatchNotes): string => `${row.batch} ${row.code}`;
  return (
    <Panel
      title={notes.length === 0 ? 'Checks: no row was noted' : `Checks: ${plural(all, 'row')} kept and noted`}
      note={text.notesNote}
    >
      <DataTable
        id="quality-notes"
        label="Noted rows by batch"
        columns={columns}
        rows={notes}
        rowId={rowId}
        sortBy={{ id: 'count', desc: true }}
        maxHeightPx={360}
        {...(canList ? { onOpen: setListing } : {})}
        chosen={listing ? rowId(listing) : null}
        nothing="Every row passed every check between the extracts."
      />
      {listing ? <NotesDrawer of={listing} onClose={() => setListing(null)} /> : null}
    </Panel>
  );
}
