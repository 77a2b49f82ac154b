import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { errorOf } from '../../bridge/client.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { text } from './text.ts';
import { usePilotCommand } from './use-pilot-command.ts';

type Props = {
  readonly taken: readonly string[];
  readonly onClose: () => void;
  readonly onBegun: (pilot: string) => void;
};

/** Keeps an idea under a name and a title. */
export function BeginDialog({ taken, onClose, onBegun }: Props) {
  useReturnFocus();
  const [pilot, setPilot] = useState('');
  const [title, setTitle] = useState('');
  const save = usePilotCommand('pilots.save');
  const isTaken = taken.includes(pilot.trim());
  const isComplete = pilot.trim() !== '' && title.trim() !== '' && !isTaken;
  const begin = async () => {
    const saved = await save.run({ plan: { pilot: pilot.trim(), title: title.trim() } });
    if (saved) onBegun(saved.pilot);
  };
  return (
    <Modal opened onClose={onClose} title={text.beginTitle} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) void begin();
        }}
      >
        <Stack>
          <p style={{ margin: 0 }}>{text.beginNote}</p>
          <TextInput
            label={text.name}
            description={text.nameHint}
            value={pilot}
            onChange={(event) => setPilot(event.currentTarget.value)}
            error={isTaken ? text.nameTaken : null}
            maxLength={200}
            required
            data-autofocus
            autoComplete="off"
          />
          <TextInput
            label={text.planTitle}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            maxLength={200}
            required
            autoComplete="off"
          />
          {save.isError ? <ErrorPanel error={errorOf(save.error)} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!isComplete}>
              {text.begin}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
