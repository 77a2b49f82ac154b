import { Checkbox, Group } from '@mantine/core';
import { type AddedSection, addedSections } from '#shared/contract/report-spec.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { isPeriod, lastFullYear } from '../report-period.ts';
import { text } from '../text.ts';
import type { ReportTemplate, TemplateFormProps, UsualReport } from './report-template.ts';
import { TemplateForm } from './template-form.tsx';

const usual: UsualReport = {
  template: 'exposure-and-wellbeing',
  label: 'Exposure and wellbeing',
  note: 'Exposure and wellbeing, as PDF, Word and HTML with a manifest. Units and roles too small to show are withheld.',
  marking: 'OFFICIAL-SENSITIVE',
  longestTitle: 200,
  hasVersion: true,
};

type Choices = {
  /** Null: the last full year. */
  readonly from: string | null;
  readonly to: string | null;
  readonly sections: readonly AddedSection[];
};

const memory = createMemory<Choices>({ from: null, to: null, sections: [] });

function Form({ choose, latestDay }: TemplateFormProps) {
  const choices = useMemory(memory);
  const change = (part: Partial<Choices>) => memory.set((now) => ({ ...now, ...part }));
  const usualPeriod = lastFullYear(latestDay);
  const period = { from: choices.from ?? usualPeriod.from, to: choices.to ?? usualPeriod.to };
  const sections = addedSections.filter((name) => choices.sections.includes(name));
  return (
    <TemplateForm
      of={usual}
      choose={choose}
      usualTitle={usual.label}
      specOf={(head) => ({
        template: 'exposure-and-wellbeing',
        ...head,
        ...period,
        ...(sections.length === 0 ? {} : { sections }),
      })}
      problem={isPeriod(period) ? null : text.wrongPeriod}
      nameEnd={`${period.from.slice(0, 7)} to ${period.to.slice(0, 7)}`}
      fields={
        <>
          <DateField label={text.from} value={period.from} onChange={(from) => change({ from })} />
          <DateField label={text.to} value={period.to} onChange={(to) => change({ to })} />
        </>
      }
    >
      <Checkbox.Group
        label={text.sections}
        description={text.sectionsNote}
        value={[...choices.sections]}
        onChange={(chosen) => change({ sections: chosen as AddedSection[] })}
      >
        <Group gap="lg" mt={6}>
          {addedSections.map((name) => (
            <Checkbox key={name} value={name} label={text.sectionNames[name]} />
          ))}
        </Group>
      </Checkbox.Group>
    </TemplateForm>
  );
}

export const exposureAndWellbeing: ReportTemplate = { ...usual, Form };
