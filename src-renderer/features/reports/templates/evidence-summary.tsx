import { Checkbox, Select } from '@mantine/core';
import { useOperation } from '../../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { text } from '../text.ts';
import type { ReportTemplate, TemplateFormProps, UsualReport } from './report-template.ts';
import { TemplateForm } from './template-form.tsx';

const usual: UsualReport = {
  template: 'evidence-summary',
  label: 'Summary of evidence',
  note: 'What a review found, how sure one may be of it and what follows, with the ways in which a rapid review is less than a full one.',
  marking: 'OFFICIAL',
  longestTitle: 200,
  hasVersion: true,
};

type Choices = {
  /** Null: the first. */
  readonly review: string | null;
  readonly isOnePage: boolean;
};

const memory = createMemory<Choices>({ review: null, isOnePage: false });

function Form({ choose }: TemplateFormProps) {
  const choices = useMemory(memory);
  const change = (part: Partial<Choices>) => memory.set((now) => ({ ...now, ...part }));
  const reviews = (useOperation('reviews.list', {}).data?.reviews ?? []).map(({ review }) => review);
  const review = choices.review ?? reviews[0] ?? null;
  return (
    <TemplateForm
      of={usual}
      choose={choose}
      usualTitle={review === null ? usual.label : text.summaryOf(review)}
      specOf={(head) => ({
        ...{ template: 'evidence-summary', review: review ?? '', ...head },
        length: choices.isOnePage ? 'page' : 'full',
      })}
      problem={review === null ? text.noReview : null}
      fields={
        <Select
          label={text.review}
          allowDeselect={false}
          value={review}
          onChange={(chosen) => change({ review: chosen })}
          data={reviews}
          placeholder={text.noReview}
        />
      }
    >
      <Checkbox
        label={text.onOnePage}
        checked={choices.isOnePage}
        onChange={(event) => change({ isOnePage: event.currentTarget.checked })}
      />
    </TemplateForm>
  );
}

export const evidenceSummary: ReportTemplate = { ...usual, Form };
