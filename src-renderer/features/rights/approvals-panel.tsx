import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { Approval } from '#shared/contract/rights.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { hasRole, type Session } from '../../bridge/session.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Badge, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { LookAtReport } from './look-at-report.tsx';
import { text } from './text.ts';

/** The action of a request to release a report; its object is the title. */
const releasing = 'reports.build';

/** The action of a request to erase a person; its object is their pseudonym. */
const erasing = 'rights.erase';

const tones = { waiting: 'warn', approved: 'tide', declined: 'plain', done: 'good' } as const;

type Actions = {
  readonly decide: (id: number, agree: boolean) => void;
  readonly erase: (request: Approval) => void;
  readonly look: (request: Approval) => void;
};

function mayDecide(row: Approval, session: Session): boolean {
  return row.state === 'waiting' && row.requestedBy !== session.user;
}

function RowActions({
  row,
  session,
  alone,
  actions,
}: {
  readonly row: Approval;
  readonly session: Session;
  readonly alone: boolean;
  readonly actions: Actions;
}) {
  const mayErase =
    row.action === erasing &&
    hasRole(session, 'clinician') &&
    (row.state === 'approved' || (row.state === 'waiting' && alone));
  if (mayErase) {
    return (
      <Button size="compact-xs" variant="default" onClick={() => actions.erase(row)}>
        {text.erase}
      </Button>
    );
  }
  if (row.action === releasing) {
    if (row.state === 'done' || row.state === 'declined') return null;
    return (
      <Button
        size="compact-xs"
        variant={mayDecide(row, session) ? 'filled' : 'default'}
        aria-label={`${text.lookAt} ${row.object}`}
        onClick={() => actions.look(row)}
      >
        {text.lookAt}
      </Button>
    );
  }
  if (!mayDecide(row, session) || row.object === session.user) return null;
  return (
    <Group gap={6} wrap="nowrap">
      <Button size="compact-xs" onClick={() => actions.decide(row.id, true)}>
        {text.agree}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => actions.decide(row.id, false)}>
        {text.decline}
      </Button>
    </Group>
  );
}

function whatOf({ action }: Approval): string {
  return (
    {
      [erasing]: text.erasure,
      'exports.permit': text.exportRows,
      'releases.share': text.shareBundle,
      [releasing]: text.releaseReport,
    }[action] ?? action
  );
}

function columnsFor(session: Session, alone: boolean, actions: Actions): readonly TableColumn<Approval>[] {
  return [
    {
      id: 'asked',
      header: text.asked,
      value: (row) => row.requestedAt,
      cell: (row) => formatInstant(row.requestedAt),
      widthPx: 138,
    },
    { id: 'by', header: text.by, value: (row) => row.requestedBy, widthPx: 80 },
    { id: 'what', header: text.what, value: whatOf, widthPx: 150 },
    { id: 'about', header: text.about, value: (row) => row.object, widthPx: 140 },
    { id: 'reason', header: text.reason, value: (row) => row.reason, grow: 1, widthPx: 118 },
    {
      id: 'state',
      header: text.state,
      value: (row) => row.state,
      cell: (row) => <Badge tone={tones[row.state]}>{text.states[row.state]}</Badge>,
      widthPx: 95,
    },
    { id: 'decidedBy', header: text.decidedBy, value: (row) => row.decidedBy, widthPx: 95 },
    {
      id: 'actions',
      header: text.actions,
      value: () => null,
      cell: (row) => <RowActions row={row} session={session} alone={alone} actions={actions} />,
      sortable: false,
      widthPx: 145,
    },
  ];
}

type Props = { readonly data: OutputOf<'approvals.list'>; readonly session: Session };

/** Requests that need a second person, and what became of them. */
export function ApprovalsPanel({ data, session }: Props) {
  const [erasing, setErasing] = useState<Approval | null>(null);
  const [looking, setLooking] = useState<Approval | null>(null);
  const [erased, setErased] = useState<OutputOf<'rights.erase'> | null>(null);
  const decide = useCommand('approvals.decide');
  const client = useQueryClient();
  const { mutate } = decide;
  const alone = !data.othersCanDecide;
  const columns = useMemo(
    () =>
      columnsFor(session, alone, {
        decide: (id, agree) =>
          mutate(
            { id, agree, note: '' },
            { onSettled: () => void client.invalidateQueries({ queryKey: ['approvals.list'] }) },
          ),
        erase: setErasing,
        look: setLooking,
      }),
    [session, alone, mutate, client],
  );
  return (
    <Panel title={text.approvalsTitle} note={text.approvalsNote}>
      <Stack>
        <DataTable
          id="approvals"
          label={text.approvalsTitle}
          columns={columns}
          rows={data.approvals}
          rowId={(row) => String(row.id)}
          showToolbar={false}
          maxHeightPx={320}
          nothing={text.noApprovals}
        />
        {decide.isError ? <ErrorPanel error={errorOf(decide.error)} /> : null}
        {erased ? (
          <Notice tone="good" announce>
            <p>{text.erased(erased.person, erased.rows)}</p>
            <p>{text.eraseBackups(erased.backups.length)}</p>
            {erased.backups.map(({ file }) => (
              <p key={file} style={{ overflowWrap: 'anywhere' }}>
                {file}
              </p>
            ))}
            {erased.reports > 0 ? <p>{text.reportsNote(erased.reports)}</p> : null}
          </Notice>
        ) : null}
        {looking ? (
          <LookAtReport request={looking} mayDecide={mayDecide(looking, session)} onClose={() => setLooking(null)} />
        ) : null}
        {erasing ? (
          <EraseDialog
            request={erasing}
            onClose={() => setErasing(null)}
            onErased={(done) => {
              setErased(done);
              void client.invalidateQueries({ queryKey: ['approvals.list'] });
            }}
          />
        ) : null}
      </Stack>
    </Panel>
  );
}
