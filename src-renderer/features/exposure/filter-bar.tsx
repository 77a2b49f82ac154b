import { SegmentedControl, Select } from '@mantine/core';
import { useId } from 'react';
import type { SchemeSummary } from '#shared/contract/schemes.ts';
import { DateField } from '../../ui/date-field.tsx';
import { Filters, Labelled } from '../../ui/filters.tsx';
import { filtersMemory, type Question, type WindowDays, windowsDays } from './filters.ts';
import { text } from './text.ts';

type Props = {
  readonly latestDay: string;
  readonly question: Question;
  /** Those that analyses take. */
  readonly schemes: readonly SchemeSummary[];
};

export function FilterBar({ latestDay, question, schemes }: Props) {
  const windowLabel = useId();
  // The one that is shown stays among them, whatever became of it meanwhile.
  const labels = new Map([
    [question.scheme, text.schemeLabel(question.scheme, 'approved')],
    ...schemes.map(({ scheme, state }) => [scheme, text.schemeLabel(scheme, state)] as const),
  ]);
  return (
    <Filters>
      <DateField
        label={text.asOf}
        description={text.asOfLatest(latestDay)}
        value={question.asOf}
        onChange={(asOf) => filtersMemory.set((now) => ({ ...now, asOf: asOf === latestDay ? null : asOf }))}
      />
      <Labelled labelId={windowLabel} label={text.window}>
        <SegmentedControl
          aria-labelledby={windowLabel}
          value={String(question.windowDays)}
          onChange={(value) => filtersMemory.set((now) => ({ ...now, windowDays: Number(value) as WindowDays }))}
          data={windowsDays.map((days) => ({ value: String(days), label: text.windowOption(days) }))}
        />
      </Labelled>
      <Select
        label={text.scheme}
        w={320}
        value={question.scheme}
        onChange={(value) => value && filtersMemory.set((now) => ({ ...now, scheme: value }))}
        data={[...labels].map(([value, label]) => ({ value, label }))}
      />
    </Filters>
  );
}
