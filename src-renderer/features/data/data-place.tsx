import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Batch } from '#shared/contract/imports.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { useMemory } from '../../bridge/memory.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { DataSections } from '../../ui/data-sections.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatInstant, formatPeriod } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { EmptyState, Notice, Page, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { BatchRejects } from './batch-rejects.tsx';
import { wizardMemory } from './import/wizard-state.ts';
import { text } from './text.ts';
import { UndoDialog } from './undo-dialog.tsx';

type Actions = { readonly undo: (batch: Batch) => void; readonly rejects: (batch: Batch) => void };

function columnsOf(actions: Actions | null): readonly TableColumn<Batch>[] {
  const count = (id: keyof Batch['rows'], header: string): TableColumn<Batch> => ({
    id,
    header,
    value: (row) => row.rows[id],
    cell: (row) => formatCount(row.rows[id]),
    align: 'end',
    widthPx: 72,
  });
  return [
    { id: 'batch', header: 'Batch', value: (row) => row.batch, align: 'end', widthPx: 68 },
    { id: 'kind', header: 'Kind', value: (row) => extractKindNamed(row.kind)?.label ?? row.kind, widthPx: 88 },
    { id: 'file', header: 'File', value: (row) => row.fileName, grow: 2, widthPx: 100 },
    {
      id: 'dates',
      header: 'Holds',
      value: (row) => row.from,
      cell: (row) => formatPeriod(row.from, row.to),
      grow: 1,
      widthPx: 186,
    },
    count('read', 'Read'),
    count('accepted', 'Accepted'),
    { ...count('superseded', 'Superseded'), hidden: true },
    count('duplicate', 'Duplicate'),
    {
      ...count('rejected', 'Rejected'),
      ...(actions ? { cell: (row: Batch) => <RejectedCount batch={row} onOpen={actions.rejects} /> } : {}),
    },
    {
      id: 'importedAt',
      header: 'Imported',
      value: (row) => row.importedAt,
      cell: (row) => formatInstant(row.importedAt),
      widthPx: 136,
    },
    { id: 'importedBy', header: 'By', value: (row) => row.importedBy, widthPx: 76 },
    ...(actions ? [actionColumn(actions)] : []),
  ];
}

function actionColumn(actions: Actions): TableColumn<Batch> {
  return {
    id: 'actions',
    header: text.undo,
    value: () => null,
    sortable: false,
    widthPx: 68,
    cell: (row) => (
      <>
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => actions.undo(row)}
          aria-label={`${text.undo} batch ${row.batch}`}
        >
          {text.undo}
        </Button>
      </>
    ),
  };
}

function RejectedCount({ batch, onOpen }: { readonly batch: Batch; readonly onOpen: (batch: Batch) => void }) {
  const count = formatCount(batch.rows.rejected);
  if (batch.rows.rejected === 0) return <span>{count}</span>;
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      onClick={() => onOpen(batch)}
      aria-label={text.rejectsTitle(batch.batch)}
    >
      {count}
    </Button>
  );
}

export function DataPlace() {
  const canImport = hasRole(useSession(), 'analyst');
  const batches = useOperation('imports.list', {});
  const wizardState = useMemory(wizardMemory);
  const [undoing, setUndoing] = useState<Batch | null>(null);
  const [listing, setListing] = useState<Batch | null>(null);
  const [undone, setUndone] = useState<string | null>(null);
  const columns = useMemo(() => columnsOf(canImport ? { undo: setUndoing, rejects: setListing } : null), [canImport]);
  const begun = wizardState.step !== 'choose' && wizardState.step !== 'done';
  const importLink = canImport ? (
    <Button renderRoot={(props) => <Link to="/data/import" {...props} />}>
      {begun ? text.resumeImport : text.importFile}
    </Button>
  ) : null;
  return (
    <Page title={text.title} lead={text.lead} actions={importLink}>
      <DataSections />
      {undone ? (
        <Notice tone="good" announce>
          <p>{undone}</p>
        </Notice>
      ) : null}
      <QueryGate query={batches}>
        {(data) =>
          data.batches.length === 0 ? (
            <Panel>
              <EmptyState
                icon="data"
                title={text.noneTitle}
                text={canImport ? text.noneText : text.noneTextReader}
                action={importLink}
              />
            </Panel>
          ) : (
            <Panel title={text.batches} note={text.batchesNote}>
              <DataTable
                id="batches"
                label={text.batches}
                columns={columns}
                rows={data.batches}
                rowId={(row) => String(row.batch)}
                sortBy={{ id: 'batch', desc: true }}
                maxHeightPx={640}
              />
            </Panel>
          )
        }
      </QueryGate>
      {undoing ? (
        <UndoDialog
          batch={undoing.batch}
          accepted={undoing.rows.accepted}
          onClose={() => setUndoing(null)}
          onUndone={(removed, restored) => setUndone(text.undone(removed, restored))}
        />
      ) : null}
      {listing ? <BatchRejects batch={listing.batch} onClose={() => setListing(null)} /> : null}
    </Page>
  );
}
