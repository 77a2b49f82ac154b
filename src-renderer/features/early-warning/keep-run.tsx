import { Button, Group, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useJob } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Notice, Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import type { RunSpec } from './choices.ts';
import { leastReason, ReasonInput } from './reason-input.tsx';
import { text } from './text.ts';

type Props = { readonly spec: RunSpec; readonly snapshot: string };

/** Keeps a run that is fit for use as a model; for analysts. */
export function KeepRun(props: Props) {
  const isAnalyst = hasRole(useSession(), 'analyst');
  const [open, setOpen] = useState(false);
  const [kept, setKept] = useState<number | null>(null);
  if (!isAnalyst) return null;
  return (
    <>
      {kept === null ? (
        <Group>
          <Button onClick={() => setOpen(true)}>{text.keep}</Button>
        </Group>
      ) : (
        <Notice tone="good" announce>
          <p>{text.kept(kept)}</p>
        </Notice>
      )}
      {open ? <KeepDialog {...props} onClose={() => setOpen(false)} onKept={setKept} /> : null}
    </>
  );
}

type DialogProps = Props & { readonly onClose: () => void; readonly onKept: (model: number) => void };

function KeepDialog({ spec, snapshot, onClose, onKept }: DialogProps) {
  useReturnFocus();
  const [reason, setReason] = useState('');
  const { state, start, cancel } = useJob('earlyWarning.keep');
  const client = useQueryClient();
  const isRunning = state.status === 'running';
  const keep = async () => {
    const last = await start({ spec: { ...spec }, snapshot, reason: reason.trim() });
    if (last.status !== 'done') return;
    void client.invalidateQueries({ queryKey: ['earlyWarning.models'] });
    onKept(last.value.model);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text.keepTitle} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <p style={{ margin: 0 }}>{text.keepWhat}</p>
        <ReasonInput value={reason} onChange={setReason} />
        {isRunning ? <JobProgress {...state} label={text.keeping} onCancel={cancel} /> : null}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button loading={isRunning} disabled={reason.trim().length < leastReason} onClick={() => void keep()}>
            {text.keepConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
