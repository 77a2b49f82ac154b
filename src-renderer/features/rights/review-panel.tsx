import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand, useJob, useOperation } from '../../bridge/hooks.ts';
import { hasRole, type Session } from '../../bridge/session.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount, formatDate } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { text } from './text.ts';

type Aged = OutputOf<'retention.review'>['aged'][number];
type Asked = { readonly what: 'keep' | 'delete'; readonly aged: Aged };

const leastReason = 3;
const batchesNamed = 5;

function columnsFor(session: Session, ask: (asked: Asked) => void): readonly TableColumn<Aged>[] {
  return [
    { id: 'kind', header: text.kind, value: (row) => row.label, grow: 1, widthPx: 140 },
    {
      id: 'months',
      header: text.months,
      value: (row) => row.months,
      cell: (row) => text.monthsOf(row.months),
      widthPx: 110,
    },
    {
      id: 'before',
      header: text.before,
      value: (row) => row.before,
      cell: (row) => formatDate(row.before),
      widthPx: 120,
    },
    { id: 'rows', header: text.rows, value: (row) => row.rows, align: 'end', widthPx: 100 },
    { id: 'people', header: text.people, value: (row) => row.people, align: 'end', widthPx: 90 },
    {
      id: 'oldest',
      header: text.oldest,
      value: (row) => row.oldest,
      cell: (row) => formatDate(row.oldest),
      widthPx: 120,
    },
    {
      id: 'state',
      header: text.state,
      value: (row) => row.kept?.until ?? '',
      cell: (row) =>
        row.kept ? (
          <span title={`${row.kept.reason} (${row.kept.by})`}>
            <Badge>{text.keptUntil(formatDate(row.kept.until))}</Badge>
          </span>
        ) : (
          <Badge tone="warn">{text.open}</Badge>
        ),
      widthPx: 170,
    },
    {
      id: 'actions',
      header: text.actions,
      value: () => null,
      sortable: false,
      cell: (row) =>
        hasRole(session, row.reviewer) ? (
          <Group gap={6} wrap="nowrap">
            <Button size="compact-xs" variant="default" onClick={() => ask({ what: 'keep', aged: row })}>
              {text.keepButton}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => ask({ what: 'delete', aged: row })}>
              {text.deleteButton}
            </Button>
          </Group>
        ) : (
          <span>{row.reviewer}</span>
        ),
      widthPx: 170,
    },
  ];
}

/** What is older than its period, for whoever decides on it. */
export function ReviewPanel({ session }: { readonly session: Session }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [deleted, setDeleted] = useState<number | null>(null);
  const review = useOperation('retention.review', {});
  const client = useQueryClient();
  const columns = useMemo(() => columnsFor(session, setAsked), [session]);
  const settled = (rows: number | null) => {
    setDeleted(rows);
    setAsked(null);
    void client.invalidateQueries({ queryKey: ['retention.review'] });
  };
  return (
    <Panel title={text.reviewTitle} note={text.reviewNote}>
      <Stack>
        <QueryGate query={review} heightPx={120}>
          {(data) => (
            <DataTable
              id="retention-review"
              label={text.reviewTitle}
              columns={columns}
              rows={data.aged}
              rowId={(row) => row.kind}
              showToolbar={false}
              nothing={text.nothingAged}
            />
          )}
        </QueryGate>
        {deleted === null ? null : (
          <Notice tone="good" announce>
            <p>{text.deleted(deleted)}</p>
          </Notice>
        )}
        {asked?.what === 'keep' ? (
          <KeepDialog
            aged={asked.aged}
            today={review.data?.today ?? asked.aged.before}
            onClose={() => setAsked(null)}
            onKept={() => settled(null)}
          />
        ) : null}
        {asked?.what === 'delete' ? (
          <DeleteDialog aged={asked.aged} onClose={() => setAsked(null)} onDeleted={settled} />
        ) : null}
      </Stack>
    </Panel>
  );
}

type KeepProps = {
  readonly aged: Aged;
  readonly today: string;
  readonly onClose: () => void;
  readonly onKept: () => void;
};

function KeepDialog({ aged, today, onClose, onKept }: KeepProps) {
  useReturnFocus();
  const [until, setUntil] = useState(`${Number(today.slice(0, 4)) + 1}${today.slice(4, 8)}01`);
  const [reason, setReason] = useState('');
  const keep = useCommand('retention.keep');
  return (
    <Modal opened onClose={onClose} title={text.keepTitle(aged.label)} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <DateField label={text.keepUntil} value={until} onChange={setUntil} />
        <TextInput
          label={text.reason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          required
          data-autofocus
        />
        {keep.isError ? <ErrorPanel error={errorOf(keep.error)} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button
            loading={keep.isPending}
            disabled={reason.trim().length < leastReason}
            onClick={() => keep.mutate({ kind: aged.kind, until, reason: reason.trim() }, { onSuccess: onKept })}
          >
            {text.keepConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type DeleteProps = {
  readonly aged: Aged;
  readonly onClose: () => void;
  readonly onDeleted: (rows: number) => void;
};

function DeleteDialog({ aged, onClose, onDeleted }: DeleteProps) {
  useReturnFocus();
  const [reason, setReason] = useState('');
  const remove = useJob('retention.delete');
  const { state } = remove;
  const running = state.status === 'running';
  const start = async () => {
    const last = await remove.start({ kind: aged.kind, before: aged.before, reason: reason.trim() });
    if (last.status === 'done') onDeleted(last.value.rows);
  };
  const named = aged.byBatch.slice(0, batchesNamed);
  return (
    <Modal
      opened
      size="lg"
      onClose={running ? () => undefined : onClose}
      title={text.deleteTitle(aged.label)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <p style={{ margin: 0 }}>{text.deleteWhat(aged.rows, formatDate(aged.before))}</p>
        <ul style={{ margin: 0 }}>
          {named.map(({ batch, fileName, rows }) => (
            <li key={batch}>{`${text.deleteFrom} batch ${batch}, ${fileName}: ${formatCount(rows)}`}</li>
          ))}
          {aged.byBatch.length > batchesNamed ? <li>{`… and ${aged.byBatch.length - batchesNamed} more`}</li> : null}
        </ul>
        <p style={{ margin: 0 }}>{text.deleteNote}</p>
        <TextInput
          label={text.reason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          required
          disabled={running}
        />
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={running} data-autofocus>
            {text.cancel}
          </Button>
          <Button
            color="red.8"
            loading={running}
            disabled={reason.trim().length < leastReason}
            onClick={() => void start()}
          >
            {text.deleteConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
