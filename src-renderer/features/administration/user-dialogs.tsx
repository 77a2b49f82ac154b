import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AppError } from '#shared/domain/result.ts';
import { call, errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { useSession } from '../../bridge/session.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { keysText } from './keys-text.ts';

type Props = { readonly name: string; readonly onClose: () => void };

type ConfirmProps = {
  readonly title: string;
  readonly children: ReactNode;
  readonly error: AppError | null;
  readonly leave: string;
  readonly confirm: ReactNode;
  readonly onClose: () => void;
};

function Confirm({ title, children, error, leave, confirm, onClose }: ConfirmProps) {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        {children}
        {error ? <ErrorPanel error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {leave}
          </Button>
          {confirm}
        </Group>
      </Stack>
    </Modal>
  );
}

/** Says what removing a user does and does not do, and does it. Whoever removes themselves is locked out at once. */
export function RemoveDialog({ name, onClose }: Props) {
  const remove = useCommand('users.remove');
  const session = useSession();
  const onSuccess = () => {
    onClose();
    if (name === session?.user) void call('vault.lock', {});
  };
  return (
    <Confirm
      title={keysText.removeTitle(name)}
      error={remove.isError ? errorOf(remove.error) : null}
      leave={keysText.keep}
      onClose={onClose}
      confirm={
        <Button color="red.8" loading={remove.isPending} onClick={() => remove.mutate({ name }, { onSuccess })}>
          {keysText.removeConfirm}
        </Button>
      }
    >
      <p style={{ margin: 0 }}>{keysText.removeWhat(name)}</p>
      <p style={{ margin: 0 }}>{keysText.removeDue}</p>
    </Confirm>
  );
}

/** Says what an enrolled clinician can open, and enrols them. */
export function EnrolDialog({ name, onClose }: Props) {
  const grant = useCommand('users.grant');
  return (
    <Confirm
      title={keysText.enrolTitle(name)}
      error={grant.isError ? errorOf(grant.error) : null}
      leave={keysText.notYet}
      onClose={onClose}
      confirm={
        <Button loading={grant.isPending} onClick={() => grant.mutate({ name }, { onSuccess: onClose })}>
          {keysText.enrolConfirm}
        </Button>
      }
    >
      <p style={{ margin: 0 }}>{keysText.enrolWhat(name)}</p>
    </Confirm>
  );
}
