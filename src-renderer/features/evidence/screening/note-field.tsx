import { TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { screeningText as text } from './text.ts';

type Props = {
  readonly value: string;
  readonly onChange: (note: string) => void;
  readonly onDone: () => void;
};

/** A note that goes with the next decision. It takes the focus when it comes. */
export function NoteField({ value, onChange, onDone }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <TextInput
      ref={field}
      label={text.noteLabel}
      description={text.noteHint}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') {
          event.preventDefault();
          onDone();
        }
      }}
      maxLength={2_000}
      autoComplete="off"
    />
  );
}
