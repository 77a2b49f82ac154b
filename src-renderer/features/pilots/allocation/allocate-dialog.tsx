import { Button, Group, Modal } from '@mantine/core';
import type { OutputOf } from '#shared/contract/index.ts';
import { errorOf } from '../../../bridge/client.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Stack } from '../../../ui/surface.tsx';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { usePilotCommand } from '../use-pilot-command.ts';
import { allocationText as text } from './text.ts';

type Props = {
  readonly pilot: string;
  readonly what: 'people' | 'clusters';
  readonly onClose: () => void;
  readonly onDrawn: (drawn: OutputOf<'pilots.allocate'>) => void;
};

/** Says that a draw is for good, and draws. */
export function AllocateDialog({ pilot, what, onClose, onDrawn }: Props) {
  useReturnFocus();
  const allocate = usePilotCommand('pilots.allocate');
  const run = async () => {
    const drawn = await allocate.run({ pilot });
    if (drawn === null) return;
    onDrawn(drawn);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text.dialogTitle} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <p style={{ margin: 0 }}>{what === 'people' ? text.dialogPeople : text.dialogClusters}</p>
        {allocate.isError ? <ErrorPanel error={errorOf(allocate.error)} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.cancel}
          </Button>
          <Button loading={allocate.isPending} onClick={() => void run()}>
            {text.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
