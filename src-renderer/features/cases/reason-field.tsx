import { Textarea } from '@mantine/core';

type Props = {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly minRows: number;
};

/** A reason in a clinician's own words; what is written is sealed. */
export function ReasonField({ label, hint, value, onChange, minRows }: Props) {
  return (
    <Textarea
      label={label}
      description={hint}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      minRows={minRows}
      maxLength={4_000}
    />
  );
}
