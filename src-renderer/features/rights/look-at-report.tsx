import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { reportFormats } from '#shared/contract/reports.ts';
import type { Approval } from '#shared/contract/rights.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand, useJob } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatInstant } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { LeavingReport } from '../../ui/leaving-report.tsx';
import { ReportPreview } from '../../ui/report-preview.tsx';
import { Facts, Notice, Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { lookText as text } from './look-text.ts';

type Props = {
  readonly request: Approval;
  /** False for whoever asked, and for what is decided already. */
  readonly mayDecide: boolean;
  readonly onClose: () => void;
};

/** A report that somebody asked to release, as it would leave now; whoever may decide agrees to what they see here, or declines. */
export function LookAtReport({ request, mayDecide, onClose }: Props) {
  useReturnFocus();
  const look = useJob('reports.look');
  const { state, start } = look;
  useEffect(() => void start({ request: request.id }), [start, request.id]);
  return (
    <Modal
      opened
      size="min(1080px, 94vw)"
      onClose={onClose}
      title={text.title(request.object)}
      closeButtonProps={{ 'aria-label': text.close }}
    >
      <Stack>
        <Facts
          facts={[
            { term: text.askedBy, value: `${request.requestedBy}, ${formatInstant(request.requestedAt)}` },
            { term: text.purpose, value: request.reason },
          ]}
        />
        {state.status === 'running' ? <JobProgress {...state} label={text.making} onCancel={look.cancel} /> : null}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        {state.status === 'done' ? <Seen seen={state.value} /> : null}
        {mayDecide ? (
          <Decide
            id={request.id}
            seen={state.status === 'done' && state.value.same ? state.value : null}
            onDone={onClose}
          />
        ) : null}
      </Stack>
    </Modal>
  );
}

function Seen({ seen: { document, leaving, same } }: { readonly seen: OutputOf<'reports.look'> }) {
  return (
    <>
      {same ? null : (
        <Notice tone="warn" title={text.changedTitle} announce>
          <p>{text.changed}</p>
        </Notice>
      )}
      <LeavingReport leaving={leaving} formats={reportFormats} />
      <ReportPreview document={document as unknown as ReportDocument} />
    </>
  );
}

type DecideProps = {
  readonly id: number;
  /** What was shown, where it is what was asked for. */
  readonly seen: OutputOf<'reports.look'> | null;
  readonly onDone: () => void;
};

function Decide({ id, seen, onDone }: DecideProps) {
  const [note, setNote] = useState('');
  const decide = useCommand('approvals.decide');
  const client = useQueryClient();
  const send = (agree: boolean) =>
    decide.mutate(
      { id, agree, note: note.trim(), ...(agree && seen ? { seen: seen.leaving.hash } : {}) },
      {
        onSuccess: () => {
          void client.invalidateQueries({ queryKey: ['approvals.list'] });
          onDone();
        },
      },
    );
  return (
    <>
      <Textarea
        label={text.note}
        description={text.noteHint}
        value={note}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {decide.isError ? <ErrorPanel error={errorOf(decide.error)} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" loading={decide.isPending} onClick={() => send(false)}>
          {text.decline}
        </Button>
        <Button loading={decide.isPending} disabled={seen === null} onClick={() => send(true)}>
          {text.agree}
        </Button>
      </Group>
    </>
  );
}
