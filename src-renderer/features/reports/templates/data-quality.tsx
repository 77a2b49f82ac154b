import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { text } from '../text.ts';
import type { ReportTemplate, TemplateFormProps, UsualReport } from './report-template.ts';
import { TemplateForm } from './template-form.tsx';

const usual: UsualReport = {
  template: 'data-quality',
  label: 'Data-quality statement',
  note: 'Which extracts figures rest on, how fresh and how whole they are, what is wrong with them and what that does to which analysis, and what cannot be answered with them, for whoever answers for the data to sign.',
  marking: 'OFFICIAL-SENSITIVE',
  longestTitle: 200,
  hasVersion: true,
};

/** Null: the last day of the data. */
const memory = createMemory<{ readonly to: string | null }>({ to: null });

function Form({ choose, latestDay }: TemplateFormProps) {
  const to = useMemory(memory).to ?? latestDay;
  return (
    <TemplateForm
      of={usual}
      choose={choose}
      usualTitle={usual.label}
      specOf={(head) => ({ template: 'data-quality', to, ...head })}
      nameEnd={to}
      fields={<DateField label={text.dataTo} value={to} onChange={(day) => memory.set(() => ({ to: day }))} />}
    />
  );
}

export const dataQuality: ReportTemplate = { ...usual, Form };
