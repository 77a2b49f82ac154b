import { Select } from '@mantine/core';
import { useAnalysis } from '../../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { isWholeMonths, lastFullYear } from '../report-period.ts';
import { text } from '../text.ts';
import type { ReportTemplate, TemplateFormProps, UsualReport } from './report-template.ts';
import { TemplateForm } from './template-form.tsx';

const usual: UsualReport = {
  template: 'unit-briefing',
  label: 'Briefing for a unit',
  note: 'A few pages for the head of a unit: its exposure beside the force, days lost, the support there is, and what can be done this week. Units of fewer than 10 people are not told of; brief the larger one they belong to.',
  marking: 'OFFICIAL-SENSITIVE',
  longestTitle: 200,
  hasVersion: true,
};

type Choices = {
  /** Null: the first that is large enough. */
  readonly unit: string | null;
  /** Null: the last full year. */
  readonly from: string | null;
  readonly to: string | null;
};

const memory = createMemory<Choices>({ unit: null, from: null, to: null });
const leastPeople = 10;

/** Units of enough people on the last day, by name. */
function unitsOf(result: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const { units, peopleByUnit } = (result ?? { units: [], peopleByUnit: [] }) as {
    readonly units: readonly string[];
    readonly peopleByUnit: readonly number[];
  };
  return units.filter((unit, at) => unit !== 'UNKNOWN' && (peopleByUnit[at] ?? 0) >= leastPeople);
}

function Form({ choose, latestDay }: TemplateFormProps) {
  const choices = useMemory(memory);
  const change = (part: Partial<Choices>) => memory.set((now) => ({ ...now, ...part }));
  const usualPeriod = lastFullYear(latestDay);
  const period = { from: choices.from ?? usualPeriod.from, to: choices.to ?? usualPeriod.to };
  const isPeriod = isWholeMonths(period);
  const units = unitsOf(useAnalysis('exposure-period', period, isPeriod).query.data?.result);
  const unit = choices.unit !== null && units.includes(choices.unit) ? choices.unit : (units[0] ?? null);
  return (
    <TemplateForm
      of={usual}
      choose={choose}
      usualTitle={unit === null ? usual.label : `Briefing for ${unit}`}
      specOf={(head) => ({ template: 'unit-briefing', ...head, unit: unit ?? '', ...period })}
      problem={isPeriod ? (unit === null ? text.noUnit : null) : text.notWholeMonths}
      nameEnd={`${period.from.slice(0, 7)} to ${period.to.slice(0, 7)}`}
      fields={
        <>
          <Select
            label={text.unit}
            allowDeselect={false}
            searchable
            value={unit}
            onChange={(chosen) => change({ unit: chosen })}
            data={[...units]}
            placeholder={text.noUnit}
          />
          <DateField label={text.from} value={period.from} onChange={(from) => change({ from })} />
          <DateField label={text.to} value={period.to} onChange={(to) => change({ to })} />
        </>
      }
    />
  );
}

export const unitBriefing: ReportTemplate = { ...usual, Form };
