import { Button, Group, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { categoryOptions } from './draft.ts';
import { text } from './text.ts';

type Props = {
  readonly codes: readonly string[];
  readonly proposed: string | null;
  readonly onClose: () => void;
  readonly onChosen: (category: string) => void;
};

/** Asks what codes mean. Typing searches, Enter takes what is found. */
export function CategoryDialog({ codes, proposed, onClose, onChosen }: Props) {
  useReturnFocus();
  const [category, setCategory] = useState<string | null>(proposed);
  return (
    <Modal opened onClose={onClose} title={text.chooseTitle(codes)} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (category !== null) onChosen(category);
        }}
      >
        <Stack>
          <Select
            label={text.category}
            description={text.categoryNote}
            data={[...categoryOptions]}
            value={category}
            onChange={setCategory}
            searchable
            selectFirstOptionOnChange
            maxDropdownHeight={280}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" disabled={category === null}>
              {text.use}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
