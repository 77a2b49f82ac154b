import { useState } from 'react';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount, formatInstant, plural } from '../../../ui/format.ts';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { searchText as text } from './text.ts';

type Source = ReviewView['sources'][number];
const heads = text.fileColumns;

const fileColumns: readonly TableColumn<Source>[] = [
  { id: 'source', header: heads.source, value: ({ source }) => source, align: 'end', widthPx: 60 },
  { id: 'fileName', header: heads.fileName, value: ({ fileName }) => fileName, grow: 1, widthPx: 180 },
  { id: 'format', header: heads.format, value: ({ format }) => format, widthPx: 86 },
  { id: 'search', header: heads.search, value: ({ search }) => search, align: 'end', widthPx: 80 },
  {
    id: 'records',
    header: heads.records,
    value: ({ records }) => records,
    cell: ({ records }) => formatCount(records),
    align: 'end',
    widthPx: 90,
  },
  { id: 'faulty', header: heads.faulty, value: ({ faulty }) => faulty, align: 'end', widthPx: 104 },
  { id: 'at', header: heads.at, value: ({ at }) => at, cell: ({ at }) => formatInstant(at), widthPx: 160 },
  { id: 'by', header: heads.by, value: ({ by }) => by, widthPx: 90 },
  {
    id: 'state',
    header: heads.state,
    value: ({ withdrawn }) => (withdrawn === null ? text.inUse : text.takenOut(withdrawn.reason)),
    widthPx: 130,
    grow: 1,
  },
];

/** The files that were imported; one that is opened can be taken out again. */
export function FilesPanel({ view }: { readonly view: ReviewView }) {
  const [chosen, setChosen] = useState<Source | null>(null);
  return (
    <Panel title={text.files}>
      <DataTable
        id="review-files"
        label={text.files}
        columns={fileColumns}
        rows={view.sources}
        rowId={({ source }) => String(source)}
        onOpen={(source) => {
          if (source.withdrawn === null) setChosen(source);
        }}
        maxHeightPx={260}
      />
      {chosen === null ? null : <WithdrawDialog review={view.review} source={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

type DialogProps = { readonly review: string; readonly source: Source; readonly onClose: () => void };

function WithdrawDialog({ review, source, onClose }: DialogProps) {
  const [reason, setReason] = useState('');
  const withdraw = useEvidenceCommand('reviews.withdrawImport');
  const run = async () => {
    if (await withdraw.run({ review, source: source.source, reason: reason.trim() })) onClose();
  };
  return (
    <ReasonDialog
      title={text.withdraw}
      note={text.withdrawNote(source.fileName, plural(source.records, 'record'))}
      confirm={text.withdraw}
      command={withdraw}
      isComplete={reason.trim().length >= 3}
      onConfirm={() => void run()}
      onClose={onClose}
      reason={reason}
      reasonHint={text.reasonHint}
      onReason={setReason}
    />
  );
}
