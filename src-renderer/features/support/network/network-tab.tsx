import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { useAnalysis, useOperation } from '../../../bridge/hooks.ts';
import { useMemory } from '../../../bridge/memory.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { AnalysisGate } from '../../../ui/analysis-gate.tsx';
import { DateField } from '../../../ui/date-field.tsx';
import { Filters } from '../../../ui/filters.tsx';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { ReadingPanel } from '../../../ui/reading.tsx';
import { Columns, Stack } from '../../../ui/surface.tsx';
import { CoveragePanel } from './coverage-panel.tsx';
import { LoadPanel } from './load-panel.tsx';
import { NoNetwork } from './no-network.tsx';
import { PicturePanel } from './picture-panel.tsx';
import { type LookBack, lookBacks, newestDayOf, questionMemory } from './question.ts';
import { ReadinessPanel } from './readiness-panel.tsx';
import { ResponsePanel } from './response-panel.tsx';
import { readPeerNetwork } from './results.ts';
import { StandingFigures } from './standing-figures.tsx';
import { SupervisionPanel } from './supervision-panel.tsx';
import { networkText as text } from './text.ts';
import { VolunteersPanel } from './volunteers-panel.tsx';

/** Who could take somebody on, where places are short, who carries much, and how long people wait. */
export function NetworkTab() {
  const overview = useOperation('overview.get', {});
  return (
    <QueryGate query={overview}>
      {({ freshness }) => {
        const newest = newestDayOf(freshness);
        return newest === null ? <NoNetwork /> : <Network newestDay={newest} />;
      }}
    </QueryGate>
  );
}

function Network({ newestDay }: { readonly newestDay: string }) {
  const { asOf, days } = useMemory(questionMemory);
  const rows = hasRole(useSession(), 'analyst');
  const analysis = useAnalysis('peer-network', { asOf: asOf ?? newestDay, days, rows });
  return (
    <Stack>
      <QuestionBar asOf={asOf ?? newestDay} days={days} newestDay={newestDay} />
      <AnalysisGate analysis={analysis} label={text.running}>
        {(result) => <Answer result={result} />}
      </AnalysisGate>
    </Stack>
  );
}

type BarProps = { readonly asOf: string; readonly days: LookBack; readonly newestDay: string };

function QuestionBar({ asOf, days, newestDay }: BarProps) {
  return (
    <Filters>
      <DateField
        label={text.asOf}
        description={text.latest(newestDay)}
        value={asOf}
        onChange={(day) => questionMemory.set((now) => ({ ...now, asOf: day === newestDay ? null : day }))}
      />
      <Select
        label={text.lookBack}
        value={String(days)}
        onChange={(chosen) =>
          questionMemory.set((now) => ({ ...now, days: lookBacks.find((each) => String(each) === chosen) ?? now.days }))
        }
        data={lookBacks.map((each) => ({ value: String(each), label: text.days(each) }))}
        allowDeselect={false}
      />
    </Filters>
  );
}

function Answer({ result }: { readonly result: AnalysisResult }) {
  const network = useMemo(() => readPeerNetwork(result), [result]);
  return (
    <Stack>
      <StandingFigures network={network} />
      <CoveragePanel coverage={network.coverage} result={result} />
      <PicturePanel network={network} result={result} />
      <VolunteersPanel rows={network.rows} asOf={network.to} result={result} />
      <Columns>
        <ReadinessPanel network={network} />
        <SupervisionPanel supervision={network.supervision} />
      </Columns>
      <ResponsePanel response={network.response} result={result} />
      <LoadPanel load={network.load} result={result} />
      <ReadingPanel result={result} />
    </Stack>
  );
}
