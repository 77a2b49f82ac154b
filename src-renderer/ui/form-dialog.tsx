import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { errorOf } from '../bridge/client.ts';
import { ErrorPanel } from './error-panel.tsx';
import { Stack } from './surface.tsx';
import { useReturnFocus } from './use-return-focus.ts';

type Props = {
  readonly title: string;
  readonly note?: string;
  readonly confirm: string;
  readonly command: { readonly isPending: boolean; readonly isError: boolean; readonly error: Error | null };
  readonly isComplete: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A form on its own; what was typed stays where the engine refuses it. */
export function FormDialog({ title, note, confirm, command, isComplete, onConfirm, onClose, children }: Props) {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) onConfirm();
        }}
      >
        <Stack>
          {note === undefined ? null : <p style={{ margin: 0 }}>{note}</p>}
          {children}
          {command.isError ? <ErrorPanel error={errorOf(command.error)} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={command.isPending} disabled={!isComplete}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
