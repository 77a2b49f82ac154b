import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import type { InstrumentChoice } from '#shared/contract/instruments.ts';
import { DateField } from '../../ui/date-field.tsx';
import { type Choices, choicesMemory, type Filled, ownCutOff, scoreFault, sourceFault, specOf } from './choices.ts';
import classes from './early-warning.module.css';
import { text } from './text.ts';

type Props = {
  readonly held: readonly InstrumentChoice[];
  readonly filled: Filled;
  readonly latestDay: string;
  readonly hasRun: boolean;
  readonly onRun: () => void;
};

function change(part: Partial<Choices>): void {
  choicesMemory.set((now) => ({ ...now, ...part }));
}

function cutOffOptions({ cutOffs }: Filled['scale']) {
  const named = cutOffs.map(({ name, atLeast, atMost }) => ({
    value: name,
    label: `${name}: ${atLeast === null ? `${atMost ?? ''} or less` : `${atLeast} or more`}`,
  }));
  return [...named, { value: ownCutOff, label: text.ownCutOff }];
}

/** What counts as a case, how many offers can be made, and up to which day. */
export function RunForm({ held, filled, latestDay, hasRun, onRun }: Props) {
  return (
    <form
      className={classes.form}
      aria-label="Choices of the run"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <Select
        label={text.instrument}
        w={280}
        value={filled.instrument.instrument}
        allowDeselect={false}
        onChange={(instrument) => change({ instrument, scale: null, cutOff: null, ownScore: null, ownSource: null })}
        data={held.map(({ instrument, title }) => ({ value: instrument, label: title }))}
      />
      {filled.instrument.scales.length > 1 ? (
        <Select
          label={text.scale}
          w={210}
          value={filled.scale.scale}
          allowDeselect={false}
          onChange={(scale) => change({ scale, cutOff: null, ownScore: null, ownSource: null })}
          data={filled.instrument.scales.map(({ scale, title }) => ({ value: scale, label: title }))}
        />
      ) : null}
      <Select
        label={text.cutOff}
        w={230}
        value={filled.cutOff}
        allowDeselect={false}
        onChange={(cutOff) => change({ cutOff })}
        data={cutOffOptions(filled.scale)}
      />
      {filled.cutOff === ownCutOff ? <OwnCutOff filled={filled} /> : null}
      <NumberInput
        label={text.capacity}
        description={text.capacityHint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        w={150}
        min={1}
        max={10_000}
        allowDecimal={false}
        clampBehavior="strict"
        value={filled.capacityPerWeek}
        onChange={(value) => change({ capacityPerWeek: typeof value === 'number' && value >= 1 ? value : null })}
      />
      <DateField
        label={text.asOf}
        description={text.asOfLatest(latestDay)}
        value={filled.asOf}
        onChange={(asOf) => change({ asOf: asOf === latestDay ? null : asOf })}
      />
      <Button type="submit" className={classes.runButton ?? ''} disabled={specOf(filled) === null}>
        {hasRun ? text.runAgain : text.run}
      </Button>
    </form>
  );
}

function OwnCutOff({ filled }: { readonly filled: Filled }) {
  return (
    <>
      <NumberInput
        label={text.ownScore}
        description={filled.instrument.higherIs === 'worse' ? 'or more' : 'or less'}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        w={110}
        value={filled.ownScore}
        min={filled.scale.min}
        max={filled.scale.max}
        onChange={(value) => change({ cutOff: ownCutOff, ownScore: typeof value === 'number' ? value : null })}
        error={scoreFault(filled)}
      />
      <TextInput
        label={text.ownSource}
        description={text.ownSourceHint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        w={400}
        maxLength={500}
        value={filled.ownSource}
        onChange={(event) => change({ cutOff: ownCutOff, ownSource: event.currentTarget.value })}
        error={sourceFault(filled)}
      />
    </>
  );
}
