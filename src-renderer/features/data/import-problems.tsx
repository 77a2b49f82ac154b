import type { ImportResult, Reject } from '#shared/contract/imports.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount } from '../../ui/format.ts';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import { type TableColumn, tableAsText } from '../../ui/table-model.ts';
import { text } from './text.ts';

type Grouped = ImportResult['rejectsByCode'][number];

const groupColumns: readonly TableColumn<Grouped>[] = [
  { id: 'column', header: 'Column', value: (row) => row.column, widthPx: 150 },
  { id: 'code', header: 'Rule', value: (row) => row.code, widthPx: 170 },
  {
    id: 'count',
    header: 'Rows',
    value: (row) => row.count,
    cell: (row) => formatCount(row.count),
    align: 'end',
    widthPx: 90,
  },
  { id: 'message', header: 'What it means', value: (row) => row.message, grow: 1, widthPx: 240 },
];

export const rejectColumns: readonly TableColumn<Reject>[] = [
  { id: 'row', header: 'Row', value: (row) => row.row, cell: (row) => formatCount(row.row), align: 'end', widthPx: 90 },
  { id: 'column', header: 'Column', value: (row) => row.column, widthPx: 150 },
  { id: 'code', header: 'Rule', value: (row) => row.code, widthPx: 170 },
  { id: 'message', header: 'What it means', value: (row) => row.message, grow: 1, widthPx: 240 },
];

/** Problems of a load: by column and rule, then the first rows. */
export function ImportProblems({ result }: { readonly result: ImportResult }) {
  return (
    <Stack>
      {result.warnings.length > 0 ? (
        <Notice tone="warn" title="Accepted, but worth a look">
          {result.warnings.map((warning) => (
            <p key={warning.code}>{warning.message}</p>
          ))}
        </Notice>
      ) : null}
      {result.rejectsByCode.length > 0 ? (
        <Panel title={text.problemsTitle}>
          <DataTable
            id="import-problems"
            label={text.problemsTitle}
            columns={groupColumns}
            rows={result.rejectsByCode}
            rowId={(row) => `${row.column} ${row.code}`}
            sortBy={{ id: 'count', desc: true }}
            maxHeightPx={300}
            copyable
          />
        </Panel>
      ) : null}
      {result.rejects.length > 0 ? (
        <Panel
          title={text.problemRows}
          note={`${text.partial(new Set(result.rejects.map((reject) => reject.row)).size, result.rows.rejected)} ${text.rejectsNote}`}
          actions={<CopyButton label={text.copyRejects} text={() => tableAsText(result.rejects, rejectColumns)} />}
        >
          <DataTable
            id="import-rejects"
            label={text.problemRows}
            columns={rejectColumns}
            rows={result.rejects}
            rowId={(row) => `${row.row} ${row.column} ${row.code}`}
            maxHeightPx={360}
            showToolbar={false}
          />
        </Panel>
      ) : null}
    </Stack>
  );
}
