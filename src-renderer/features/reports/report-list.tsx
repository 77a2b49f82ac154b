import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { text } from './text.ts';

type Built = OutputOf<'reports.list'>['reports'][number];

const columns: readonly TableColumn<Built>[] = [
  { id: 'title', header: text.reportTitle, value: (row) => row.title, grow: 2, widthPx: 180 },
  {
    id: 'period',
    header: 'Period',
    value: (row) => row.from,
    cell: (row) => text.period(row.from, row.to),
    widthPx: 200,
  },
  {
    id: 'builtAt',
    header: 'Built',
    value: (row) => row.builtAt,
    cell: (row) => formatInstant(row.builtAt),
    widthPx: 150,
  },
  { id: 'builtBy', header: 'By', value: (row) => row.builtBy, widthPx: 110 },
  { id: 'folder', header: 'Folder', value: (row) => row.folder, grow: 2, widthPx: 180 },
  {
    id: 'present',
    header: 'Files',
    value: (row) => (row.present ? text.present : text.gone),
    cell: (row) => <Badge tone={row.present ? 'good' : 'warn'}>{row.present ? text.present : text.gone}</Badge>,
    widthPx: 140,
  },
];

export function ReportList() {
  const reports = useOperation('reports.list', {});
  return (
    <Panel title={text.list}>
      <QueryGate query={reports} heightPx={120}>
        {(data) => (
          <DataTable
            id="reports"
            label={text.list}
            columns={columns}
            rows={data.reports}
            rowId={(row) => `${row.builtAt} ${row.folder}`}
            sortBy={{ id: 'builtAt', desc: true }}
            nothing={text.listNone}
            showToolbar={data.reports.length > 0}
          />
        )}
      </QueryGate>
    </Panel>
  );
}
