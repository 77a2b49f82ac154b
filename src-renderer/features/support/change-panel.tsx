import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { useAnalysis } from '../../bridge/hooks.ts';
import { useMemory } from '../../bridge/memory.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import { ChangeChart } from './change-chart.tsx';
import { changeMemory, type Period } from './filters.ts';
import { readUptake } from './results.ts';
import classes from './support.module.css';
import { text } from './text.ts';

type Props = {
  readonly service: string;
  readonly others: readonly string[];
  /** Days that are looked at for the change. */
  readonly held: Period;
};

/** How uptake moved when the offer changed, on a day that the reader names. */
export function ChangePanel({ service, others, held }: Props) {
  const choice = useMemory(changeMemory);
  const on = choice.on ?? middleOf(held);
  const comparison = choice.comparison !== null && others.includes(choice.comparison) ? choice.comparison : null;
  return (
    <Stack>
      <Panel title={text.changeTitle}>
        <div className={classes.choices}>
          <DateField
            label={text.changeOn}
            value={on}
            onChange={(day) => changeMemory.set((now) => ({ ...now, on: day }))}
          />
          <Select
            label={text.changeWith}
            value={comparison ?? ''}
            onChange={(value) => changeMemory.set((now) => ({ ...now, comparison: value ? value : null }))}
            data={[{ value: '', label: text.changeWithNone }, ...others.map((name) => ({ value: name, label: name }))]}
            allowDeselect={false}
          />
        </div>
      </Panel>
      {on <= held.from || on > held.to ? (
        <Notice tone="warn" announce>
          <p>{text.changeOutside}</p>
        </Notice>
      ) : (
        <Answer service={service} on={on} comparison={comparison} held={held} />
      )}
    </Stack>
  );
}

function middleOf({ from, to }: Period): string {
  return isoOfDay(Math.round(((dayOfIso(from) ?? 0) + (dayOfIso(to) ?? 0)) / 2));
}

type Asked = Pick<Props, 'service' | 'held'> & { readonly on: string; readonly comparison: string | null };

function Answer({ service, on, comparison, held }: Asked) {
  const analysis = useAnalysis('support-uptake', {
    ...held,
    service,
    by: [],
    change: { on, service, comparison: comparison === null ? null : { service: comparison } },
  });
  return (
    <AnalysisGate analysis={analysis} label={text.changeRunning}>
      {(result) => <Drawn result={result} />}
    </AnalysisGate>
  );
}

function Drawn({ result }: { readonly result: AnalysisResult }) {
  const { change, minimum } = useMemo(() => readUptake(result), [result]);
  return change === null ? null : <ChangeChart change={change} minimum={minimum} result={result} />;
}
