import { Button, Group, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Notice, Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { leastReason, ReasonInput } from './reason-input.tsx';
import { text } from './text.ts';

export type Decision = { readonly model: number; readonly kind: 'use' | 'stop' };

type Props = {
  readonly decision: Decision;
  /** The model in use now; null where none is. */
  readonly inUse: number | null;
  readonly onClose: () => void;
};

/** Asks a clinician why before a model is put into use, or taken out of it. */
export function DecisionDialog({ decision: { model, kind }, inUse, onClose }: Props) {
  useReturnFocus();
  const [reason, setReason] = useState('');
  const use = useCommand('earlyWarning.use');
  const stop = useCommand('earlyWarning.stop');
  const client = useQueryClient();
  const isUse = kind === 'use';
  const command = isUse ? use : stop;
  const decide = () =>
    command.mutate(
      { model, reason: reason.trim() },
      {
        onSuccess: onClose,
        onSettled: () => void client.invalidateQueries({ queryKey: ['earlyWarning.models'] }),
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={isUse ? text.putTitle(model) : text.stopTitle(model)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <p style={{ margin: 0 }}>{isUse ? text.putWhat : text.stopWhat}</p>
        {isUse && inUse !== null ? (
          <Notice tone="warn">
            <p>{text.putInstead(inUse)}</p>
          </Notice>
        ) : null}
        <ReasonInput value={reason} onChange={setReason} />
        {command.isError ? <ErrorPanel error={errorOf(command.error)} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button loading={command.isPending} disabled={reason.trim().length < leastReason} onClick={decide}>
            {isUse ? text.putConfirm : text.stopConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
