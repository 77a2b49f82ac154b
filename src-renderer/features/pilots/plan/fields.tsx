import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { numberIn, numbersIn } from './draft.ts';
import classes from './plan.module.css';
import { planText as text } from './text.ts';

/** What is to be settled in a part of the plan; nothing where nothing is. */
export function GapLine({ words }: { readonly words: string | undefined }) {
  return words === undefined ? null : <p className={classes.gap}>{text.settle(words)}</p>;
}

type GroupProps = {
  readonly title: string;
  readonly note?: string;
  readonly gap?: string | undefined;
  readonly children: ReactNode;
};

/** Fields that belong together, below their title. */
export function FieldGroup({ title, note, gap, children }: GroupProps) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{title}</legend>
      {note === undefined ? null : <p className={classes.note}>{note}</p>}
      <GapLine words={gap} />
      {children}
    </fieldset>
  );
}

const below = ['label', 'input', 'description', 'error'] as const;

/** What is said below a field: its hint, and what is to be settled in it. */
function belowField(hint: string | undefined, gap: string | undefined): ReactNode {
  if (gap === undefined) return hint;
  return (
    <>
      {hint === undefined ? null : `${hint} `}
      <span className={classes.gapWords}>{text.settle(gap)}</span>
    </>
  );
}

type WordsProps = {
  readonly label: string;
  readonly hint?: string;
  readonly gap?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

export function WordsField({ label, hint, gap, value, onChange }: WordsProps) {
  return (
    <Textarea
      label={label}
      description={belowField(hint, gap)}
      inputWrapperOrder={[...below]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={4_000}
      autosize
      minRows={2}
      maxRows={8}
    />
  );
}

type NumberProps = {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  /** Whole numbers only, unless it is said otherwise. */
  readonly isWhole?: boolean;
  readonly widthPx?: number;
};

export function NumberField({ value, onChange, isWhole = true, widthPx = 130, ...rest }: NumberProps) {
  return (
    <NumberInput
      {...rest}
      value={Number.isNaN(value) ? '' : value}
      onChange={(typed) => onChange(numberIn(typed))}
      allowDecimal={!isWhole}
      w={widthPx}
    />
  );
}

type NumbersProps = {
  readonly label: string;
  readonly hint: string;
  readonly gap?: string | undefined;
  readonly values: readonly number[];
  readonly onChange: (values: number[]) => void;
};

/** Numbers one after the other in one field. */
export function NumbersField({ label, hint, gap, values, onChange }: NumbersProps) {
  const [typed, setTyped] = useState(values.join(', '));
  return (
    <TextInput
      label={label}
      description={belowField(hint, gap)}
      inputWrapperOrder={[...below]}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(numbersIn(event.currentTarget.value));
      }}
      autoComplete="off"
    />
  );
}

type ChoiceProps<Value extends string> = {
  readonly label: string;
  /** What each choice is called, in the order in which they are offered. */
  readonly choices: Readonly<Record<Value, string>>;
  /** Null where nothing is chosen yet. */
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly gap?: string | undefined;
  readonly widthPx?: number;
};

export function ChoiceField<Value extends string>(props: ChoiceProps<Value>) {
  const { label, choices, value, onChange, placeholder, gap, widthPx } = props;
  return (
    <Select
      label={label}
      data={Object.entries<string>(choices).map(([own, name]) => ({ value: own, label: name }))}
      value={value}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen as Value);
      }}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(gap === undefined ? {} : { description: belowField(undefined, gap) })}
      {...(widthPx === undefined ? {} : { w: widthPx })}
      inputWrapperOrder={[...below]}
    />
  );
}
