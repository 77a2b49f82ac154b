import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { useSession } from '../../bridge/session.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatBytes, formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Columns, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { BackupNow } from './backup-now.tsx';
import { BackupSchedule } from './backup-schedule.tsx';
import { text } from './backup-text.ts';

type State = OutputOf<'backups.state'>;
type Entry = State['backups'][number];

function whereabouts(row: Entry): string {
  if (row.removedAt !== null) return text.removed;
  return row.present ? text.present : text.missing;
}

function holds({ kind, base }: Entry): string {
  if (kind === 'before-migration') return text.copyOfStore;
  return base === null ? text.everything : text.since(base);
}

const columns: readonly TableColumn<Entry>[] = [
  {
    id: 'madeAt',
    header: 'Made',
    value: (row) => row.madeAt,
    cell: (row) => formatInstant(row.madeAt),
    widthPx: 150,
  },
  { id: 'kind', header: 'How', value: (row) => text.kinds[row.kind], widthPx: 116 },
  { id: 'madeBy', header: 'By', value: (row) => row.madeBy, widthPx: 84 },
  {
    id: 'file',
    header: 'File',
    value: (row) => row.fileName,
    cell: (row) => <span title={row.folder}>{row.fileName}</span>,
    grow: 2,
    widthPx: 180,
  },
  { id: 'holds', header: text.holds, value: holds, grow: 1, widthPx: 150 },
  { id: 'bytes', header: 'Size', value: (row) => row.bytes, cell: (row) => formatBytes(row.bytes), widthPx: 80 },
  {
    id: 'head',
    header: 'Audit head',
    value: (row) => row.auditHead.sequence,
    cell: (row) => (
      <code title={`${row.auditHead.sequence}:${row.auditHead.hash}`}>
        {`${row.auditHead.sequence}:${row.auditHead.hash.slice(0, 8)}`}
      </code>
    ),
    widthPx: 116,
  },
  {
    id: 'there',
    header: 'File now',
    value: whereabouts,
    cell: (row) => (
      <Badge tone={row.present ? 'good' : row.removedAt === null ? 'warn' : 'plain'}>{whereabouts(row)}</Badge>
    ),
    widthPx: 96,
  },
];

/** How things stand: the last good backup, a failure, one that is overdue. */
function Standing({ state }: { readonly state: State }) {
  const { failure, lastGood, due, running, backups } = state;
  const when = formatInstant(lastGood);
  return (
    <>
      {failure ? (
        <Notice tone="bad" title={text.failedTitle}>
          <p>{text.failed(formatInstant(failure.at), failure.message)}</p>
        </Notice>
      ) : null}
      {lastGood === null ? (
        <Notice tone="warn">
          <p>{backups.length === 0 ? text.none : text.gone}</p>
        </Notice>
      ) : (
        <Notice tone={due ? 'warn' : 'good'}>
          <p>{due ? text.late(when) : text.good(when)}</p>
        </Notice>
      )}
      {running ? (
        <Notice announce>
          <p>{text.running}</p>
        </Notice>
      ) : null}
    </>
  );
}

/** Backups: how they stand, one now, the schedule, and the list. */
export function BackupsPanel() {
  const state = useOperation('backups.state', {}, { fresh: true });
  const session = useSession();
  const suggestedName = `${session?.vault.name ?? 'vault'}.backup`;
  return (
    <>
      <Panel title={text.title} note={text.note}>
        <QueryGate query={state} heightPx={120}>
          {(data) => (
            <Stack>
              <Standing state={data} />
              {data.backups.length === 0 ? null : (
                <DataTable
                  id="backups"
                  label={text.list}
                  columns={columns}
                  rows={data.backups}
                  rowId={(row) => String(row.id)}
                  maxHeightPx={320}
                />
              )}
            </Stack>
          )}
        </QueryGate>
      </Panel>
      <Columns>
        <BackupNow suggestedName={suggestedName} />
        {state.data ? (
          <BackupSchedule key={JSON.stringify(state.data.schedule)} schedule={state.data.schedule} />
        ) : null}
      </Columns>
    </>
  );
}
