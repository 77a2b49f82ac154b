import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { InputOf } from '#shared/contract/index.ts';
import { useJob, useOperation } from '../../bridge/hooks.ts';
import { copyText } from '../../ui/clipboard.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { formatDate, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Notice, Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { text } from './text.ts';

type Props = {
  readonly of: InputOf<'exports.personRows'>['of'];
  /** Rows that are shown. */
  readonly rows: number;
  readonly suggestedName: string;
};

/** Takes rows of single people out: for who has been permitted, with a reason, and never quietly. */
export function ExportRows(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Icon name="copy" size={15} />}
        onClick={() => setOpen(true)}
        disabled={props.rows === 0}
      >
        {text.takeOut}
      </Button>
      {open ? <ExportDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ExportDialog({ onClose, ...props }: Props & { readonly onClose: () => void }) {
  useReturnFocus();
  const own = useOperation('exports.own', {}, { fresh: true });
  return (
    <Modal opened onClose={onClose} title={text.takeOutTitle} closeButtonProps={{ 'aria-label': 'Close' }}>
      <QueryGate query={own} heightPx={80}>
        {({ until }) =>
          until === null ? (
            <Notice title={text.notPermitted}>
              <p>{text.notPermittedWhat}</p>
            </Notice>
          ) : (
            <ExportForm {...props} until={until} />
          )
        }
      </QueryGate>
    </Modal>
  );
}

type Taken = 'copied' | 'not-copied' | null;

function ExportForm({ of, rows, suggestedName, until }: Props & { readonly until: string }) {
  const [reason, setReason] = useState('');
  const [taken, setTaken] = useState<Taken>(null);
  const job = useJob('exports.personRows');
  const { choose, dialog } = useFileChooser();
  const { state } = job;
  const running = state.status === 'running';
  const start = async (file: string | null) => {
    setTaken(null);
    const last = await job.start({ of, reason: reason.trim(), file });
    if (last.status !== 'done' || last.value.text === null) return;
    setTaken(copyText(last.value.text) ? 'copied' : 'not-copied');
  };
  const ready = reason.trim().length >= 3 && !running;
  return (
    <Stack>
      <p style={{ margin: 0 }}>{text.takeOutWhat(rows, formatDate(until))}</p>
      <Textarea
        label={text.takeOutReason}
        description={text.takeOutReasonHint}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
      />
      {running ? <JobProgress {...state} label={text.takingOut} onCancel={job.cancel} /> : null}
      {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
      {state.status === 'done' && state.value.file !== null ? (
        <Notice tone="good" announce>
          <p style={{ overflowWrap: 'anywhere' }}>
            {text.savedRows(plural(state.value.rows, 'row'), state.value.file)}
          </p>
        </Notice>
      ) : null}
      {state.status === 'done' && taken !== null ? (
        <Notice tone={taken === 'copied' ? 'good' : 'warn'} announce>
          <p>{taken === 'copied' ? text.copiedRows(plural(state.value.rows, 'row')) : text.notCopied}</p>
        </Notice>
      ) : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" disabled={!ready} onClick={() => void start(null)}>
          {text.copyRows}
        </Button>
        <Button
          disabled={!ready}
          onClick={() => choose({ kind: 'save', title: text.saveRowsTitle, suggestedName }, (file) => void start(file))}
        >
          {text.saveRows}
        </Button>
      </Group>
      {dialog}
    </Stack>
  );
}
