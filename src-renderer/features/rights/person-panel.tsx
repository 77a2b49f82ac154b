import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand, useJob } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Facts, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { text } from './text.ts';

type Held = OutputOf<'rights.person'>;
type Part = Held['held'][number];

const columns: readonly TableColumn<Part>[] = [
  { id: 'title', header: text.part, value: (row) => row.title, grow: 1, widthPx: 260 },
  { id: 'rows', header: text.rows, value: (row) => row.rows, align: 'end', widthPx: 110 },
];

const leastReason = 3;

/** What is held on one person: shown with a reason, written out for them, or put forward for erasure. */
export function PersonPanel({ alone }: { readonly alone: boolean }) {
  const [person, setPerson] = useState('');
  const [reason, setReason] = useState('');
  const look = useJob('rights.person');
  const { state } = look;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void look.start({ person: person.trim().toUpperCase(), reason: reason.trim() });
  };
  return (
    <Panel title={text.personTitle} note={text.personNote}>
      <Stack>
        <form onSubmit={submit} autoComplete="off">
          <Group align="flex-start" gap="sm">
            <TextInput
              label={text.pseudonym}
              description={text.pseudonymHint}
              value={person}
              onChange={(event) => setPerson(event.currentTarget.value)}
              maxLength={14}
              spellCheck={false}
              required
              w={280}
            />
            <TextInput
              label={text.reason}
              description={text.reasonHint}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={500}
              required
              w={360}
            />
            <Button
              type="submit"
              variant="default"
              mt={44}
              loading={state.status === 'running'}
              disabled={person.trim() === '' || reason.trim().length < leastReason}
            >
              {text.look}
            </Button>
          </Group>
        </form>
        {state.status === 'running' ? <JobProgress {...state} label={text.looking} /> : null}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        {state.status === 'done' ? (
          <HeldOn key={state.value.person} held={state.value} reason={reason.trim()} alone={alone} />
        ) : null}
      </Stack>
    </Panel>
  );
}

function namesOf({ identities }: Held): string {
  const names = identities.map(({ reference, name, collar }) => [name, collar, reference].filter(Boolean).join(', '));
  return [...new Set(names)].join('; ') || text.unnamed;
}

function HeldOn({ held, reason, alone }: { readonly held: Held; readonly reason: string; readonly alone: boolean }) {
  const [asking, setAsking] = useState(false);
  const [filed, setFiled] = useState(false);
  const copy = useJob('rights.export');
  const { choose, dialog } = useFileChooser();
  const { state } = copy;
  const rows = held.held.reduce((sum, part) => sum + part.rows, 0);
  return (
    <Stack>
      <Facts
        facts={[
          { term: text.knownAs, value: namesOf(held) },
          { term: text.rows, value: text.held(rows, held.held.length) },
          ...(held.otherReferences > 0 ? [{ term: '', value: text.others(held.otherReferences) }] : []),
          ...(held.linkedRows > 0 ? [{ term: '', value: text.linked(held.linkedRows) }] : []),
        ]}
      />
      <DataTable
        id="rights-held"
        label={text.personTitle}
        columns={columns}
        rows={held.held}
        rowId={(row) => row.table}
        showToolbar={false}
        maxHeightPx={320}
      />
      <Group gap="xs">
        <Button
          loading={state.status === 'running'}
          onClick={() =>
            choose(
              { kind: 'folder', title: text.exportTitle },
              (folder) => void copy.start({ person: held.person, reason, folder }),
            )
          }
        >
          {text.export}
        </Button>
        <Button variant="default" onClick={() => setAsking(true)} disabled={filed}>
          {text.request}
        </Button>
      </Group>
      {state.status === 'running' ? <JobProgress {...state} label={text.exporting} /> : null}
      {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
      {state.status === 'done' ? (
        <Notice tone="warn" announce>
          <p>{text.exported(state.value.folder, state.value.rows)}</p>
        </Notice>
      ) : null}
      {filed ? (
        <Notice tone="good" announce>
          <p>{text.requested}</p>
        </Notice>
      ) : null}
      {dialog}
      {asking ? (
        <RequestDialog
          person={held.person}
          reason={reason}
          alone={alone}
          onClose={() => setAsking(false)}
          onFiled={() => setFiled(true)}
        />
      ) : null}
    </Stack>
  );
}

type RequestProps = {
  readonly person: string;
  readonly reason: string;
  readonly alone: boolean;
  readonly onClose: () => void;
  readonly onFiled: () => void;
};

function RequestDialog({ person, reason: given, alone, onClose, onFiled }: RequestProps) {
  useReturnFocus();
  const [reason, setReason] = useState(given);
  const request = useCommand('rights.requestErasure');
  const client = useQueryClient();
  const file = () =>
    request.mutate(
      { person, reason: reason.trim() },
      {
        onSuccess: () => {
          void client.invalidateQueries({ queryKey: ['approvals.list'] });
          onFiled();
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={text.requestTitle} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <p style={{ margin: 0 }}>{text.requestWhat(person)}</p>
        {alone ? (
          <Notice tone="warn">
            <p>{text.requestAlone}</p>
          </Notice>
        ) : null}
        <TextInput
          label={text.reason}
          description={text.reasonHint}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          data-autofocus
        />
        {request.isError ? <ErrorPanel error={errorOf(request.error)} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button loading={request.isPending} disabled={reason.trim().length < leastReason} onClick={file}>
            {text.requestConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
