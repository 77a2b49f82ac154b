import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useId, useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { useIndicators } from '../../bridge/indicators.ts';
import { useMemory } from '../../bridge/memory.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Filters, Labelled } from '../../ui/filters.tsx';
import { NothingHeld } from '../../ui/nothing-held.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Notice, Stack } from '../../ui/surface.tsx';
import { filtersMemory, type MonthChoice, monthChoices, type Question, questionOf } from './filters.ts';
import { text } from './text.ts';

export type Freshness = OutputOf<'overview.get'>['freshness'];
type Shown = (result: AnalysisResult, freshness: Freshness) => ReactNode;

/** The filters, then what all indicators came to over the months that they name. */
export function IndicatorsGate({ children }: { readonly children: Shown }) {
  const overview = useOperation('overview.get', {});
  return (
    <QueryGate query={overview}>
      {({ firstDay, latestDay, freshness }) =>
        latestDay === null ? (
          <NothingYet />
        ) : (
          <Asked firstDay={firstDay} latestDay={latestDay}>
            {(result) => children(result, freshness)}
          </Asked>
        )
      }
    </QueryGate>
  );
}

function NothingYet() {
  return <NothingHeld icon="indicators" title={text.emptyTitle} text={text.emptyText} />;
}

type AskedProps = {
  readonly firstDay: string | null;
  readonly latestDay: string;
  readonly children: (result: AnalysisResult) => ReactNode;
};

function Asked({ firstDay, latestDay, children }: AskedProps) {
  const filters = useMemory(filtersMemory);
  const question = useMemo(() => questionOf(filters, firstDay, latestDay), [filters, firstDay, latestDay]);
  return (
    <Stack>
      <FilterBar question={question} chosen={filters.months} latestDay={latestDay} />
      {question.months < 2 ? (
        <Notice tone="warn" announce>
          <p>{text.tooEarly}</p>
        </Notice>
      ) : (
        <Answer question={question}>{children}</Answer>
      )}
    </Stack>
  );
}

function Answer({ question, children }: { readonly question: Question; readonly children: AskedProps['children'] }) {
  const analysis = useIndicators(question.asOf, question.months);
  return (
    <AnalysisGate analysis={analysis} label={text.running}>
      {children}
    </AnalysisGate>
  );
}

type FilterProps = { readonly question: Question; readonly chosen: MonthChoice; readonly latestDay: string };

function FilterBar({ question, chosen, latestDay }: FilterProps) {
  const monthsLabel = useId();
  return (
    <Filters>
      <DateField
        label={text.upTo}
        description={text.latest(latestDay)}
        value={question.asOf}
        onChange={(asOf) => filtersMemory.set((now) => ({ ...now, asOf: asOf === latestDay ? null : asOf }))}
      />
      <Labelled labelId={monthsLabel} label={text.months}>
        <SegmentedControl
          aria-labelledby={monthsLabel}
          value={String(chosen)}
          onChange={(months) => filtersMemory.set((now) => ({ ...now, months: Number(months) as MonthChoice }))}
          data={monthChoices.map((value) => ({ value: String(value), label: text.monthOptions[value] }))}
        />
      </Labelled>
    </Filters>
  );
}
