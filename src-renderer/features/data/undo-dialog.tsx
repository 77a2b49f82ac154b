import { Button, Group, Modal } from '@mantine/core';
import { useJob } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { text } from './text.ts';

type Props = {
  readonly batch: number;
  readonly accepted: number;
  readonly onClose: () => void;
  readonly onUndone: (removed: number, restored: number) => void;
};

/** Says what taking a batch out will do, and does it. */
export function UndoDialog({ batch, accepted, onClose, onUndone }: Props) {
  useReturnFocus();
  const undo = useJob('imports.undo');
  const { state } = undo;
  const running = state.status === 'running';
  const start = async () => {
    const last = await undo.start({ batch });
    if (last.status !== 'done') return;
    onClose();
    onUndone(last.value.removed, last.value.restored);
  };
  return (
    <Modal
      opened
      onClose={running ? () => undefined : onClose}
      title={text.undoTitle(batch)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <p style={{ margin: 0 }}>{text.undoWhat(accepted)}</p>
        <p style={{ margin: 0 }}>{text.undoNote}</p>
        {running ? (
          <JobProgress
            label={text.undoConfirm}
            startedAtMs={state.startedAtMs}
            progress={state.progress}
            onCancel={undo.cancel}
            cancelling={state.cancelling}
          />
        ) : null}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={running} data-autofocus>
            Keep it
          </Button>
          <Button color="red.8" loading={running} onClick={() => void start()}>
            {text.undoConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
