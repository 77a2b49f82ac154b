import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ReportRequest } from '#shared/contract/reports.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Badge, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { BuildAgreed } from './build-agreed.tsx';
import { requestsText as text } from './requests-text.ts';

const tones = { waiting: 'warn', approved: 'tide', declined: 'plain', done: 'good' } as const;

function columnsFor(onBuild: (request: ReportRequest) => void): readonly TableColumn<ReportRequest>[] {
  return [
    { id: 'title', header: text.report, value: (row) => row.title, grow: 2, widthPx: 150 },
    {
      id: 'asked',
      header: text.asked,
      value: (row) => row.requestedAt,
      cell: (row) => formatInstant(row.requestedAt),
      widthPx: 140,
    },
    { id: 'by', header: text.by, value: (row) => row.requestedBy, widthPx: 80 },
    { id: 'reason', header: text.purpose, value: (row) => row.reason, grow: 2, widthPx: 150 },
    {
      id: 'state',
      header: text.state,
      value: (row) => text.states[row.state],
      cell: (row) => <Badge tone={tones[row.state]}>{text.states[row.state]}</Badge>,
      widthPx: 95,
    },
    { id: 'decidedBy', header: text.decidedBy, value: (row) => row.decidedBy, widthPx: 100 },
    { id: 'note', header: text.note, value: (row) => row.note, grow: 1, widthPx: 105 },
    {
      id: 'actions',
      header: text.actions,
      value: () => null,
      cell: (row) =>
        row.state === 'approved' && row.spec !== null ? (
          <Button size="compact-xs" aria-label={`${text.build} ${row.title}`} onClick={() => onBuild(row)}>
            {text.build}
          </Button>
        ) : null,
      sortable: false,
      widthPx: 90,
    },
  ];
}

/** What was asked of a second person, what became of it, and the building of what was agreed; nothing where nobody was ever asked. */
export function RequestsPanel() {
  const asked = useOperation('reports.requests', {}, { fresh: true });
  const [building, setBuilding] = useState<ReportRequest | null>(null);
  const columns = useMemo(() => columnsFor(setBuilding), []);
  if (!asked.data || (!asked.data.twoPeople && asked.data.requests.length === 0)) return null;
  return (
    <Panel title={text.title} note={text.panelNote}>
      <DataTable
        id="report-requests"
        label={text.title}
        columns={columns}
        rows={asked.data.requests}
        rowId={(row) => String(row.id)}
        showToolbar={false}
        maxHeightPx={320}
        nothing={text.nothing}
      />
      {building ? <BuildAgreed request={building} onClose={() => setBuilding(null)} /> : null}
    </Panel>
  );
}
