import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useJob } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { useFileChooser } from '../../../ui/file-chooser.tsx';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { Notice, Stack } from '../../../ui/surface.tsx';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { timetableText as text } from './text.ts';

type Props = {
  /** Of pilot-timetable, with the sessions that were changed by hand where some were. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly sessions: number;
  /** Null where it was changed and not checked since. */
  readonly broken: number | null;
  readonly onClose: () => void;
};

/** Writes the sessions as a file that can be imported as planned pilot sessions: with a reason, and nobody in it. */
export function ExportDialog({ spec, sessions, broken, onClose }: Props) {
  useReturnFocus();
  const [reason, setReason] = useState('');
  const job = useJob('exports.sessionPlan');
  const { choose, dialog } = useFileChooser();
  const { state } = job;
  const isRunning = state.status === 'running';
  const isReady = reason.trim().length >= 3 && !isRunning;
  const write = () =>
    choose(
      { kind: 'save', title: text.saveTitle, suggestedName: 'session-plan.csv' },
      (file) => void job.start({ spec: { ...spec }, reason: reason.trim(), file }),
    );
  return (
    <Modal opened onClose={onClose} title={text.exportTitle} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) write();
        }}
      >
        <Stack>
          <p style={{ margin: 0 }}>{text.exportNote(sessions)}</p>
          {broken === 0 ? null : (
            <Notice tone="warn">
              <p>{broken === null ? text.exportUnchecked : text.exportBroken(broken)}</p>
            </Notice>
          )}
          <TextInput
            label={text.reasonLabel}
            description={text.reasonHint}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            required
            data-autofocus
          />
          {isRunning ? <JobProgress {...state} label={text.writing} onCancel={job.cancel} /> : null}
          {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
          {state.status === 'done' ? (
            <Notice tone="good" announce>
              <p style={{ overflowWrap: 'anywhere' }}>{text.saved(state.value.sessions, state.value.file)}</p>
            </Notice>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text.close}
            </Button>
            <Button type="submit" disabled={!isReady}>
              {text.save}
            </Button>
          </Group>
        </Stack>
      </form>
      {dialog}
    </Modal>
  );
}
