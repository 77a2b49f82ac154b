import { TextInput } from '@mantine/core';
import { text } from './text.ts';

/** Letters that a reason has at least. */
export const leastReason = 3;

type Props = { readonly value: string; readonly onChange: (value: string) => void };

/** Why a model is kept, put into use or taken out of it. */
export function ReasonInput({ value, onChange }: Props) {
  return (
    <TextInput
      label={text.reason}
      description={text.reasonHint}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={500}
      required
      data-autofocus
    />
  );
}
