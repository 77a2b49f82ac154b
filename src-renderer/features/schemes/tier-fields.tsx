import { Button, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import { nextTierName, numberTyped, type PartProps, withoutTier, withTier } from './draft.ts';
import classes from './schemes.module.css';
import { text } from './text.ts';

const options = exposureCategories.map(({ code, label }) => ({ value: code as string, label: label as string }));

/** Tiers, each with its weight and categories; a category already in another tier is not offered. */
export function TierFields({ document: { tiers }, onChange }: PartProps) {
  const add = useRef<HTMLButtonElement>(null);
  const entries = Object.entries(tiers);
  const taken = new Map(entries.flatMap(([name, { categories }]) => categories.map((code) => [code, name] as const)));
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{text.tiers}</legend>
      <p className={classes.note}>{entries.length === 0 ? text.allOne : text.tiersNote}</p>
      {entries.map(([name, { weight, categories }], at) => (
        // The name is what is typed, so that only the place is the same from one letter to the next.
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name but its text, which is what is edited
        <div key={at} className={classes.line}>
          <TextInput
            label={text.tierName}
            value={name}
            onChange={(event) => {
              const next = event.currentTarget.value.trim();
              if (next === name || !(next in tiers)) onChange({ tiers: withTier(tiers, name, { name: next }) });
            }}
            maxLength={32}
            spellCheck={false}
            autoComplete="off"
          />
          <NumberInput
            label={text.weight}
            aria-label={`${text.weight} of tier ${name}`}
            value={weight}
            min={0}
            max={1_000}
            step={0.5}
            onChange={(value) => onChange({ tiers: withTier(tiers, name, { weight: numberTyped(value) ?? 0 }) })}
          />
          <MultiSelect
            label={text.categories}
            aria-label={`${text.categories} of tier ${name}`}
            data={options.filter(({ value }) => (taken.get(value) ?? name) === name)}
            value={[...categories]}
            onChange={(value) => onChange({ tiers: withTier(tiers, name, { categories: value }) })}
            searchable
            hidePickedOptions
          />
          <Button
            variant="subtle"
            aria-label={`${text.remove} tier ${name}`}
            onClick={() => {
              add.current?.focus();
              onChange({ tiers: withoutTier(tiers, name) });
            }}
          >
            {text.remove}
          </Button>
        </div>
      ))}
      <Button
        ref={add}
        variant="default"
        size="xs"
        onClick={() => onChange({ tiers: { ...tiers, [nextTierName(tiers)]: { weight: 1, categories: [] } } })}
      >
        {text.addTier}
      </Button>
    </fieldset>
  );
}
