import { Autocomplete, Button, Group, Stack as Lines, Modal, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { errorOf } from '../../../bridge/client.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Stack } from '../../../ui/surface.tsx';
import { todayIso } from '../../../ui/today.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { usePilotCommand } from '../use-pilot-command.ts';
import { harmText as text } from './text.ts';

type Props = {
  readonly pilot: string;
  /** Kinds that are in use already. */
  readonly kinds: readonly string[];
  readonly onClose: () => void;
};

/** Records an adverse event; what was typed stays where the engine refuses it. */
export function RecordDialog({ pilot, kinds, onClose }: Props) {
  useReturnFocus();
  const [person, setPerson] = useState('');
  const [on, setOn] = useState(todayIso);
  const [category, setCategory] = useState('');
  const [seriousness, setSeriousness] = useState<'serious' | 'not serious' | null>(null);
  const command = usePilotCommand('pilots.adverseEvent');
  const isComplete = person.trim() !== '' && category.trim() !== '' && seriousness !== null;
  const run = async () => {
    if (seriousness === null) return;
    const event = { pilot, person: person.trim().toUpperCase(), on, category: category.trim(), seriousness };
    if (await command.run(event)) onClose();
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={text.record} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) void run();
        }}
      >
        <Stack>
          <p style={{ margin: 0 }}>{text.recordNote}</p>
          <TextInput
            label={text.person}
            description={text.personHint}
            value={person}
            onChange={(event) => setPerson(event.currentTarget.value)}
            maxLength={14}
            required
            data-autofocus
            autoComplete="off"
            spellCheck={false}
          />
          <DateField label={text.on} value={on} onChange={setOn} />
          <Autocomplete
            label={text.what}
            description={text.whatHint}
            data={[...kinds]}
            value={category}
            onChange={setCategory}
            maxLength={200}
            required
          />
          <Radio.Group
            label={text.seriousness}
            value={seriousness}
            onChange={(chosen) => setSeriousness(chosen as 'serious' | 'not serious')}
            required
          >
            <Lines gap={6} mt={4}>
              <Radio value="not serious" label={text.notSeriousWhat} />
              <Radio value="serious" label={text.seriousWhat} />
            </Lines>
          </Radio.Group>
          {command.isError ? <ErrorPanel error={errorOf(command.error)} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" loading={command.isPending} disabled={!isComplete}>
              {text.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
