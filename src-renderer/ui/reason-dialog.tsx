import { Button, Group, Modal, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { errorOf } from '../bridge/client.ts';
import { ErrorPanel } from './error-panel.tsx';
import { Stack } from './surface.tsx';
import { useReturnFocus } from './use-return-focus.ts';

type Props = {
  readonly title: string;
  readonly note: string | null;
  readonly confirm: string;
  readonly size?: 'md' | 'lg';
  readonly command: { readonly isPending: boolean; readonly isError: boolean; readonly error: Error | null };
  readonly isComplete: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly reason: string;
  readonly reasonHint: string;
  readonly onReason: (reason: string) => void;
  /** True unless it is said otherwise. */
  readonly isReasonRequired?: boolean;
  readonly children?: ReactNode;
};

/** Asks what is to hold and why; what was typed stays where the engine refuses it. */
export function ReasonDialog({ title, note, confirm, size = 'md', command, isComplete, ...rest }: Props) {
  const { onConfirm, onClose, reason, reasonHint, onReason, isReasonRequired = true, children } = rest;
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) onConfirm();
        }}
      >
        <Stack>
          {note === null ? null : <p style={{ margin: 0 }}>{note}</p>}
          {children}
          <TextInput
            label="Reason"
            description={reasonHint}
            value={reason}
            onChange={(event) => onReason(event.currentTarget.value)}
            maxLength={500}
            required={isReasonRequired}
          />
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
