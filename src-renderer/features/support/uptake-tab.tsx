import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { useAnalysis, useOperation } from '../../bridge/hooks.ts';
import { useMemory } from '../../bridge/memory.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Filters } from '../../ui/filters.tsx';
import { NothingHeld } from '../../ui/nothing-held.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { ReadingPanel } from '../../ui/reading.tsx';
import { Notice, Stack } from '../../ui/surface.tsx';
import { ChangePanel } from './change-panel.tsx';
import { filtersMemory, groupings, type Period, periodOf, yearsTo } from './filters.ts';
import { FunnelPanel } from './funnel-panel.tsx';
import { MissedPanel } from './missed-panel.tsx';
import { readUptake, type ServiceUptake } from './results.ts';
import { text } from './text.ts';
import { UsagePanel } from './usage-panel.tsx';
import { WaitPanel } from './wait-panel.tsx';

/** What is offered, who takes it up, when, and who is missed. */
export function UptakeTab() {
  const overview = useOperation('overview.get', {});
  return (
    <QueryGate query={overview}>
      {({ freshness }) => {
        const newest = freshness.find(({ kind, rows }) => kind === 'support' && rows > 0)?.to ?? null;
        return newest === null ? <NoSupport /> : <Uptake newestDay={newest} />;
      }}
    </QueryGate>
  );
}

function NoSupport() {
  return <NothingHeld icon="support" title={text.emptyTitle} text={text.emptyText} />;
}

function Uptake({ newestDay }: { readonly newestDay: string }) {
  const filters = useMemory(filtersMemory);
  const period = useMemo(() => periodOf(filters, newestDay), [filters, newestDay]);
  return (
    <Stack>
      <FilterBar period={period} newestDay={newestDay} />
      {period.from > period.to ? (
        <Notice tone="warn" announce>
          <p>{text.backwards}</p>
        </Notice>
      ) : (
        <Answer period={period} newestDay={newestDay} />
      )}
    </Stack>
  );
}

function FilterBar({ period, newestDay }: { readonly period: Period; readonly newestDay: string }) {
  return (
    <Filters>
      <DateField
        label={text.from}
        value={period.from}
        onChange={(from) => filtersMemory.set((now) => ({ ...now, from }))}
      />
      <DateField
        label={text.to}
        description={text.latest(newestDay)}
        value={period.to}
        onChange={(to) => filtersMemory.set((now) => ({ ...now, to: to === newestDay ? null : to }))}
      />
    </Filters>
  );
}

function Answer({ period, newestDay }: { readonly period: Period; readonly newestDay: string }) {
  const analysis = useAnalysis('support-uptake', { ...period, by: groupings });
  return (
    <AnalysisGate analysis={analysis} label={text.running}>
      {(result) => <Services newestDay={newestDay} result={result} />}
    </AnalysisGate>
  );
}

function Services({ newestDay, result }: { readonly newestDay: string; readonly result: AnalysisResult }) {
  const chosen = useMemory(filtersMemory).service;
  const uptake = useMemo(() => readUptake(result), [result]);
  const service = uptake.services.find((found) => found.service === chosen) ?? largest(uptake.services);
  if (service === null) return <Notice>{text.noService}</Notice>;
  const names = uptake.services.map((found) => found.service);
  return (
    <Stack>
      <Select
        label={text.service}
        value={service.service}
        onChange={(name) => filtersMemory.set((now) => ({ ...now, service: name }))}
        data={names}
        allowDeselect={false}
        maw={320}
      />
      <FunnelPanel uptake={uptake} service={service} result={result} />
      <WaitPanel wait={service.wait} minimum={uptake.minimum} result={result} />
      <MissedPanel uptake={uptake} service={service} result={result} />
      <ChangePanel
        service={service.service}
        others={names.filter((name) => name !== service.service)}
        held={yearsTo(newestDay)}
      />
      <UsagePanel usage={service.usage} />
      <ReadingPanel result={result} />
    </Stack>
  );
}

function largest(services: readonly ServiceUptake[]): ServiceUptake | null {
  return services.reduce<ServiceUptake | null>(
    (most, service) => (most === null || (service.people ?? 0) > (most.people ?? 0) ? service : most),
    null,
  );
}
