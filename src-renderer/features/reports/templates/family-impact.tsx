import { TextInput } from '@mantine/core';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { text } from '../text.ts';
import type { ReportTemplate, TemplateFormProps, UsualReport } from './report-template.ts';
import { TemplateForm } from './template-form.tsx';

const usual: UsualReport = {
  template: 'family-impact',
  label: 'Impact on families',
  note: 'What exposure and strain at work go with at home, in full: who answered, the measures, spillover, crossover and the ways from work to home, with intervals and limits. It says nothing of fewer than 10.',
  marking: 'OFFICIAL-SENSITIVE',
  longestTitle: 200,
  hasVersion: true,
};

const memory = createMemory<string>('');

function Form({ choose }: TemplateFormProps) {
  const wave = useMemory(memory);
  const named = wave.trim() === '' ? {} : { wave: wave.trim() };
  return (
    <TemplateForm
      of={usual}
      choose={choose}
      usualTitle={usual.label}
      specOf={(head) => ({ template: 'family-impact', ...named, ...head })}
      fields={
        <TextInput
          label={text.wave}
          placeholder={text.usualWave}
          value={wave}
          maxLength={200}
          onChange={(event) => memory.set(() => event.currentTarget.value)}
        />
      }
    />
  );
}

export const familyImpact: ReportTemplate = { ...usual, Form };
