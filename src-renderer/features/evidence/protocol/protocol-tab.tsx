import { useState } from 'react';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatInstant } from '../../../ui/format.ts';
import { Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { AboutPanel } from './about-panel.tsx';
import { ProtocolEditor } from './protocol-editor.tsx';
import { ProtocolReading } from './protocol-reading.tsx';
import { RegisterPanel } from './register-panel.tsx';
import { protocolText as text } from './text.ts';

type Version = ReviewView['versions'][number];
const heads = text.versionColumns;

const versionColumns: readonly TableColumn<Version>[] = [
  { id: 'version', header: heads.version, value: ({ version }) => version, align: 'end', widthPx: 86 },
  { id: 'at', header: heads.at, value: ({ at }) => at, cell: ({ at }) => formatInstant(at), widthPx: 160 },
  { id: 'by', header: heads.by, value: ({ by }) => by, widthPx: 100 },
  { id: 'reason', header: heads.reason, value: ({ reason }) => reason ?? text.beforeRegistration, grow: 1 },
  {
    id: 'hash',
    header: heads.hash,
    value: ({ hash }) => hash,
    cell: ({ hash }) => <code title={hash}>{hash.slice(0, 16)}…</code>,
    widthPx: 170,
  },
];

export function ProtocolTab({ view }: { readonly view: ReviewView }) {
  const [isChanging, setChanging] = useState(false);
  if (isChanging) return <ProtocolEditor view={view} onClose={() => setChanging(false)} />;
  return (
    <Stack>
      <AboutPanel view={view} />
      {view.registration === null ? <RegisterPanel view={view} /> : null}
      <ProtocolReading view={view} onChange={() => setChanging(true)} />
      <Panel title={text.versions}>
        <DataTable
          id="review-versions"
          label={text.versions}
          columns={versionColumns}
          rows={view.versions}
          rowId={({ version }) => String(version)}
          sortBy={{ id: 'version', desc: true }}
          showToolbar={false}
          maxHeightPx={260}
        />
      </Panel>
    </Stack>
  );
}
