import type { KindFreshness, QualityResult } from '#shared/contract/quality.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatDate, formatInstant, none, plural } from '../../ui/format.ts';
import { Badge, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { freshnessTitle, text } from './text.ts';

function Lateness({ row }: { readonly row: KindFreshness }) {
  if (row.lateDays === null) return <span>{none}</span>;
  return row.lateDays > 0 ? (
    <Badge tone="bad">{`${plural(row.lateDays, 'day')} late`}</Badge>
  ) : (
    <Badge tone="good">on time</Badge>
  );
}

const columns: readonly TableColumn<KindFreshness>[] = [
  { id: 'label', header: 'Extract', value: (row) => row.label, grow: 1, widthPx: 140 },
  { id: 'late', header: 'Late', value: (row) => row.lateDays, cell: (row) => <Lateness row={row} />, widthPx: 120 },
  {
    id: 'rows',
    header: 'Rows',
    value: (row) => row.rows,
    cell: (row) => formatCount(row.rows),
    align: 'end',
    widthPx: 96,
    counts: true,
  },
  { id: 'from', header: 'From', value: (row) => row.from, cell: (row) => formatDate(row.from), widthPx: 110 },
  { id: 'to', header: 'To', value: (row) => row.to, cell: (row) => formatDate(row.to), widthPx: 110 },
  { id: 'since', header: 'Days since', value: (row) => row.daysSince, align: 'end', widthPx: 96 },
  {
    id: 'cadence',
    header: 'Usually every',
    value: (row) => row.cadenceDays,
    cell: (row) => (row.cadenceDays === null ? none : plural(row.cadenceDays, 'day')),
    align: 'end',
    widthPx: 116,
  },
  {
    id: 'import',
    header: 'Last import',
    value: (row) => row.lastImport,
    cell: (row) => (row.lastImport === null ? none : `${formatInstant(row.lastImport)} by ${row.importedBy ?? ''}`),
    widthPx: 220,
  },
  {
    id: 'unknown',
    header: 'People not in HR',
    value: (row) => row.unknownPeople,
    cell: (row) => formatCount(row.unknownPeople),
    align: 'end',
    widthPx: 130,
    counts: true,
  },
  {
    id: 'ahead',
    header: 'Rows ahead of time',
    value: (row) => row.rowsAhead,
    cell: (row) => formatCount(row.rowsAhead),
    align: 'end',
    widthPx: 140,
    hidden: true,
    counts: true,
  },
];

export function FreshnessPanel({ quality }: { readonly quality: QualityResult }) {
  return (
    <Panel title={freshnessTitle(quality)} note={`${text.asOf(quality.asOf)} ${text.freshnessNote}`}>
      <DataTable
        id="quality-freshness"
        label="Freshness by extract"
        columns={columns}
        rows={quality.freshness}
        rowId={(row) => row.kind}
        sortBy={{ id: 'late', desc: true }}
        copyable
      />
    </Panel>
  );
}
