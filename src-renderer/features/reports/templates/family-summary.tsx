import type { ReportTemplate, TemplateFormProps, UsualReport } from './report-template.ts';
import { TemplateForm } from './template-form.tsx';

const usual: UsualReport = {
  template: 'family-summary',
  label: 'Summary sheet for families',
  note: 'One page in plain words for the families of the force: what the family survey found, what may help and whom to turn to. It says nothing of fewer than 10. Call the numbers on it before you hand it out.',
  marking: 'OFFICIAL',
  longestTitle: 60,
  hasVersion: false,
};

function Form({ choose }: TemplateFormProps) {
  return (
    <TemplateForm
      of={usual}
      choose={choose}
      usualTitle="Police families: what you told us"
      specOf={({ title, marking }) => ({ template: 'family-summary', title, marking })}
    />
  );
}

export const familySummary: ReportTemplate = { ...usual, Form };
