import type { PilotView } from '#shared/contract/pilots.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatInstant } from '../../../ui/format.ts';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { planText as text } from './text.ts';

type Version = PilotView['versions'][number];

const columns: readonly TableColumn<Version>[] = [
  { id: 'version', header: text.version, value: ({ version }) => version, align: 'end', widthPx: 84 },
  { id: 'at', header: text.savedAt, value: ({ at }) => at, cell: ({ at }) => formatInstant(at), widthPx: 160 },
  { id: 'by', header: text.savedBy, value: ({ by }) => by, widthPx: 120 },
  {
    id: 'hash',
    header: text.hash,
    value: ({ hash }) => hash,
    cell: ({ hash }) => <code>{hash}</code>,
    widthPx: 520,
    grow: 1,
  },
];

/** Every plan of the pilot that was saved. */
export function VersionsPanel({ versions }: { readonly versions: readonly Version[] }) {
  return (
    <Panel title={text.versions} note={text.versionsNote}>
      <DataTable
        id="pilot-versions"
        label={text.versions}
        columns={columns}
        rows={versions}
        rowId={({ version }) => String(version)}
        sortBy={{ id: 'version', desc: true }}
        showToolbar={false}
        maxHeightPx={240}
      />
    </Panel>
  );
}
