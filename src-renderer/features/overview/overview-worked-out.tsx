import type { Batch } from '#shared/contract/imports.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatInstant, formatShare } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Facts } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { Section, WorkedOutDrawer } from '../../ui/worked-out.tsx';
import { text } from './text.ts';

const columns: readonly TableColumn<Batch>[] = [
  { id: 'batch', header: 'Batch', value: (row) => row.batch, align: 'end', widthPx: 76 },
  { id: 'kind', header: 'Kind', value: (row) => row.kind, widthPx: 110 },
  {
    id: 'accepted',
    header: 'Rows',
    value: (row) => row.rows.accepted,
    cell: (row) => formatCount(row.rows.accepted),
    align: 'end',
    widthPx: 90,
  },
  {
    id: 'importedAt',
    header: 'Imported',
    value: (row) => row.importedAt,
    cell: (row) => formatInstant(row.importedAt),
    grow: 1,
  },
];

export function OverviewWorkedOut({ overview }: { readonly overview: OutputOf<'overview.get'> }) {
  return (
    <WorkedOutDrawer>
      <OverviewBasis overview={overview} />
    </WorkedOutDrawer>
  );
}

function OverviewBasis({ overview }: { readonly overview: OutputOf<'overview.get'> }) {
  const batches = useOperation('imports.list', {});
  return (
    <>
      <Section title="Counts">
        <Facts
          facts={[
            { term: 'Coverage', value: formatShare(overview.coverage) },
            { term: 'People', value: `${formatCount(overview.people)} held, ${formatCount(overview.inPost)} in post` },
            { term: 'Exposures', value: formatCount(overview.exposures) },
          ]}
        />
      </Section>
      <Section title="Definitions">
        <ul>
          {text.workedOut.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Section>
      <Section title="Batches it was made from">
        <QueryGate query={batches} heightPx={120}>
          {(data) => (
            <DataTable
              id="worked-out-batches"
              label="Batches"
              columns={columns}
              rows={data.batches}
              rowId={(row) => String(row.batch)}
              showToolbar={false}
              maxHeightPx={320}
            />
          )}
        </QueryGate>
      </Section>
    </>
  );
}
