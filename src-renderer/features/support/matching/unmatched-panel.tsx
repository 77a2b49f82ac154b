import type { UnmatchedRequest } from '#shared/domain/peer-matching.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { requestColumns } from './request-columns.tsx';
import { matchingText } from './text.ts';

const text = matchingText.unmatched;

const columns: readonly TableColumn<UnmatchedRequest>[] = [
  ...requestColumns<UnmatchedRequest>(),
  { id: 'why', header: matchingText.columns.why, value: ({ why }) => why, widthPx: 380, grow: 3 },
];

/** Requests for which nobody can be proposed, with what stands in the way; nothing where there are none. */
export function UnmatchedPanel({ unmatched }: { readonly unmatched: readonly UnmatchedRequest[] }) {
  if (unmatched.length === 0) return null;
  return (
    <Panel title={text.title(unmatched.length)} note={text.note}>
      <DataTable
        id="support-matching-unmatched"
        label={text.label}
        columns={columns}
        rows={unmatched}
        rowId={({ request }) => request}
        linesPerRow={2}
        maxHeightPx={380}
      />
    </Panel>
  );
}
