import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { formatDate } from './format.ts';
import { parseDate } from './parse-date.ts';

type Props = {
  readonly label: string;
  readonly description?: string;
  /** ISO date. */
  readonly value: string;
  readonly onChange: (iso: string) => void;
  readonly size?: TextInputProps['size'];
};

/** A date as people write it here: 31 Mar 2026, also typed as 31/3/2026. */
export function DateField({ label, description, value, onChange, size = 'sm' }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && parseDate(typed) === null;
  const settle = () => {
    if (typed === null) return;
    const iso = parseDate(typed);
    if (iso === null) return;
    setTyped(null);
    if (iso !== value) onChange(iso);
  };
  return (
    <TextInput
      label={label}
      {...(description === undefined ? {} : { description })}
      size={size}
      value={typed ?? formatDate(value)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
        if (event.key === 'Escape') setTyped(null);
      }}
      error={wrong ? 'Type a date such as 31 Mar 2026.' : null}
      autoComplete="off"
      spellCheck={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}
