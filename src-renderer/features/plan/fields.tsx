import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatDate } from '../../ui/format.ts';
import { parseDate } from '../../ui/parse-date.ts';
import { text } from './text.ts';

type DayProps = {
  readonly label: string;
  /** ISO date; null where none is set. */
  readonly value: string | null;
  readonly onChange: (iso: string | null) => void;
  readonly required?: boolean;
};

/** A day that may be left open. What is no date counts as none, and says so. */
export function DayField({ label, value, onChange, required = false }: DayProps) {
  const [typed, setTyped] = useState(value === null ? '' : formatDate(value));
  const isWrong = typed.trim() !== '' && parseDate(typed) === null;
  return (
    <TextInput
      label={label}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(parseDate(event.currentTarget.value));
      }}
      error={isWrong ? text.dayHint : null}
      placeholder={text.dayHint}
      required={required}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

type LineProps = {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
  readonly isFirst?: boolean;
};

export function LineField({ label, hint, value, onChange, required = false, isFirst = false }: LineProps) {
  return (
    <TextInput
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={200}
      required={required}
      autoComplete="off"
      {...(isFirst ? { 'data-autofocus': true } : {})}
    />
  );
}

export function WordsField({ label, hint, value, onChange, required = false }: Omit<LineProps, 'isFirst'>) {
  return (
    <Textarea
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={4_000}
      required={required}
      autosize
      minRows={2}
      maxRows={8}
    />
  );
}
