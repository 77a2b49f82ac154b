import { NumberInput } from '@mantine/core';
import type { Scheme } from '#shared/domain/scheme.ts';
import { numberTyped, type PartProps, withWeight } from './draft.ts';
import classes from './schemes.module.css';
import { attributionWords, proximityWords, text } from './text.ts';

type FieldProps = {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | null) => void;
  readonly max?: number;
};

function Field({ label, value, onChange, max = 1_000 }: FieldProps) {
  return (
    <NumberInput
      label={label}
      value={value ?? ''}
      min={0}
      max={max}
      step={0.05}
      onChange={(typed) => onChange(numberTyped(typed))}
    />
  );
}

/** What multiplies the weight of an exposure: nearness, how surely it was theirs, and what they met there. */
export function ModifierFields({ document, onChange }: PartProps) {
  const { proximity, attribution, modifiers } = document;
  const minutes = modifiers.minutes_on_scene;
  const modify = (change: Partial<Scheme['modifiers']>) => {
    const next = { ...modifiers, ...change };
    onChange({ modifiers: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) });
  };
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{text.modifiers}</legend>
      <p className={classes.note}>{text.modifiersNote}</p>
      <div className={classes.fields}>
        {Object.entries(proximityWords).map(([word, label]) => (
          <Field
            key={word}
            label={`Proximity: ${label.toLowerCase()}`}
            value={proximity[word]}
            onChange={(value) => onChange({ proximity: withWeight(proximity, word, value) })}
          />
        ))}
        {Object.entries(attributionWords).map(([word, label]) => (
          <Field
            key={word}
            label={label}
            value={attribution[word]}
            onChange={(value) => onChange({ attribution: withWeight(attribution, word, value) })}
          />
        ))}
        <Field
          label="First on scene"
          value={modifiers.first_on_scene}
          onChange={(value) => modify({ first_on_scene: value ?? undefined })}
        />
        <Field
          label="Known victim"
          value={modifiers.known_victim}
          onChange={(value) => modify({ known_victim: value ?? undefined })}
        />
        <Field
          label="More for each hour on scene"
          value={minutes?.per_hour}
          max={10}
          onChange={(value) =>
            modify({ minutes_on_scene: value === null ? undefined : { cap: minutes?.cap ?? 480, per_hour: value } })
          }
        />
        {minutes ? (
          <Field
            label="Up to so many minutes"
            value={minutes.cap}
            max={10_080}
            onChange={(value) => modify({ minutes_on_scene: { ...minutes, cap: value ?? 0 } })}
          />
        ) : null}
      </div>
    </fieldset>
  );
}
