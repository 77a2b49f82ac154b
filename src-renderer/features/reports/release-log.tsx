import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { text } from './text.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

type Release = OutputOf<'releases.list'>['releases'][number];

const columns: readonly TableColumn<Release>[] = [
  { id: 'title', header: text.reportTitle, value: (row) => row.title, grow: 2, widthPx: 170 },
  {
    id: 'releasedAt',
    header: 'When',
    value: (row) => row.releasedAt,
    cell: (row) => formatInstant(row.releasedAt),
    widthPx: 150,
  },
  { id: 'releasedBy', header: 'By', value: (row) => row.releasedBy, widthPx: 80 },
  { id: 'marking', header: 'Marking', value: (row) => row.marking, widthPx: 160 },
  { id: 'purpose', header: text.purpose, value: (row) => row.purpose || 'not stated', grow: 2, widthPx: 160 },
  {
    id: 'withheld',
    header: 'Withheld',
    value: (row) => row.withheld,
    cell: (row) => text.withheldOf(row.withheld, row.counts),
    widthPx: 130,
  },
];

function standing(onWithdraw: (release: Release) => void): TableColumn<Release> {
  return {
    id: 'state',
    header: 'State',
    value: (row) => (row.withdrawn === null ? text.stands : text.withdrawn),
    cell: (row) =>
      row.withdrawn === null ? (
        <Button
          variant="default"
          size="compact-xs"
          aria-label={`${text.withdraw} ${row.title}`}
          onClick={() => onWithdraw(row)}
        >
          {text.withdraw}
        </Button>
      ) : (
        <Badge tone="warn">{text.withdrawn}</Badge>
      ),
    widthPx: 110,
  };
}

/** What left the vault: what, when, by whom, and for what. */
export function ReleaseLog() {
  const releases = useOperation('releases.list', {});
  const [withdrawing, setWithdrawing] = useState<Release | null>(null);
  return (
    <Panel title={text.releases} note={text.releasesNote}>
      <QueryGate query={releases} heightPx={120}>
        {(data) => (
          <DataTable
            id="releases"
            label={text.releases}
            columns={[...columns, standing(setWithdrawing)]}
            rows={data.releases}
            rowId={(row) => String(row.id)}
            sortBy={{ id: 'releasedAt', desc: true }}
            nothing={text.releasesNone}
            showToolbar={data.releases.length > 0}
          />
        )}
      </QueryGate>
      {withdrawing ? <WithdrawDialog release={withdrawing} onClose={() => setWithdrawing(null)} /> : null}
    </Panel>
  );
}
