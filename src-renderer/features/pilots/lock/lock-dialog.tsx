import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { PilotView } from '#shared/contract/pilots.ts';
import { errorOf } from '../../../bridge/client.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Lines } from '../../../ui/reading.tsx';
import { Facts, Stack } from '../../../ui/surface.tsx';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { usePilotCommand } from '../use-pilot-command.ts';
import { lockText as text } from './text.ts';

type Props = { readonly view: PilotView; readonly onClose: () => void };

/** Says what locking means, and locks the plan that was read. */
export function LockDialog({ view, onClose }: Props) {
  useReturnFocus();
  const { pilot, version, hash } = view;
  const [isRead, setRead] = useState(false);
  const lock = usePilotCommand('pilots.lock');
  const run = async () => {
    if (await lock.run({ pilot, hash })) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={text.dialogTitle(version)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isRead) void run();
        }}
      >
        <Stack>
          <p style={{ margin: 0 }}>{text.dialogNote}</p>
          <Lines lines={text.meaning} />
          <Facts facts={[{ term: text.hash, value: <code>{hash}</code> }]} />
          <Checkbox
            label={text.confirm}
            checked={isRead}
            onChange={(event) => setRead(event.currentTarget.checked)}
            data-autofocus
          />
          {lock.isError ? <ErrorPanel error={errorOf(lock.error)} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" loading={lock.isPending} disabled={!isRead}>
              {text.lock}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
