import { NumberInput, Select } from '@mantine/core';
import { useOperation } from '../../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { text } from '../text.ts';
import type { ReportTemplate, TemplateFormProps, UsualReport } from './report-template.ts';
import { TemplateForm } from './template-form.tsx';

const usual: UsualReport = {
  template: 'model-card',
  label: 'Early-warning model card',
  note: 'What the early warning is for and never for, how well it foretells, whether it is fair, whether it may be used and who decided what, with the items of TRIPOD+AI. It makes and tests the model once more, which takes some minutes on a large force.',
  marking: 'OFFICIAL-SENSITIVE',
  longestTitle: 200,
  hasVersion: true,
};

type Choices = {
  /** A kept model; null: a run on the data that are held. */
  readonly model: string | null;
  /** Null: the last day of the data. */
  readonly asOf: string | null;
  readonly capacityPerWeek: number | null;
};

const memory = createMemory<Choices>({ model: null, asOf: null, capacityPerWeek: null });
const usualCapacity = 10;
const newRun = 'run';

function Form({ choose, latestDay }: TemplateFormProps) {
  const choices = useMemory(memory);
  const change = (part: Partial<Choices>) => memory.set((now) => ({ ...now, ...part }));
  const models = useOperation('earlyWarning.models', {}).data?.models ?? [];
  const chosen = models.find(({ model }) => String(model) === choices.model) ?? null;
  const run = {
    asOf: choices.asOf ?? latestDay,
    capacityPerWeek: choices.capacityPerWeek ?? usualCapacity,
  };
  return (
    <TemplateForm
      of={usual}
      choose={choose}
      usualTitle={chosen === null ? text.modelCard : text.cardOfModel(chosen.model)}
      specOf={(head) => ({
        template: 'model-card',
        ...(chosen === null ? { run } : { model: chosen.model }),
        ...head,
      })}
      {...(chosen === null ? { nameEnd: run.asOf } : {})}
      fields={
        <>
          <Select
            label={text.cardOf}
            allowDeselect={false}
            w={260}
            value={chosen === null ? newRun : String(chosen.model)}
            onChange={(value) => change({ model: value === newRun ? null : value })}
            data={[
              { value: newRun, label: text.newRun },
              ...models.map(({ model, state }) => ({ value: String(model), label: text.modelIn(model, state) })),
            ]}
          />
          {chosen === null ? (
            <>
              <DateField label={text.dataTo} value={run.asOf} onChange={(asOf) => change({ asOf })} />
              <NumberInput
                label={text.capacity}
                w={150}
                min={1}
                max={10_000}
                allowDecimal={false}
                clampBehavior="strict"
                value={run.capacityPerWeek}
                onChange={(value) =>
                  change({ capacityPerWeek: typeof value === 'number' && value >= 1 ? value : null })
                }
              />
            </>
          ) : null}
        </>
      }
    />
  );
}

export const modelCard: ReportTemplate = { ...usual, Form };
