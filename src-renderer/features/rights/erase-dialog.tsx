import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { Approval } from '#shared/contract/rights.ts';
import { useJob, useOperation } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Notice, Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { text } from './text.ts';

type Props = {
  readonly request: Approval;
  readonly onClose: () => void;
  readonly onErased: (erased: OutputOf<'rights.erase'>) => void;
};

/** Says what erasing will do and that it cannot be undone, asks for the pseudonym again, and does it. */
export function EraseDialog({ request, onClose, onErased }: Props) {
  useReturnFocus();
  const [typed, setTyped] = useState('');
  const known = useOperation('rights.erasures', {}, { fresh: true });
  const erase = useJob('rights.erase');
  const { state } = erase;
  const running = state.status === 'running';
  const backups = known.data?.backups ?? [];
  const start = async () => {
    const last = await erase.start({ request: request.id, confirm: typed });
    if (last.status !== 'done') return;
    onErased(last.value);
    onClose();
  };
  return (
    <Modal
      opened
      size="lg"
      onClose={running ? () => undefined : onClose}
      title={text.eraseTitle(request.object)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        {text.eraseWhat.map((line) => (
          <p key={line} style={{ margin: 0 }}>
            {line}
          </p>
        ))}
        {known.data ? (
          <div>
            <p style={{ margin: 0 }}>{text.eraseBackups(backups.length)}</p>
            <ul style={{ margin: '4px 0 0' }}>
              {backups.map(({ file }) => (
                <li key={file} style={{ overflowWrap: 'anywhere' }}>
                  {file}
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        {request.state === 'waiting' ? (
          <Notice tone="warn">
            <p>{text.eraseAlone}</p>
          </Notice>
        ) : null}
        <TextInput
          label={text.confirmLabel(request.object)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={14}
          spellCheck={false}
          autoComplete="off"
          disabled={running}
          data-autofocus
        />
        {running ? <JobProgress {...state} label={text.erasing} /> : null}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={running}>
            {text.keep}
          </Button>
          <Button
            color="red.8"
            loading={running}
            disabled={typed.trim().toUpperCase() !== request.object}
            onClick={() => void start()}
          >
            {text.eraseConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
