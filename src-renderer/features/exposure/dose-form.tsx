import { Select } from '@mantine/core';
import type { InstrumentChoice } from '#shared/contract/instruments.ts';
import { Filters } from '../../ui/filters.tsx';
import { type DoseChoices, doseMemory, type FilledDose } from './dose-model.ts';
import { doseText } from './dose-text.ts';

type Props = { readonly held: readonly InstrumentChoice[]; readonly filled: FilledDose };

const asScore = 'score';

function change(part: Partial<DoseChoices>): void {
  doseMemory.set((now) => ({ ...now, ...part }));
}

/** Which score, and whether as a score or as caseness; day, window and scheme are those of the place. */
export function DoseForm({ held, filled }: Props) {
  const { instrument, scale, cutOff } = filled;
  return (
    <Filters label={doseText.form}>
      <Select
        label={doseText.instrument}
        w={300}
        value={instrument.instrument}
        allowDeselect={false}
        onChange={(value) => change({ instrument: value, scale: null, cutOff: null })}
        data={held.map(({ instrument: code, title }) => ({ value: code, label: title }))}
      />
      {instrument.scales.length > 1 ? (
        <Select
          label={doseText.scale}
          w={220}
          value={scale.scale}
          allowDeselect={false}
          onChange={(value) => change({ scale: value, cutOff: null })}
          data={instrument.scales.map(({ scale: code, title }) => ({ value: code, label: title }))}
        />
      ) : null}
      <Select
        label={doseText.outcome}
        w={280}
        value={cutOff === null ? asScore : `case ${cutOff}`}
        allowDeselect={false}
        onChange={(value) => change({ cutOff: value === asScore || value === null ? null : value.slice(5) })}
        data={[
          { value: asScore, label: doseText.score },
          ...scale.cutOffs.map(({ name, atLeast, atMost }) => ({
            value: `case ${name}`,
            label: doseText.caseOf(name, atLeast, atMost),
          })),
        ]}
      />
    </Filters>
  );
}
