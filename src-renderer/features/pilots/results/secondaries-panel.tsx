import type { PilotSecondary } from '#shared/domain/pilot-evaluation.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { intervalWords, pWords } from './evaluation-model.ts';
import { resultText as text } from './text.ts';

const heads = text.secondaryColumns;

const columns: readonly TableColumn<PilotSecondary>[] = [
  { id: 'outcome', header: heads.outcome, value: ({ outcome }) => outcome, widthPx: 220, grow: 1 },
  {
    ...{ id: 'found', header: heads.found, widthPx: 280, grow: 1 },
    value: ({ found }) => ('refused' in found ? found.refused : intervalWords(found)),
  },
  {
    ...{ id: 'p', header: heads.p, align: 'end', widthPx: 120 },
    value: ({ adjustedP }) => adjustedP,
    cell: ({ adjustedP }) => pWords(adjustedP),
  },
];

export function SecondariesPanel({ secondaries }: { readonly secondaries: readonly PilotSecondary[] }) {
  if (secondaries.length === 0) return null;
  return (
    <Panel title={text.secondaries} note={text.secondariesNote}>
      <DataTable
        id="pilot-secondaries"
        label={text.secondaries}
        columns={columns}
        rows={secondaries}
        rowId={({ outcome }) => outcome}
        linesPerRow={2}
        showToolbar={false}
        maxHeightPx={320}
      />
    </Panel>
  );
}
