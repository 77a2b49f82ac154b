import { SegmentedControl } from '@mantine/core';
import { useId, useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { useAnalysis, useOperation } from '../../bridge/hooks.ts';
import { useMemory } from '../../bridge/memory.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Filters, Labelled } from '../../ui/filters.tsx';
import { NothingHeld } from '../../ui/nothing-held.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { ReadingPanel } from '../../ui/reading.tsx';
import { Notice, Page, Stack } from '../../ui/surface.tsx';
import { AbsenceFigures } from './absence-figures.tsx';
import { BradfordPanel, ReasonsPanel } from './context-panels.tsx';
import { type DayKind, filtersMemory, type Grouping, groupings, type Question, questionOf } from './filters.ts';
import { MonthsPanel } from './months-panel.tsx';
import { RatePanel } from './rate-panel.tsx';
import { RatioPanel } from './ratio-panel.tsx';
import { readAbsence } from './results.ts';
import { ReturnPanel } from './return-panel.tsx';
import { text } from './text.ts';

export function AbsencePlace() {
  const overview = useOperation('overview.get', {});
  return (
    <Page title={text.title} lead={text.lead}>
      <QueryGate query={overview}>
        {({ latestDay, freshness }) => {
          const held = freshness.find(({ kind, rows }) => kind === 'absences' && rows > 0);
          const last = lastDayOf(held?.to ?? null, latestDay);
          return held === undefined || last === null ? <NoAbsences /> : <Absences latestDay={last} />;
        }}
      </QueryGate>
    </Page>
  );
}

/** An absence may be planned to end later than anything has happened: the earlier of the two days is known throughout. */
function lastDayOf(absences: string | null, happened: string | null): string | null {
  if (absences === null || happened === null) return absences ?? happened;
  return absences < happened ? absences : happened;
}

function NoAbsences() {
  return <NothingHeld icon="absence" title={text.emptyTitle} text={text.emptyText} />;
}

function Absences({ latestDay }: { readonly latestDay: string }) {
  const filters = useMemory(filtersMemory);
  const question = useMemo(() => questionOf(filters, latestDay), [filters, latestDay]);
  return (
    <Stack>
      <FilterBar latestDay={latestDay} question={question} />
      {question.from > question.to ? (
        <Notice tone="warn" announce>
          <p>{text.backwards}</p>
        </Notice>
      ) : (
        <Answer question={question} />
      )}
    </Stack>
  );
}

function FilterBar({ latestDay, question }: { readonly latestDay: string; readonly question: Question }) {
  const [byLabel, daysLabel] = [useId(), useId()];
  return (
    <Filters>
      <DateField
        label={text.from}
        value={question.from}
        onChange={(from) => filtersMemory.set((now) => ({ ...now, from }))}
      />
      <DateField
        label={text.to}
        description={text.latest(latestDay)}
        value={question.to}
        onChange={(to) => filtersMemory.set((now) => ({ ...now, to: to === latestDay ? null : to }))}
      />
      <Labelled labelId={byLabel} label={text.by}>
        <SegmentedControl
          aria-labelledby={byLabel}
          value={question.by}
          onChange={(by) => filtersMemory.set((now) => ({ ...now, by: by as Grouping }))}
          data={groupings.map((value) => ({ value, label: text.byOptions[value] }))}
        />
      </Labelled>
      <Labelled labelId={daysLabel} label={text.days}>
        <SegmentedControl
          aria-labelledby={daysLabel}
          value={question.days}
          onChange={(days) => filtersMemory.set((now) => ({ ...now, days: days as DayKind }))}
          data={(['calendar', 'working'] as const).map((value) => ({ value, label: text.dayOptions[value] }))}
        />
      </Labelled>
    </Filters>
  );
}

function Answer({ question }: { readonly question: Question }) {
  const analysis = useAnalysis('absence', { ...question });
  return (
    <AnalysisGate analysis={analysis} label={text.running}>
      {(result) => <Panels question={question} result={result} />}
    </AnalysisGate>
  );
}

function Panels({ question, result }: { readonly question: Question; readonly result: AnalysisResult }) {
  const absence = useMemo(() => readAbsence(result), [result]);
  const by = text.byOptions[question.by].toLowerCase();
  return (
    <Stack>
      <AbsenceFigures absence={absence} />
      <MonthsPanel absence={absence} result={result} />
      <RatePanel absence={absence} by={by} result={result} />
      <RatioPanel absence={absence} result={result} />
      <ReturnPanel absence={absence} result={result} />
      <ReasonsPanel absence={absence} />
      <BradfordPanel absence={absence} />
      <ReadingPanel result={result} />
    </Stack>
  );
}
