import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Panel } from '../../../ui/surface.tsx';
import { costText as text } from './text.ts';

type Props = { readonly given: number | null; readonly onGive: (dayGbp: number | null) => void };

/** Puts money on days lost, where somebody knows what one costs. */
export function DayCost({ given, onGive }: Props) {
  const [words, setWords] = useState(given === null ? '' : String(given));
  const value = words.trim() === '' ? null : Number(words);
  const isWrong = value !== null && !(value >= 0 && value <= 100_000);
  const give = (event: FormEvent): void => {
    event.preventDefault();
    if (!isWrong) onGive(value);
  };
  return (
    <Panel title={text.dayTitle} note={text.dayNote}>
      <form onSubmit={give}>
        <Group align="flex-end">
          <TextInput
            label={text.day}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            error={isWrong ? text.dayWrong : null}
            inputMode="decimal"
            w={220}
          />
          <Button type="submit" variant="default">
            {text.dayGive}
          </Button>
        </Group>
      </form>
    </Panel>
  );
}
