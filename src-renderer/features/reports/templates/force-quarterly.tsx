import { Checkbox, Group, Select } from '@mantine/core';
import { type QuarterlySection, quarterlySections } from '#shared/contract/report-specs/force-quarterly.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { lastQuarters, quarterName } from '../report-period.ts';
import { text } from '../text.ts';
import type { ReportTemplate, TemplateFormProps, UsualReport } from './report-template.ts';
import { TemplateForm } from './template-form.tsx';

const usual: UsualReport = {
  template: 'force-quarterly',
  label: 'Quarterly for chief officers',
  note: 'What changed in exposure, wellbeing, absence and support since the quarter before and the same quarter of the year before, with the indicators, their targets and the plan. A section without data says what to import.',
  marking: 'OFFICIAL-SENSITIVE',
  longestTitle: 200,
  hasVersion: true,
};

type Choices = {
  /** Null: the last full quarter. */
  readonly quarter: string | null;
  readonly sections: readonly QuarterlySection[];
};

const memory = createMemory<Choices>({ quarter: null, sections: quarterlySections });

function Form({ choose, latestDay }: TemplateFormProps) {
  const choices = useMemory(memory);
  const change = (part: Partial<Choices>) => memory.set((now) => ({ ...now, ...part }));
  const quarters = lastQuarters(latestDay);
  const quarter = choices.quarter ?? quarters[0] ?? '';
  const sections = quarterlySections.filter((name) => choices.sections.includes(name));
  return (
    <TemplateForm
      of={usual}
      choose={choose}
      usualTitle={`Wellbeing quarterly, ${quarterName(quarter)}`}
      specOf={(head) => ({
        template: 'force-quarterly',
        ...head,
        quarter,
        ...(sections.length === quarterlySections.length ? {} : { sections }),
      })}
      problem={sections.length === 0 ? text.noSection : null}
      fields={
        <Select
          label={text.quarter}
          allowDeselect={false}
          value={quarter}
          onChange={(chosen) => change({ quarter: chosen })}
          data={quarters.map((value) => ({ value, label: quarterName(value) }))}
        />
      }
    >
      <Checkbox.Group
        label={text.sectionsOfIt}
        description={text.sectionsOfItNote}
        value={[...choices.sections]}
        onChange={(chosen) => change({ sections: chosen as QuarterlySection[] })}
      >
        <Group gap="lg" mt={6}>
          {quarterlySections.map((name) => (
            <Checkbox key={name} value={name} label={text.quarterlySectionNames[name]} />
          ))}
        </Group>
      </Checkbox.Group>
    </TemplateForm>
  );
}

export const forceQuarterly: ReportTemplate = { ...usual, Form };
