import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ListedRecord, ReviewView } from '#shared/contract/review-shapes.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { recordColumns } from './record-columns.ts';
import { fullTextText as text } from './text.ts';

const columns: readonly TableColumn<ListedRecord>[] = [
  ...recordColumns,
  { id: 'study', header: text.study, value: ({ study }) => study ?? text.ownStudy, widthPx: 150 },
];

/** The reports that are included, and the study that each is of. */
export function IncludedPanel({ view: { review, included } }: { readonly view: ReviewView }) {
  const records = useOperation('reviews.records', { review, places: ['included'], limit: 500 });
  const [chosen, setChosen] = useState<ListedRecord | null>(null);
  if (included === 0) return null;
  return (
    <Panel title={text.included} note={text.includedNote}>
      <QueryGate query={records}>
        {(found) => (
          <DataTable
            id="review-included"
            label={text.included}
            columns={columns}
            rows={found.records}
            rowId={({ record }) => String(record)}
            onOpen={setChosen}
            maxHeightPx={320}
          />
        )}
      </QueryGate>
      {chosen === null ? null : <StudyDialog review={review} record={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

type DialogProps = { readonly review: string; readonly record: ListedRecord; readonly onClose: () => void };

function StudyDialog({ review, record, onClose }: DialogProps) {
  const [study, setStudy] = useState(record.study ?? '');
  const save = useEvidenceCommand('reviews.study');
  const run = async () => {
    const name = study.trim();
    if (await save.run({ review, record: record.record, study: name === '' ? null : name })) onClose();
  };
  return (
    <FormDialog
      title={text.studyTitle}
      note={record.title}
      confirm={text.studySave}
      command={save}
      isComplete
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <TextInput
        label={text.study}
        description={text.studyHint}
        value={study}
        onChange={(event) => setStudy(event.currentTarget.value)}
        maxLength={200}
        data-autofocus
        autoComplete="off"
      />
    </FormDialog>
  );
}
