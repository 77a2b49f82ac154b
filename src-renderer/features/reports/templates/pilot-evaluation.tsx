import { Select } from '@mantine/core';
import type { PilotSummary } from '#shared/contract/pilots.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { text } from '../text.ts';
import type { ReportTemplate, TemplateFormProps, UsualReport } from './report-template.ts';
import { TemplateForm } from './template-form.tsx';

const usual: UsualReport = {
  template: 'pilot-evaluation',
  label: 'Evaluation of a pilot',
  note: 'What a pilot set out to do by its locked plan, every deviation from it, what it did and what it cost, with the items of the reporting guideline of its design.',
  marking: 'OFFICIAL-SENSITIVE',
  longestTitle: 200,
  hasVersion: true,
};

/** Null: the first whose plan is locked. */
const memory = createMemory<{ readonly pilot: string | null }>({ pilot: null });

function lockedOf(pilots: readonly PilotSummary[]): readonly string[] {
  return pilots.filter(({ status }) => status === 'locked' || status === 'finished').map(({ pilot }) => pilot);
}

function Form({ choose }: TemplateFormProps) {
  const pilots = lockedOf(useOperation('pilots.list', {}).data?.pilots ?? []);
  const pilot = useMemory(memory).pilot ?? pilots[0] ?? null;
  return (
    <TemplateForm
      of={usual}
      choose={choose}
      usualTitle={pilot === null ? usual.label : text.evaluationOf(pilot)}
      specOf={(head) => ({ template: 'pilot-evaluation', pilot: pilot ?? '', ...head })}
      problem={pilot === null ? text.noPilot : null}
      fields={
        <Select
          label={text.pilot}
          allowDeselect={false}
          value={pilot}
          onChange={(chosen) => memory.set(() => ({ pilot: chosen }))}
          data={[...pilots]}
          placeholder={text.noPilot}
        />
      }
    />
  );
}

export const pilotEvaluation: ReportTemplate = { ...usual, Form };
