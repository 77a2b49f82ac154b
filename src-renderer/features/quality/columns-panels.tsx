import type {
  BatchDuplicates,
  CodeChange,
  ColumnMissing,
  NearDuplicate,
  QualityResult,
} from '#shared/contract/quality.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatDate, formatInstant, formatMonth, formatShare, none } from '../../ui/format.ts';
import { Badge, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import classes from './quality.module.css';
import { changeWords, codesTitle, duplicatesTitle, missingTitle, text } from './text.ts';

const missingColumns: readonly TableColumn<ColumnMissing>[] = [
  { id: 'kind', header: 'Extract', value: (row) => row.label, widthPx: 130 },
  { id: 'column', header: 'Field', value: (row) => row.column, widthPx: 160 },
  { id: 'meaning', header: 'What it holds', value: (row) => row.meaning, grow: 1, widthPx: 220 },
  {
    id: 'share',
    header: 'Empty',
    value: (row) => row.share,
    cell: (row) => formatShare(row.share),
    align: 'end',
    widthPx: 90,
    counts: true,
  },
  {
    id: 'last',
    header: 'Empty in the last month',
    value: (row) => row.shares.findLast((share) => share !== null) ?? null,
    cell: (row) => formatShare(row.shares.findLast((share) => share !== null) ?? null),
    align: 'end',
    widthPx: 170,
    counts: true,
  },
  {
    id: 'stopped',
    header: 'Not filled since',
    value: (row) => row.stoppedSince,
    cell: (row) => (row.stoppedSince === null ? none : <Badge tone="bad">{formatMonth(row.stoppedSince)}</Badge>),
    widthPx: 140,
  },
];

export function MissingPanel({ missing }: { readonly missing: readonly ColumnMissing[] }) {
  const rows = missing.filter(({ empty }) => empty > 0);
  return (
    <Panel title={missingTitle([...missing])} note={text.missingNote}>
      <DataTable
        id="quality-missing"
        label="Missing fields"
        columns={missingColumns}
        rows={rows}
        rowId={(row) => `${row.kind} ${row.column}`}
        sortBy={{ id: 'stopped', desc: true }}
        maxHeightPx={420}
        copyable
        nothing="No field is empty anywhere."
      />
    </Panel>
  );
}

const codeColumns: readonly TableColumn<CodeChange>[] = [
  { id: 'kind', header: 'Extract', value: (row) => row.label, widthPx: 130 },
  { id: 'column', header: 'Field', value: (row) => row.column, widthPx: 140 },
  { id: 'code', header: 'Code', value: (row) => row.code, grow: 1, widthPx: 160 },
  {
    id: 'change',
    header: 'Change',
    value: (row) => row.change,
    cell: (row) => (
      <Badge tone={row.change === 'vanished' || row.change === 'appeared' ? 'warn' : 'plain'}>
        {changeWords[row.change]}
      </Badge>
    ),
    widthPx: 116,
  },
  { id: 'from', header: 'First day', value: (row) => row.from, cell: (row) => formatDate(row.from), widthPx: 110 },
  { id: 'to', header: 'Last day', value: (row) => row.to, cell: (row) => formatDate(row.to), widthPx: 110 },
  {
    id: 'rows',
    counts: true,
    header: 'Rows',
    value: (row) => row.rows,
    cell: (row) => formatCount(row.rows),
    align: 'end',
    widthPx: 90,
  },
  {
    id: 'before',
    header: 'Share before',
    value: (row) => row.shareBefore,
    cell: (row) => formatShare(row.shareBefore),
    align: 'end',
    widthPx: 112,
    counts: true,
  },
  {
    id: 'now',
    header: 'Last 3 months',
    value: (row) => row.shareNow,
    cell: (row) => formatShare(row.shareNow),
    align: 'end',
    widthPx: 118,
    counts: true,
  },
];

export function CodesPanel({ quality }: { readonly quality: QualityResult }) {
  return (
    <Panel title={codesTitle(quality.codes)} note={text.codesNote(quality.codesSeen, quality.codesTested)}>
      <DataTable
        id="quality-codes"
        label="Codes that changed"
        columns={codeColumns}
        rows={quality.codes}
        rowId={(row) => `${row.kind} ${row.column} ${row.code}`}
        sortBy={{ id: 'rows', desc: true }}
        copyable
        nothing="No code appeared, vanished or changed its share."
      />
    </Panel>
  );
}

const nearColumns: readonly TableColumn<NearDuplicate>[] = [
  { id: 'kind', header: 'Extract', value: (row) => row.label, widthPx: 130 },
  { id: 'what', header: 'What stands twice', value: (row) => row.what, grow: 1, widthPx: 260 },
  {
    id: 'cases',
    header: 'Cases',
    value: (row) => row.cases,
    cell: (row) => formatCount(row.cases),
    align: 'end',
    widthPx: 90,
  },
  {
    id: 'rows',
    header: 'Rows',
    value: (row) => row.rows,
    cell: (row) => formatCount(row.rows),
    align: 'end',
    widthPx: 90,
  },
  { id: 'from', header: 'From', value: (row) => row.from, cell: (row) => formatDate(row.from), widthPx: 110 },
  { id: 'to', header: 'To', value: (row) => row.to, cell: (row) => formatDate(row.to), widthPx: 110 },
];

const batchColumns: readonly TableColumn<BatchDuplicates>[] = [
  { id: 'batch', header: 'Batch', value: (row) => row.batch, align: 'end', widthPx: 76 },
  { id: 'file', header: 'File', value: (row) => row.fileName, grow: 1, widthPx: 200 },
  { id: 'kind', header: 'Kind', value: (row) => row.kind, widthPx: 130 },
  {
    id: 'at',
    header: 'Imported',
    value: (row) => row.importedAt,
    cell: (row) => formatInstant(row.importedAt),
    widthPx: 170,
  },
  {
    id: 'duplicate',
    header: 'Held already',
    value: (row) => row.duplicate,
    cell: (row) => formatCount(row.duplicate),
    align: 'end',
    widthPx: 116,
  },
  {
    id: 'share',
    header: 'Of all its rows',
    value: (row) => row.duplicate / row.read,
    cell: (row) => formatShare(row.duplicate / row.read),
    align: 'end',
    widthPx: 120,
  },
];

export function DuplicatesPanel({ duplicates }: { readonly duplicates: QualityResult['duplicates'] }) {
  return (
    <Panel title={duplicatesTitle(duplicates)} note={text.duplicatesNote}>
      <DataTable
        id="quality-near"
        label="What may stand twice"
        columns={nearColumns}
        rows={duplicates.near}
        rowId={(row) => `${row.kind} ${row.what}`}
        sortBy={{ id: 'cases', desc: true }}
        showToolbar={false}
        nothing="No extract in which this could be looked for."
      />
      {duplicates.batches.length > 0 ? (
        <>
          <h3 className={classes.subtitle}>{text.batchesNote}</h3>
          <DataTable
            id="quality-batches"
            label="Batches with rows held already"
            columns={batchColumns}
            rows={duplicates.batches}
            rowId={(row) => String(row.batch)}
            sortBy={{ id: 'share', desc: true }}
            showToolbar={false}
            maxHeightPx={260}
          />
        </>
      ) : null}
    </Panel>
  );
}
